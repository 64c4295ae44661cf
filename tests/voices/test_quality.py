from __future__ import annotations

import numpy as np
import pytest

from serguide.audio.types import Clip
from serguide.base.units import SAMPLERATE
from serguide.voices.finish.quality import quality_problem

TEXT = "Let the breath come and go by itself."


def clip(seconds: float = 3.0, level: float = 0.2, samplerate: int = SAMPLERATE) -> Clip:
    time = np.arange(round(seconds * SAMPLERATE)) / SAMPLERATE
    samples = level * np.sin(2 * np.pi * 150 * time)
    return Clip(samples.astype(np.float32).reshape(-1, 1), samplerate)


def found(sound: Clip, text: str = TEXT, pace: float = 1.0, seconds: float = 3.0) -> str | None:
    return quality_problem(sound, text, pace=pace, estimate=round(seconds * SAMPLERATE))


def test_a_sound_clip_has_no_flaw() -> None:
    assert found(clip()) is None


def test_what_is_wrong_is_named() -> None:
    broken = clip()
    broken.samples[1000] = np.nan
    clipped = Clip(np.clip(clip().samples * 9, -1, 1), SAMPLERATE)
    too_loud = clip(level=1.2)
    stereo = Clip(np.repeat(clip().samples, 2, axis=1), SAMPLERATE)
    assert "no sound" in str(found(clip(0)))
    assert "silence" in str(found(clip(level=0.001)))
    assert "not numbers" in str(found(broken))
    assert "clipped" in str(found(clipped))
    assert "clipped" in str(found(too_loud))
    assert "lost" in str(found(clip(1.5)))
    assert "shape" in str(found(stereo))
    assert "22050 Hz" in str(found(clip(samplerate=22_050)))


def test_a_lone_peak_at_full_scale_is_not_clipping() -> None:
    sound = clip()
    sound.samples[1000] = 1.0
    assert found(sound) is None


@pytest.mark.parametrize(
    ("text", "seconds", "estimate"),
    [
        ("I", 0.1, 0.4),
        ("Rest.", 0.3, 0.7),
        ("Out.", 0.2, 0.7),
        ("吸气。", 0.5, 1.2),
        ("让呼吸自己来，自己去。", 2.4, 4.0),
        ("Dr. Ng, 1999 – 2026: 3 × 4.", 2.0, 8.0),
        ("🌞🌊🌲", 0.5, 3.0),
        ("24", 0.6, 1.5),
    ],
)
def test_short_and_odd_texts_do_not_misfire(text: str, seconds: float, estimate: float) -> None:
    assert found(clip(seconds), text, seconds=estimate) is None


def test_pace_is_allowed_for() -> None:
    quick = "Stop now."
    assert found(clip(0.2), quick, pace=2.0, seconds=0.6) is None
    assert "lost" in str(found(clip(0.2), quick, pace=0.5, seconds=2.4))
