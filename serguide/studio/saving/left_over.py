"""Remove what a studio that was killed has left half-written beside a therapist's files.

Saving writes a file beside the one that it changes places with: a kill in between leaves one of the
two contents there, perhaps with a client's name in it, under a name that nothing reads.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from serguide.base.files.owned import LOCK, reclaim
from serguide.base.files.temporary import NAME

_LEFT: Final = re.compile(rf"\.(?:.+\.)?{NAME}\.tmp(?:{re.escape(LOCK)})?")


_WRITTEN: Final = (
    "scripts/**/", "imagery/**/", "handed-over/", "handed-over/*/", "voices/*/.incoming/",
)  # fmt: skip
"""Folders of a library that the studio writes in; a voice's own is swept as it is written."""


def sweep_left_over(libraries: Iterable[Path]) -> None:
    """Remove from libraries what programs that are gone have left half-written.

    What another program is writing just now stays; so does what cannot be removed.
    """
    for library in libraries:
        with suppress(OSError):
            folders = [library, *(each for kind in _WRITTEN for each in library.glob(kind))]
            for path in (left for folder in folders for left in _half_written(folder)):
                reclaim(path)


def _half_written(folder: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as found:
        yield from sorted(Path(each.path) for each in found if _LEFT.fullmatch(each.name))
