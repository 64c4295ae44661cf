"""Sound to play, and an output that is turned by hand."""

from __future__ import annotations

import numpy as np

from serguide.sound.encode.formats import FORMATS
from serguide.units import SAMPLERATE, samples


def tone(frames, hz=220.0, level=0.5):
    """A sine, the same on both sides, shape (frames, 2)."""
    one = level * np.sin(2 * np.pi * hz * np.arange(frames) / SAMPLERATE)
    return np.repeat(one.astype(np.float32)[:, None], 2, axis=1)


def write(path, block, channels=2):
    """Encode a block with our own encoder for the file's suffix."""
    with FORMATS[path.suffix[1:]].open(path, channels) as encoder:
        encoder.write(block[:, :channels])
    return path


class HandOutput:
    """An output that is turned by hand; keeps what it was given."""

    def __init__(self):
        self.heard = np.empty((0, 2), np.float32)
        self.closed = False
        self._render = None

    def start(self, render):
        self._render = render

    def turn(self, seconds, period=1000):
        """Ask for sound, in periods that are not whole MP3 frames; return it."""
        left, out = samples(seconds), []
        while left > 0:
            out.append(self._render(min(period, left)))
            left -= period
        block = np.concatenate(out)
        self.heard = np.concatenate([self.heard, block])
        return block

    def close(self):
        self.closed = True
