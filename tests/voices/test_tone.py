from __future__ import annotations

import numpy as np
import pytest

from serguide.base.errors import VoiceError
from serguide.base.units import SAMPLERATE
from serguide.voices.tone import LEVEL, ToneVoice

VOICE = ToneVoice.open(None, "en")


@pytest.mark.parametrize(
    ("text", "pace", "frames"),
    [
        ("I", 1.0, 300 * 48),
        ("Breathe in.", 1.0, 1200 * 48),
        ("Breathe   in.\n", 1.0, 1200 * 48),
        ("Breathe in.", 0.5, 2400 * 48),
        ("Breathe in.", 2.0, 600 * 48),
        ("Breathe in.", 0.9, 64_000),
        ("吸气。", 1.0, 500 * 48),
    ],
)
def test_length_is_the_documented_formula(text: str, pace: float, frames: int) -> None:
    assert VOICE.estimate(text, pace=pace) == frames
    assert VOICE.speak(text, pace=pace).frames == frames


@pytest.mark.parametrize("text", ["I", "Breathe in.", "Let the breath come and go by itself."])
def test_its_ends_can_be_found_to_the_sample(text: str) -> None:
    samples = VOICE.speak(text).samples[:, 0]
    sounding = np.flatnonzero(np.abs(samples) > 0)
    assert (sounding[0], sounding[-1]) == (0, len(samples) - 1)
    for end in (samples[:48], samples[-48:]):
        assert (np.abs(end) > 2 / 32768).all()


def test_level_is_constant_but_for_the_fades() -> None:
    samples = VOICE.speak("Let the breath come and go by itself.").samples[:, 0]
    inner = samples[SAMPLERATE // 100 : -SAMPLERATE // 100]
    peaks = [np.abs(part).max() for part in np.array_split(inner, 50)]
    assert max(peaks) <= LEVEL + 1e-6
    assert min(peaks) > 0.98 * LEVEL


def test_has_no_variants() -> None:
    with pytest.raises(VoiceError):
        ToneVoice.open("low", "en")
