"""Streaming true-peak limiter with look-ahead; samples under the ceiling pass unchanged.

What each frame needs to come down by is found on the oversampled signal. Its maximum over the
next LOOK_AHEAD frames, falling off slowly (release) and smoothed over as many frames
(attack), is never less than what any frame needs, and has no corner that could be heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from serguide.audio.chunks import Chunks
from serguide.audio.levels import CEILING
from serguide.audio.loudness.true_peak import BOUND, HISTORY, oversampled_peaks, peak_of
from serguide.audio.types import BLOCK_FRAMES, Block
from serguide.base.units import SAMPLERATE, Decibels, gain_of

Curve = npt.NDArray[np.float64]

_MARGIN = Decibels(-0.05)
"""dB: the gain may move a little within the span of one oversampled value."""

_ATTACK = 240  # frames: 5 ms
_LOOK_AHEAD = _ATTACK - 1 + HISTORY
_RELEASE = 1.0 / (0.15 * SAMPLERATE)  # of full gain, a frame: from nothing to all in 150 ms
_WINDOW = np.hanning(_ATTACK + 2)[1:-1]
_WINDOW /= _WINDOW.sum()


def limit(blocks: Iterable[Block], channels: int, ceiling: Decibels = CEILING) -> Iterator[Block]:
    """Yield the same frames with no true peak over the ceiling, in dBTP.

    Channels move together. Blocks in which nothing exceeds the ceiling, nor just before or
    after, come out bit for bit as they went in.
    """
    limiter = _Limiter(channels, gain_of(ceiling))
    chunks = Chunks(BLOCK_FRAMES, channels)
    for block in blocks:
        whole = chunks.push(block)
        for start in range(0, whole.shape[0], BLOCK_FRAMES):
            yield from limiter.push(whole[start : start + BLOCK_FRAMES])
    last = chunks.rest()
    if last.shape[0]:
        yield from limiter.push(last)
    yield from limiter.finish()


class _Limiter:
    """Hold what crosses from one block to the next; `push` runs one block behind.

    What waits at first is silence, in which the gain can come down for a stream that begins
    too loud.
    """

    def __init__(self, channels: int, ceiling: float) -> None:
        self._ceiling = ceiling
        self._target = ceiling * gain_of(_MARGIN)
        self._history: Block = np.zeros((HISTORY, channels), np.float32)
        self._waiting: Block | None = None
        self._need: Curve = np.zeros(_ATTACK - 1)
        self._held = 0.0
        self._tail: Curve = np.zeros(_ATTACK - 1)

    def push(self, block: Block) -> Iterator[Block]:
        """Take the next block, not an empty one; yield the one before it."""
        frames = np.concatenate((self._history, block))
        need = self._needed(frames)
        yield from self._release(need)
        self._waiting, self._need = block, need
        self._history = frames[-HISTORY:].copy()

    def finish(self) -> Iterator[Block]:
        """Yield the last block."""
        yield from self._release(np.zeros(0))

    def _needed(self, frames: Block) -> Curve:
        """Return by how much of its gain each frame must come down: 0 to 1."""
        need = np.zeros(frames.shape[0] - HISTORY)
        if peak_of(frames) * BOUND <= self._ceiling:
            return need
        peaks = oversampled_peaks(frames, self._ceiling).astype(np.float64)
        over = peaks > self._ceiling
        need[over] = 1.0 - self._target / peaks[over]
        return need

    def _release(self, coming: Curve) -> Iterator[Block]:
        """Yield the waiting block, its gain brought down; coming: the need of the next."""
        block, count = self._waiting, self._need.size
        ahead = np.concatenate((self._need, coming[:_LOOK_AHEAD]))
        if not (ahead.any() or self._held or self._tail.any()):
            if block is not None:
                yield block
            return
        ahead = np.concatenate((ahead, np.zeros(count + _LOOK_AHEAD - ahead.size)))
        held = self._fall_off(_moving_maximum(ahead, _LOOK_AHEAD + 1))
        padded = np.concatenate((self._tail, held))
        self._tail = padded[count:]
        if block is not None:
            gain = 1.0 - np.convolve(padded, _WINDOW, "valid")
            yield (block * gain[:, np.newaxis]).astype(np.float32)

    def _fall_off(self, need: Curve) -> Curve:
        """Let each value fall by no more than the release a frame."""
        ramp = _RELEASE * np.arange(1, need.size + 1)
        floor = np.maximum.accumulate(need + ramp)
        held: Curve = np.maximum(np.maximum(floor, self._held) - ramp, 0.0)
        self._held = float(held[-1])
        return held


def _moving_maximum(values: Curve, width: int) -> Curve:
    """Return the maximum of each window: size - width + 1 values, by doubling."""
    found, have = values, 1
    while have < width:
        step = min(have, width - have)
        found = np.maximum(found[:-step], found[step:])
        have += step
    return found
