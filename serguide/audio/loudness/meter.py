"""Streaming loudness meter, ITU-R BS.1770-4 and EBU Tech 3341.

Only the energy of every 100 ms is kept (four hours: 144,000 numbers). Integrated loudness is
a function of these numbers, so that of tracks joined into a session follows from the tracks'
energies end to end, without decoding anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from serguide.audio.chunks import Chunks
from serguide.audio.loudness.k_weighting import PIECE, KWeighting
from serguide.audio.types import Block

Energies = npt.NDArray[np.float64]
"""Mean square of every whole 100 ms, K-weighted, channels summed."""

Lufs = npt.NDArray[np.float64]

ABSOLUTE_GATE = -70.0
"""LUFS; blocks below this are silence."""

RELATIVE_GATE = -10.0
"""LU; blocks this far below the mean of the others are pauses."""

_MOMENTARY = 4  # pieces: 400 ms
_SHORT_TERM = 30  # pieces: 3 s
_FINE = 10  # a piece is cut into this many, so that no burst falls between two windows


@dataclass(frozen=True, slots=True, eq=False)
class Loudness:
    """Hold what a meter found.

    integrated, momentary_max, short_term_max: in LUFS, -inf for silence; energies: see there.
    """

    integrated: float
    momentary_max: float
    short_term_max: float
    energies: Energies


class LoudnessMeter:
    """Measure blocks as they go by.

    channels: 1 or 2. A mono stem that will come out of two loudspeakers is 3 LU louder there
    than as one channel: measure it as it will be heard.
    """

    def __init__(self, channels: int) -> None:
        self._chunks = Chunks(PIECE, channels)
        self._weighting = KWeighting(channels)
        self._energies: list[Energies] = []
        self._recent: Energies = np.zeros(0)
        self._loudest = 0.0

    def add(self, block: Block) -> None:
        """Take the next frames: shape (frames, channels), ±1.0."""
        pieces = self._chunks.push(block)
        if not pieces.shape[0]:
            return
        weighted = self._weighting.filter(pieces)
        cut = weighted.reshape(weighted.shape[0], -1, PIECE // _FINE)
        fine = np.einsum("cnk,cnk->n", cut, cut).astype(np.float64) / (PIECE // _FINE)
        self._energies.append(fine.reshape(-1, _FINE).mean(axis=1))
        recent = np.concatenate((self._recent, fine))
        sums = np.concatenate(((0.0,), np.cumsum(recent)))
        windows = (sums[_MOMENTARY * _FINE :] - sums[: -_MOMENTARY * _FINE]) / (_MOMENTARY * _FINE)
        self._loudest = max(self._loudest, float(np.max(windows, initial=0.0)))
        self._recent = recent[1 - _MOMENTARY * _FINE :]

    def result(self) -> Loudness:
        """Return what was found so far; a last piece shorter than 100 ms does not count."""
        energies = np.concatenate((np.zeros(0), *self._energies))
        return Loudness(
            integrated=integrated(energies),
            momentary_max=_lufs(self._loudest),
            short_term_max=float(np.max(short_term(energies), initial=-math.inf)),
            energies=energies,
        )


def measure(blocks: Iterable[Block], channels: int) -> Loudness:
    """Return the loudness of a whole stream."""
    meter = LoudnessMeter(channels)
    for block in blocks:
        meter.add(block)
    return meter.result()


def integrated(energies: Energies) -> float:
    """Return the gated loudness, in LUFS; -inf for silence (BS.1770-4 equations 5 to 7)."""
    blocks = _moving_mean(energies, _MOMENTARY)
    blocks = blocks[_all_lufs(blocks) > ABSOLUTE_GATE]
    if not blocks.size:
        return -math.inf
    gate = _lufs(float(blocks.mean())) + RELATIVE_GATE
    return _lufs(float(blocks[_all_lufs(blocks) > gate].mean()))


def momentary(energies: Energies) -> Lufs:
    """Return the loudness of every 400 ms, a value each 100 ms, in LUFS."""
    return _all_lufs(_moving_mean(energies, _MOMENTARY))


def short_term(energies: Energies) -> Lufs:
    """Return the loudness of every 3 s, a value each 100 ms, in LUFS."""
    return _all_lufs(_moving_mean(energies, _SHORT_TERM))


def _moving_mean(energies: Energies, width: int) -> Energies:
    if energies.size < width:
        return np.zeros(0)
    windows = np.lib.stride_tricks.sliding_window_view(energies, width)
    means: Energies = windows.mean(axis=1)
    return means


def _all_lufs(energies: Energies) -> Lufs:
    with np.errstate(divide="ignore"):
        values: Lufs = -0.691 + 10.0 * np.log10(energies)
    return values


def _lufs(energy: float) -> float:
    return -0.691 + 10.0 * math.log10(energy) if energy > 0.0 else -math.inf
