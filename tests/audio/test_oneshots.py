from __future__ import annotations

import numpy as np
import pytest

from serguide.audio.loudness.meter import measure
from serguide.audio.oneshots import LOUDEST_LUFS, ONE_SHOTS, frames_of, one_shot
from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE


@pytest.mark.parametrize("name", ONE_SHOTS)
def test_is_stereo_soft_and_under_a_voice(name):
    clip = one_shot(name)
    sound = clip.samples
    assert sound.shape == (frames_of(name), 2)
    assert sound.dtype == np.float32
    assert clip.samplerate == SAMPLERATE
    assert np.abs(sound).max() <= 0.5
    loudest = measure([sound], channels=2).momentary_max
    assert loudest == pytest.approx(LOUDEST_LUFS, abs=0.5)


@pytest.mark.parametrize("name", ONE_SHOTS)
def test_rises_softly_and_ends_in_digital_silence(name):
    sound = np.abs(one_shot(name).samples).max(axis=1)
    assert sound[0] < 1e-3
    assert sound[-1] == 0.0
    assert sound[: round(0.001 * SAMPLERATE)].max() < 0.1 * sound.max()
    reached = np.flatnonzero(sound > 0.5 * sound.max())[0]
    assert 0.003 * SAMPLERATE < reached < 0.08 * SAMPLERATE
    assert sound[-SAMPLERATE // 20 :].max() < 0.02 * sound.max()


@pytest.mark.parametrize("name", ONE_SHOTS)
def test_keeps_its_level_in_mono(name):
    sound = one_shot(name).samples
    lost = 10 * np.log10(np.mean(sound**2) / np.mean(sound.mean(axis=1) ** 2))
    assert lost < 3.0


def test_is_made_once():
    assert one_shot("bell") is one_shot("bell")
    assert one_shot("wood-block") is one_shot("woodblock")


def test_names_the_nearest_when_there_is_no_such_one():
    with pytest.raises(SoundError, match="no sound “bowel”") as caught:
        one_shot("bowel")
    assert caught.value.hint == "did you mean `bowl`?"
    with pytest.raises(SoundError):
        frames_of("gong")
