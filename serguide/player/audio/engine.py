"""Playback engine: play, pause, seek, volume, speed, coming back to the room; no change is abrupt.

The engine has no thread and no clock of its own: the output asks it for sound, from the device's
thread, and time is what was asked for, for the sleep timer too. Commands, from any other thread,
say what is wanted. Whatever needs a cut, from pausing to the ground track, is done in the silence
at the end of a fade; a change of speed needs none.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal

import numpy as np

from serguide.audio.types import Block
from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE, Samples
from serguide.player.audio.device import Output
from serguide.player.audio.ramp import SHORTEST, Ramp
from serguide.player.audio.source import SampleSource
from serguide.player.audio.stretch import FASTEST, NORMAL, SLOWEST, Stretched

Deck = Literal["session", "ground", "end"]
"""What is played: the session, the ground track, or the cue at the session's end."""

FADE_IN = round(0.12 * SAMPLERATE)
FADE_PAUSE = round(0.25 * SAMPLERATE)
FADE_SEEK = round(0.06 * SAMPLERATE)
FADE_GROUND = round(0.7 * SAMPLERATE)
FADE_STOP = round(0.9 * SAMPLERATE)
"""Samples that the fades take; coming back to the room begins in less than a second."""

FADE_SLEEP = 30 * SAMPLERATE
FADE_PART = 8 * SAMPLERATE
"""Samples that the sleep timer's fades take: after a time, and towards the end of a part."""


@dataclass(frozen=True, slots=True)
class Status:
    """Tell how it stands: what a screen shows.

    position, frames: in samples of `deck`; running: sound is wanted; volume: percent; ended:
    nothing more will be played, because all was, or because `stop` was asked for; grounded: the
    ground track was heard to its end, and the session waits where it was left; finished: the
    session was heard to its end; speed: percent; timer: samples until the sleep timer's fade, or
    None; drowsy: that fade has begun, and nothing was asked for since; asleep: it is over.
    """

    deck: Deck
    position: Samples
    frames: Samples
    running: bool
    volume: int
    muted: bool
    ended: bool
    grounded: bool
    finished: bool
    speed: int
    timer: Samples | None
    drowsy: bool
    asleep: bool


class Engine:
    """Render a session, its ground track and a cue at its end to an output."""

    def __init__(
        self,
        session: SampleSource,
        ground: SampleSource | None,
        output: Output,
        end: SampleSource | None = None,
    ) -> None:
        given: dict[Deck, SampleSource | None] = {"session": session, "ground": ground, "end": end}
        self._sources = {deck: Stretched(source) for deck, source in given.items() if source}
        self._output = output
        self._lock = threading.Lock()
        self._error: Exception | None = None
        # What is:
        self._deck: Deck = "session"
        self._audible = False
        self._ended = False
        self._grounded = self._finished = self._drowsy = False
        self._fade = Ramp(0.0)
        self._level = Ramp(1.0)
        # What is wanted:
        self._want_deck: Deck = "session"
        self._want_running = False
        self._want_stop = False
        self._want_position: int | None = None
        self._left_at = 0
        self._volume, self._muted = 100, False
        self._timer: int | None = None
        self._bedtime: int | None = None

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
            self._want_running, self._drowsy = True, False
            self._aim(FADE_PAUSE)

    def pause(self) -> None:
        """Fade out and wait."""
        with self._lock:
            self._want_running, self._drowsy = False, False
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
            elif self._want_deck == "end":
                self._left_at = self._sources["session"].frames
            self._want_deck, self._want_position, self._want_running = "ground", 0, True
            self._ended = self._drowsy = False
            self._aim(FADE_GROUND)
            return True

    def go_on(self) -> None:
        """Leave the ground track, and play on where the session was left."""
        with self._lock:
            if self._want_deck == "ground":
                self._want_deck, self._want_position = "session", self._left_at
            self._want_running, self._drowsy = True, False
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

    def set_speed(self, percent: int) -> None:
        """Set the speed, SLOWEST to FASTEST percent; the pitch stays."""
        with self._lock:
            for source in self._sources.values():
                source.percent = min(max(SLOWEST, percent), FASTEST)

    def sleep_after(self, frames: int | None) -> None:
        """Fade slowly into a pause when so many more samples were heard; None: do not."""
        with self._lock:
            self._timer, self._bedtime = frames, None

    def sleep_at(self, position: int) -> None:
        """Fade slowly into a pause that is reached at a sample of the session."""
        with self._lock:
            self._timer, self._bedtime = None, position

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
                finished=self._finished,
                speed=self._sources["session"].percent,
                timer=None if (left := self._awake_for()) is None else Samples(left),
                drowsy=self._drowsy,
                asleep=self._drowsy and not self._audible,
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
        awake = self._awake_for() if self._may_fall_asleep() else None
        if awake == 0:
            self._fall_asleep()
            awake = None
        wanted = min(len(out), self._fade.left or len(out), awake or len(out))
        block = self._sources[self._deck].read(wanted)
        frames = len(block)
        out[:frames] = block * (self._fade.next(frames) * self._level.next(frames))
        if self._timer is not None:
            self._timer = max(0, self._timer - frames)
        if frames < wanted:
            self._run_out()
        return frames

    def _awake_for(self) -> int | None:
        """Return the samples to be heard before the sleep timer's fade; None: it is not set."""
        if self._bedtime is None:
            return self._timer
        session = self._sources["session"]
        left = (self._bedtime - session.position) * NORMAL // session.percent
        return max(0, left - (FADE_PART if self._bedtime < session.frames else 0))

    def _may_fall_asleep(self) -> bool:
        """Tell whether the timer is about what is heard; the session's own end needs no fade."""
        if self._bedtime is None:
            return True
        return self._deck == "session" and self._bedtime < self._sources["session"].frames

    def _fall_asleep(self) -> None:
        self._fade.to(0.0, FADE_SLEEP if self._bedtime is None else FADE_PART)
        self._timer = self._bedtime = None
        self._want_running, self._drowsy = False, True

    def _run_out(self) -> None:
        """Go over to what follows the end of a deck."""
        self._audible = False
        self._fade = Ramp(0.0)
        if not self._settled():
            return
        if self._deck == "ground":
            self._want_deck, self._want_position = "session", self._left_at
            self._want_running, self._grounded = False, True
            return
        self._finished = True
        sleepy = self._drowsy or self._timer is not None or self._bedtime is not None
        if self._deck == "session" and "end" in self._sources and not sleepy:
            self._want_deck, self._want_position = "end", 0
        else:
            self._ended = True

    def _fail(self, error: SoundError) -> None:
        self._error, self._audible, self._ended = error, False, True
