"""Give the program its three standard streams, also where it was started without one.

A closed stream's number would be that of the next file that is opened, and what is printed would
go into that file.
"""

from __future__ import annotations

import os
import sys


def open_closed_streams() -> None:
    """Open those of the three that are closed: no input, no output, nobody who hears messages."""
    # What cannot be written to says so: an answer is not lost in silence.
    for number, flags in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            _point(number, flags)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def silence(number: int) -> None:
    """Let what is left for a stream go nowhere: what it holds cannot be written any more."""
    _point(number, os.O_WRONLY)


def _point(number: int, flags: int) -> None:
    found = os.open(os.devnull, flags)
    if found != number:
        os.dup2(found, number)
        os.close(found)
