from __future__ import annotations

import numpy as np
import pytest
from hand import tone

from serguide.base.units import SAMPLERATE
from serguide.player.audio.sequence import Chain, Still
from serguide.player.audio.stretch import FASTEST, OVERLAP, PIECE, SEARCH, SLOWEST, STEP, Stretched

HZ = 220.0
SPEEDS = [speed for speed in range(SLOWEST, FASTEST + 1, STEP) if speed != 100]


@pytest.fixture(scope="module")
def noise():
    rng = np.random.Generator(np.random.PCG64(3))
    return (0.1 * rng.standard_normal((6 * SAMPLERATE, 2))).astype(np.float32)


def heard(source, period=480):
    parts = []
    while len(part := source.read(period)):
        parts.append(part)
    return np.concatenate(parts)


def crossings(block):
    return np.sum(np.diff(np.signbit(block[:, 0]))) / 2 / (len(block) / SAMPLERATE)


def test_at_the_usual_speed_every_sample_is_the_sources(noise):
    np.testing.assert_array_equal(heard(Stretched(Still(lambda: noise))), noise)


@pytest.mark.parametrize("speed", SPEEDS)
def test_length_follows_the_speed_and_pitch_does_not(speed):
    source = Stretched(Still(lambda: tone(10 * SAMPLERATE, HZ)))
    source.percent = speed
    block = heard(source)
    expected = 10 * SAMPLERATE * 100 / speed
    assert abs(len(block) - expected) < 2 * (PIECE + OVERLAP + SEARCH)
    assert crossings(block) == pytest.approx(HZ, rel=0.002)
    # No click: no steeper than the tone itself, and no louder.
    assert np.abs(np.diff(block[:, 0])).max() < 1.05 * 0.5 * 2 * np.pi * HZ / SAMPLERATE
    assert np.abs(block).max() < 0.505


@pytest.mark.parametrize("speed", SPEEDS)
def test_noise_keeps_its_level(noise, speed):
    source = Stretched(Still(lambda: noise))
    source.percent = speed
    block = heard(source)[: 4 * SAMPLERATE, 0]
    levels = np.sqrt(np.mean(block.reshape(-1, 960) ** 2, axis=1))
    assert 20 * np.log10(levels.max() / levels.min()) < 3.0


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_position_is_where_the_sound_is_and_does_not_drift(speed):
    # A ramp tells where a sample comes from; a piece is shifted by SEARCH at the most.
    where = np.arange(60 * SAMPLERATE, dtype=np.float32)
    source = Stretched(Still(lambda: np.repeat((where / len(where))[:, None], 2, axis=1)))
    source.seek(5 * SAMPLERATE)
    source.percent = speed
    given = 0
    while given < 40 * SAMPLERATE:
        position = source.position
        block = source.read(4801)
        assert abs(block[0, 0] * len(where) - position) <= SEARCH + OVERLAP
        assert position == pytest.approx(5 * SAMPLERATE + given * speed / 100, abs=PIECE)
        given += len(block)


def test_the_speed_can_change_at_any_time_without_a_click():
    rng = np.random.Generator(np.random.PCG64(4))
    source, parts = Stretched(Still(lambda: tone(30 * SAMPLERATE, HZ))), []
    for _ in range(100):
        source.percent = int(rng.choice([*SPEEDS, 100]))
        parts.append(source.read(int(rng.integers(1, 9000))))
    block = np.concatenate(parts)
    assert np.abs(np.diff(block[:, 0])).max() < 1.05 * 0.5 * 2 * np.pi * HZ / SAMPLERATE


def test_back_at_the_usual_speed_it_is_the_source_again_where_it_says(noise):
    source = Stretched(Still(lambda: noise))
    source.percent = 85
    source.read(20_001)
    source.percent = 100
    source.read(PIECE)
    position = source.position
    np.testing.assert_array_equal(source.read(5000), noise[position : position + 5000])


def test_the_size_of_the_reads_does_not_matter(noise):
    blocks = []
    for period in (480, 77, 20_000):
        source = Stretched(Still(lambda: noise))
        source.percent = 110
        blocks.append(heard(source, period))
    np.testing.assert_array_equal(blocks[0], blocks[1])
    np.testing.assert_array_equal(blocks[0], blocks[2])


def test_a_seek_lands_on_its_sample(noise):
    source = Stretched(Still(lambda: noise))
    source.percent = 90
    source.read(10_000)
    source.seek(100_000)
    assert source.position == 100_000
    np.testing.assert_array_equal(source.read(OVERLAP), noise[100_000 : 100_000 + OVERLAP])


def test_a_chain_has_no_gap_and_keeps_the_lengths_it_is_told(noise):
    one, two, three = noise[:5000], noise[5000:9000], noise[9000:20_000]
    chain = Chain(
        [(Still(lambda: one), 5000), (Still(lambda: two), 4500), (Still(lambda: three), 10_000)]
    )
    block = heard(chain, 777)
    assert len(block) == chain.frames == 19_500
    np.testing.assert_array_equal(block[:9000], noise[:9000])
    assert not block[9000:9500].any()
    np.testing.assert_array_equal(block[9500:], three[:10_000])
    for position in (0, 4999, 5000, 9400, 9500, 19_499):
        chain.seek(position)
        np.testing.assert_array_equal(chain.read(300), block[position : position + 300])
    chain.seek(10**9)
    assert len(chain.read(10)) == 0
    chain.seek(4000)
    assert len(chain.read(10)) == 10
