"""Formats at other rates than their own."""

from __future__ import annotations

import av
import numpy as np
import pytest
from sound_signals import clicks, decode, found_near, speech_like

from serguide.base.errors import UsageError
from serguide.base.hints import Remedy, remedies_of
from serguide.base.units import MP3_FRAME, SAMPLERATE
from serguide.encode.asked import at_kilobits, told
from serguide.encode.base import Rate
from serguide.encode.formats import AUDIOBOOK, BROWSER_OPUS, FORMATS

LOSSY = ("mp3", "m4a", "opus")
SMALL = [
    *(FORMATS[name].at(FORMATS[name].rates[-1]) for name in LOSSY),
    *(FORMATS[name].at(FORMATS[name].rates[0]) for name in LOSSY),
    BROWSER_OPUS.at(Rate(36, 1)),
    AUDIOBOOK,
]


def encode(path, format_, block):
    with format_.open(path, block.shape[1]) as encoder:
        encoder.write(block)
    return path


@pytest.mark.parametrize("format_", SMALL, ids=told)
def test_every_rate_keeps_each_sample_in_its_place(tmp_path, format_):
    length, positions = 100 * MP3_FRAME, [5_000, 40_001, 100 * MP3_FRAME - 5_003]
    found = decode(encode(tmp_path / "x", format_, clicks(length, positions, 2)))
    assert found.shape[1] == format_.rate.channels
    assert 0 <= len(found) - length < 1024
    # At the lowest rates a click is so dull that its peak may be a sample beside.
    assert all(abs(found_near(found, position) - position) <= 1 for position in positions)


@pytest.mark.parametrize("format_", SMALL, ids=told)
def test_a_rate_is_what_the_file_takes(tmp_path, format_):
    path = encode(tmp_path / "x", format_, speech_like(20))
    bits = path.stat().st_size * 8 / 20
    most = format_.rate.kilobits * 1000 + format_.overhead
    assert bits <= most * 1.06 + 2_000, "the last is headers, which are few in a session"


def test_mono_is_the_mean_of_both_channels(tmp_path):
    block = speech_like(2)
    block[:, 1] *= 0.5
    found = decode(encode(tmp_path / "x", FORMATS["mp3"].at(Rate(64, 1)), block))
    wanted = block.mean(axis=1)
    assert np.sqrt(np.mean((found[:, 0] - wanted) ** 2)) < 0.1 * np.sqrt(np.mean(wanted**2))


def test_its_own_rate_is_the_format_itself():
    """So the bytes, and what is kept, are those of a render that asks for none."""
    assert at_kilobits(FORMATS["mp3"], 96) is FORMATS["mp3"]
    assert at_kilobits(FORMATS["opus"], None) is FORMATS["opus"]


@pytest.mark.parametrize(
    ("name", "kilobits", "hint"),
    [("mp3", 16, "64k"), ("mp3", 90, "96k"), ("opus", 8, "24k"), ("m4a", 999, "320k")],
)
def test_a_rate_that_cannot_be_is_refused_with_the_nearest(name, kilobits, hint):
    with pytest.raises(UsageError, match="smallest") as caught:
        at_kilobits(FORMATS[name], kilobits)
    assert remedies_of(caught.value.hint) == (Remedy("bitrate", hint),)


@pytest.mark.parametrize("name", ["flac", "wav"])
def test_what_loses_nothing_has_no_rate(name):
    with pytest.raises(UsageError, match="keeps every sample"):
        at_kilobits(FORMATS[name], 64)


def test_opus_for_browsers_is_in_mp4(tmp_path):
    path = encode(tmp_path / "x", BROWSER_OPUS.at(Rate(36, 1)), speech_like(2))
    with path.open("rb") as opened, av.open(opened) as file:
        assert "mp4" in file.format.name
        assert file.streams.audio[0].codec_context.name.endswith("opus")
        assert file.streams.audio[0].rate == SAMPLERATE
