"""Three of the library's bundles as numbers: a breathing, a picture, a session for sleep."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from rendering import Bundle, bundle
from sound_signals import cut, decode, ebur128

from serguide.audio.loudness.meter import measure, short_term
from serguide.base.units import SAMPLERATE

pytestmark = pytest.mark.slow

NAMES = ("easy-six", "porch-by-the-river", "before-sleep")
HOP = SAMPLERATE // 10
WINDOW = 3 * SAMPLERATE
AUDIBLE = -50.0
"""LUFS; a fade's first and last breath of sound lies below it, where steepness is not heard."""


@pytest.fixture(scope="module")
def of(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()

    @cache
    def made(name: str) -> tuple[Bundle, np.ndarray]:
        found = bundle(name, tmp_path_factory.mktemp("library") / name, cache=base / "cache")
        return found, decode(found.session)

    return made


def loudness(sound: np.ndarray) -> np.ndarray:
    """Short-term loudness, LUFS, ten values a second; each of the three seconds that end there."""
    curve = np.asarray(short_term(measure(cut(sound, SAMPLERATE), 2).energies))
    return np.maximum(curve, -70.0)


@pytest.mark.parametrize("name", NAMES)
def test_loudness_and_peaks(of, name):
    made, sound = of(name)
    stated, found = made.manifest["serguide"]["loudness"], ebur128(sound)
    assert len(sound) == made.frames
    assert stated["speech"] == pytest.approx(-18, abs=0.5)
    assert stated["integrated"] == pytest.approx(found["I"], abs=0.2)
    assert found["true_peak"] <= -1.5


@pytest.mark.parametrize("name", NAMES)
def test_tracks_join_in_digital_silence(of, name):
    made, sound = of(name)
    for track in made.tracks:
        assert not sound[track["start"] : track["start"] + 1152].any()
        assert not sound[track["end"] - 1152 : track["end"]].any()


@pytest.mark.parametrize("name", NAMES)
def test_no_jolt_where_nobody_begins_to_speak(of, name):
    """Never more than 6 LU a second, up or down, but where words and guide tones come and go."""
    made, sound = of(name)
    curve = loudness(sound)
    ends = WINDOW + HOP * np.arange(len(curve))
    calm = np.ones(len(curve), bool)
    for event in made.events:
        if event["kind"] in ("say", "breathe", "sound"):
            calm &= (ends <= event["start"] - HOP) | (ends - WINDOW >= event["end"] + HOP)
    steep = curve[10:] - curve[:-10]
    both = calm[10:] & calm[:-10] & (np.minimum(curve[10:], curve[:-10]) > AUDIBLE)
    if name != "easy-six":  # it has no soundscape: between its words there is silence
        assert both.sum() > 100
    assert np.abs(steep[both]).max(initial=0.0) <= 6.0


def test_the_breath_lies_on_its_grid(of):
    made, _ = of("easy-six")
    begins = [e["start"] for e in made.events if e["kind"] == "breathe" and e["phase"] == "in"]
    outs = [e["start"] for e in made.events if e["kind"] == "breathe" and e["phase"] == "out"]
    first = begins[0]
    assert begins == [first + n * 10 * SAMPLERATE for n in range(len(begins))]
    assert outs == [first + (n * 10 + 4) * SAMPLERATE for n in range(len(begins))]


def test_sleep_fades_over_half_a_minute_into_nothing(of):
    made, sound = of("before-sleep")
    last = max(event["end"] for event in made.events)
    tail = len(sound) - last
    assert tail >= 30 * SAMPLERATE
    curve = loudness(sound[-35 * SAMPLERATE :])
    every_second = curve[::10]
    falling = every_second[1:] - every_second[:-1]
    assert (falling[-26:-2] < 1.0).all()
    assert every_second[0] - every_second[-4] > 12
    assert not sound[-1152:].any()


def test_nothing_is_louder_than_the_voice_in_sleep(of):
    """The soundscape stays under the words, in the long quiets too."""
    made, sound = of("before-sleep")
    last = made.tracks[-1]
    for event in made.events:
        if event["kind"] == "rest" and event["start"] >= last["start"]:
            middle = sound[event["start"] + SAMPLERATE : event["end"] - SAMPLERATE]
            if len(middle) > 4 * SAMPLERATE:
                assert loudness(middle).max() < -28
