"""Find where the words of a take begin and end, and say in words what is doubtful about it.

Goes by the loudness of 10 ms: what stands clear of the room is speech, what stands clear for a
blink and alone is a knock. Edges lie in the pauses, and leave a breath in.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE

STEP: Final = SAMPLERATE // 100
"""Frames that are judged together: 10 ms."""

BEFORE, AFTER = 0.25, 0.35
"""Seconds that a cut keeps before and after the words: a breath, and the end of a sound."""

_CLEAR: Final = 10.0  # dB over the room
_UNDER: Final = 36.0  # dB under the loudest that still may be a word's end
_SOFT: Final = -48.0  # dB relative to full scale; a voice across the room
_BLINK: Final = 0.09  # seconds; no word is as short
_APART: Final = 0.25  # seconds of quiet on both sides of a knock
_FULL: Final = 0.985
_FASTEST, _SLOWEST = 26.0, 2.2  # letters a second
_EDGE: Final = 0.03  # seconds from an end of the take at which nobody should speak


SILENT: Final = ("nothing was heard", "too soft")
"""What is said of takes in which there are no words to be heard."""


@dataclass(frozen=True, slots=True)
class TakeCheck:
    """Say where the words are, in seconds of the take, and why they are doubtful; empty: good."""

    start: float
    end: float
    why: str = ""


def check_take(samples: Block, text: str, turn: float = 0.0, key: float | None = None) -> TakeCheck:
    """Return what a take of one sentence is: samples of shape (frames, 1) at SAMPLERATE.

    turn, key: seconds at which its turn came and at which it was ended. What lies wholly before
    or after them is the neighbours' and no part of it.
    """
    length = len(samples) / SAMPLERATE
    levels = loudness_of(samples)
    parts = _own(_parts(levels), turn, length if key is None else key, len(levels))
    words = [part for part in parts if not _knock(part, parts)]
    if not words or np.max(levels[[i for a, b in words for i in range(a, b)]]) < _SOFT:
        return TakeCheck(0.0, length, SILENT[bool(parts)])
    first, last = words[0][0], words[-1][1]
    start, end = first * STEP / SAMPLERATE, last * STEP / SAMPLERATE
    why = _doubt(samples[first * STEP : last * STEP], text, end - start)
    if not why and any(first < part[0] < last for part in parts if part not in words):
        why = "something knocked"
    if not why and (start < _EDGE or length - end < _EDGE):
        why = "cut off"
    return TakeCheck(max(0.0, start - BEFORE), min(length, end + AFTER), why)


def loudness_of(samples: Block) -> npt.NDArray[np.float64]:
    """Return the level of every whole 10 ms, in dB relative to full scale."""
    whole = len(samples) // STEP * STEP
    frames = samples[:whole, 0].reshape(-1, STEP).astype(np.float64)
    levels: npt.NDArray[np.float64] = 10.0 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    return levels


def _parts(levels: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return stretches that stand clear of the room, as (first, last + 1) in steps."""
    if not levels.size:
        return []
    room = float(np.percentile(levels, 15))
    line = max(room + _CLEAR, float(np.max(levels)) - _UNDER, -70.0)
    loud = np.concatenate(([False], levels > line, [False]))
    edges = np.flatnonzero(loud[1:] != loud[:-1])
    found: list[tuple[int, int]] = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if found and first - found[-1][1] <= 6:  # 60 ms: inside a word
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _own(
    parts: list[tuple[int, int]], turn: float, key: float, steps: int
) -> list[tuple[int, int]]:
    """Return the stretches without those of the sentences before and after; steps: of all."""
    apart, rate = round(_APART * SAMPLERATE / STEP), SAMPLERATE / STEP
    own: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(parts):
        after = parts[index + 1][0] if index + 1 < len(parts) else steps
        before = parts[index - 1][1] if index else -apart
        if end <= turn * rate and after - end >= apart:
            own.clear()  # and what came before it
        elif start >= key * rate and start - before >= apart:
            break
        else:
            own.append((start, end))
    return own


def _knock(part: tuple[int, int], parts: list[tuple[int, int]]) -> bool:
    """Tell whether a stretch is a blink, with quiet around it."""
    if (part[1] - part[0]) * STEP / SAMPLERATE > _BLINK:
        return False
    gaps = [b[0] - a[1] for a, b in pairwise(parts) if part in (a, b)]
    return len(parts) > 1 and all(gap * STEP / SAMPLERATE > _APART for gap in gaps)


def _doubt(words: Block, text: str, seconds: float) -> str:
    letters = sum(char.isalnum() for char in text)
    if int(np.count_nonzero(np.abs(words) >= _FULL)) >= 3:
        return "too loud, it is clipped"
    if seconds < letters / _FASTEST:
        return "cut off"
    if seconds > letters / _SLOWEST + 4.0:
        return "it is longer than this sentence"
    return ""
