"""Edges lie where the level says, whatever the search named nearby; a breath stays."""

import numpy as np
import pytest
from espeak_takes import speaker, spoken
from long_takes import _music, _noise, speech_edges

from serguide.alignment.activity import listen
from serguide.alignment.edges import find_edges
from serguide.alignment.stretches import next_cut, skip_pause
from serguide.alignment.take_sound import RATE, take_of


def tone(seconds, level):
    time = np.arange(int(seconds * RATE)) / RATE
    return level * np.sin(2 * np.pi * 300 * time) * (1.2 + np.sin(2 * np.pi * 4 * time)) / 2.2


def take(*parts, noise=0.002):
    """Return a take of (seconds, level) parts."""
    rng = np.random.default_rng(1)
    samples = np.concatenate([tone(*part) for part in parts])
    return take_of((samples + rng.normal(0, noise, len(samples))).astype(np.float32))


@pytest.mark.parametrize("off", [-0.25, 0.0, 0.2])
def test_edges_are_those_of_the_level(off):
    activity = listen(take((2.0, 0.0), (3.0, 0.5), (2.0, 0.0), (1.5, 0.5), (2.0, 0.0)))
    edges = find_edges(activity, 2.0 + off, 5.0 + off)
    assert edges.speech_start == pytest.approx(2.0, abs=0.04)
    assert edges.speech_end == pytest.approx(5.0, abs=0.06)
    assert edges.speech_start - 0.12 <= edges.start < edges.speech_start
    assert edges.speech_end <= edges.end <= edges.speech_end + 0.15


def test_a_breath_before_the_words_stays():
    activity = listen(take((2.0, 0.0), (0.4, 0.006), (0.1, 0.0), (3.0, 0.5), (2.0, 0.0)))
    edges = find_edges(activity, 2.5, 5.5)
    assert edges.speech_start == pytest.approx(2.5, abs=0.05)
    assert edges.start == pytest.approx(2.0, abs=0.12)


def test_a_cut_never_takes_the_neighbours_words():
    activity = listen(take((1.0, 0.0), (2.0, 0.5), (0.1, 0.0), (2.0, 0.5), (1.0, 0.0)))
    edges = find_edges(activity, 1.0, 3.0)
    assert edges.end <= 3.1 + 0.03


def test_a_take_is_cut_in_its_long_pauses():
    pauses = [(0.0, 1.0), (6.0, 6.3), (14.0, 15.0), (22.0, 22.4), (60.0, 62.0)]
    assert next_cut(pauses, 1.0, 100.0) == pytest.approx(14.5)
    assert next_cut(pauses, 90.0, 100.0) == 100.0
    assert skip_pause(pauses, 60.5) == pytest.approx(61.7)
    assert skip_pause(pauses, 30.0) == 30.0


def test_silence_has_no_speech():
    assert not listen(take_of(np.zeros(3 * RATE, np.float32))).speech.any()
    assert listen(take_of(np.zeros(0, np.float32))).runs() == []


def test_music_behind_the_voice_does_not_move_its_edges():
    say = speaker("espeak:en-us", "en", 1.15)
    samples, places = spoken(say, ["Here is a chair.", "It holds you well.", "Good."] * 2, 1.5, 0.0)
    rng = np.random.default_rng(2)
    loud = float(np.sqrt(np.mean(samples[np.abs(samples) > 1e-3] ** 2)))
    behind = _music(len(samples), rng) + _noise(len(samples), rng)
    activity = listen(take_of((samples + 0.1 * loud * behind).astype(np.float32)))
    for start, end in places:
        first, last = speech_edges(samples[round(start * RATE) : round(end * RATE)])
        edges = find_edges(activity, start + 0.1, end - 0.1)
        assert edges.speech_start == pytest.approx(start + first, abs=0.15)
        assert edges.speech_end == pytest.approx(start + last, abs=0.15)
