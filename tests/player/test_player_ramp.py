from __future__ import annotations

import numpy as np

from serguide.player.audio.ramp import SHORTEST, Ramp


def test_a_ramp_takes_at_least_thirty_milliseconds():
    ramp = Ramp(0.0)
    ramp.to(1.0, 1)
    assert ramp.left == SHORTEST == 1440
    gains = ramp.next(SHORTEST + 1)
    assert gains[0] == 0.0
    assert gains[-1] == 1.0
    assert np.abs(np.diff(gains[:, 0])).max() < 1.6 / SHORTEST
    assert ramp.left == 0


def test_turning_back_half_way_does_not_jump():
    ramp = Ramp(0.0)
    ramp.to(1.0, 4800)
    up = ramp.next(2000)
    ramp.to(0.0, 4800)
    down = ramp.next(4801)
    joined = np.concatenate([up, down])[:, 0]
    assert np.abs(np.diff(joined)).max() < 1.6 / 4800
    assert down[-1] == 0.0


def test_the_size_of_the_pieces_does_not_matter():
    whole, pieces = Ramp(1.0), Ramp(1.0)
    whole.to(0.2, 5000)
    pieces.to(0.2, 5000)
    parts = np.concatenate([pieces.next(n) for n in (1, 999, 3000, 1001, 500)])
    np.testing.assert_array_equal(whole.next(5501), parts)
