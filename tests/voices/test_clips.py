from __future__ import annotations

import numpy as np
import pytest

from serguide.audio.loudness.meter import measure
from serguide.audio.types import Clip
from serguide.base.units import SAMPLERATE
from serguide.voices.clips import notes, packed, unpacked


def clip(frames: int) -> Clip:
    rng = np.random.Generator(np.random.PCG64(frames))
    return Clip((0.1 * rng.normal(size=(frames, 1))).astype(np.float32), SAMPLERATE)


@pytest.mark.parametrize("frames", [1, 4_799, 4_800, 4_801, 100_000])
def test_it_comes_back_to_16_bits(frames: int):
    made = clip(frames)
    payload = packed(made)
    found, known = unpacked(payload), notes(payload)
    assert found.samplerate == SAMPLERATE
    assert np.abs(found.samples - made.samples).max() <= 0.5001 / 32768
    assert known.frames == frames
    assert len(known.energies) == -(-frames // 4_800)
    assert packed(found) == payload


def test_energies_are_the_meters_own():
    made = unpacked(packed(clip(48_000)))
    known = notes(packed(made))
    np.testing.assert_array_equal(known.energies, measure([made.samples], 1).energies)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda payload: b"",
        lambda payload: payload[:15],
        lambda payload: payload[:40],
        lambda payload: payload[: len(payload) // 2],
        lambda payload: b"clip 1\n\0" + payload[8:],
        lambda payload: payload[:8] + b"\xff" * 8 + payload[16:],
        lambda payload: payload[:8] + (9_000).to_bytes(8, "little") + payload[16:],
        lambda payload: payload[:-2_000] + bytes(2_000),
    ],
)
def test_what_is_no_whole_clip_is_none(spoil):
    assert unpacked(spoil(packed(clip(10_000)))) is None
