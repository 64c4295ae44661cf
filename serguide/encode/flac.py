"""FLAC encoder: lossless, 16 bits, about half a WAV's size."""

from __future__ import annotations

from serguide.encode.av import AvEncoder


class FlacEncoder(AvEncoder):
    """Write FLAC; what is decoded is what a WAV would hold."""

    container = "flac"
    codec = "flac"
    sample_format = "s16"
