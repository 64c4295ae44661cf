from __future__ import annotations

import numpy as np
import pytest

from serguide.voices.finish.trim import LEAD_MS, TAIL_MS, trim

RATE = 22_050


def padded(before: float, after: float, level: float = 0.3) -> np.ndarray:
    time = np.arange(RATE) / RATE
    tone = level * np.cos(2 * np.pi * 200 * time)
    parts = (np.zeros(round(before * RATE)), tone, np.zeros(round(after * RATE)))
    return np.concatenate(parts).astype(np.float32).reshape(-1, 1)


@pytest.mark.parametrize(("before", "after"), [(0, 0), (0.5, 0), (0, 0.5), (0.123, 1.7)])
def test_silence_is_cut_off(before: float, after: float) -> None:
    cut = trim(padded(before, after), RATE)
    assert cut.shape[1] == 1
    assert cut.dtype == np.float32
    assert len(cut) / RATE == pytest.approx(1.0, abs=(LEAD_MS + TAIL_MS + 3) / 1000)
    loud = np.flatnonzero(np.abs(cut[:, 0]) > 0.01)
    assert loud[0] < 0.010 * RATE


def test_ends_are_faded() -> None:
    cut = trim(padded(0, 0), RATE)
    assert np.abs(cut[[0, -1], 0]).max() < 0.01


def test_quiet_sounds_at_the_ends_are_kept() -> None:
    """A breathy consonant, 40 dB below full scale, before a word."""
    sound = padded(0.3, 0.3)
    sound[: round(0.2 * RATE), 0] += 0.01 * np.sin(np.arange(round(0.2 * RATE)))
    assert len(trim(sound, RATE)) / RATE > 1.25


def test_silence_leaves_nothing() -> None:
    assert trim(np.zeros((RATE, 1), np.float32), RATE).shape == (0, 1)
    assert trim(np.zeros((0, 1), np.float32), RATE).shape == (0, 1)


def test_what_is_out_of_range_is_not_wrapped_around() -> None:
    assert np.abs(trim(padded(0, 0, level=1.5), RATE)).max() <= 1.0
