from __future__ import annotations

from itertools import pairwise

import pytest

from serguide.audio.loudness.k_weighting import PIECE
from serguide.audio.pieces import CLOSE, LENGTH, RUN_OUT, RUN_UP, cut
from serguide.audio.types import BLOCK_FRAMES
from serguide.base.units import MP3_FRAME


@pytest.mark.parametrize("frames", [1, LENGTH - 1, LENGTH, int(1.5 * LENGTH), 1 + 7 * LENGTH])
def test_pieces_are_the_track_without_gap_or_overlap(frames: int):
    pieces = cut(frames)
    assert pieces[0].start == pieces[0].first == 0
    assert pieces[-1].end == pieces[-1].last == frames
    assert all(a.end == b.start for a, b in pairwise(pieces))
    for piece in pieces[1:]:
        assert piece.start - piece.first == RUN_UP
    for piece in pieces[:-1]:
        assert piece.last - piece.end == RUN_OUT
    # None so short that it is not worth its run-up, none so long that a core waits for it.
    assert len(pieces) == 1 or all(
        LENGTH / 2 < piece.end - piece.start <= 1.5 * LENGTH for piece in pieces
    )


def test_cuts_are_where_every_grid_has_a_line():
    for grid in (BLOCK_FRAMES, MP3_FRAME, PIECE):
        assert LENGTH % grid == 0


def test_pieces_are_short_where_a_value_is_heard():
    frames, value = 6 * LENGTH, (LENGTH + CLOSE, LENGTH + 2 * CLOSE)
    pieces = cut(frames, close=[value])
    assert all(a.end == b.start for a, b in pairwise(pieces))
    heard = [piece for piece in pieces if piece.first < value[1] and piece.last > value[0]]
    assert heard
    assert all(piece.end - piece.start <= 1.5 * CLOSE for piece in heard)
    far = [piece for piece in pieces if piece.start >= 2 * LENGTH]
    assert far == [piece for piece in cut(frames) if piece.start >= 2 * LENGTH]
    for grid in (BLOCK_FRAMES, MP3_FRAME, PIECE):
        assert CLOSE % grid == 0
