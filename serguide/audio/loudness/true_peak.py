"""True-peak meter, ITU-R BS.1770-4 Annex 2: the peak of the signal oversampled four times.

What cannot hold a new maximum is not oversampled, by a bound that is exact: a filter's output
is at most its input's peak times the sum of its taps' magnitudes.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from serguide.audio.types import Block
from serguide.base.units import Decibels, db_of

# BS.1770-4 Annex 2: twelve taps a phase; the other two phases are these two, reversed.
_PHASE_0 = (
    0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000,
    -0.0594482421875, 0.1373291015625, 0.9721679687500, -0.1022949218750,
    0.0476074218750, -0.0266113281250, 0.0148925781250, -0.0083007812500,
)  # fmt: skip
_PHASE_1 = (
    -0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250,
    -0.1665039062500, 0.4650878906250, 0.7797851562500, -0.2003173828125,
    0.1015625000000, -0.0582275390625, 0.0330810546875, -0.0189208984375,
)  # fmt: skip

Peaks = npt.NDArray[np.float32]

TAPS = np.array((_PHASE_0, _PHASE_1, _PHASE_1[::-1], _PHASE_0[::-1]), np.float32)[:, ::-1].copy()
"""Shape (4, 12): a row a phase, oldest sample first."""

HISTORY = TAPS.shape[1] - 1
"""Frames before a frame that its oversampled values depend on."""

BOUND = float(np.abs(TAPS).sum(axis=1).max()) * (1 + 1e-6)
"""How many times its input's peak an oversampled value can be, float32 rounding included."""

_SPAN = 16  # frames that are skipped or not at a time


def _spread() -> npt.NDArray[np.float32]:
    """Return the matrix from a span and its history to its oversampled values, phase by phase."""
    spread = np.zeros((_SPAN + HISTORY, len(TAPS), _SPAN), np.float32)
    for frame in range(_SPAN):
        spread[frame : frame + HISTORY + 1, :, frame] = TAPS.T
    return spread.reshape(_SPAN + HISTORY, -1)


_SPREAD = _spread()


def peak_of(block: Block) -> float:
    """Return the largest magnitude of a block's own samples."""
    return float(max(np.max(block, initial=0.0), -np.min(block, initial=0.0)))


def oversampled_peaks(frames: Block, floor: float = 0.0) -> Peaks:
    """Return the largest magnitude at each frame, over channels, at the frame and in between.

    frames: shape (HISTORY + n, channels); returns shape (n,). What lies in between belongs to
    the last of the HISTORY + 1 frames that it is made of. Where nothing can be over `floor`
    only the frames themselves are looked at.
    """
    count = frames.shape[0] - HISTORY
    spans = -(-count // _SPAN)
    rows = np.zeros((frames.shape[1], (spans + 1) * _SPAN), np.float32)
    rows[:, : frames.shape[0]] = frames.T
    at = np.abs(rows).max(axis=0)
    peaks: Peaks = at[HISTORY : HISTORY + count].copy()
    cells = at.reshape(-1, _SPAN).max(axis=1)
    # A span and the frames before it lie within two cells, as HISTORY is less than a span.
    loud = np.flatnonzero(np.maximum(cells[:-1], cells[1:]) * BOUND > floor)
    if loud.size:
        within = loud[:, None] * _SPAN + np.arange(_SPAN + HISTORY)
        between = np.abs(rows[:, within] @ _SPREAD)
        whole = between.reshape(-1, loud.size, len(TAPS), _SPAN).max(axis=(0, 2))
        found = np.zeros((spans, _SPAN), np.float32)
        found[loud] = whole
        np.maximum(peaks, found.reshape(-1)[:count], out=peaks)
    return peaks


class TruePeakMeter:
    """Keep the largest true peak of the blocks that went by; channels: 1 or 2."""

    def __init__(self, channels: int) -> None:
        self._history = np.zeros((HISTORY, channels), np.float32)
        self._peak = 0.0

    @property
    def peak(self) -> Decibels:
        """Return the true peak so far, in dBTP; -inf for silence."""
        return db_of(self._peak)

    def add(self, block: Block) -> None:
        """Take the next frames: shape (frames, channels), ±1.0."""
        frames = np.concatenate((self._history, block))
        self._history = frames[block.shape[0] :].copy()
        highest = peak_of(frames)
        if highest * BOUND > self._peak:
            found = oversampled_peaks(frames, max(self._peak, highest))
            self._peak = max(self._peak, float(np.max(found, initial=0.0)))


def measure(blocks: Iterable[Block], channels: int) -> Decibels:
    """Return the true peak of a whole stream, in dBTP."""
    meter = TruePeakMeter(channels)
    for block in blocks:
        meter.add(block)
    return meter.peak
