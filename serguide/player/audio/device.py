"""Audio output through miniaudio, which needs no system library on any platform.

SERGUIDE_AUDIO_BACKEND=null plays into nothing at the usual speed, for tests and for machines
without a sound card.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final, Protocol

from serguide.audio.types import Block
from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE

BACKEND_VARIABLE: Final = "SERGUIDE_AUDIO_BACKEND"
PERIOD_MS: Final = 10
PERIODS: Final = 3
"""Milliseconds of sound that the device asks for at a time, and how many of them wait in it.

What a key does is heard after one period at the most, and those that wait: within 50 ms.
"""

_SWITCH = 0.001
"""Seconds after which Python lets the device's thread in, while a screen is being drawn."""

Render = Callable[[int], Block]
"""Return exactly that many frames, shape (frames, 2), whatever happens; never raise."""


class Output(Protocol):
    """Take sound: call `render` again and again, from whatever thread, until closed."""

    def start(self, render: Render) -> None:
        """Begin. Raises SoundError."""
        ...

    def close(self) -> None:
        """End; `render` is not called any more when this returns."""
        ...


class DeviceOutput:
    """Play on the system's own output device."""

    def __init__(self) -> None:
        """Open the device. Raises SoundError when there is none."""
        import miniaudio

        wanted = os.environ.get(BACKEND_VARIABLE, "").lower() == "null"
        try:
            with hushed(), tidied():
                self._device = miniaudio.PlaybackDevice(
                    output_format=miniaudio.SampleFormat.FLOAT32,
                    nchannels=2,
                    sample_rate=SAMPLERATE,
                    buffersize_msec=PERIOD_MS,
                    callback_periods=PERIODS,
                    backends=[miniaudio.Backend.NULL] if wanted else None,
                    app_name="serguide",
                )
        except miniaudio.MiniaudioError as error:
            raise _no_device() from error
        if self._device.backend == "Null" and not wanted:
            self._device.close()
            raise _no_device()
        self.name: str = self._device.backend
        self._switch: float | None = None

    def start(self, render: Render) -> None:
        """Begin to play. Raises SoundError."""
        import miniaudio

        feed = _feed(render)
        next(feed)
        self._switch = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)
        try:
            with hushed():
                self._device.start(feed)
        except miniaudio.MiniaudioError as error:
            raise _no_device() from error

    def close(self) -> None:
        """Stop playing, and let go of the device."""
        with hushed():
            self._device.close()
        if self._switch is not None:
            sys.setswitchinterval(self._switch)
            self._switch = None


def _feed(render: Render) -> Generator[bytes | Block, int, None]:
    frames = yield b""
    while True:
        frames = yield render(frames)


def _no_device() -> SoundError:
    return SoundError(
        "no audio device answers on this machine",
        "connect one; or render the session and open its index.html on another device",
    )


@contextlib.contextmanager
def tidied() -> Iterator[None]:
    """Remove the folder that PulseAudio's library leaves where it finds no server."""
    home = Path(tempfile.gettempdir())
    before = set(home.glob("pulse-*"))
    try:
        yield
    finally:
        for path in set(home.glob("pulse-*")) - before:
            with contextlib.suppress(OSError):  # a server lives in it
                path.rmdir()


@contextlib.contextmanager
def hushed() -> Iterator[None]:
    """Keep the system's sound libraries from writing over our own messages."""
    if os.name != "posix":
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
