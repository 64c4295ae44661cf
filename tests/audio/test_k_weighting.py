"""The block form of the recurrence against the recurrence itself."""

from __future__ import annotations

import numpy as np
import pytest

from serguide.audio.loudness.k_weighting import HIGH_PASS, PIECE, SHELF, KWeighting


def one_by_one(signal: list[float], biquad) -> list[float]:
    (b0, b1, b2), (a1, a2) = biquad
    x1 = x2 = y1 = y2 = 0.0
    out = []
    for x in signal:
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        x1, x2, y1, y2 = x, x1, y, y1
        out.append(y)
    return out


@pytest.mark.parametrize("calls", [[3], [1, 2], [1, 1, 1]])
def test_equals_the_difference_equation(calls: list[int]):
    rng = np.random.Generator(np.random.PCG64(1))
    block = rng.normal(size=(3 * PIECE, 2)).astype(np.float32)
    weighting, found, at = KWeighting(2), [], 0
    for count in calls:
        found.append(weighting.filter(block[at : at + count * PIECE]))
        at += count * PIECE
    weighted = np.concatenate(found, axis=1).reshape(2, -1)
    for channel in range(2):
        expected = one_by_one(one_by_one(block[:, channel].tolist(), SHELF), HIGH_PASS)
        np.testing.assert_allclose(weighted[channel], expected, atol=3e-5)


def test_silence_forgets_what_was_before():
    weighting = KWeighting(1)
    weighting.filter(np.ones((PIECE, 1), np.float32))
    tail = weighting.filter(np.zeros((4 * PIECE, 1), np.float32))
    assert tail[0, 0].any()
    assert not weighting.filter(np.zeros((PIECE, 1), np.float32)).any()
