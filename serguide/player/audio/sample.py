"""Sample of a short sound: write it to a WAV, or play it at once."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from serguide.audio.types import Block
from serguide.base.files.atomic import replacing
from serguide.base.units import SAMPLERATE, Samples
from serguide.encode.base import explained
from serguide.encode.wav import WavEncoder
from serguide.player.audio.device import DeviceOutput
from serguide.player.audio.ramp import Ramp
from serguide.player.control import TICK, Control, open_engine
from serguide.player.model.playable import Playable

if TYPE_CHECKING:
    from serguide.soundscapes.bed import Bed

_CLOSE = 2 * SAMPLERATE
"""Samples before the end in which a sample begins to fade."""


def excerpt(bed: Bed, frames: Samples) -> Iterator[Block]:
    """Yield the beginning of a soundscape, shape (frames, 2), with soft ends. Raises SoundError.

    It is turned down by 6 dB, so that peaks of loud recordings are not cut off.
    """
    ramp = Ramp(0.0)
    ramp.to(0.5, SAMPLERATE)
    left = int(frames)
    for block in bed.blocks(frames):
        if left - len(block) <= _CLOSE and ramp.target:
            ramp.to(0.0, left)
        left -= len(block)
        yield block * ramp.next(len(block))


def write_sample(blocks: Iterable[Block], channels: int, target: Path) -> None:
    """Write blocks of shape (frames, channels) to a WAV, whole or not at all. Raises SoundError."""
    with explained(target), replacing(target) as temp, WavEncoder(temp, channels) as encoder:
        for block in blocks:
            encoder.write(block)


def play_sample(blocks: Iterable[Block], channels: int) -> None:
    """Play blocks of shape (frames, channels) to their end.

    Raises SoundError, before any block is made, when there is no device.
    """
    DeviceOutput().close()
    with tempfile.TemporaryDirectory(prefix="serguide-sample-") as folder:
        file = Path(folder) / "sample.wav"
        write_sample(blocks, channels, file)
        play_file(file)


def play_file(path: Path) -> None:
    """Play a sound file to its end, without keys or screen. Raises SoundError."""
    playable = Playable.of_file(path)
    with contextlib.closing(open_engine(playable)) as engine:
        engine.start()
        control = Control(playable, engine)
        control.begin()
        try:
            while not control.look().ended:
                time.sleep(TICK)
        finally:
            control.fade_out()
