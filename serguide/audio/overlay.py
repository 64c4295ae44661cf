"""Overlay clips on a stream of blocks, each at its sample position."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from serguide.audio.types import Block, spans


@dataclass(frozen=True, slots=True)
class Placement:
    """Put a sound at a sample.

    start, frames: in samples; gain: linear; load: returns a Block of that many frames, of one
    channel or as many as the stream has.
    """

    start: int
    frames: int
    gain: float
    load: Callable[[], Block]


def silence(frames: int, channels: int) -> Iterator[Block]:
    """Yield a stream of digital silence, every block its own array."""
    for start, end in spans(frames):
        yield np.zeros((end - start, channels), np.float32)


def overlay(
    placements: Iterable[Placement], blocks: Iterable[Block], start: int = 0
) -> Iterator[Block]:
    """Yield the blocks with sounds added to them, in place.

    start: where the first block stands; what is over by then is left out. Each sound is loaded
    when its place is reached, and let go. Raises ValueError when a sound is not as long as its
    placement says or does not fit: a word would be lost.
    """
    coming = (each for each in placements if each.start + each.frames > start)
    waiting = sorted(coming, key=lambda placement: placement.start, reverse=True)
    sounding: list[tuple[Placement, Block]] = []
    for block in blocks:
        end = start + block.shape[0]
        while waiting and waiting[-1].start < end:
            placement = waiting.pop()
            sound = placement.load()
            if sound.shape[0] != placement.frames:
                raise ValueError(f"a sound of {sound.shape[0]} frames for {placement}")
            sounding.append((placement, sound))
        for placement, sound in sounding:
            first, last = max(start, placement.start), min(end, placement.start + placement.frames)
            part = sound[first - placement.start : last - placement.start]
            _add(block[first - start : last - start], part, np.float32(placement.gain))
        sounding = [pair for pair in sounding if pair[0].start + pair[0].frames > end]
        start = end
        yield block
    if waiting or sounding:
        raise ValueError(f"sounds reach beyond the {start} frames of their stream")


def _add(to: Block, part: Block, gain: np.float32) -> None:
    if part.shape[1] == to.shape[1]:
        to += part * gain
        return
    # A column at a time: NumPy is slow at spreading one channel over two.
    scaled = part[:, 0] * gain
    for channel in range(to.shape[1]):
        to[:, channel] += scaled
