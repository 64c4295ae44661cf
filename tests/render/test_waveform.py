from __future__ import annotations

import numpy as np

from serguide.render.waveform import waveform


def energies(*levels):
    """Mean squares of 100 ms each, at levels in LUFS."""
    return 10.0 ** ((np.array(levels) + 0.691) / 10.0)


def test_bars_are_the_loudness_of_equal_pieces():
    sound = np.concatenate([energies(*[-15.0] * 40), np.zeros(40), energies(*[-31.5] * 40)])
    assert waveform(sound, 12) == (1.0,) * 4 + (0.0,) * 4 + (0.5,) * 4


def test_no_bar_is_taller_than_full_nor_below_nothing():
    assert waveform(energies(-3.0, -80.0), 2) == (1.0, 0.0)


def test_a_sound_shorter_than_its_bars_has_none():
    assert waveform(np.zeros(5), 6) == ()
    assert waveform(np.zeros(0)) == ()
