"""Cleaning, in figures: pauses go down, words stay as they are and where they are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from readings import RATE, room, speech, take

from serguide.recordings.noise_reduction import FLOOR, clean
from serguide.recordings.room_tone import learn_room

TEXTS = (
    "So, here you are, and that is good.",
    "Shh.",
    "Somewhere between the two is the wall of the house.",
    "Take a slow breath, and pick up the stone.",
)


def cleaned(samples):
    noisy = samples.astype(np.float32)
    tone = learn_room(noisy[at : at + 9600].reshape(-1, 1) for at in range(0, len(noisy), 9600))
    return clean(noisy, tone), tone


def level(samples):
    return 10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-15)


def pauses(samples, spans):
    quiet = np.ones(len(samples), bool)
    for start, end in spans:
        quiet[round((start - 0.2) * RATE) : round((end + 0.2) * RATE)] = False
    return samples[quiet]


def third_octaves(samples, spans):
    """Return the power of what is spoken in bands from 100 Hz to 6.3 kHz, in dB."""
    power = np.zeros(2049)
    for start, end in spans:
        words = samples[round(start * RATE) : round(end * RATE)]
        windows = np.lib.stride_tricks.sliding_window_view(words, 4096)[::1024]
        power += (np.abs(np.fft.rfft(windows * np.hanning(4096))) ** 2).sum(axis=0)
    frequency = np.fft.rfftfreq(4096, 1 / RATE)
    edges = 100 * 2 ** (np.arange(20) / 3)
    return np.array(
        [
            10 * np.log10(power[(frequency >= low) & (frequency < high)].sum())
            for low, high in itertools.pairwise(edges)
        ]
    )


@pytest.fixture(scope="module", params=[0.0, 0.008], ids=["noise", "noise and hum"])
def cleaning(request):
    clean_take, noisy, spans = take(TEXTS, snr=20.0, hum=request.param)
    done, tone = cleaned(noisy)
    return clean_take, noisy, done, spans, tone


def test_pauses_go_down_by_8_db_or_more_and_are_never_shut(cleaning):
    _, noisy, done, spans, tone = cleaning
    lowered = level(pauses(noisy, spans)) - level(pauses(done, spans))
    assert lowered >= 8.0
    # Without hum nothing falls by more than the floor, and what lies below every voice.
    if not tone.hum:
        assert lowered <= -FLOOR + 3.0
    quiet = pauses(done, spans)
    assert np.abs(quiet[: len(quiet) // 480 * 480].reshape(-1, 480)).max(axis=1).min() > 0.0


def test_the_spectrum_of_speech_changes_by_less_than_3_db(cleaning):
    clean_take, _, done, spans, _ = cleaning
    change = third_octaves(done, spans) - third_octaves(clean_take, spans)
    assert np.abs(change).max() < 3.0
    assert np.abs(change).mean() < 0.7


def test_onsets_stay_where_they_are_within_5_ms(cleaning):
    """By the envelope's rise through half of the words' level, and by the words' own samples."""
    clean_take, _, done, spans, _ = cleaning
    window = np.ones(96) / 96  # 2 ms
    for start, _ in spans:
        at = round((start - 0.1) * RATE)
        rises = []
        for samples in (clean_take, done):
            envelope = np.sqrt(np.convolve(samples[at : at + 19_200] ** 2, window, "same"))
            rises.append(int(np.argmax(envelope > 0.25 * envelope.max())))
        assert abs(rises[0] - rises[1]) <= 0.005 * RATE
        first = clean_take[at : at + 24_000], done[at : at + 24_000]
        shifted = [
            np.dot(first[0][240:-240], np.roll(first[1], -by)[240:-240]) for by in range(-9, 10)
        ]
        assert abs(int(np.argmax(shifted)) - 9) <= 1


def test_a_breath_before_the_words_is_kept():
    """A breath 20 dB under the words and 10 over the room loses less than 2 dB."""
    random = np.random.default_rng(3)
    breath = random.standard_normal(RATE // 2) * np.hanning(RATE // 2)
    breath *= 0.02 / np.sqrt(np.mean(breath**2))
    silence = np.zeros(2 * RATE)
    whole = np.concatenate([silence, breath, np.zeros(RATE // 5), speech(TEXTS[0]), silence])
    done, _ = cleaned(whole + room(len(whole), snr=24.0))
    part = slice(2 * RATE, 2 * RATE + RATE // 2)
    assert level(done[part]) > level(whole[part]) - 2.0


@pytest.mark.parametrize("mains", [50.0, 60.0])
def test_hum_is_found_in_the_recording_and_taken_out(mains):
    _clean_take, noisy, spans = take(TEXTS, snr=30.0, hum=0.008, mains=mains)
    done, tone = cleaned(noisy)
    assert [round(each.frequency / mains) for each in tone.hum][:4] == [1, 2, 3, 4]
    assert all(
        abs(each.frequency % mains) < 0.6 or abs(each.frequency % mains - mains) < 0.6
        for each in tone.hum
    )
    quiet = slice(round((spans[0][1] + 0.3) * RATE), round((spans[1][0] - 0.3) * RATE))

    def line(samples):
        spectrum = np.abs(np.fft.rfft(samples[quiet] * np.hanning(quiet.stop - quiet.start)))
        frequency = np.fft.rfftfreq(quiet.stop - quiet.start, 1 / RATE)
        return 20 * np.log10(spectrum[np.abs(frequency - 2 * mains) < 3].max())

    assert line(noisy) - line(done) > 20.0


def test_a_steady_voice_is_not_taken_for_hum():
    _, noisy, _ = take(TEXTS, snr=25.0)
    assert cleaned(noisy)[1].hum == ()


def test_a_room_without_a_sound_is_left_as_it_is():
    clean_take, _, _ = take(TEXTS)
    done, tone = cleaned(clean_take)
    assert level(done - clean_take) < level(clean_take) - 30.0
    assert tone.level < -60.0


def test_cleaning_keeps_length_and_place_of_short_stretches():
    for frames in (1, 480, 5000, 48_001):
        samples = room(frames).astype(np.float32)
        assert clean(
            samples, learn_room([room(96_000).astype(np.float32).reshape(-1, 1)])
        ).shape == (frames,)
