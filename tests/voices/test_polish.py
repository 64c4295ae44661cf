from __future__ import annotations

import numpy as np
import pytest
import soxr

from serguide.base.units import SAMPLERATE
from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_library import EspeakSettings, synthesise
from serguide.voices.finish.polish import TAIL, polish
from serguide.voices.finish.trim import trim


def tone(hertz: float, seconds: float = 1.0, level: float = 0.2) -> np.ndarray:
    time = np.arange(round(seconds * SAMPLERATE)) / SAMPLERATE
    return (level * np.sin(2 * np.pi * hertz * time)).astype(np.float32).reshape(-1, 1)


def rms_db(samples: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))))


def steady(samples: np.ndarray) -> np.ndarray:
    return samples[SAMPLERATE // 4 : SAMPLERATE // 2]


def test_tail_is_added_and_ends_in_digital_silence() -> None:
    sound = tone(300)
    polished = polish(sound)
    assert polished.shape == (len(sound) + TAIL, 1)
    assert polished.dtype == np.float32
    assert TAIL <= 0.250 * SAMPLERATE
    assert polished[-1, 0] == 0
    assert np.abs(polished[-480:]).max() < 1e-3


def test_the_room_is_quiet_and_short() -> None:
    polished = polish(tone(300))
    speech, tail = steady(polished), polished[-TAIL:]
    assert rms_db(tail[: TAIL // 3]) < rms_db(speech) - 12
    assert rms_db(tail[-TAIL // 3 :]) < rms_db(speech) - 35
    assert np.abs(tail[: TAIL // 3]).max() > 1e-4


def test_nothing_is_moved_in_time() -> None:
    click = np.zeros((SAMPLERATE, 1), np.float32)
    click[12_345] = 0.5
    assert np.abs(polish(click)).argmax() == 12_345


def test_at_the_rate_of_an_engine_it_sounds_as_at_our_own() -> None:
    speech, samplerate = sentence()
    polished = polish(speech, samplerate)
    frames = round(len(speech) * SAMPLERATE / samplerate)
    assert polished.shape == (frames + TAIL, 1)
    assert polished[-1, 0] == 0
    after = polish(soxr.resample(speech, samplerate, SAMPLERATE, quality="HQ")[:frames])
    both = min(len(polished), len(after))
    assert rms_db(polished[:both] - after[:both]) < rms_db(after) - 25


def test_what_sounds_hard_is_lowered() -> None:
    """At levels below the compressor's threshold, where only the filters work."""
    gain = {hertz: rms_db(steady(polish(tone(hertz, level=0.01)))) for hertz in (400, 2800, 8000)}
    assert gain[2800] == pytest.approx(gain[400] - 4.4, abs=1.5)
    assert gain[8000] == pytest.approx(gain[400] - 4.2, abs=1.0)


def test_rumble_is_lowered() -> None:
    low, middle = (rms_db(steady(polish(tone(hertz, level=0.01)))) for hertz in (20, 400))
    assert low < middle - 9


def test_loud_words_are_brought_nearer_to_soft_ones() -> None:
    loud, soft = (rms_db(steady(polish(tone(400, level=level)))) for level in (0.8, 0.08))
    assert 8 < loud - soft < 16


@pytest.mark.parametrize("kind", ["noise", "square", "full scale"])
def test_never_clips(kind: str) -> None:
    noise = np.random.Generator(np.random.PCG64(7)).standard_normal((SAMPLERATE, 1))
    sound = {
        "noise": np.clip(noise, -1, 1),
        "square": np.sign(tone(100)),
        "full scale": tone(90, level=1.0),
    }[kind]
    assert np.abs(polish(sound.astype(np.float32))).max() <= 0.99


def test_is_the_same_each_time_and_keeps_no_state() -> None:
    first = polish(tone(300))
    polish(tone(1234, level=0.9))
    assert np.array_equal(polish(tone(300)), first)


def test_speech_is_softened_as_documented() -> None:
    speech, _ = sentence()
    # Resampling is left out: played a little fast, it is still speech.
    before, after = hardness(speech), hardness(polish(speech))
    assert after < before - 2


def sentence() -> tuple[np.ndarray, int]:
    raw, samplerate = synthesise(
        "Notice where your back meets the chair. Soft light falls on the wooden steps.",
        catalogue().files["en-us"],
        EspeakSettings(112, 38, 38, 3),
    )
    return trim((raw / 32768).astype(np.float32).reshape(-1, 1), samplerate), samplerate


def hardness(samples: np.ndarray) -> float:
    """Return 2 to 8 kHz relative to 0.3 to 1 kHz, in dB."""
    power = np.abs(np.fft.rfft(samples[:, 0])) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLERATE)
    high = power[(hertz >= 2000) & (hertz < 8000)].sum()
    return float(10 * np.log10(high / power[(hertz >= 300) & (hertz < 1000)].sum()))
