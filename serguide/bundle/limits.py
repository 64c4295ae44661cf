"""Say how large a file is, and what is too large to send or to open."""

from __future__ import annotations

from typing import Final

EMAIL: Final = 20_000_000
"""Bytes; most e-mail services carry an attachment up to this size, many no larger one."""

LARGEST_PAGE: Final = 100_000_000
"""Bytes; browsers and people lose patience with a larger page."""


def megabytes(size: int) -> str:
    """Write a number of bytes as `19.3 MB`."""
    return f"{size / 1e6:.1f} MB"


def limit_for(size: int) -> str:
    """Write a limit that so many bytes keep, as it is typed: `19.4MB`."""
    return f"{(size + 99_999) // 100_000 / 10:g}MB"
