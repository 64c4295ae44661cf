"""Clips at their places on an otherwise silent stem."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from serguide.block import Block, spans


@dataclass(frozen=True, slots=True)
class Placement:
    """Put a sound at a sample.

    start, frames: in samples; gain: linear; load: returns a Block of that many frames, of one
    channel or as many as the stem has.
    """

    start: int
    frames: int
    gain: float
    load: Callable[[], Block]


def overlay(placements: Sequence[Placement], frames: int, channels: int) -> Iterator[Block]:
    """Yield a stem of `frames` frames; each sound is loaded when its place is reached, and let go.

    Raises ValueError when a sound is not as long as its placement says or does not fit: a word
    would be lost.
    """
    waiting = sorted(placements, key=lambda placement: placement.start, reverse=True)
    sounding: list[tuple[Placement, Block]] = []
    for start, end in spans(frames):
        block = np.zeros((end - start, channels), np.float32)
        while waiting and waiting[-1].start < end:
            placement = waiting.pop()
            sound = placement.load()
            if sound.shape[0] != placement.frames or placement.start + placement.frames > frames:
                raise ValueError(
                    f"a sound of {sound.shape[0]} frames for {placement.frames} at "
                    f"{placement.start} of {frames}"
                )
            sounding.append((placement, sound))
        for placement, sound in sounding:
            first, last = max(start, placement.start), min(end, placement.start + placement.frames)
            part = sound[first - placement.start : last - placement.start]
            block[first - start : last - start] += part * np.float32(placement.gain)
        sounding = [pair for pair in sounding if pair[0].start + pair[0].frames > end]
        yield block
