"""Cut a track into pieces that can be mixed and encoded side by side.

Where the cuts are depends on the track's length, and on where a client's values are heard, so that
the bytes do not depend on how many cores there are, or on what was kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from serguide.audio.types import BLOCK_FRAMES
from serguide.base.units import MP3_FRAME, Samples

LENGTH: Final = Samples(75 * BLOCK_FRAMES)
"""Samples from cut to cut: 36 s, in whole blocks, whole MP3 frames and whole 100 ms."""

CLOSE: Final = Samples(10 * BLOCK_FRAMES)
"""Samples from cut to cut where a client's value is heard: 4.8 s, so that another value costs no
more than these."""

RUN_UP: Final = BLOCK_FRAMES
"""Samples mixed and encoded before a cut: the limiter, the meters and the encoder have
forgotten by then that they began here."""

RUN_OUT: Final = 4 * MP3_FRAME
"""Samples encoded behind a cut, because an encoder looks ahead."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Say which samples of a track a piece is there for, and which it is made from.

    start, end: its own; first, last: with run-up and run-out; `last` and `end` are not in it.
    """

    start: Samples
    end: Samples
    first: Samples
    last: Samples


def cut(
    frames: Samples, length: int = LENGTH, close: Sequence[tuple[int, int]] = ()
) -> tuple[Piece, ...]:
    """Return the pieces of a track of so many samples; the last is half to one and a half long.

    close: spans, from first to end, around which pieces are CLOSE long.
    """
    cuts = [*range(0, max(1, frames - length // 2), length), frames]
    fine = (
        range(start, end - CLOSE // 2, CLOSE)
        for start, end in pairwise(cuts)
        if any(first < end + RUN_OUT and last > start - RUN_UP for first, last in close)
    )
    cuts = sorted({*cuts, *chain.from_iterable(fine)})
    return tuple(
        Piece(
            Samples(start),
            Samples(end),
            Samples(max(0, start - RUN_UP)),
            Samples(min(frames, end + RUN_OUT)),
        )
        for start, end in pairwise(cuts)
    )
