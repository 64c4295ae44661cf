"""Cut a long take in its long pauses, to be searched piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_LEAST: Final = 6.0  # seconds of a stretch
_AIM: Final = 13.0
_MOST: Final = 24.0
_AROUND: Final = 0.3  # seconds of a pause that stay with the speech beside it


def next_cut(pauses: Sequence[tuple[float, float]], start: float, end: float) -> float:
    """Return where the stretch that begins at `start` had better end, in seconds.

    pauses: of the whole take; end: the take's. A long pause near the aim is best.
    """
    if end - start <= _MOST:
        return end
    best, where = 0.0, start + _MOST
    for first, last in pauses:
        middle = (first + last) / 2
        if start + _LEAST <= middle <= start + _MOST:
            worth = min(last - first, 1.5) - abs(middle - start - _AIM) / 12.0
            if last - first >= 0.25 and worth + 2.0 > best:
                best, where = worth + 2.0, middle
    return where


def skip_pause(pauses: Sequence[tuple[float, float]], start: float) -> float:
    """Return `start`, or a place shortly before the speech that follows a pause there."""
    for first, last in pauses:
        if first <= start < last:
            return max(start, last - _AROUND)
    return start
