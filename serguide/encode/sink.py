"""Output file for FFmpeg whose failures are raised as our errors instead of PyAV's.

PyAV holds on to one error of a file that Python has opened. What fails after it, such as the
trailer on a full disk, makes it print the one before, traceback and all. So it is told of none.
"""

from __future__ import annotations

import io
from typing import BinaryIO


class Sink:
    """Pass writes on to a file until one fails; then none, and `check` raises why."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: OSError | None = None
        self._at = 0

    def write(self, data: bytes) -> int:
        """Write bytes; return how many there were."""
        if self._error is None:
            try:
                self._file.write(data)
            except OSError as error:
                self._error = error
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, which seeking may first have to write what is held back for."""
        if self._error is None:
            try:
                self._at = self._file.seek(offset, whence)
            except OSError as error:
                self._error = error
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def check(self) -> None:
        """Raise OSError if a write has failed."""
        if self._error is not None:
            raise self._error
