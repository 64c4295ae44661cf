"""Make periodic noise: draw its spectrum, and turn it into sound by one inverse FFT.

What an inverse FFT gives is one period of a periodic signal, so it can be repeated for ever
without a seam. The same holds for the slow movements (`drift`) that noise is shaded with: they
are noise too, of a fraction of a hertz. All arrays here are one loop long.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE

Signal = npt.NDArray[np.float32]
"""One channel, spectrum or movement: shape (n,), float32."""

LOWEST = 30.0
"""Hz below which there is nothing to hear, only a loudspeaker's work."""

HIGHEST = 11_000.0
"""Hz above which noise is harsh rather than airy."""

_TOP = 14_000.0  # nothing is drawn above this; the inverse FFT takes missing bins for zeros
_MONO_BELOW, _WIDE_ABOVE = 220.0, 600.0
_MOVEMENT_POINTS = 2**14


@lru_cache(maxsize=4)
def frequencies(frames: int) -> Signal:
    """Return the frequencies of a loop's bins that are used, in Hz: shape (bins,), read-only."""
    bins = int(_TOP * frames / SAMPLERATE)
    found = (np.arange(bins) * (SAMPLERATE / frames)).astype(np.float32)
    found.setflags(write=False)
    return found


def band(frames: int, low: float, high: float, *, tilt: float = 0.0) -> Signal:
    """Return a spectrum's magnitudes: a band from low to high Hz, falling off on both sides.

    Second-order Butterworth slopes; tilt: in dB an octave within the band.
    """
    hz = np.maximum(frequencies(frames), np.float32(1.0))
    bottom, top = np.float32(max(low, LOWEST)), np.float32(min(high, HIGHEST))
    below, above = np.square(bottom / hz), np.square(hz / top)
    slopes = (1.0 + np.square(below)) * (1.0 + np.square(above))
    found: Signal = (1.0 / np.sqrt(slopes)).astype(np.float32, copy=False)
    if tilt:
        found *= np.power(hz / np.float32(1_000.0), np.float32(tilt / 6.0206))
    found *= guard(frames)
    return found


@lru_cache(maxsize=4)
def guard(frames: int) -> Signal:
    """Return the magnitudes that keep rumble and harshness out: 1 between LOWEST and HIGHEST.

    Read-only, shape (bins,); exactly 0 at 0 Hz, so that nothing carries an offset.
    """
    hz = frequencies(frames)
    below = np.square(np.float32(LOWEST) / np.maximum(hz, np.float32(1.0)))
    above = np.square(hz / np.float32(HIGHEST * 1.05))
    one = np.float32(1.0)
    slopes = (one + np.square(below * np.square(below))) * (one + np.square(np.square(above)))
    found: Signal = np.asarray(one / np.sqrt(slopes), np.float32)
    found[0] = 0.0
    found.setflags(write=False)
    return found


def _spectrum(rng: np.random.Generator, magnitudes: Signal) -> npt.NDArray[np.complex64]:
    parts = rng.standard_normal(2 * magnitudes.size, dtype=np.float32)
    return parts.view(np.complex64) * magnitudes


def stereo_noise(rng: np.random.Generator, magnitudes: Signal, frames: int, width: float) -> Block:
    """Return periodic stereo noise of RMS 1: shape (frames, 2).

    Both channels share a middle; a side signal, `width` as strong, widens it above about
    400 Hz only, so that the sum of both loses less than 10 lg(1 + width²) dB.
    """
    rise = np.clip(
        (frequencies(frames) - _MONO_BELOW) / (_WIDE_ABOVE - _MONO_BELOW), 0.0, np.float32(width)
    )
    middle, side = _spectrum(rng, magnitudes), _spectrum(rng, magnitudes) * rise
    found = np.empty((frames, 2), np.float32)
    found[:, 0] = np.fft.irfft(middle + side, frames)
    found[:, 1] = np.fft.irfft(middle - side, frames)
    return unit(found)


def unit(sound: Block) -> Block:
    """Scale a sound, in place, to an RMS of 1."""
    power = float(np.einsum("ij,ij->", sound, sound, dtype=np.float64)) / sound.size
    sound *= np.float32(1.0 / np.sqrt(power)) if power > 0 else np.float32(0.0)
    return sound


def drift(rng: np.random.Generator, frames: int, fastest: float) -> Signal:
    """Return a slow periodic movement between -1 and 1: shape (frames,).

    fastest: in Hz; the slowest part of it takes the whole loop.
    """
    parts = max(2, round(fastest * frames / SAMPLERATE))
    bins = _spectrum(rng, np.ones(parts + 1, np.float32))
    bins[0] = 0.0
    points = np.fft.irfft(bins, _MOVEMENT_POINTS)
    points /= np.max(np.abs(points))
    # Straight lines between points 3 ms apart are far smoother than any movement asked for.
    at = np.arange(frames) * (_MOVEMENT_POINTS / frames)
    circle = np.append(points, points[0])
    movement: Signal = np.interp(at, np.arange(circle.size), circle).astype(np.float32)
    return movement


def gains(movement: Signal, depth_db: float) -> Signal:
    """Turn a movement between -1 and 1 into linear gains of ±depth_db."""
    found: Signal = np.exp(movement * np.float32(depth_db * np.log(10.0) / 20.0))
    return found


def cleaned(sound: Block) -> Block:
    """Pass a loop, as the circle it is, through the guard: shape (frames, 2)."""
    frames = sound.shape[0]
    magnitudes = guard(frames)
    for channel in range(sound.shape[1]):
        bins = np.fft.rfft(sound[:, channel])[: magnitudes.size] * magnitudes
        sound[:, channel] = np.fft.irfft(bins, frames)
    return sound
