"""Cancel token: ends a long piece of work from another thread."""

from __future__ import annotations

import threading

from serguide.base.errors import Cancelled


class Cancel:
    """Ask a render to end: `cancel()` from any thread, and it raises Cancelled within 0.5 s.

    What was finished stays in the cache; nothing half-made is left. One Cancel serves one call.
    """

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask for the end; asking twice changes nothing."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Tell whether the end was asked for."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise Cancelled when the end was asked for; long work calls this now and then."""
        if self._event.is_set():
            raise Cancelled("Cancelled; nothing half-made is left behind.")
