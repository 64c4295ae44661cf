"""Crossfade the end of a recording into its beginning so that the joint is not heard."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE

CROSSFADE = 3 * SAMPLERATE
"""Frames over which end and beginning overlap, in files long enough."""

_SLACK = SAMPLERATE // 20  # 50 ms: one period of the lowest tone there is


def seam_lengths(frames: int) -> tuple[int, int]:
    """Return (crossfade, slack) for a loop: the overlap, and by how much it may be shifted."""
    return min(CROSSFADE, frames // 4), min(_SLACK, frames // 8)


def joined(tail: Block, head: Block) -> Block:
    """Fade from tail to head with even power, and go on to the end of head.

    tail: shape (n, 2); head: shape (n + slack, 2), of which up to `slack` frames are left out
    so that both swing together, as a tone's two ends must; returns shape (n + rest, 2). Two
    sounds with the correlation r would add up to 1 + 2 r cos sin of one's power: that is
    divided out, which makes it an equal-power fade for noise and an equal-gain one for a tone.
    """
    frames = tail.shape[0]
    shift, likeness = _best_match(tail.mean(axis=1), head.mean(axis=1))
    angle = ((np.arange(frames) + 0.5) * (np.pi / 2.0 / frames))[:, None]
    down, up = np.cos(angle), np.sin(angle)
    even = 1.0 / np.sqrt(1.0 + 2.0 * likeness * down * up)
    mixed = tail * (down * even) + head[shift : shift + frames] * (up * even)
    return np.concatenate((mixed, head[shift + frames :])).astype(np.float32)


def _best_match(tail: npt.NDArray[np.float32], head: npt.NDArray[np.float32]) -> tuple[int, float]:
    """Return the shift of head at which it is most like tail, and their correlation, 0 to 1."""
    frames, shifts = tail.size, head.size - tail.size + 1
    size = 1 << (head.size - 1).bit_length()
    spectrum = np.fft.rfft(head.astype(np.float64), size)
    spectrum *= np.fft.rfft(tail.astype(np.float64), size).conj()
    products = np.fft.irfft(spectrum, size)[:shifts]
    sums = np.concatenate(((0.0,), np.cumsum(np.square(head, dtype=np.float64))))
    powers = (sums[frames:] - sums[:-frames]) * np.sum(np.square(tail, dtype=np.float64))
    likeness = products / np.sqrt(np.maximum(powers, 1e-20))
    shift = int(np.argmax(likeness))
    return shift, float(np.clip(likeness[shift], 0.0, 1.0))
