"""Table of all sound file formats by name; the first is the default."""

from __future__ import annotations

from serguide.encode import wav
from serguide.encode.base import Format
from serguide.encode.flac import FlacEncoder
from serguide.encode.m4a import M4aEncoder
from serguide.encode.mp3 import encoder as mp3
from serguide.encode.mp3.splice import splice
from serguide.encode.opus import OpusEncoder

FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("mp3", ".mp3", "audio/mpeg", mp3.Mp3Encoder, mp3.join, splice),
        Format("m4a", ".m4a", "audio/mp4", M4aEncoder),
        Format("opus", ".opus", "audio/ogg", OpusEncoder, headroom_db=1.5),
        Format("flac", ".flac", "audio/flac", FlacEncoder),
        Format("wav", ".wav", "audio/wav", wav.WavEncoder, wav.join),
    )
}
