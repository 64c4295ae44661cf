"""Make sound files that lie, swell or are broken; and read one as a soundscape would be.

Run as a program with a path, it opens the file as a bed, reads a second of it, and prints JSON:
how it ended, its seconds of work and the largest memory of itself and of its decoder.
"""

from __future__ import annotations

import json
import random
import resource
import struct
import sys
import time
from pathlib import Path

from fault_memory import own_peak


def mutated(data, seed):
    """Return a sound file with one to eight changes, most of them where headers are."""
    rng = random.Random(seed)
    data = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        end = len(data) if rng.random() < 0.4 else min(len(data), 200)
        at = rng.randrange(max(1, end))
        kind = rng.randrange(5)
        if kind == 0:
            data[at : at + 1] = bytes([rng.randrange(256)])
        elif kind == 1:
            size = rng.choice((1, 2, 4, 8))
            data[at : at + size] = rng.choice((b"\xff", b"\x00", b"\x7f", b"\x80")) * size
        elif kind == 2:
            del data[at : at + rng.randrange(1, 400)]
        elif kind == 3:
            data[at:at] = rng.randbytes(rng.randrange(1, 400))
        else:
            data = data[: rng.randrange(1, len(data) + 1)]
        data = data or bytearray(b"\0")
    return bytes(data)


def wav(path, seconds, *, rate=48_000, channels=2, says=None):
    """A WAV of silence that takes no room on the disk; says: bytes of samples that it claims."""
    size = round(seconds * rate) * channels * 2
    says = size if says is None else says
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, rate, rate * channels * 2,
                       channels * 2, 16)  # fmt: skip
    head = struct.pack("<4sI4s", b"RIFF", min(36 + says, 0xFFFFFFFF), b"WAVE") + form
    with path.open("wb") as file:
        file.write(head + struct.pack("<4sI", b"data", min(says, 0xFFFFFFFF)))
        file.truncate(file.tell() + size)
    return path


def flac_bomb(path, seconds):
    """A FLAC of silence: hours in some kilobytes a minute."""
    import numpy as np
    import soundfile

    silence = np.zeros((48_000 * 60, 2), np.int16)
    with soundfile.SoundFile(path, "w", 48_000, 2, "PCM_16") as file:
        for _ in range(round(seconds / 60)):
            file.write(silence)
    return path


def main(path):
    from serguide.base.errors import SoundError
    from serguide.soundscapes.recorded.file_bed import FileBed

    began, said = time.process_time(), "played"
    try:
        heard = sum(block.shape[0] for block in FileBed(Path(path)).blocks(48_000))
        assert heard == 48_000
    except SoundError as error:
        said = f"{error.message} | {error.hint}"
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({
        "said": said,
        "seconds": time.process_time() - began + child.ru_utime + child.ru_stime,
        "memory": max(own_peak(), child.ru_maxrss * 1024),
    }))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
