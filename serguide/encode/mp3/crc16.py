"""The checksum of LAME's Info frame: CRC-16/ARC, over a stream.

NumPy runs it on many rows of bytes side by side; a CRC being linear, the rows' checksums are
then put one behind the other by tables of what a row of zeros does to a checksum.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

_POLYNOMIAL = 0xA001  # x^16 + x^15 + x^2 + 1, bits reversed
_ROW = 256
_BATCH = 1 << 18

Words = npt.NDArray[np.uint16]


class Crc16:
    """Keep the checksum of all bytes so far."""

    def __init__(self) -> None:
        self._value = 0
        self._waiting = bytearray()

    def update(self, data: bytes | bytearray) -> None:
        """Take the next bytes."""
        self._waiting += data
        if len(self._waiting) >= _BATCH:
            self._run(len(self._waiting) // _ROW * _ROW)

    def value(self) -> int:
        """Return the checksum, 0 to 65535."""
        self._run(len(self._waiting) // _ROW * _ROW)
        value, table = self._value, _table()
        for byte in self._waiting:
            value = value >> 8 ^ int(table[(value ^ byte) & 0xFF])
        return value

    def _run(self, count: int) -> None:
        rows = np.frombuffer(bytes(self._waiting[:count]), np.uint8).reshape(-1, _ROW)
        del self._waiting[:count]
        low, high = _past_a_row()
        for checksum in _of_rows(np.zeros(rows.shape[0], np.uint16), rows).tolist():
            value = self._value
            self._value = low[value & 0xFF] ^ high[value >> 8] ^ checksum


@lru_cache(maxsize=1)
def _table() -> Words:
    """Return what each byte does to an empty checksum."""
    table = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ _POLYNOMIAL, table >> 1).astype(np.uint16)
    return table


@lru_cache(maxsize=1)
def _table_of_two() -> Words:
    """Return what every two bytes, the first one low, do to an empty checksum."""
    table = _table()
    both = np.arange(1 << 16, dtype=np.uint16)
    after_one = both >> 8 ^ table[both & 0xFF]
    found: Words = after_one >> 8 ^ table[after_one & 0xFF]
    return found


def _of_rows(values: Words, rows: npt.NDArray[np.uint8]) -> Words:
    """Return each row's checksum, begun at its value; rows: of an even number of bytes."""
    table = _table_of_two()
    for column in np.ascontiguousarray(rows.view("<u2").T):
        values = table[values ^ column]
    return values


@lru_cache(maxsize=1)
def _past_a_row() -> tuple[list[int], list[int]]:
    """Return what a row of zeros makes of every low and of every high byte of a checksum."""
    byte = np.arange(256, dtype=np.uint16)
    zeros = np.zeros((256, _ROW), np.uint8)
    low, high = _of_rows(byte, zeros), _of_rows((byte << 8).astype(np.uint16), zeros)
    return low.tolist(), high.tolist()
