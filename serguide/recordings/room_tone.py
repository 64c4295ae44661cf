"""Learn what a recording sounds like where nobody speaks: its noise, and its hum."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.audio.chunks import Chunks
from serguide.audio.types import Block
from serguide.recordings.hum import HUM_WINDOW, HumTone, find_hum, hum_look

WINDOW: Final = 2_048
"""Frames of a short-time spectrum: 43 ms."""

HOP: Final = WINDOW // 4

_STRETCH: Final = HUM_WINDOW * 4  # frames that are looked at together: 2 s
_QUIETEST: Final = 0.15  # of a stretch's spectra
_PAUSES: Final = 0.25  # of all stretches are thought to hold a pause, at least
_ALIKE: Final = 2.0  # times the power of those that are still a pause
_DIGITAL: Final = 1e-10  # mean square; -100 dB: a phone that was silent, not a room


@dataclass(frozen=True, slots=True, eq=False)
class RoomTone:
    """Hold what was learnt: mean power of each bin of a quiet spectrum, and the hum in it.

    noise: shape (WINDOW // 2 + 1,), of windows by hann(WINDOW); level: in dB relative to full
    scale, -inf for digital silence.
    """

    noise: npt.NDArray[np.float64]
    hum: tuple[HumTone, ...]
    level: float


def learn_room(blocks: Iterable[Block]) -> RoomTone:
    """Return the room's tone of a whole recording: blocks of shape (frames, 1), SAMPLERATE.

    Memory grows by 20 kB for each two seconds, so it can be two hours long.
    """
    looks: list[npt.NDArray[np.float32]] = []
    quiet: list[tuple[float, npt.NDArray[np.float32]]] = []
    for stretch in _stretches(blocks):
        looks += [
            hum_look(stretch[at : at + HUM_WINDOW])
            for at in range(0, stretch.size - HUM_WINDOW + 1, HUM_WINDOW // 2)
        ]
        quiet += _quiet(stretch)
    noise, level = _mean(quiet)
    return RoomTone(noise, find_hum(looks), level)


def spectra(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.complex128]:
    """Return short-time spectra, shape (windows, bins), each window HOP after the last."""
    windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP]
    found: npt.NDArray[np.complex128] = np.fft.rfft(windows * hann())
    return found


@functools.cache
def hann() -> npt.NDArray[np.float64]:
    """Return the periodic Hann window, whose squares at HOP add up to 1.5."""
    window: npt.NDArray[np.float64] = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(WINDOW) / WINDOW)
    return window


def _stretches(blocks: Iterable[Block]) -> Iterator[npt.NDArray[np.float32]]:
    chunks = Chunks(_STRETCH, 1)
    whole = False
    for block in blocks:
        found = chunks.push(block)[:, 0]
        for start in range(0, found.size, _STRETCH):
            whole = True
            yield found[start : start + _STRETCH]
    rest = chunks.rest()[:, 0]
    if rest.size >= (HUM_WINDOW if whole else WINDOW):
        yield rest


def _quiet(stretch: npt.NDArray[np.float32]) -> list[tuple[float, npt.NDArray[np.float32]]]:
    """Return the energy and mean power spectrum of a stretch's quietest windows, if any."""
    power = np.abs(spectra(stretch)) ** 2
    energy = 2.0 * power.sum(axis=1) / (WINDOW * float(np.sum(hann() ** 2)))
    heard = np.flatnonzero(energy > _DIGITAL)
    if not heard.size:
        return []
    few = heard[np.argsort(energy[heard])][: max(1, round(_QUIETEST * heard.size))]
    return [(float(energy[few].mean()), power[few].mean(axis=0).astype(np.float32))]


def _mean(
    quiet: list[tuple[float, npt.NDArray[np.float32]]],
) -> tuple[npt.NDArray[np.float64], float]:
    if not quiet:
        return np.zeros(WINDOW // 2 + 1), -math.inf
    energies = np.array([energy for energy, _ in quiet])
    limit = _ALIKE * float(np.quantile(energies, _PAUSES))
    chosen = [index for index, energy in enumerate(energies) if energy <= limit]
    noise: npt.NDArray[np.float64] = np.stack([quiet[index][1] for index in chosen]).mean(
        axis=0, dtype=np.float64
    )
    return noise, 10.0 * math.log10(float(energies[chosen].mean()))
