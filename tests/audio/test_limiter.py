"""No true peak over the ceiling, and nothing touched that need not be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sound_signals import cut, cut_at_random, decode, ebur128, speech_like, tone

from serguide.audio.levels import CEILING
from serguide.audio.limiter import limit
from serguide.audio.loudness import true_peak as truepeak
from serguide.audio.types import BLOCK_FRAMES, Block
from serguide.base.units import SAMPLERATE
from serguide.encode.mp3.encoder import Mp3Encoder

FRAMES = 2 * SAMPLERATE + 77


def limited(block: Block) -> Block:
    return np.concatenate(list(limit(cut(block, BLOCK_FRAMES), block.shape[1])))


def both(one) -> Block:
    return np.repeat(np.asarray(one, np.float32)[:, np.newaxis], 2, axis=1)


def faded(block: Block) -> Block:
    ramp = np.minimum(np.arange(FRAMES), np.arange(FRAMES)[::-1]).clip(0, 2_400) / 2_400
    return (block * ramp[:, np.newaxis]).astype(np.float32)


def impulses() -> Block:
    block = np.zeros((FRAMES, 2), np.float32)
    block[0] = block[-1] = 3.0
    block[BLOCK_FRAMES - 1, 0] = -4.0
    block[BLOCK_FRAMES + 100, 1] = 2.0
    block[60_000:60_002] = 1.5
    return block


def band_noise(top: float) -> Block:
    rng = np.random.Generator(np.random.PCG64(3))
    spectrum = np.fft.rfft(rng.normal(size=(FRAMES, 2)), axis=0)
    spectrum[np.fft.rfftfreq(FRAMES, 1 / SAMPLERATE) > top] = 0
    noise = np.fft.irfft(spectrum, FRAMES, axis=0)
    return (noise * (4.0 / np.abs(noise).max())).astype(np.float32)


def square() -> Block:
    t = np.arange(FRAMES) / SAMPLERATE
    return both(3 * np.sign(np.sin(2 * np.pi * 997 * t)))


def between_samples() -> Block:
    n = np.arange(FRAMES)
    return faded(both(1.3 * np.sin(2 * np.pi * n / 4 + np.pi / 4)))


def syllables() -> Block:
    block = speech_like(FRAMES / SAMPLERATE)
    return block * np.float32(4.0 / np.abs(block).max())


HOSTILE = [impulses, square, between_samples, syllables, lambda: band_noise(16_000)]


@pytest.mark.parametrize("make", HOSTILE)
def test_no_true_peak_over_the_ceiling(make):
    block = make()
    found = limited(block)
    assert found.shape == block.shape
    assert truepeak.measure([block], 2) > CEILING
    assert truepeak.measure([found], 2) <= CEILING
    # FFmpeg's filter is longer than the standard's, and sees a little more up high.
    assert ebur128(found)["true_peak"] <= CEILING + 0.3


def test_ceiling_is_used():
    assert truepeak.measure([limited(syllables())], 2) == pytest.approx(CEILING, abs=0.1)


@pytest.mark.parametrize("seed", [1, 2])
def test_cuts_do_not_matter(seed: int):
    block = syllables()
    cut_up = np.concatenate(list(limit(cut_at_random(block, seed), 2)))
    np.testing.assert_array_equal(cut_up, limited(block))


def test_quiet_sound_passes_bit_for_bit():
    block = speech_like(3)
    assert truepeak.measure([block], 2) < CEILING
    np.testing.assert_array_equal(limited(block), block)


def test_only_the_neighbourhood_of_a_peak_is_touched():
    block = tone(-20, 3)
    block[70_000] = 1.0
    changed = np.nonzero((limited(block) != block).any(axis=1))[0]
    assert 70_000 - 300 < changed[0] < 70_000 < changed[-1] < 70_000 + 0.16 * SAMPLERATE


def test_gain_has_no_step():
    block = both(np.full(FRAMES, 0.1))
    block[70_000:70_400] = 2.0
    gain = limited(block)[:, 0] / block[:, 0]
    assert np.abs(np.diff(gain)).max() < 0.01
    assert 0.33 < gain.min() < 0.4


def test_channels_move_together():
    block = tone(-20, 2)
    block[50_000:50_010, 0] = 3.0
    found = limited(block)
    left, right = found[49_900:49_990].T
    np.testing.assert_array_equal(left, right)
    assert (np.abs(right) < np.abs(block[49_900:49_990, 1])).sum() > 80


def test_mono_and_short_streams():
    for frames in (1, 5, 300):
        found = limited(np.full((frames, 1), 2.0, np.float32))
        assert found.shape == (frames, 1)
        assert np.abs(found).max() <= 10 ** (CEILING / 20)
    assert list(limit([], 2)) == []


@pytest.mark.parametrize("frames", [BLOCK_FRAMES, 3 * BLOCK_FRAMES, BLOCK_FRAMES + 10])
def test_streams_that_end_loud_on_any_edge(frames: int):
    found = limited(np.full((frames, 2), 2.0, np.float32))
    assert found.shape == (frames, 2)
    assert np.abs(found).max() <= 10 ** (CEILING / 20)


def test_blocks_keep_their_length():
    sizes = [block.shape[0] for block in limit(cut_at_random(syllables(), 5), 2)]
    assert set(sizes[:-1]) == {BLOCK_FRAMES}
    assert sum(sizes) == FRAMES


def test_ceiling_leaves_room_for_what_mp3_adds(tmp_path: Path):
    path = tmp_path / "x.mp3"
    with Mp3Encoder(path, 2) as encoder:
        for block in limit(cut(syllables(), BLOCK_FRAMES), 2):
            encoder.write(block)
    assert truepeak.measure([decode(path)], 2) <= -1.5
