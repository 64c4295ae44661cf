"""Table of all sound file formats by name; the first is the default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from serguide.encode import wav
from serguide.encode.base import Format, Rate
from serguide.encode.flac import FlacEncoder
from serguide.encode.m4a import M4aEncoder
from serguide.encode.mp3 import encoder as mp3
from serguide.encode.mp3.splice import splice
from serguide.encode.opus import OpusEncoder, OpusMp4Encoder, StemsEncoder


def _rates(stereo: Iterable[int], mono: Iterable[int]) -> tuple[Rate, ...]:
    return (*(Rate(each, 2) for each in stereo), *(Rate(each, 1) for each in mono))


MP3_RATES = _rates((320, 256, 224, 192, 160, 128, 112, 96, 80), (64,))
AAC_RATES = _rates((320, 256, 224, 192, 160, 128, 112, 96), (80, 64, 48))
OPUS_RATES = _rates((256, 192, 160, 128, 96, 80, 64, 48), (40, 36, 32, 24))
"""Stereo as long as the voice keeps its clearness in it, then mono (docs/sizes.md)."""

STEMS_RATE = Rate(64, 4)
"""The voice is then as clear as in a page's sound (docs/sizes.md)."""

MP4_OVERHEAD, OGG_OVERHEAD = 2_000, 1_000
"""Bits a second of what says where each packet lies."""

STEMS_MORE = 4_000
"""Bits a second by which they come out over their rate, since nothing holds them to it."""

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format(
            "mp3",
            ".mp3",
            "audio/mpeg",
            mp3.Mp3Encoder,
            mp3.join,
            splice,
            rate=Rate(96, 2),
            rates=MP3_RATES,
            open_at=mp3.Mp3Encoder,
        ),
        Format(
            "m4a",
            ".m4a",
            "audio/mp4",
            M4aEncoder,
            rate=Rate(128, 2),
            rates=AAC_RATES,
            open_at=M4aEncoder,
            overhead=MP4_OVERHEAD,
        ),
        Format(
            "opus",
            ".opus",
            "audio/ogg",
            OpusEncoder,
            headroom_db=1.5,
            rate=Rate(80, 2),
            rates=OPUS_RATES,
            open_at=OpusEncoder,
            overhead=OGG_OVERHEAD,
        ),
        Format("flac", ".flac", "audio/flac", FlacEncoder),
        Format("wav", ".wav", "audio/wav", wav.WavEncoder, wav.join),
    )
}

BROWSER_OPUS = Format(
    "opus",
    ".mp4",
    "audio/mp4",
    OpusMp4Encoder,
    headroom_db=1.5,
    rates=OPUS_RATES,
    open_at=OpusMp4Encoder,
    overhead=MP4_OVERHEAD,
    variant="mp4",
)
"""Opus for a page that holds its sound: no bundle has it as files."""

STEMS_OPUS = Format(
    "opus",
    ".mp4",
    "audio/mp4",
    partial(StemsEncoder, rate=STEMS_RATE),
    headroom_db=1.5,
    rate=STEMS_RATE,
    overhead=MP4_OVERHEAD + STEMS_MORE,
    variant="stems",
)
"""Voice and bed in one file, two channels each: one clock, so that they cannot drift apart."""

AUDIOBOOK = replace(FORMATS["m4a"].at(Rate(80, 1)), suffix=".m4b")
"""AAC under the name by which phones know an audiobook; mono, because the voice is then as clear in
two thirds of the size."""
