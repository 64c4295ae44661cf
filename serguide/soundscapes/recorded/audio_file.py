"""Read an audio file that came from anywhere: safely, in pieces, decoded in another process."""

from __future__ import annotations

import json
import math
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np

from serguide.audio.types import Block
from serguide.base.errors import SoundError
from serguide.base.files.failures import reason_of
from serguide.base.hints import Hint, Remedy
from serguide.base.units import SAMPLERATE, format_clock
from serguide.soundscapes.recorded.decoder import END, LAP, MESSAGE, OPENED, REFUSED, SOUND

_SCRIPT = Path(__file__).with_name("decoder.py")
_LARGEST = 4_000_000  # bytes; the decoder sends less than half a megabyte at once
LOUDEST = 1e6
"""Times full scale: some programs write floating-point files as they would whole numbers."""

_HINT = "export it again as WAV, FLAC, MP3, M4A or Ogg, and check that it plays to its end"


def open_file(path: Path) -> BinaryIO:
    """Open an ordinary file for reading; a pipe or device is refused without waiting on it.

    Raises SoundError.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise SoundError(f"“{path}” cannot be opened: {reason}", "check the path") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SoundError(f"“{path}” is not an ordinary file", "name an audio file")
    return os.fdopen(handle, "rb")


class AudioFileDecoder:
    """Decode a file in a process of its own, which a bad file may end without ending ours.

    That process has a bound on its memory, and on its time for each piece; it ends with ours,
    however ours ends. Used in a `with`. Raises SoundError, naming the file, when that is no
    audio file, or one that the decoder does not survive.
    """

    def __init__(self, path: Path) -> None:
        with open_file(path):
            pass
        self._path = path
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_SCRIPT), str(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise SoundError(
                f"the decoder for “{path}” cannot be started: {reason_of(error)}",
                Hint(
                    "close other programs, or look at what works on this machine", Remedy("doctor")
                ),
            ) from None
        try:
            kind, payload = self._receive()
            self.seconds: float | None = json.loads(payload)["seconds"] if kind == OPENED else None
        except BaseException:
            self.close()
            raise

    def lap(self) -> Iterator[Block]:
        """Yield the sound from its beginning: stereo, SAMPLERATE, shape (frames, 2).

        Ends a lap that was begun before. Raises SoundError when the file is damaged, holds
        numbers that are no sound, or ends before it says it does.
        """
        self._ask()
        while self._receive()[0] != LAP:
            pass  # what was under way of the lap before
        frames = 0
        while True:
            kind, payload = self._receive()
            if kind == END:
                return
            if kind == SOUND:
                block = np.frombuffer(payload, np.float32).reshape(-1, 2)
                self._check(block, frames)
                frames += block.shape[0]
                yield block

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check(self, block: Block, frames: int) -> None:
        """Raise SoundError for what is no sound; frames: how many came before the block."""
        peak = float(np.abs(block).max(initial=0.0))
        if peak <= LOUDEST:
            return
        wrong = ~(np.abs(block) <= LOUDEST).all(axis=1)
        at = format_clock((frames + int(np.argmax(wrong))) / SAMPLERATE)
        if math.isfinite(peak):
            raise SoundError(
                f"“{self._path}” is {peak:.0e} times as loud at {at} as a file can be", _HINT
            )
        raise SoundError(f"“{self._path}” holds numbers that are no sound (NaN) at {at}", _HINT)

    def _ask(self) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._died() from None

    def _receive(self) -> tuple[bytes, bytes]:
        head = self._read(MESSAGE.size)
        kind, length = MESSAGE.unpack(head)
        if length > _LARGEST or kind not in (OPENED, LAP, SOUND, END, REFUSED):
            raise self._died()
        payload = self._read(length)
        if kind == REFUSED:
            raise self._refused(json.loads(payload))
        return kind, payload

    def _read(self, length: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(length)
        if len(data) < length:
            raise self._died()
        return data

    def _died(self) -> SoundError:
        return SoundError(
            f"“{self._path}” cannot be decoded: the decoder crashed on it, or gave up",
            Hint(
                f"{_HINT}; if other files fail too, look at what works on this machine",
                Remedy("doctor"),
            ),
        )

    def _refused(self, told: dict[str, Any]) -> SoundError:
        why, path = told["why"], self._path
        if why == "damaged":
            return SoundError(
                f"“{path}” is damaged at {format_clock(told['frames'] / SAMPLERATE)}", _HINT
            )
        if why == "cut off" and not told["seconds"]:
            return SoundError(
                f"“{path}” is cut off after {format_clock(told['frames'] / SAMPLERATE)}: "
                "its end is missing",
                "copy or export it again",
            )
        if why == "cut off":
            return SoundError(
                f"“{path}” is cut off: it should last {format_clock(told['seconds'])} "
                f"but ends after {format_clock(told['frames'] / SAMPLERATE)}",
                "copy or export it again",
            )
        if why == "no sound":
            return SoundError(f"“{path}” has no sound in it", _HINT)
        if why == "memory":
            return SoundError(f"“{path}” would take too much memory to decode", _HINT)
        return SoundError(f"“{path}” is damaged or not an audio file", _HINT)
