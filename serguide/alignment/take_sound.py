"""A take as it is searched: mono at 16 kHz, in a file without a name, so memory stays bounded."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import soxr

from serguide.base.errors import RecordingError, SoundError
from serguide.base.units import SAMPLERATE
from serguide.soundscapes.recorded.audio_file import AudioFileDecoder

RATE: Final = 16_000
"""Samples a second; speech recognition knows nothing above 8 kHz."""

HOP: Final = RATE // 100
"""Samples of a frame of analysis: 10 ms."""

LONGEST: Final = 2 * 3600
"""Seconds that a take may last."""

Samples16 = npt.NDArray[np.float32]
"""Mono sound at RATE, shape (samples,)."""


class TakeSound:
    """Hold a take: its samples on disk, and the peak of every 10 ms. Used in a `with`."""

    def __init__(self, samples: npt.NDArray[np.int16], peaks: npt.NDArray[np.float32]) -> None:
        """Take samples at RATE and peaks relative to full scale; `decode_take` reads files."""
        self._samples, self.peaks = samples, peaks

    @property
    def seconds(self) -> float:
        """Return how long it lasts."""
        return len(self._samples) / RATE

    def sixteen(self, start: float, end: float) -> npt.NDArray[np.int16]:
        """Return a stretch, in seconds, as 16-bit samples."""
        first, last = max(0, round(start * RATE)), max(0, round(end * RATE))
        return np.array(self._samples[first:last])

    def floats(self, start: float, end: float) -> Samples16:
        """Return a stretch, in seconds, relative to full scale."""
        return self.sixteen(start, end).astype(np.float32) / np.float32(32768.0)

    def close(self) -> None:
        """Let go of the file."""
        self._samples = np.zeros(0, np.int16)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def take_of(samples: Samples16) -> TakeSound:
    """Return a take of samples at RATE that are in memory."""
    frames = -(-len(samples) // HOP)
    padded = np.zeros(frames * HOP, np.float32)
    padded[: len(samples)] = samples
    peaks = np.abs(padded.reshape(frames, HOP)).max(axis=1) if frames else np.zeros(0, np.float32)
    return TakeSound(_sixteen(samples), peaks)


def decode_take(path: Path, told: Callable[[float], None]) -> TakeSound:
    """Decode a recording of any kind, in a process that a bad file may end without ending ours.

    told: called with the seconds that are read. Raises RecordingError.
    """
    try:
        with AudioFileDecoder(path) as decoder:
            if (decoder.seconds or 0.0) > LONGEST:
                raise _too_long(path)
            return _decoded(path, decoder, told)
    except SoundError as error:
        raise RecordingError(error.message, "record or export it again, then add it") from None


def _decoded(path: Path, decoder: AudioFileDecoder, told: Callable[[float], None]) -> TakeSound:
    resampler = soxr.ResampleStream(SAMPLERATE, RATE, 1, dtype="float32")
    step = SAMPLERATE // 100
    peaks: list[npt.NDArray[np.float32]] = []
    left, total, kept = np.zeros(0, np.float32), 0, 0
    with tempfile.TemporaryFile(prefix="serguide-take-") as file:
        for block in decoder.lap():
            total += len(block)
            if total > LONGEST * SAMPLERATE:
                raise _too_long(path)
            level = np.concatenate((left, np.abs(block).max(axis=1)))
            whole = len(level) // step * step
            peaks.append(level[:whole].reshape(-1, step).max(axis=1))
            left = level[whole:]
            mono = block.mean(axis=1, dtype=np.float32)
            kept += file.write(_sixteen(resampler.resample_chunk(mono)).tobytes())
            told(total / SAMPLERATE)
        rest = resampler.resample_chunk(np.zeros(0, np.float32), last=True)
        kept += file.write(_sixteen(rest).tobytes())
        file.flush()
        if not kept:
            raise RecordingError(f"“{path}” has no sound in it", "record or export it again")
        samples = np.memmap(file, np.int16, "r", shape=(kept // 2,))
    return TakeSound(samples, np.concatenate(peaks) if peaks else np.zeros(0, np.float32))


def _sixteen(samples: Samples16) -> npt.NDArray[np.int16]:
    found: npt.NDArray[np.int16] = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(
        np.int16
    )
    return found


def _too_long(path: Path) -> RecordingError:
    return RecordingError(f"“{path}” lasts longer than two hours", "cut it into parts, add each")
