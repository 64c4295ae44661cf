"""Listen to a studio many times, and look at its memory: `python studio_plays.py [PLAYS]`.

Of four plays one is heard to its end; the others are broken off at once, in the midst, or before a
byte was read, as by somebody who clicks here and there. Every tenth is of a sentence that was just
changed, and is spoken first. Printed is the memory of the studio's process as plays go by.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from running_studio import DeskPage, RunningDesk, running_desk

SCRIPTS = {
    "by-the-window": """
title: By the window
kind: relaxation
cues:
  - say: If you like, listen to the rain. [1s] Or to nothing at all.
  - rest: 6s
  - say: And let it carry you for a while.
  - rest: 4s
""",
    "coming-home": """
title: Coming home
kind: grounding
cues:
  - say: Hear the room.
  - rest: 3s
  - say: Thank you.
""",
    "sessions/evening": """
title: Evening
ending: alert
voice: espeak:en-us
soundscape: rain-on-the-roof
ground: coming-home
steps: [by-the-window, coming-home]
""",
}
PARTS = 2
_EDIT = "/api/parts/coming-home/text"


def library(folder: Path) -> Path:
    """Write a small session of a therapist's own; return the library."""
    for name, text in SCRIPTS.items():
        path = folder / "scripts" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip(), encoding="utf-8")
    return folder


def play(desk: RunningDesk, number: int, rest: random.Random) -> None:
    """Listen once, in one of the ways in which people do."""
    page = DeskPage(desk)
    if number % 10 == 9:
        read = page.get(_EDIT)
        said = f"  - say: Thank you, {number} times.\n"
        text = SCRIPTS["coming-home"].lstrip().rpartition("  - say")[0] + said
        page.put(_EDIT, {"version": read["version"], "text": text})
    part = rest.randrange(PARTS)
    asked = {"name": "evening", "part": part, "at": rest.randrange(0, 5 * 48_000)}
    answer = page.begin("POST", "/api/listening", asked)
    assert answer.status == 200, answer.read()
    way = number % 4
    if way == 0:
        while answer.read(1 << 16):
            pass
    elif way == 1:
        answer.readline()
    elif way == 2:
        answer.read(rest.randrange(1, 2_000_000))
    page.leave()


def plays(desk: RunningDesk, count: int, seed: int = 4) -> Iterator[tuple[int, float]]:
    """Listen so many times; yield each play's number, from 1, and the memory in MB after it."""
    rest = random.Random(seed)
    for number in range(1, count + 1):
        play(desk, number, rest)
        yield number, memory(desk)


def memory(desk: RunningDesk) -> float:
    """Return the memory that a studio's process holds, in MB."""
    return _status(desk, "VmRSS") / 1024


def threads(desk: RunningDesk) -> int:
    """Return how many threads a studio's process has."""
    return _status(desk, "Threads")


def _status(desk: RunningDesk, name: str) -> int:
    text = Path(f"/proc/{desk.process.pid}/status").read_text(encoding="utf-8")
    return int(next(line for line in text.splitlines() if line.startswith(name)).split()[1])


def main() -> None:
    """Measure and print."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    os.environ.setdefault("SERGUIDE_NO_PACKAGED_VOICES", "1")
    with tempfile.TemporaryDirectory(prefix="studio-plays-") as name:
        base = Path(name)
        for variable in ("CACHE", "STATE", "DATA"):
            os.environ[f"SERGUIDE_{variable}"] = str(base / variable.lower())
        with running_desk(library(base / "library")) as desk:
            print(f"0 plays: {memory(desk):.0f} MB", flush=True)
            began = time.monotonic()
            for number, held in plays(desk, most):
                if number % 100 == 0 or number in (1, 20, 50):
                    print(f"{number:,} plays: {held:.1f} MB, {threads(desk)} threads, "
                          f"{time.monotonic() - began:.0f} s", flush=True)  # fmt: skip
            time.sleep(5.0)
            print(f"a moment later: {memory(desk):.1f} MB, {threads(desk)} threads")


if __name__ == "__main__":
    main()
