"""Sound to play, an output that is turned by hand, and listeners: one at keys, one at a screen."""

from __future__ import annotations

import numpy as np
from textual.widgets import ContentSwitcher

from serguide.base.units import SAMPLERATE, samples
from serguide.encode.formats import FORMATS


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


class Script:
    """A keyboard that plays a script of keys and seconds; time passes by turning the output."""

    def __init__(self, output, *script):
        self.output = output
        self.script = list(script)

    def read(self, timeout):
        if not self.script:
            return "quit"
        step = self.script.pop(0)
        if isinstance(step, str):
            return step
        if callable(step):
            step()
        else:
            self.output.turn(step)
        return None


class Hand:
    """A terminal player, its keys, and the clock."""

    def __init__(self, app, pilot, engine, output):
        self.app, self.pilot, self.engine, self.output = app, pilot, engine, output

    async def press(self, *keys):
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()  # a button's press is a message of its own, still on its way

    async def turn(self, seconds):
        self.output.turn(seconds)
        await self.look()

    async def look(self):
        self.app._draw()
        await self.pilot.pause()

    def text(self, name):
        return str(self.app.query_one(name).content)

    @property
    def pane(self):
        return self.app.query_one(ContentSwitcher).current

    @property
    def seconds(self):
        return self.engine.status().position / SAMPLERATE
