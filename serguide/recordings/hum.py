"""Find the mains' hum and its harmonics in a recording, and take them out with narrow notches.

Hum is there all the time, and speech is not: what stands above its neighbours in the quiet of
every place of the spectrum, at 50 or 60 Hz and at whole multiples of it, is hum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.base.units import SAMPLERATE

Spectrum = npt.NDArray[np.float64]
"""Power of each bin."""

HUM_WINDOW: Final = SAMPLERATE // 2
"""Frames of a look at the hum; its bins are 2 Hz apart."""

_STEP: Final = SAMPLERATE / HUM_WINDOW  # Hz
_HIGHEST: Final = 1_200.0  # Hz
HUM_BINS: Final = int(_HIGHEST / _STEP) + 20
"""Bins that are kept of each look."""

_MAINS: Final = (50.0, 60.0)  # Hz
_LEAST: Final = 2  # harmonics; one alone may be a machine, and is not ours to judge
_STANDS_OUT: Final = 8.0  # dB over its neighbours
_NEAR: Final = 9  # bins on either side that are its neighbours
_LOBE: Final = 3  # bins on either side that a steady tone fills, by the window
_WIDTH: Final = 0.5  # Hz on either side that a notch is deep; as much again to its edge
_DEEPEST: Final = 40.0  # dB


@dataclass(frozen=True, slots=True)
class HumTone:
    """Hold one harmonic: its frequency in Hz, and by how many dB it stands over the rest."""

    frequency: float
    excess: float


def hum_look(window: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the power of the low bins of HUM_WINDOW frames of sound."""
    spectrum = np.fft.rfft(window * np.hanning(window.size))[:HUM_BINS]
    power: npt.NDArray[np.float32] = (np.abs(spectrum) ** 2).astype(np.float32)
    return power


def find_hum(looks: Sequence[npt.NDArray[np.float32]]) -> tuple[HumTone, ...]:
    """Return the harmonics of the mains that stand out, or nothing; looks: of hum_look."""
    if not looks:
        return ()
    # Of each bin what it has in its quiet moments: words come and go, hum stays.
    steady = np.percentile(np.stack(looks), 15, axis=0).astype(np.float64) + 1e-12
    families = [tuple(_tones(steady, mains)) for mains in _MAINS]
    best = max(families, key=lambda tones: sum(tone.excess for tone in tones))
    return best if len(best) >= _LEAST else ()


def notched(samples: npt.NDArray[np.float32], tones: Iterable[HumTone]) -> npt.NDArray[np.float32]:
    """Return sound of shape (frames,) with each tone brought down to what is around it.

    Zero-phase, on the whole stretch at once: give a second of sound around what is needed.
    """
    tones = tuple(tones)
    if not tones:
        return samples
    spectrum = np.fft.rfft(samples)
    frequencies = np.fft.rfftfreq(samples.size, 1.0 / SAMPLERATE)
    gain = np.zeros(frequencies.size)  # dB
    for tone in tones:
        away = np.abs(frequencies - tone.frequency)
        shape = np.clip(2.0 - away / _WIDTH, 0.0, 1.0)
        gain = np.minimum(gain, -min(tone.excess, _DEEPEST) * shape)
    clean: npt.NDArray[np.float32] = np.fft.irfft(
        spectrum * 10.0 ** (gain / 20.0), samples.size
    ).astype(np.float32)
    return clean


def _tones(steady: Spectrum, mains: float) -> Iterable[HumTone]:
    for number in range(1, int(_HIGHEST / mains) + 1):
        at = round(number * mains / _STEP)
        # The mains' frequency wanders by a hundredth; its harmonics by as much.
        reach = 1 + round(number * mains * 0.002 / _STEP)
        peak = at - reach + int(np.argmax(steady[at - reach : at + reach + 1]))
        low, high = max(1, peak - _NEAR), peak + _NEAR + 1
        around = np.concatenate((steady[low : peak - _LOBE], steady[peak + _LOBE + 1 : high]))
        excess = 10.0 * np.log10(steady[peak] / np.median(around))
        if excess >= _STANDS_OUT and steady[peak] >= np.max(steady[peak - 1 : peak + 2]):
            yield HumTone(float((peak + _between(steady, peak)) * _STEP), float(excess))


def _between(steady: Spectrum, peak: int) -> float:
    """Return where between bins a peak lies: -0.5 to 0.5, by a parabola through its logarithms."""
    left, top, right = np.log(steady[peak - 1 : peak + 2])
    bend = left - 2.0 * top + right
    return float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5)) if bend < 0 else 0.0
