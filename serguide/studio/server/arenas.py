"""Keep the memory of many threads together.

glibc gives threads arenas of their own, eight a processor, and each keeps the largest that it ever
held: a thousand plays, each in a thread that comes and goes, took a hundred megabytes more.
See mallopt(3), M_ARENA_MAX.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

_M_ARENA_MAX: Final = -8
_ARENAS: Final = 2


def share_arenas() -> None:
    """Have all threads share two arenas, where the C library is glibc; before there are threads."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # musl knows no such call
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
