"""Print docs/library.md: `python tests/library/library_table.py > docs/library.md`.

Speaks the whole library with espeak (a minute), through the user's own cache.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from library_measures import NOTICES, STATED, Measured, Rehearsal, is_session, names

from serguide.cache.store import Store, default_root
from serguide.safety.checker import check_files
from serguide.script.library import Libraries, builtin_library
from serguide.voices.weights.packaged import HIDE_VARIABLE

HEAD = """\
# The library in numbers

Spoken by espeak and laid out at the stated length. Made by
`python tests/library/library_table.py > docs/library.md`.

Minutes: as the catalogue states them, as `serguide show` estimates them, as rendered. Words a
minute: within phrases (the median sentence of at least eight words, and the fastest one) and
overall; ° marks paced breathing, where words are few. Silence: the longest that no words
announce, in seconds. Range: what `--length` can fit it to, in minutes. Warnings: of
`serguide check`, without those that are waived with a reason.

| name | stated | estimated | rendered | within | fastest | overall | silence | range | warnings |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


def row(measured: Measured, ends: tuple[float, float], warnings: int) -> str:
    cells = [
        measured.name,
        f"{STATED[measured.name]}",
        f"{measured.estimated:.1f}",
        f"{measured.minutes:.1f}",
        f"{measured.within:.0f}",
        f"{max(measured.speeds):.0f}",
        f"{measured.overall:.0f}{'°' if measured.paced else ''}",
        f"{measured.silence:.0f}",
        f"{ends[0]:.1f}–{ends[1]:.1f}",
        f"{warnings}",
    ]
    return f"| {' | '.join(cells)} |"


def table(store: Store) -> Iterable[str]:
    rehearsal = Rehearsal(store)
    libraries = Libraries([builtin_library()])
    yield HEAD
    for name in names():
        measured, ends = rehearsal.measure(name), rehearsal.range(name)
        problems = check_files([name], libraries, store).problems  # after the clips are there
        warnings = sum(problem.severity == "warning" for problem in problems)
        yield row(measured, ends, warnings)
    count = sum(not is_session(name) for name in names())
    yield ""
    yield (
        f"{count} scripts, {len(names()) - count} sessions. Not listed, because other scripts "
        f"include them: {', '.join(f'`{name}`' for name in sorted(NOTICES))}."
    )


if __name__ == "__main__":
    os.environ[HIDE_VARIABLE] = "1"  # a natural voice would be chosen where one is installed
    sys.stdout.write("\n".join(table(Store(default_root()))) + "\n")
