"""Clean a stretch of a recording: high-pass, hum, gentle noise reduction; never a gate.

The noise filter is Wiener's (Boll 1979 calls its relative spectral subtraction): each bin is
turned down by how much of it is the room's noise, and never by more than FLOOR, so that breath
and the ends of words stay, and a pause stays a room.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.base.units import SAMPLERATE, gain_of
from serguide.recordings.hum import notched
from serguide.recordings.room_tone import HOP, WINDOW, RoomTone, hann, spectra

FLOOR: Final = -12.0
"""dB; nothing is ever turned down by more."""

CONTEXT: Final = SAMPLERATE
"""Frames around a clip that are cleaned with it, so that its edges are as its middle."""

_HIGH_PASS: Final = 60.0  # Hz, -3 dB; the lowest voices begin at 75
_STEEP: Final = 8  # fourth-order Butterworth, in power
_STRENGTH: Final = 2.2  # of the noise's mean that is taken for noise: its peaks reach higher
_BINS: Final = 5  # over which power is averaged before it is judged
_QUICK: Final = 4_800  # frames
_ATTACK: Final = 2  # windows by which the filter opens ahead of a sound, and closes after it


def clean(samples: npt.NDArray[np.float32], room: RoomTone) -> npt.NDArray[np.float32]:
    """Return a stretch, shape (frames,), cleaned: as long as it was, nothing in it moved."""
    if not samples.size:
        return samples
    # A multiple of what a Fourier transform is quick with.
    more = CONTEXT + -samples.size % _QUICK
    padded = np.pad(samples, (CONTEXT, more), mode="reflect" if samples.size > more else "constant")
    steady = notched(_high_passed(padded), room.hum)
    return _without_noise(steady, room)[CONTEXT : CONTEXT + samples.size]


def _high_passed(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Take away what lies below a voice: rumble, wind, steps. Zero-phase."""
    spectrum = np.fft.rfft(samples)
    ratio = np.fft.rfftfreq(samples.size, 1.0 / SAMPLERATE) / _HIGH_PASS
    gain = np.sqrt(ratio**_STEEP / (1.0 + ratio**_STEEP))
    passed: npt.NDArray[np.float32] = np.fft.irfft(spectrum * gain, samples.size).astype(np.float32)
    return passed


def _without_noise(samples: npt.NDArray[np.float32], room: RoomTone) -> npt.NDArray[np.float32]:
    if not room.noise.any():
        return samples
    whole = np.pad(samples, (WINDOW, WINDOW + -samples.size % HOP))
    found = spectra(whole)
    found *= _gains(np.abs(found) ** 2, room.noise)
    windows = np.fft.irfft(found, WINDOW) * (hann() / 1.5)
    quarters = windows.reshape(len(windows), WINDOW // HOP, HOP)
    out = np.zeros((len(windows) + WINDOW // HOP - 1, HOP))
    for place in range(WINDOW // HOP):
        out[place : place + len(windows)] += quarters[:, place]
    cleaned: npt.NDArray[np.float32] = out.reshape(-1)[WINDOW : WINDOW + samples.size].astype(
        np.float32
    )
    return cleaned


def _gains(
    power: npt.NDArray[np.float64], noise: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return what each bin is multiplied with: from FLOOR to 1."""
    smooth = _averaged(power)
    expected = _averaged(noise[np.newaxis, :]) * _STRENGTH
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(smooth > 0.0, 1.0 - expected / smooth, 0.0)
    gains = np.maximum(share, gain_of(FLOOR))
    # Whatever is loud is open a little before it begins, so that no onset loses its edge.
    around = np.pad(gains, ((_ATTACK, _ATTACK), (0, 0)), mode="edge")
    shifted = np.stack([around[shift : shift + len(gains)] for shift in range(2 * _ATTACK + 1)])
    return np.asarray(np.max(shifted, axis=0), dtype=np.float64)


def _averaged(power: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Average over neighbouring bins: one bin alone says little about noise."""
    side = _BINS // 2
    sums = np.cumsum(np.pad(power, ((0, 0), (side + 1, side)), mode="edge"), axis=1)
    mean: npt.NDArray[np.float64] = (sums[:, _BINS:] - sums[:, :-_BINS]) / _BINS
    return mean
