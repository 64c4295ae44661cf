"""Base of the encoders that use PyAV: FFmpeg's codecs and containers."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE
from serguide.encode.base import Encoder, to_int16
from serguide.encode.sink import Sink

BITEXACT = {"fflags": "+bitexact"}
"""Container options: no version, no date, no random serial number."""

_LAYOUTS = {1: "mono", 2: "stereo", 4: "quad"}
"""FFmpeg's names by channels; a codec takes the second pair of four apart from the first."""


class AvEncoder(Encoder):
    """Write a container with one audio stream; subclasses say which."""

    container: ClassVar[str]
    codec: ClassVar[str]
    sample_format: ClassVar[str]
    """`s16` or `flt` (interleaved), or `fltp` (a plane a channel)."""
    bit_rates: ClassVar[Mapping[int, int]] = {}
    """Bits a second by channels; empty for a lossless codec."""
    container_options: ClassVar[Mapping[str, str]] = {}
    held_options: ClassVar[Mapping[str, str]] = {}
    """Of the codec, for a rate that was asked for: it is not to be exceeded."""

    def _begin(self) -> None:
        import av  # large, and not needed for the formats that are most asked for

        # An open file, never a name: FFmpeg would follow one that looks like an address.
        self._sink = Sink(self._file)
        self._out = av.open(
            self._sink,
            "w",
            format=self.container,
            container_options=dict(BITEXACT) | dict(self.container_options),
        )
        self._layout = _LAYOUTS[self._channels]
        stream: Any = self._out.add_stream(
            self.codec,
            rate=SAMPLERATE,
            options={"flags": "+bitexact"} | (dict(self.held_options) if self._kilobits else {}),
        )
        stream.layout = self._layout
        stream.format = self.sample_format
        if self.bit_rates:
            stream.bit_rate = self._kilobits * 1000 or self.bit_rates[self._channels]
        self._stream = stream
        self._at = 0

    def _write(self, block: Block) -> None:
        from av import AudioFrame

        if self.sample_format == "fltp":
            samples: np.ndarray[Any, Any] = np.ascontiguousarray(block.T)
        elif self.sample_format == "flt":
            samples = np.ascontiguousarray(block).reshape(1, -1)
        else:
            samples = to_int16(block).reshape(1, -1)
        frame = AudioFrame.from_ndarray(samples, self.sample_format, self._layout)
        frame.sample_rate = SAMPLERATE
        frame.pts = self._at
        self._at += block.shape[0]
        self._out.mux(self._stream.encode(frame))
        self._sink.check()

    def _finish(self) -> None:
        self._out.mux(self._stream.encode(None))
        self._out.close()
        self._sink.check()

    def abort(self) -> None:
        """Give up and leave no file."""
        from av import FFmpegError

        # FFmpeg writes a trailer, into a file that is about to go.
        with contextlib.suppress(OSError, FFmpegError):
            self._out.close()
        super().abort()
