"""Estimate what a batch will take: processor time and disk, from figures of docs/clinic.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from serguide.batch.checking import Batch, seconds_of

_COLD: Final = 0.023
"""Processor seconds for a second of a session that nothing is kept of."""

_NEXT: Final = 0.03
"""What part of that a further session of its kind takes, whose values alone are others."""


@dataclass(frozen=True, slots=True)
class BatchEstimate:
    """Tell processor seconds, and bytes on a disk that shares no files."""

    processor_seconds: float
    bytes: int


def estimated(batch: Batch) -> BatchEstimate:
    """Return about what a batch takes where nothing of it is kept yet."""
    seen: set[tuple[object, ...]] = set()
    work = 0.0
    for row, frames in zip(batch.rows, batch.frames, strict=True):
        cold = seconds_of(frames) * _COLD
        work += cold * _NEXT if row.kind in seen else cold
        seen.add(row.kind)
    return BatchEstimate(work, sum(batch.bytes))
