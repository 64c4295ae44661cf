"""Change the speed of a source as it is played, with its pitch kept.

WSOLA: W. Verhelst and M. Roelands, "An overlap-add technique based on waveform similarity (WSOLA)
for high quality time-scale modification of speech", ICASSP 1993. Pieces of the sound are laid one
after another at places that go on by the speed; each is shifted by a few milliseconds to where it
resembles most what would have followed the piece before, and crossfaded into it.

The places are whole samples of the source, counted and never estimated: position cannot drift, and
what is heard lies within SEARCH of it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE, Samples
from serguide.player.audio.source import SampleSource

NORMAL = 100
SLOWEST, FASTEST, STEP = 80, 120, 5
"""Speeds, in percent. A whole number of samples belongs to a piece at every one of them."""

PIECE = SAMPLERATE * 30 // 1000
OVERLAP = SAMPLERATE * 10 // 1000
SEARCH = SAMPLERATE * 10 // 1000
"""Samples that a piece is long, that two overlap, and that a piece may be shifted either way."""

_COARSE = 4  # samples that are taken together in the first look for the best shift


class Stretched:
    """A source that can be heard at another speed. At NORMAL its samples pass unchanged."""

    def __init__(self, source: SampleSource) -> None:
        self._source = source
        self.percent = NORMAL
        """The speed, in percent; to be set at any time."""
        self._go_to(source.position)

    @property
    def position(self) -> Samples:
        """Return the place in the source of the sample that is given next."""
        if not self._gliding:
            return Samples(self._next)
        return Samples(self._from + self._given * self._rate // NORMAL)

    @property
    def frames(self) -> Samples:
        """Return about how long the source is."""
        return self._source.frames

    def seek(self, position: int) -> None:
        """Go to a sample; beyond the end, nothing is left to read. Raises SoundError."""
        self._source.seek(position)
        self._go_to(max(0, position))

    def read(self, frames: int) -> Block:
        """Return the next frames, shape (frames, 2); fewer only at the end. Raises SoundError."""
        out = np.empty((frames, 2), np.float32)
        filled = 0
        while filled < frames:
            block = self._some(frames - filled)
            if not len(block):
                break
            out[filled : filled + len(block)] = block
            filled += len(block)
        return out[:filled]

    def close(self) -> None:
        """Let go of the source."""
        self._source.close()

    def _go_to(self, position: int) -> None:
        self._held: Block = _NOTHING  # read from the source, and perhaps needed again
        self._held_from = position
        self._next = position  # the natural continuation of what was given
        self._gliding = False
        self._ready: Block = _NOTHING
        self._from = self._given = 0
        self._rate = NORMAL

    def _some(self, frames: int) -> Block:
        """Return at least one of the next frames, unless there are none."""
        if self._given >= len(self._ready) and not self._lay_piece():
            self._gliding = False
            block = self._span(self._next, self._next + frames)
            self._next += len(block)
            return block
        block = self._ready[self._given : self._given + frames]
        self._given += len(block)
        return block

    def _lay_piece(self) -> bool:
        """Make the next piece ready; return False where the source is to be heard as it is."""
        place = self.position
        self._ready, self._given = _NOTHING, 0
        if self.percent == NORMAL:
            return False
        # Both are asked for at once, because what is held only moves on.
        first = max(self._held_from, min(self._next, place - SEARCH))
        end = max(self._next + OVERLAP, place + SEARCH + OVERLAP + PIECE)
        held = self._span(first, end)
        if len(held) < end - first:
            return False  # the last of it is played as it is
        tail = held[self._next - first :][:OVERLAP]
        lowest = max(first, place - SEARCH)
        shift, likeness = _best(tail, held[lowest - first : place + SEARCH + OVERLAP - first])
        start = lowest + shift
        piece = held[start - first :][:PIECE].copy()
        piece[:OVERLAP] = _crossfade(tail, piece[:OVERLAP], likeness)
        self._ready, self._gliding = piece, True
        self._from, self._rate = place, self.percent
        self._next = start + PIECE
        return True

    def _span(self, start: int, end: int) -> Block:
        """Return samples of the source, fewer where it ends; nothing before `start` is kept."""
        missing = end - self._held_from - len(self._held)
        if missing > 0:
            more = self._source.read(missing)
            self._held = np.concatenate([self._held, more]) if len(self._held) else more
        self._held = self._held[max(0, start - self._held_from) :]
        self._held_from = start
        return self._held[: end - start]


def _best(tail: Block, region: Block) -> tuple[int, float]:
    """Return how far into the region the tail is best resembled, and how much: -1 to 1.

    shapes (n, 2) and (more than n, 2).
    """
    one, other = tail.sum(axis=1, dtype=np.float64), region.sum(axis=1, dtype=np.float64)
    shift = int(np.argmax(_likeness(_thinned(one), _thinned(other)))) * _COARSE
    low = max(0, shift - _COARSE)
    near = _likeness(one, other[low : shift + _COARSE + len(one)])
    best = int(np.argmax(near))
    return low + best, float(near[best])


def _thinned(one: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    whole = len(one) // _COARSE * _COARSE
    together: npt.NDArray[np.float64] = one[:whole].reshape(-1, _COARSE).sum(axis=1)
    return together


def _likeness(
    tail: npt.NDArray[np.float64], region: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the normalised correlation for every shift that fits."""
    product = np.correlate(region, tail, "valid")
    sums = np.concatenate([[0.0], np.cumsum(region**2)])
    power = (sums[len(tail) :] - sums[: -len(tail)]) * np.sum(tail**2)
    likeness: npt.NDArray[np.float64] = product / np.sqrt(np.maximum(power, 1e-12))
    return likeness


def _crossfade(before: Block, after: Block, likeness: float) -> Block:
    """Go from one to the other, shape (frames, 2) each, with the level kept.

    Sounds that resemble each other add by amplitude, others by power: the fade is divided by what
    their likeness makes of the sum.
    """
    up = 0.5 - 0.5 * np.cos(np.pi * (np.arange(len(after)) + 0.5) / len(after))
    down = 1.0 - up
    level = np.sqrt(up**2 + down**2 + 2.0 * up * down * min(1.0, max(0.0, likeness)))
    mixed = (before * (down / level)[:, None]) + (after * (up / level)[:, None])
    return mixed.astype(np.float32)


_NOTHING = np.empty((0, 2), np.float32)
