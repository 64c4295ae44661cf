"""Codes that let a browser in, once each.

What a browser is started with stands in the list of processes, which everyone on the machine may
read; so it is no token, but a code that is worth nothing once the page has asked with it.
"""

from __future__ import annotations

import secrets
import threading
import time
from typing import Final

_LASTS: Final = 60.0  # seconds until a browser has started
_MOST: Final = 16


class EntryCodes:
    """Give codes, and take each once."""

    def __init__(self) -> None:
        self._given: dict[str, float] = {}
        self._lock = threading.Lock()

    def new(self) -> str:
        """Return a new code; of many that nobody used the oldest are forgotten."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._given[code] = time.monotonic()
            while len(self._given) > _MOST:
                del self._given[next(iter(self._given))]
        return code

    def take(self, code: str) -> bool:
        """Tell whether a code was given and is neither used nor old; it is used then."""
        with self._lock:
            given = self._given.pop(code, None)
        return given is not None and time.monotonic() - given < _LASTS
