"""What is used of pydub: short sounds that are cut and faded, in memory."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # pydub looks for an ffmpeg program on import and warns; we never ask it to use one. Its
    # regular expressions and its audioop also warn on newer Pythons.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

__all__ = ["AudioSegment"]
