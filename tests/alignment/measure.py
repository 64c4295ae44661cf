"""Measure the finding of sentences on the ten takes: `python tests/alignment/measure.py`."""

from __future__ import annotations

import os
import resource
import sys
import time

from long_takes import make_take
from take_scores import Score, score
from take_voices import STYLES, Joe, Kokoro, Voice
from ten_takes import SENTENCES, TAKES, WRONG

from serguide.alignment.find import find_readings
from serguide.alignment.take_sound import take_of


def main(chosen: list[int]) -> None:
    """Print a row a take, and the sum."""
    kokoro = Kokoro("bf_emma", "en-gb") if STYLES else Kokoro("jf_gongitsune")
    voices: dict[str, Voice] = {"joe": Joe(), "kokoro": kokoro}
    total = Score()
    print("| take | voice | length | right | edges | accepted wrongly | clock | CPU s a minute |")
    print("|---|---|---|---|---|---|---|---|")
    for number in chosen:
        recipe = TAKES[number]
        take = make_take(recipe, SENTENCES, WRONG, voices[recipe.voice])
        began, worked = time.monotonic(), _worked()
        found = find_readings(take_of(take.samples), SENTENCES, "en", lambda _: None)
        lasted, spent = time.monotonic() - began, _worked() - worked
        counts = score(take, found)
        total += counts
        minutes = take.seconds / 60.0
        print(
            f"| {recipe.name} | {recipe.voice} | {minutes:.1f} min | {counts.right} of "
            f"{counts.sentences} | {counts.near} of {len(counts.off)} | {len(counts.accepted)} | "
            f"{lasted:.0f} s | {spent / minutes:.1f} |",
            flush=True,
        )
        for name in ("accepted", "lost", "misplaced", "doubted"):
            if what := getattr(counts, name):
                print(f"    {name}: {what}", file=sys.stderr)
    cut = sum(each <= 0.15 for each in total.cut_off) / max(1, len(total.cut_off))
    print(
        f"| all | | | {total.right} of {total.sentences} ({total.right / total.sentences:.1%}) | "
        f"{total.near} of {len(total.off)} ({total.near / len(total.off):.1%}; cuts {cut:.1%}) | "
        f"{len(total.accepted)} | | |"
    )
    print(
        f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB", file=sys.stderr
    )


def _worked() -> float:
    """Return the processor time of this process and of those that ended, in seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(range(len(TAKES))))
