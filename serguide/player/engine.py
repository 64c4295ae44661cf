"""Play, pause, seek, change the volume and come back to the room, without ever a jolt.

The engine has no thread and no clock: the output asks it for sound, from the device's thread,
and time is what was asked for. Commands, from any other thread, say what is wanted. Whatever
needs a cut, from pausing to the ground track, is done in the silence at the end of a fade.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal

import numpy as np

from serguide.block import Block
from serguide.errors import SoundError
from serguide.player.output import Output
from serguide.player.ramp import SHORTEST, Ramp
from serguide.player.source import Source
from serguide.units import SAMPLERATE, Samples

Deck = Literal["session", "ground"]

FADE_IN = round(0.12 * SAMPLERATE)
FADE_PAUSE = round(0.25 * SAMPLERATE)
FADE_SEEK = round(0.06 * SAMPLERATE)
FADE_GROUND = round(0.7 * SAMPLERATE)
FADE_STOP = round(0.9 * SAMPLERATE)
"""Samples that the fades take; coming back to the room begins in less than a second."""


@dataclass(frozen=True, slots=True)
class Status:
    """Tell how it stands: what a screen shows.

    position, frames: in samples of `deck`; running: sound is wanted; volume: percent; ended:
    nothing more will be played, because all was, or because `stop` was asked for; grounded: the
    ground track was heard to its end, and the session waits where it was left.
    """

    deck: Deck
    position: Samples
    frames: Samples
    running: bool
    volume: int
    muted: bool
    ended: bool
    grounded: bool


class Engine:
    """Render a session, and its ground track, to an output."""

    def __init__(self, session: Source, ground: Source | None, output: Output) -> None:
        self._sources: dict[Deck, Source] = {"session": session}
        if ground is not None:
            self._sources["ground"] = ground
        self._output = output
        self._lock = threading.Lock()
        self._error: Exception | None = None
        # What is:
        self._deck: Deck = "session"
        self._audible = False
        self._ended = False
        self._grounded = False
        self._fade = Ramp(0.0)
        self._level = Ramp(1.0)
        # What is wanted:
        self._want_deck: Deck = "session"
        self._want_running = False
        self._want_stop = False
        self._want_position: int | None = None
        self._left_at = 0
        self._volume, self._muted = 100, False

    def start(self) -> None:
        """Open the way to the output; nothing is heard before `play`. Raises SoundError."""
        self._output.start(self.render)

    def close(self) -> None:
        """End the output and let go of the files."""
        self._output.close()
        for source in self._sources.values():
            source.close()

    def play(self) -> None:
        """Play, or play on."""
        with self._lock:
            self._want_running = True
            self._aim(FADE_PAUSE)

    def pause(self) -> None:
        """Fade out and wait."""
        with self._lock:
            self._want_running = False
            self._aim(FADE_PAUSE)

    def seek(self, position: int) -> None:
        """Go to a sample of what is being played."""
        with self._lock:
            length = self._sources[self._want_deck].frames
            self._want_position = min(max(0, position), length)
            self._grounded = False
            self._aim(FADE_SEEK)

    def ground(self) -> bool:
        """Fade to the ground track, from its beginning; return False when there is none."""
        with self._lock:
            if "ground" not in self._sources:
                return False
            if self._want_deck == "session":
                self._left_at = self._wanted_position()
            self._want_deck, self._want_position, self._want_running = "ground", 0, True
            self._aim(FADE_GROUND)
            return True

    def go_on(self) -> None:
        """Leave the ground track, and play on where the session was left."""
        with self._lock:
            if self._want_deck == "ground":
                self._want_deck, self._want_position = "session", self._left_at
            self._want_running = True
            self._aim(FADE_PAUSE)

    def stop(self) -> None:
        """Fade out for good; `Status.ended` tells when it is done."""
        with self._lock:
            self._want_stop = True
            self._aim(FADE_STOP)

    def set_volume(self, percent: int) -> None:
        """Set the volume: 0 to 100; ends muting."""
        with self._lock:
            self._volume, self._muted = min(max(0, percent), 100), False
            self._aim_level()

    def mute(self) -> None:
        """Mute, or end muting."""
        with self._lock:
            self._muted = not self._muted
            self._aim_level()

    def status(self) -> Status:
        """Return how it stands. Raises SoundError for what went wrong while rendering."""
        with self._lock:
            if self._error is not None:
                raise self._error
            return Status(
                deck=self._want_deck,
                position=Samples(self._wanted_position()),
                frames=self._sources[self._want_deck].frames,
                running=self._want_running and not self._want_stop,
                volume=self._volume,
                muted=self._muted,
                ended=self._ended,
                grounded=self._grounded,
            )

    def render(self, frames: int) -> Block:
        """Return the next sound, shape (frames, 2); silence when there is none. Never raises.

        What goes wrong is raised by the next `status`.
        """
        out = np.zeros((frames, 2), np.float32)
        with self._lock:
            try:
                done = 0
                while done < frames and self._ready():
                    done += self._fill(out[done:])
            except SoundError as error:
                self._fail(error)
            except Exception as error:
                # In the device's thread a traceback would be printed over the screen, and lost.
                failure = SoundError(f"playing failed: {error}", "start again, or render it again")
                failure.__cause__ = error
                self._fail(failure)
        return out

    def _wanted_position(self) -> int:
        if self._want_position is not None:
            return self._want_position
        return self._sources[self._deck].position

    def _aim(self, fade_out: int) -> None:
        """Turn the fade to where it must go for what is wanted."""
        if self._settled() and self._want_running:
            self._fade.to(1.0, FADE_IN)
        elif self._audible:
            self._fade.to(0.0, fade_out)

    def _aim_level(self) -> None:
        # The square is closer to what ears call half as loud than the plain number.
        self._level.to(0.0 if self._muted else (self._volume / 100) ** 2, 2 * SHORTEST)

    def _settled(self) -> bool:
        """Tell whether what is wanted needs no cut."""
        return not self._want_stop and self._want_position is None and self._want_deck == self._deck

    def _ready(self) -> bool:
        """In silence, do what was asked for; tell whether there is anything to be heard."""
        if self._ended:
            return False
        if self._audible and (self._fade.left or self._fade.target):
            return True
        self._audible = False
        if self._want_stop:
            self._ended = True
            return False
        self._deck = self._want_deck
        if self._want_position is not None:
            self._sources[self._deck].seek(self._want_position)
            self._want_position = None
        if self._want_running:
            self._audible = True
            self._grounded = False
            self._fade.to(1.0, FADE_IN)
        return self._audible

    def _fill(self, out: Block) -> int:
        """Write sound into the front of `out`, as far as the fade goes; return how much."""
        wanted = min(len(out), self._fade.left) if self._fade.left else len(out)
        block = self._sources[self._deck].read(wanted)
        frames = len(block)
        out[:frames] = block * (self._fade.next(frames) * self._level.next(frames))
        if frames < wanted:
            self._run_out()
        return frames

    def _run_out(self) -> None:
        """Go over to what follows the end of a deck."""
        self._audible = False
        self._fade = Ramp(0.0)
        if self._deck == "session" and self._settled():
            self._ended = True
        elif self._deck == "ground" and self._settled():
            self._want_deck, self._want_position = "session", self._left_at
            self._want_running, self._grounded = False, True

    def _fail(self, error: SoundError) -> None:
        self._error, self._audible, self._ended = error, False, True
