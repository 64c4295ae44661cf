"""K-weighting filter, ITU-R BS.1770-4 Annex 1: a high shelf for the head, then a high-pass.

Both are biquads, which NumPy alone can run only one sample at a time. A linear recurrence can
be run in steps of many samples instead: output and next state of a step are one matrix times
(input, state), found by running the recurrence on unit vectors. The same is done once more
for the steps of a piece. The result is the recurrence's own, but for rounding, at the
speed of a matrix product. The largest product, which carries nothing on, is in float32: its
rounding stays 90 dB under the signal.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from serguide.audio.types import Block

Matrix = npt.NDArray[np.float64]
Weighted = npt.NDArray[np.float32]
Biquad = tuple[tuple[float, float, float], tuple[float, float]]

# BS.1770-4 Annex 1, tables 1 and 2, at 48 kHz: (b0, b1, b2), (a1, a2).
SHELF: Biquad = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (-1.69065929318241, 0.73248077421585),
)
HIGH_PASS: Biquad = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))

PIECE = 4_800
"""Frames in a piece: 100 ms, the step of the standard's gating blocks."""

_STEP = 64
_STEPS = PIECE // _STEP
_ORDER = 4  # two biquads have four numbers of state

_DECAYED = 1e-12
"""A state below this (-240 dB) is taken for silence."""


class KWeighting:
    """Filter a stream, piece by piece; the state is carried from call to call."""

    def __init__(self, channels: int) -> None:
        self._state = np.zeros((channels, _ORDER))

    def filter(self, pieces: Block) -> Weighted:
        """Return the weighted samples of whole pieces.

        pieces: shape (n x PIECE, channels), ±1.0; returns shape (channels, n, PIECE), float32.
        """
        channels = self._state.shape[0]
        count = pieces.shape[0] // PIECE
        if np.abs(self._state).max() < _DECAYED and not pieces.any():
            self._state[:] = 0.0
            return np.zeros((channels, count, PIECE), np.float32)
        run = _recurrence()
        steps = pieces.T.astype(np.float32, order="C").reshape(-1, _STEP)
        added = steps.astype(np.float64) @ run.input_to_state
        added = added.reshape(channels * count, _STEPS * _ORDER)
        first = np.empty((channels, count, _ORDER))
        lasts = (added @ run.added_to_last).reshape(channels, count, _ORDER)
        for piece in range(count):
            first[:, piece] = self._state
            self._state = lasts[:, piece] + self._state @ run.first_to_last
        states = added @ run.added_to_states + first.reshape(-1, _ORDER) @ run.first_to_states
        weighted: Weighted = steps @ run.input_to_output
        weighted += states.reshape(-1, _ORDER).astype(np.float32) @ run.state_to_output
        return weighted.reshape(channels, count, PIECE)


class _Recurrence(NamedTuple):
    """Hold the matrices of a step, and of a piece; vectors are rows: `row @ matrix`.

    added: what each step's input adds to the state; states: the state before each step;
    first, last: the state before and after the piece.
    """

    input_to_output: Weighted
    state_to_output: Weighted
    input_to_state: Matrix
    added_to_states: Matrix
    first_to_states: Matrix
    added_to_last: Matrix
    first_to_last: Matrix


@lru_cache(maxsize=1)
def _recurrence() -> _Recurrence:
    """Find the matrices by running the recurrence on every unit input and unit state."""
    unit = np.eye(_STEP + _ORDER)
    state = unit[_STEP:].copy()
    output = np.empty((_STEP, _STEP + _ORDER))
    for n in range(_STEP):
        output[n] = _tick(HIGH_PASS, _tick(SHELF, unit[n], state[:2]), state[2:])
    after_step = state[:, _STEP:]

    unit = np.eye(_STEPS * _ORDER + _ORDER)
    last = unit[_STEPS * _ORDER :].copy()
    states = np.empty((_STEPS, _ORDER, _STEPS * _ORDER + _ORDER))
    for k in range(_STEPS):
        states[k] = last
        last = after_step @ last + unit[k * _ORDER : (k + 1) * _ORDER]
    before = states.reshape(_STEPS * _ORDER, -1)

    carried = (
        state[:, :_STEP],
        before[:, :-_ORDER],
        before[:, -_ORDER:],
        last[:, :-_ORDER],
        last[:, -_ORDER:],
    )
    return _Recurrence(
        np.ascontiguousarray(output[:, :_STEP].T, np.float32),
        np.ascontiguousarray(output[:, _STEP:].T, np.float32),
        *(np.ascontiguousarray(matrix.T) for matrix in carried),
    )


def _tick(biquad: Biquad, sample: Matrix, state: Matrix) -> Matrix:
    """Run a biquad (transposed direct form II) for one sample of many signals at once.

    sample: (signals,); state: (2, signals), changed in place.
    """
    (b0, b1, b2), (a1, a2) = biquad
    output: Matrix = b0 * sample + state[0]
    state[0] = b1 * sample - a1 * output + state[1]
    state[1] = b2 * sample - a2 * output
    return output
