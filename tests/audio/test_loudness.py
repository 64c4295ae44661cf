"""The meter against EBU Tech 3341 (version 4, table 1) and against FFmpeg's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sound_signals import cut, cut_at_random, ebur128, silence, speech_like, tone

from serguide.audio.loudness.meter import (
    LoudnessMeter,
    integrated,
    measure,
    momentary,
    short_term,
)
from serguide.audio.types import BLOCK_FRAMES, Block

TOLERANCE = 0.1  # LU


def of(*parts: Block):
    block = np.concatenate(parts)
    return measure(cut(block, BLOCK_FRAMES), block.shape[1])


def test_case_1_and_2_steady_tones():
    for level in (-23.0, -33.0):
        found = of(tone(level, 20))
        assert found.integrated == pytest.approx(level, abs=TOLERANCE)
        assert found.momentary_max == pytest.approx(level, abs=TOLERANCE)
        assert found.short_term_max == pytest.approx(level, abs=TOLERANCE)


def test_case_3_relative_gate():
    found = of(tone(-36, 10), tone(-23, 60), tone(-36, 10))
    assert found.integrated == pytest.approx(-23.0, abs=TOLERANCE)


def test_case_4_absolute_gate():
    found = of(tone(-72, 10), tone(-36, 10), tone(-23, 60), tone(-36, 10), tone(-72, 10))
    assert found.integrated == pytest.approx(-23.0, abs=TOLERANCE)


def test_case_5_mean_over_levels():
    found = of(tone(-26, 20), tone(-20, 20.1), tone(-26, 20))
    assert found.integrated == pytest.approx(-23.0, abs=TOLERANCE)


def test_case_9_short_term_of_alternating_levels():
    found = of(*[tone(-20, 1.34), tone(-30, 1.66)] * 5)
    assert short_term(found.energies) == pytest.approx(-23.0, abs=TOLERANCE)


@pytest.mark.parametrize("i", range(0, 20, 3))
def test_case_10_short_term_maximum(i: int):
    found = of(silence(i * 0.15), tone(-23, 3), silence(1))
    assert found.short_term_max == pytest.approx(-23.0, abs=TOLERANCE)


def test_case_11_short_term_maximum_rises():
    meter = LoudnessMeter(2)
    for i in range(20):
        for part in (silence(i * 0.15), tone(-38 + i, 3), silence(3 - i * 0.15)):
            meter.add(part)
        assert meter.result().short_term_max == pytest.approx(-38.0 + i, abs=TOLERANCE)


def test_case_12_momentary_of_alternating_levels():
    found = of(*[tone(-20, 0.18), tone(-30, 0.22)] * 25)
    assert momentary(found.energies) == pytest.approx(-23.0, abs=TOLERANCE)


@pytest.mark.parametrize("i", range(20))
def test_case_13_momentary_maximum(i: int):
    found = of(silence(i * 0.02), tone(-23, 0.4), silence(1))
    assert found.momentary_max == pytest.approx(-23.0, abs=TOLERANCE)


def test_case_14_momentary_maximum_rises():
    meter = LoudnessMeter(2)
    for i in range(20):
        for part in (silence(i * 0.02), tone(-38 + i, 0.4), silence(0.4 - i * 0.02)):
            meter.add(part)
        assert meter.result().momentary_max == pytest.approx(-38.0 + i, abs=TOLERANCE)


@pytest.mark.parametrize("hertz", [40, 200, 4_000, 12_000])
def test_weighting_agrees_with_ffmpeg(hertz: float):
    block = tone(-20, 4, hertz=hertz)
    assert of(block).integrated == pytest.approx(ebur128(block)["I"], abs=0.06)


@pytest.mark.parametrize("channels", [1, 2])
def test_speech_agrees_with_ffmpeg(channels: int):
    block = speech_like(20, channels=channels)
    assert of(block).integrated == pytest.approx(ebur128(block)["I"], abs=0.06)


def test_one_channel_counts_once():
    assert of(tone(-20, 2, channels=1)).integrated == pytest.approx(-23.0, abs=TOLERANCE)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_cuts_do_not_matter(seed: int):
    block = speech_like(6)
    whole, parts = measure([block], 2), measure(cut_at_random(block, seed), 2)
    np.testing.assert_allclose(parts.energies, whole.energies, rtol=1e-4, atol=1e-18)
    assert parts.integrated == pytest.approx(whole.integrated, abs=1e-4)
    assert parts.momentary_max == pytest.approx(whole.momentary_max, abs=1e-4)


def test_caller_may_use_its_block_again():
    block, buffer = speech_like(2), np.empty((1_000, 2), np.float32)
    meter = LoudnessMeter(2)
    for part in cut(block, 1_000):
        buffer[:] = part
        meter.add(buffer)
    assert meter.result().integrated == pytest.approx(measure([block], 2).integrated, abs=1e-4)


def test_tracks_add_up_to_their_session():
    one, two = speech_like(5, seed=4), 0.5 * speech_like(5, seed=5)
    for track in (one, two):
        track[:4_800] = track[-4_800:] = 0.0
    energies = np.concatenate([measure([one], 2).energies, measure([two], 2).energies])
    session = measure([one, two], 2).integrated
    assert integrated(energies) == pytest.approx(session, abs=0.01)


def test_silence_and_nothing_have_no_loudness():
    for block in (silence(5), silence(0), tone(-23, 0.3)):
        found = measure([block], 2)
        assert found.integrated == -math.inf
        assert found.short_term_max == -math.inf
    assert found.energies.shape == (3,)


def test_silence_after_sound_is_silence():
    found = of(tone(0, 1), silence(3))
    assert not found.energies[-20:].any()


def test_wrong_shape_is_refused():
    with pytest.raises(ValueError, match="shape"):
        LoudnessMeter(2).add(silence(1, channels=1))
