"""A short sound to try something out: written to a WAV, or heard at once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from serguide.block import Block
from serguide.player.control import play_file
from serguide.player.output import DeviceOutput
from serguide.sound.encode.base import explained
from serguide.sound.encode.wav import WavEncoder


def write_sample(blocks: Iterable[Block], channels: int, target: Path) -> None:
    """Write blocks of shape (frames, channels) to a WAV, whole or not at all. Raises SoundError."""
    with explained(target):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        os.close(handle)
    temp = Path(name)
    try:
        with WavEncoder(temp, channels) as encoder:
            for block in blocks:
                encoder.write(block)
        with explained(target):
            with temp.open("rb+") as file:
                os.fsync(file.fileno())
            temp.replace(target)
    finally:
        temp.unlink(missing_ok=True)


def play_sample(blocks: Iterable[Block], channels: int) -> None:
    """Play blocks of shape (frames, channels) to their end.

    Raises SoundError, before any block is made, when there is no device.
    """
    DeviceOutput().close()
    with tempfile.TemporaryDirectory(prefix="serguide-sample-") as folder:
        file = Path(folder) / "sample.wav"
        write_sample(blocks, channels, file)
        play_file(file)
