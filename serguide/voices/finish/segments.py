"""Adapter of pydub: cut and fade short sounds in memory."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # pydub looks for an ffmpeg program on import and warns; we never ask it to use one. Its
    # regular expressions and its audioop also warn on newer Pythons.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

__all__ = ["AudioSegment"]
