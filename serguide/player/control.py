"""Controller: turn a listener's commands into calls of the engine, for every screen alike."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE, Samples, gain_of
from serguide.player.audio.device import DeviceOutput, Output
from serguide.player.audio.engine import Engine, Status
from serguide.player.audio.sequence import Chain, Still
from serguide.player.audio.source import SampleSource
from serguide.player.audio.stretch import STEP as _SPEED_STEP
from serguide.player.model.bookmark import Bookmark
from serguide.player.model.playable import Playable
from serguide.player.ui.keys import Key

Timer = Literal[5, 15, 30, 60, "part"] | None
"""The sleep timer: minutes, the end of the part, or off."""

TIMERS: Final[tuple[Timer, ...]] = (None, 5, 15, 30, 60, "part")
"""What the timer's key goes through, again and again."""

TICK: Final = 0.1
"""Seconds between looks at the engine, where nothing is drawn."""

_PATIENCE = 30  # ticks that a device is given for the last fade

STEP = 15 * SAMPLERATE
"""Samples that an arrow key goes."""

_LOUDER = 5  # percent
_RESTART = 3 * SAMPLERATE
"""Going back within this much of a part's beginning means the part before, in samples."""

_END_CUE = "bowl"
_END_DB = -10.0
"""A cue that is clear and soft; dB below the level that a script's sounds have."""


class Control:
    """Do what is asked for, and keep the listener's place."""

    def __init__(
        self,
        playable: Playable,
        engine: Engine,
        bookmark: Bookmark | None = None,
        *,
        silent: bool = False,
    ) -> None:
        """Play something with an engine; silent: no device answers, only words are followed."""
        self.playable = playable
        self.silent = silent
        self._engine = engine
        self._bookmark = bookmark
        self.timer: Timer = None

    @property
    def kept(self) -> Samples:
        """Return the place that was kept, in samples; 0 when there is none in this session."""
        if self._bookmark is None or self._bookmark.position >= self._engine.status().frames:
            return Samples(0)
        return self._bookmark.position

    def begin(self, *, from_start: bool = False) -> None:
        """Play, from the place that was kept if there is one."""
        if not from_start and self.kept:
            self._engine.seek(self.kept)
        self._engine.play()

    def look(self) -> Status:
        """Return how it stands, and keep the place. Raises SoundError."""
        status = self._engine.status()
        if status.timer is None:
            self.timer = None
        if self._bookmark is not None:
            if status.finished:
                self._bookmark.forget()
            elif status.deck == "session":
                self._bookmark.keep(status.position, passing=status.running)
        return status

    def stop(self) -> None:
        """Fade out for good; `Status.ended` tells when it is done."""
        self._engine.stop()

    def fade_out(self) -> None:
        """Fade out for good, and wait for it; not for a device that has gone silent."""
        self._engine.stop()
        for _ in range(_PATIENCE):
            ended = self.look().ended
            time.sleep(TICK)  # after the end too: the device still holds a little
            if ended:
                return

    def go_on(self) -> None:
        """Leave the ground track for the session."""
        self._engine.go_on()

    def do(self, key: Key) -> None:
        """Do what a key means."""
        engine, status = self._engine, self._engine.status()
        match key:
            case "pause" if status.running:
                engine.pause()
            case "pause" if status.grounded:
                engine.ground()  # staying comes first; `next` goes back to the session
            case "pause":
                engine.play()
            case "louder":
                engine.set_volume(status.volume + _LOUDER)
            case "softer":
                engine.set_volume(status.volume - _LOUDER)
            case "faster":
                engine.set_speed(status.speed + _SPEED_STEP)
            case "slower":
                engine.set_speed(status.speed - _SPEED_STEP)
            case "mute":
                engine.mute()
            case "timer":
                self._set_timer(TIMERS[(TIMERS.index(self.timer) + 1) % len(TIMERS)])
            case "ground":
                engine.ground()
            case "next" if status.deck == "ground" or status.grounded:
                engine.go_on()
            case "back" if status.deck != "end":
                self._seek(status.position - STEP)
            case "forward" if status.deck != "end":
                self._seek(status.position + STEP)
            case "next" | "previous" if status.deck == "session":
                self._jump(status.position, forward=key == "next")
            case "quit":
                engine.stop()

    def _jump(self, position: int, *, forward: bool) -> None:
        parts = self.playable.parts
        number = self.playable.part_at(position)
        if forward:
            if number + 1 < len(parts):
                self._seek(parts[number + 1].start)
            return
        if position - parts[number].start < _RESTART:
            number = max(0, number - 1)
        self._seek(parts[number].start)

    def _seek(self, position: int) -> None:
        self._engine.seek(position)
        if self.timer == "part":
            self._set_timer("part")  # of the part that one is in now

    def _set_timer(self, timer: Timer) -> None:
        self.timer = timer
        if timer == "part":
            self._engine.sleep_at(self._part_end())
        else:
            self._engine.sleep_after(None if timer is None else timer * 60 * SAMPLERATE)

    def _part_end(self) -> int:
        status = self._engine.status()
        if status.deck != "session":
            return status.frames
        parts = self.playable.parts[self.playable.part_at(status.position) + 1 :]
        return parts[0].start if parts else status.frames


def open_engine(playable: Playable, output: Output | None = None) -> Engine:
    """Return an engine for what is to be played; output: the device when None.

    Raises SoundError when a file cannot be played, or there is no device.
    """
    # PyAV is large: what is mixed as it is listened to does without it.
    from serguide.player.audio.file_source import FileSource

    with contextlib.ExitStack() as opened:
        files: list[tuple[SampleSource, Samples]] = []
        for piece in playable.pieces:
            source = FileSource(piece.path)
            opened.callback(source.close)
            files.append((source, source.frames if piece.frames is None else piece.frames))
        back = playable.ground.path if playable.ground else None
        ground = FileSource(back) if back else None
        if ground is not None:
            opened.callback(ground.close)
        engine = engine_of(playable, files, ground, output or DeviceOutput())
        opened.pop_all()
        return engine


def engine_of(
    playable: Playable,
    links: Sequence[tuple[SampleSource, Samples]],
    ground: SampleSource | None,
    output: Output,
) -> Engine:
    """Return an engine for sources that follow one another, each for as long as is told."""
    session = links[0][0] if len(links) == 1 else Chain(links)
    end = Still(_end_cue) if playable.ending == "alert" else None
    return Engine(session, ground, output, end)


def _end_cue() -> Block:
    from serguide.audio.oneshots import one_shot

    return one_shot(_END_CUE).samples * np.float32(gain_of(_END_DB))
