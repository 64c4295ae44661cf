from __future__ import annotations

import numpy as np
import pytest

from serguide.base.errors import VoiceError
from serguide.voices.kokoro.kokoro_model import FRAME, SAMPLERATE, ModelSound
from serguide.voices.kokoro.kokoro_sound import finished, speech_of


def tone(frames: int, level: float = 0.4) -> np.ndarray:
    return (level * np.sin(np.arange(frames) * 2 * np.pi * 200 / SAMPLERATE)).astype(np.float32)


def made(samples: np.ndarray, pad: int = 20) -> ModelSound:
    rest = max(1, len(samples) // FRAME - pad)
    return ModelSound(samples, np.array([pad, rest, 1]))


def test_what_sounds_in_the_pad_is_cut_60_ms_before_its_end():
    pad = 20
    samples = np.zeros(2 * SAMPLERATE, np.float32)
    samples[2_000:5_000] = tone(3_000)  # the spurious onset
    word = pad * FRAME - round(0.03 * SAMPLERATE)
    samples[word : word + 12_000] = tone(12_000)
    speech = speech_of(made(samples, pad))[:, 0]
    assert len(speech) == pytest.approx(12_000, abs=0.03 * SAMPLERATE)
    first = np.flatnonzero(np.abs(speech) > 10 ** (-54 / 20))[0]
    assert first < 0.010 * SAMPLERATE


def test_the_level_is_kept_and_the_length_doubles():
    samples = np.pad(tone(SAMPLERATE), (20 * FRAME, 4_000))
    clip = finished([made(samples)], 0.5)
    assert len(clip) == 2 * len(speech_of(made(samples)))
    middle = clip[len(clip) // 4 : len(clip) // 2, 0]
    assert np.sqrt((middle**2).mean()) == pytest.approx(0.4 / np.sqrt(2), rel=0.01)


def test_runs_have_a_gap_between_them():
    one = made(np.pad(tone(SAMPLERATE), (20 * FRAME, 4_000)))
    together, alone = finished([one, one], 0.5), finished([one], 0.5)
    assert len(together) == pytest.approx(2 * len(alone) + 24_000, abs=2)


def test_what_is_louder_than_full_scale_after_resampling_is_brought_down():
    loud = made(np.pad(np.sign(tone(SAMPLERATE)) * np.float32(0.99), (20 * FRAME, 4_000)))
    assert np.abs(finished([loud], 0.5)).max() <= 0.9801


@pytest.mark.parametrize(
    ("samples", "what"),
    [
        (np.zeros(0, np.float32), "no sound"),
        (np.zeros(48_000, np.float32), "silence"),
        (np.full(48_000, np.nan, np.float32), "not numbers"),
        (np.sign(tone(48_000)), "full scale"),
    ],
)
def test_what_is_no_speech_is_refused_with_a_next_step(samples, what):
    with pytest.raises(VoiceError, match=what) as caught:
        speech_of(made(samples))
    assert caught.value.hint
