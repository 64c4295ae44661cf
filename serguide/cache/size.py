"""Count what a store holds."""

from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    """Count entries, and the bytes that they take on the disk."""

    entries: int
    bytes: int
