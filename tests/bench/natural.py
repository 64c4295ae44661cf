"""Measure a natural voice: `python tests/bench/natural.py [--voice kokoro:af_heart] [STEP …]`.

Prints a table in Markdown: a session cold beside its sentences spoken and nothing else, with the
same voice on the same cores, then the same session with one sentence changed, until `play` is
heard. The session is *The first evening*; steps by name make it shorter. Processor time is what
stays comparable when a machine is busy.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from sessions import EDITED, STEPS, edit, library, session_of  # noqa: E402  (the folder is no package)
from usage import Usage, usage_of  # noqa: E402

PROGRAM = [sys.executable, "-m", "serguide"]
WORKS = [sys.executable, HERE / "works.py"]


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("steps", nargs="*", metavar="STEP")
    options.add_argument("--voice", default="natural")
    options.add_argument("--ground", metavar="SCRIPT", help="a shorter way back, to try it out")
    chosen = options.parse_args()
    os.environ["PYTHONPATH"] = str(HERE.parent.parent)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["SERGUIDE_VOICE"] = chosen.voice
    with tempfile.TemporaryDirectory(prefix="serguide-bench-") as folder:
        home = Path(folder)
        library(home / "lib")
        steps = chosen.steps or list(STEPS)
        session = session_of(home / "lib", "measured", steps)
        if chosen.ground:
            text = session.read_text(encoding="utf-8")
            text = text.replace("ground: five-to-one", f"ground: {chosen.ground}")
            session.write_text(text, encoding="utf-8")
        _measure(home, session, edited=EDITED in steps)


def _measure(home: Path, session: Path, *, edited: bool) -> None:
    lib, cache = home / "lib", home / "cache"
    # The model is read from the disk once before, so that neither run waits for that.
    usage_of([*PROGRAM, "voices", "--say", "A.", "-o", home / "warm.wav"])
    alone = usage_of([*WORKS, "speak", session, lib, home / "spoken"])
    cold = usage_of(
        [*PROGRAM, "render", session, "--library", lib, "-o", home / "out"],
        SERGUIDE_CACHE=str(cache),
    )
    shutil.rmtree(home / "out")
    print("| what | target | CPU time | clock | CPU s | clock s | peak MB |")
    print("|---|---|---|---|---|---|---|")
    _row("its sentences alone, all cores", "", alone, alone)
    _row("cold render", "≤ 1.15 × alone, clock; ≤ 750 MB", cold, alone)
    if edited:
        edit(lib)
        sound = usage_of(
            [*WORKS, "first", session, lib],
            SERGUIDE_CACHE=str(cache),
            SERGUIDE_AUDIO_BACKEND="null",
            SERGUIDE_STATE=str(home / "state"),
        )
        _row("first sound of `play`, sentence changed", "within 3 s", sound, None)


def _row(what: str, target: str, used: Usage, of: Usage | None) -> None:
    ratios = f"{used.cpu / of.cpu:.3f} | {used.wall / of.wall:.3f}" if of else "– | –"
    print(
        f"| {what} | {target} | {ratios} | {used.cpu:.1f} | {used.wall:.1f} | {used.peak:.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
