"""Say of a microphone's sound whether it is loud enough, and the room quiet enough."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE
from serguide.reading.prompter.take_check import STEP, loudness_of
from serguide.recordings.hum import HUM_WINDOW, find_hum, hum_look

_KEPT: Final = 4.0  # seconds that are looked at
_SOFT, _NOISY, _LOUD = -38.0, -50.0, -1.0  # dB relative to full scale
_HUM: Final = 18.0  # dB over its neighbours before it is worth a word


@dataclass(frozen=True, slots=True)
class LevelReport:
    """Hold what the meter shows: level 0 to 1, and a word or two on voice and room."""

    level: float
    voice: str
    room: str


class LevelMeter:
    """Listen to the last seconds; one thread gives, another asks."""

    def __init__(self) -> None:
        self._blocks: deque[Block] = deque()
        self._frames = 0

    def add(self, block: Block) -> None:
        """Take frames, shape (frames, 1)."""
        self._blocks.append(block)
        self._frames += len(block)
        while self._frames - len(self._blocks[0]) > _KEPT * SAMPLERATE:
            self._frames -= len(self._blocks.popleft())

    def report(self, *, speaking: bool) -> LevelReport:
        """Return what is to be said now; speaking: someone is reading."""
        blocks = list(self._blocks)
        if not blocks or sum(map(len, blocks)) < 10 * STEP:
            return LevelReport(0.0, "", "")
        samples = np.concatenate(blocks)
        levels = loudness_of(samples)
        now, loudest = float(np.max(levels[-5:])), float(np.max(levels))
        peak = 20.0 * float(np.log10(np.abs(samples).max() + 1e-9))
        voice = ""
        if peak > _LOUD:
            voice = "too loud, go back a little"
        elif speaking:
            voice = "too soft, come nearer" if loudest < _SOFT else "good"
        return LevelReport(float(np.clip((now + 60.0) / 54.0, 0.0, 1.0)), voice, _room(samples))


def _room(samples: Block) -> str:
    levels = loudness_of(samples)
    floor = float(np.percentile(levels, 10))
    if floor > _NOISY:
        return "the room is not quiet"
    looks = [
        hum_look(samples[at : at + HUM_WINDOW, 0])
        for at in range(0, len(samples) - HUM_WINDOW + 1, HUM_WINDOW)
    ]
    if floor > -70.0 and any(tone.excess > _HUM for tone in find_hum(looks)):
        return "a hum in the room; it is taken out"
    return "quiet enough"
