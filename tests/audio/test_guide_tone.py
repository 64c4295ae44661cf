from __future__ import annotations

import numpy as np
import pytest

from serguide.audio.guide_tone import guide_tone
from serguide.audio.loudness.meter import measure
from serguide.base.units import SAMPLERATE, samples
from serguide.script.program import PHASES


def level(sound):
    return np.sqrt(np.mean(sound.astype(float) ** 2))


def pitch(sound):
    mono = sound[:, 0] * np.hanning(sound.shape[0])
    return np.argmax(np.abs(np.fft.rfft(mono, 1 << 18))) * SAMPLERATE / (1 << 18)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("frames", [0, 1, 7, 4_801, 4 * SAMPLERATE])
def test_is_exactly_as_long_as_asked_and_zero_at_both_ends(phase, frames):
    tone = guide_tone(phase, frames)
    assert tone.shape == (frames, 2)
    assert tone.dtype == np.float32
    if frames > 4_800:
        assert np.abs(tone[[0, -1]]).max() < 1e-5
        assert np.abs(np.diff(tone, axis=0)).max() < 0.01


def test_rises_and_swells_in_falls_and_fades_out():
    tone_in, tone_out = guide_tone("in", samples(4)), guide_tone("out", samples(6))
    half = SAMPLERATE // 2
    assert pitch(tone_in[-half:]) > pitch(tone_in[:half]) * 1.25
    assert pitch(tone_out[-half:]) < pitch(tone_out[:half]) / 1.25
    assert level(tone_in[-2 * half : -half]) > 3 * level(tone_in[:half])
    assert level(tone_out[half : 2 * half]) > 3 * level(tone_out[-half:])


def test_is_heard_within_60_ms_of_breathing_in():
    tone = guide_tone("in", samples(4))
    window = tone[samples(0.04) : samples(0.06)]
    assert 20 * np.log10(level(window)) > -52


def test_hold_and_rest_are_much_softer():
    full = level(guide_tone("in", samples(4)))
    for phase in ("hold", "rest"):
        assert 0 < level(guide_tone(phase, samples(4))) < full / 3


def test_is_calm_in_level():
    cycle = np.concatenate([guide_tone("in", samples(4)), guide_tone("out", samples(6))])
    assert measure([cycle], channels=2).momentary_max == pytest.approx(-28, abs=1.0)
