"""The voice in the smallest sound that is made unasked is the same to the ear."""

from __future__ import annotations

import dataclasses
from functools import partial

import numpy as np
import pytest
from clearness import distance
from sound_signals import decode

from serguide.audio.mix import speech_gain
from serguide.bundle.sounds import PAGE_RATE
from serguide.cache.store import Store
from serguide.encode.asked import at_kilobits
from serguide.encode.base import Rate
from serguide.encode.formats import AUDIOBOOK, BROWSER_OPUS, FORMATS
from serguide.render.plan import RenderSettings, plan
from serguide.script.library import open_libraries
from serguide.script.resolve import Overrides, resolve
from serguide.voices.speakable_names import KNOWN

SECONDS = 60


@pytest.fixture(scope="module")
def stems(tmp_path_factory):
    """A minute of a session as it is mixed, and its voice alone."""
    libraries = open_libraries([])
    path = libraries.locate("the-first-evening")
    store = Store(tmp_path_factory.mktemp("cache"))
    program = resolve(path, libraries, KNOWN, Overrides())
    first = dataclasses.replace(program, tracks=program.tracks[:1], length=None)
    mix = plan(first, libraries.with_home_of(path), store, RenderSettings()).jobs[0].mix
    gain = speech_gain(mix.voice_energies())
    both, voice = (
        np.concatenate(list(each.blocks(gain, 1.5)))[: SECONDS * 48_000]
        for each in (mix, dataclasses.replace(mix, bed=None))
    )
    return both, voice


def clearness(stems, format_, folder):
    both, voice = stems
    path = folder / "x"
    with format_.open(path, 2) as encoder:
        encoder.write(both)
    found = decode(path)[: len(both)].mean(axis=1)
    return distance(voice.mean(axis=1), (both - voice).mean(axis=1), found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        partial(FORMATS["mp3"].at, Rate(64, 1)),
        partial(BROWSER_OPUS.at, PAGE_RATE),
        partial(at_kilobits, AUDIOBOOK, None),
    ],
    ids=["the smallest MP3", "a page", "an audiobook"],
)
def test_the_voice_is_as_clear_as_ever(stems, tmp_path, make):
    found = clearness(stems, make(), tmp_path)
    assert found.mean < 1.0, "dB"
    assert found.outliers < 0.02


@pytest.mark.slow
def test_the_measure_hears_what_is_duller(stems, tmp_path):
    """By itself libopus takes its telephone codec at this rate."""
    small, usual = (
        clearness(stems, format_, tmp_path)
        for format_ in (FORMATS["opus"].at(Rate(24, 1)), FORMATS["mp3"])
    )
    assert small.outliers > 0.02 > usual.outliers
    assert small.mean > 2 * usual.mean
