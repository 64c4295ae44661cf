"""Microphone through miniaudio, which needs no system library on any platform.

SERGUIDE_AUDIO_BACKEND=null listens to nothing at the usual speed, for tests and for machines
without a sound card.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from typing import Final, Protocol

import numpy as np

from serguide.audio.types import Block
from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE
from serguide.player.audio.device import BACKEND_VARIABLE, hushed, tidied

PERIOD_MS: Final = 20
"""Milliseconds of sound that come at a time."""

Hear = Callable[[Block], None]
"""Take frames as they come, shape (frames, 1), float32, SAMPLERATE; never raise."""


class Microphone(Protocol):
    """Give sound: call `hear` again and again, from whatever thread, until closed."""

    def start(self, hear: Hear) -> None:
        """Begin. Raises SoundError."""
        ...

    def close(self) -> None:
        """End; `hear` is not called any more when this returns."""
        ...


class DeviceMicrophone:
    """Listen to the system's own input device."""

    def __init__(self) -> None:
        """Open the device. Raises SoundError when there is none."""
        import miniaudio

        wanted = os.environ.get(BACKEND_VARIABLE, "").lower() == "null"
        try:
            with hushed(), tidied():
                self._device = miniaudio.CaptureDevice(
                    input_format=miniaudio.SampleFormat.FLOAT32,
                    nchannels=1,
                    sample_rate=SAMPLERATE,
                    buffersize_msec=PERIOD_MS,
                    backends=[miniaudio.Backend.NULL] if wanted else None,
                    app_name="serguide",
                )
        except miniaudio.MiniaudioError as error:
            raise _no_microphone() from error
        if self._device.backend == "Null" and not wanted:
            self._device.close()
            raise _no_microphone()
        self.name: str = self._device.backend

    def start(self, hear: Hear) -> None:
        """Begin to listen. Raises SoundError."""
        import miniaudio

        feed = _feed(hear)
        next(feed)
        try:
            self._device.start(feed)
        except miniaudio.MiniaudioError as error:
            raise _no_microphone() from error

    def close(self) -> None:
        """Stop listening, and let go of the device."""
        self._device.close()


def _feed(hear: Hear) -> Generator[None, bytearray, None]:
    while True:
        data = yield
        hear(np.frombuffer(bytes(data), np.float32).reshape(-1, 1))


def _no_microphone() -> SoundError:
    return SoundError(
        "no microphone answers on this machine",
        "connect one and allow it in the system's settings; or record with a phone",
    )
