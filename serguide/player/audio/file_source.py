"""Source that decodes a sound file as it is played, from any sample."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from serguide.audio.types import Block
from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE, Samples, format_clock, samples, seconds
from serguide.soundscapes.recorded.audio_file import open_file

# FFmpeg would otherwise take a playlist for a sound file, and open what it names.
_CONTAINERS = "mp3,mov,mp4,m4a,ogg,flac,wav,w64,aiff,aac,matroska,webm"
_RUN_UP = seconds(SAMPLERATE // 2)
"""Decoded and thrown away before a seek's target: codecs need some past to be exact."""


class FileSource:
    """Decode a file that PyAV reads; memory does not grow with its length."""

    def __init__(self, path: Path) -> None:
        """Open a file. Raises SoundError."""
        self._path = path
        self._open()
        length = self._stream.duration
        if length is not None:
            self.frames = samples(length * self._base)
        else:
            self.frames = samples((self._container.duration or 0) / av.time_base)

    def seek(self, position: int) -> None:
        """Go to a sample; beyond the end, nothing is left to read. Raises SoundError."""
        earlier = seconds(position) - _RUN_UP
        if earlier <= 0:
            # Not every container can be sent back to what its codec needs before sample 0.
            self.close()
            self._open()
        else:
            try:
                self._container.seek(
                    self._first + round(earlier / self._base), stream=self._stream, backward=True
                )
            except av.FFmpegError:
                raise self._damaged(position) from None
        self.position = Samples(max(0, position))
        self._pieces, self._rest = self._decoded(self.position), _NOTHING

    def read(self, frames: int) -> Block:
        """Return the next frames, shape (frames, 2); fewer only at the end. Raises SoundError."""
        out = np.empty((frames, 2), np.float32)
        filled = 0
        while filled < frames:
            if not len(self._rest):
                piece = next(self._pieces, None)
                if piece is None:
                    break
                self._rest = piece
            taken = self._rest[: frames - filled]
            out[filled : filled + len(taken)] = taken
            self._rest = self._rest[len(taken) :]
            filled += len(taken)
        self.position = Samples(self.position + filled)
        return out[:filled]

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()
        self._file.close()

    def _open(self) -> None:
        self._file = open_file(self._path)
        try:
            self._container = av.open(self._file, "r", options={"format_whitelist": _CONTAINERS})
            self._stream = self._container.streams.audio[0]
        except (av.FFmpegError, ValueError, IndexError):
            self._file.close()
            raise SoundError(
                f"“{self._path}” is damaged or not a sound file", "render or export it again"
            ) from None
        self._base = self._stream.time_base or Fraction(1)
        self._first = self._stream.start_time or 0
        self.position = Samples(0)
        self._pieces, self._rest = self._decoded(self.position), _NOTHING

    def _decoded(self, position: Samples) -> Iterator[Block]:
        """Yield the sound from a position on; the container stands at it, or before it."""
        # Two sides from one are made in _block: FFmpeg would turn the sound down by 3 dB.
        layout = "mono" if self._stream.channels == 1 else "stereo"
        resampler = av.AudioResampler(format="flt", layout=layout, rate=SAMPLERATE)
        at: int | None = None
        for frame in self._frames(position):
            if at is None:
                at = samples(((frame.pts or 0) - self._first) * self._base)
            frame.pts = None  # gaps in time stamps are not sound
            for piece in resampler.resample(frame):
                block = _block(piece)
                early = min(len(block), max(0, position - at))
                at += len(block)
                if early < len(block):
                    yield block[early:]
        for piece in resampler.resample(None):
            yield _block(piece)

    def _frames(self, position: Samples) -> Iterator[av.AudioFrame]:
        heard = False
        try:
            for packet in self._container.demux(self._stream):
                try:
                    frames = packet.decode()
                except av.error.InvalidDataError:
                    # Right behind a seek a codec may lack what came before; then it is damage.
                    if heard:
                        raise self._damaged(self.position) from None
                    continue
                heard = heard or bool(frames)
                yield from frames
        except av.FFmpegError:
            raise self._damaged(position) from None

    def _damaged(self, position: int) -> SoundError:
        return SoundError(
            f"“{self._path}” is damaged at {format_clock(position / SAMPLERATE)}",
            "render it again, or copy it again from where it came",
        )


def _block(frame: av.AudioFrame) -> Block:
    # A copy: the frame's own memory goes with it.
    block = np.array(frame.to_ndarray(), np.float32).reshape(-1, frame.layout.nb_channels)
    return block if block.shape[1] == 2 else np.repeat(block, 2, axis=1)


_NOTHING = np.empty((0, 2), np.float32)
