"""The true-peak meter against EBU Tech 3341 cases 15 to 23 and against FFmpeg's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sound_signals import cut, cut_at_random, ebur128, silence, speech_like

from serguide.audio.loudness.true_peak import HISTORY, TruePeakMeter, measure, oversampled_peaks
from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE, db_of


def sine(divisor: int, degrees: float, amplitude: float, *, fade: int = 4_800) -> Block:
    """A tone of SAMPLERATE / divisor, faded so that it has no edge of its own."""
    n = np.arange(SAMPLERATE)
    x = amplitude * np.sin(2 * np.pi * n / divisor + np.radians(degrees))
    x[:fade] *= np.linspace(0, 1, fade)
    x[-fade:] *= np.linspace(1, 0, fade)
    return np.repeat(x[:, np.newaxis], 2, axis=1).astype(np.float32)


@pytest.mark.parametrize(
    ("case", "divisor", "degrees", "amplitude", "dbtp"),
    [
        (15, 4, 0.0, 0.50, -6.0),
        (16, 4, 45.0, 0.50, -6.0),
        (17, 6, 60.0, 0.50, -6.0),
        (18, 8, 67.5, 0.50, -6.0),
        (19, 4, 45.0, 1.41, 3.0),
    ],
)
def test_cases_15_to_19_tones(case: int, divisor: int, degrees: float, amplitude: float, dbtp):
    found = measure([sine(divisor, degrees, amplitude)], 2)
    assert dbtp - 0.4 <= found <= dbtp + 0.2


@pytest.mark.parametrize("offset", range(4))
def test_cases_20_to_23_peaks_between_samples(offset: int):
    # A burst made at four times the rate, its peak of 1.0 at each of the four offsets.
    t = (np.arange(-2_000, 2_000) * 4 + offset) / (4 * SAMPLERATE)
    x = np.cos(2 * np.pi * 6_000 * t) * np.exp(-((t * 1_500) ** 2))
    found = measure([np.repeat(x[:, np.newaxis], 2, axis=1).astype(np.float32)], 2)
    assert -0.4 <= found <= 0.2


def test_agrees_with_ffmpeg():
    block = speech_like(5)
    assert measure(cut(block, 23_040), 2) == pytest.approx(ebur128(block)["true_peak"], abs=0.1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_cuts_do_not_matter(seed: int):
    block = speech_like(4)
    assert measure(cut_at_random(block, seed), 2) == pytest.approx(measure([block], 2), abs=1e-6)


def test_what_is_skipped_could_not_have_mattered():
    block = speech_like(4, seed=7)
    padded = np.concatenate((np.zeros((HISTORY, 2), np.float32), block))
    everything = db_of(float(oversampled_peaks(padded).max()))
    assert measure(cut(block, 5_000), 2) == pytest.approx(everything, abs=1e-6)


def test_blocks_shorter_than_the_filter():
    block = sine(4, 45.0, 0.5)[:20_000]
    assert measure(cut(block, 1, 3, 7), 2) == pytest.approx(measure([block], 2), abs=1e-6)


def test_silence():
    meter = TruePeakMeter(1)
    meter.add(silence(1, channels=1))
    assert meter.peak == -math.inf
