"""What the fault suite stands on: real runs, real damage, and a look at what is left."""

from __future__ import annotations

import hashlib
import json
import os
import random
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FULL = os.environ.get("SERGUIDE_FAULTS") == "full"
"""Do everything as often as the promise says; otherwise a sample of it, the same each time."""

HERE = Path(__file__).parent


def portion(full, sample):
    """How many of something to do."""
    return full if FULL else sample


def sampled(count, sample, seed):
    """All of range(1, count + 1), or a fixed sample of it with both ends."""
    everything = range(1, count + 1)
    if FULL or count <= sample:
        return list(everything)
    return sorted({1, count, *random.Random(seed).sample(everything, sample - 2)})


SHORT = "pause: 300ms"
IN_PIECES = "breathe: {in: 4s, out: 6s, cycles: 8, guide: tone}"
"""Makes a track long enough to be mixed and encoded in pieces, side by side."""


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str
    count: int
    seconds: float

    def assert_clean(self, code):
        """Ended as it should, without a traceback."""
        assert self.code == code, (self.code, self.err)
        assert "Traceback" not in self.err, self.err
        assert "Exception ignored" not in self.err, self.err
        assert "went wrong inside" not in self.err, self.err


class Launcher:
    """Talk to fault_launcher.py."""

    def __init__(self, folder):
        self.folder = folder
        self.number = 0
        environment = os.environ | {
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")]),
        }
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "fault_launcher.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip

    def run(self, argv, cwd, *, cache=None, env=None, **request):
        self.number += 1
        out = self.folder / f"run-{self.number}"
        environment = {"SERGUIDE_CACHE": str(cache or cwd / "cache"), **(env or {})}
        request |= {
            "argv": [str(arg) for arg in argv], "cwd": str(cwd), "out": str(out), "env": environment
        }  # fmt: skip
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        # One that is killed in its first moment has written none of them.
        wrote = {path.suffix: path.read_text() for path in self.folder.glob(f"{out.name}.*")}
        assert not answer["hung"], wrote
        return Run(
            answer["code"],
            wrote.get(".out", ""),
            wrote.get(".err", ""),
            int(wrote.get(".count") or 0),
            answer["seconds"],
        )

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)


def write_session(folder, word="calm", middle=SHORT):
    """A script to try alone: short, as a whole session may not be. With it, its ground track."""
    folder.mkdir(parents=True, exist_ok=True)
    write_script(folder / "five-to-one.yaml", "say: Back in the room.")
    return write_script(
        folder / "evening.yaml",
        f"say: The first of three is {word}. It is short.",
        "chapter: In between",
        middle,
        f"say: The last of three is {word} too.",
    )


def write_script(path, *cues, title="t", more=""):
    lines = "".join(f"  - {cue}\n" for cue in cues)
    path.write_text(f"title: {title}\nkind: grounding\n{more}cues:\n{lines}", encoding="utf-8")
    return path


def tree(folder):
    """Every file below a folder and the SHA-256 of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def wrong_entries(cache):
    """Entries of a store whose content is not what their header says, read independently."""
    header = struct.Struct("<17s32s32sQ")
    wrong = []
    for path in (cache / "objects").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            _, key, digest, length = header.unpack_from(content)
            payload = content[header.size :]
            if (key.hex(), digest, length) != (
                path.name, hashlib.sha256(payload).digest(), len(payload)
            ):  # fmt: skip
                wrong.append(path.name)
    return wrong


def left_over(*folders):
    """What should have been gone: temporary files and folders, and locks, of dead processes."""
    return [
        str(path)
        for folder in folders
        if folder.exists()
        for path in folder.rglob("*")
        if ".serguide-" in path.name
        or path.name.startswith("serguide-")
        or path.parent.name in ("temp", "locks")
    ]


def write_sound(path, seconds, level=0.05, seed=3):
    """Noise, in the format that the path's ending names."""
    import numpy as np
    import soundfile

    rng = np.random.Generator(np.random.PCG64(seed))
    sound = (rng.standard_normal((round(seconds * 48_000), 2)) * level).astype(np.float32)
    soundfile.write(path, sound, 48_000)
    return path
