"""Find speech over music: where many bins of the spectrum stand over what the pauses hold.

A tone that is struck is loud in a few bins, speech in many; so what counts is how many bins rise
over the pauses nearby, each against its own.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.alignment.take_sound import HOP, RATE, TakeSound

_WINDOW: Final = 512  # samples; 32 ms
_BINS: Final = slice(4, 224)  # 125 Hz to 7 kHz
_PIECE: Final = 3_000  # frames that are looked at at once
_NEAR: Final = 400  # frames before and after, whose pauses tell what is behind the speech
_STEP: Final = 50  # frames between two looks at them
_CLEAR: Final = 25  # frames beside speech that may still be some
_FEW: Final = 40  # frames of pauses that tell nothing
_USUAL: Final = 0.8  # of the pauses' frames are no louder than the background
_OVER: Final = 4.0  # dB over it
_SPEAKS: Final = 0.05  # of the bins that are over it in speech
_STEADY: Final = 1.2  # dB by which the level of a steady background moves; a room's noise: 0.9

Mask = npt.NDArray[np.bool_]
"""Whether someone speaks, for every 10 ms, shape (frames,)."""


def speech_over_music(sound: TakeSound, level: npt.NDArray[np.float32], speech: Mask) -> Mask:
    """Return where there is speech, told by its breadth where what is behind it is unsteady.

    level: in dB; speech: what the level says, which is believed where the pauses are steady.
    """
    near = np.convolve(speech, np.ones(2 * _CLEAR + 1), "same") > 0.5
    found = speech.copy()
    for first in range(0, speech.size, _PIECE):
        last = min(speech.size, first + _PIECE)
        before, after = max(0, first - _NEAR), min(speech.size, last + _NEAR)
        levels = _levels(sound, before, after)
        for start in range(first, last, _STEP):
            end = min(last, start + _STEP)
            around = slice(max(before, start - _NEAR), min(after, end + _NEAR))
            pause = ~near[around]
            if pause.sum() < _FEW or float(level[around][pause].std()) < _STEADY:
                continue
            pauses = levels[around.start - before : around.stop - before][pause]
            at = round(_USUAL * (len(pauses) - 1))
            behind = np.partition(pauses, at, axis=0)[at]
            over = levels[start - before : end - before] > behind + _OVER
            found[start:end] = over.mean(axis=1) > _SPEAKS
    return found


def _levels(sound: TakeSound, first: int, last: int) -> npt.NDArray[np.float32]:
    """Return the level of every bin, in dB, shape (last - first, bins), a mean of three frames."""
    margin = (_WINDOW - HOP) // 2 + HOP
    start = first * HOP - margin
    samples = sound.floats(max(0, start) / RATE, (last * HOP + margin) / RATE)
    need = (last - first + 1) * HOP + _WINDOW
    samples = np.concatenate((np.zeros(max(0, -start), np.float32), samples))
    samples = np.pad(samples, (0, max(0, need - samples.size)))[:need]
    windows = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::HOP]
    power = np.abs(np.fft.rfft(windows * np.hanning(_WINDOW).astype(np.float32))[:, _BINS]) ** 2
    even = (power[:-2] + power[1:-1] + power[2:]) / 3.0
    found: npt.NDArray[np.float32] = (10.0 * np.log10(even + 1e-10)).astype(np.float32)
    return found
