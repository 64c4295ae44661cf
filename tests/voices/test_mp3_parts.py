from __future__ import annotations

import lameenc
import numpy as np
import pytest
from gtts_server import FRAME_BYTES, SAMPLERATE, mp3, tones

from serguide.voices.google.mp3_parts import DamagedMp3Error, decode_mp3

SOUND = tones("Breathe in, and out.")
WHOLE = mp3(SOUND)


def test_a_whole_stream_is_decoded_whole():
    clip = decode_mp3(WHOLE)
    assert clip.samplerate == SAMPLERATE
    assert clip.samples.shape == (len(WHOLE) // FRAME_BYTES * 576, 1)
    assert clip.samples.dtype == np.float32
    assert np.abs(clip.samples).max() == pytest.approx(12_000 / 32_768, rel=0.1)


def test_tags_around_the_stream_are_passed_over():
    tag = b"ID3\x04\x00\x00\x00\x00\x01\x02" + bytes(130)
    end = b"TAG" + bytes(125)
    assert decode_mp3(tag + WHOLE + end).frames == decode_mp3(WHOLE).frames


@pytest.mark.parametrize(("rate", "channels"), [(48_000, 1), (44_100, 2), (8_000, 1)])
def test_other_rates_and_channels_are_read(rate: int, channels: int):
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(channels)
    encoder.set_bit_rate(64)
    encoder.silence()
    wave = (np.sin(np.arange(rate) * 0.1) * 9000).astype("<i2")
    data = encoder.encode(np.repeat(wave, channels).tobytes()) + encoder.flush()
    clip = decode_mp3(bytes(data))
    assert (clip.samplerate, clip.channels) == (rate, 1)
    assert rate <= clip.frames < rate + 4 * 1152
    level = 0.95 * 9000 / 32_768  # LAME turns down by 5 % at constant bit rates
    assert np.sum(clip.samples**2) == pytest.approx(rate * level**2 / 2, rel=0.05)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"<!doctype html>", "not MP3"),
        (b"ID3\x04\x00\x00\x00\x00\x01\x02" + bytes(130), "empty"),
        (b"\xff\xff\xff\xff" * 100, "not MP3"),
        (WHOLE[:-1], "cut off inside frame"),
        (WHOLE[:50], "cut off inside frame 1"),
        (WHOLE[1:], "not MP3"),
        (WHOLE[: 5 * FRAME_BYTES + 3] + WHOLE[6 * FRAME_BYTES :], "after .* frames"),
        (WHOLE + b"more", "comes something else"),
    ],
)
def test_what_is_not_a_whole_stream_is_named(data: bytes, why: str):
    with pytest.raises(DamagedMp3Error, match=why):
        decode_mp3(data)


def test_no_cut_inside_a_frame_passes():
    for end in range(len(WHOLE) - 3 * FRAME_BYTES, len(WHOLE)):
        if end % FRAME_BYTES:
            with pytest.raises(DamagedMp3Error):
                decode_mp3(WHOLE[:end])


def test_frames_that_do_not_decode_are_noticed():
    broken = bytearray(WHOLE)
    for at in range(0, len(broken), FRAME_BYTES):  # side information that points nowhere
        broken[at + 4 : at + 40] = b"\xff" * 36
    with pytest.raises(DamagedMp3Error):
        decode_mp3(bytes(broken))
