"""Bytes of an entry, wherever it lies: magic, key, SHA-256 and length of the payload, payload."""

from __future__ import annotations

import hashlib
import struct
from typing import Final

_MAGIC: Final = b"serguide entry 1\n"
_HEADER: Final = struct.Struct(f"<{len(_MAGIC)}s32s32sQ")

HEADER_SIZE: Final = _HEADER.size
"""Bytes before the payload."""


def header_of(key: str, digest: bytes, length: int) -> bytes:
    """Return what stands before a payload of a key, with its SHA-256 and its length in bytes."""
    return _HEADER.pack(_MAGIC, bytes.fromhex(key), digest, length)


def payload_of(key: str, content: bytes) -> bytes | None:
    """Return what an entry holds, or None unless it is whole and the key's own."""
    payload = content[HEADER_SIZE:]
    expected = header_of(key, hashlib.sha256(payload).digest(), len(payload))
    return payload if content[:HEADER_SIZE] == expected else None
