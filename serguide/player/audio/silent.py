"""Output into nothing, at the usual speed: words and breath go on where there is no device."""

from __future__ import annotations

import threading
import time
from typing import Final

from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE
from serguide.player.audio.device import DeviceOutput, Output, Render

PERIOD: Final = 0.02
"""Seconds of sound that are asked for at a time."""

_BEHIND = 1.0
"""Seconds that are made up for; longer ones are those of a machine that slept."""


class SilentOutput:
    """Ask for sound as a device does, and let nobody hear it."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, render: Render) -> None:
        """Begin to ask, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, args=(render,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End; nothing is asked for any more when this returns."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, render: Render) -> None:
        due = time.monotonic()
        while not self._over.wait(max(0.0, due - time.monotonic())):
            render(round(PERIOD * SAMPLERATE))
            due = max(due + PERIOD, time.monotonic() - _BEHIND)


def open_output() -> Output:
    """Return the system's device; where none answers, a SilentOutput."""
    try:
        return DeviceOutput()
    except SoundError:
        return SilentOutput()


def device_answers() -> bool:
    """Tell whether there is a device to hear something on."""
    output = open_output()
    output.close()
    return not isinstance(output, SilentOutput)
