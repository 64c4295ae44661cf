"""From keys to the engine, and from the engine to the screen, until the session ends."""

from __future__ import annotations

import contextlib
from pathlib import Path

from serguide.player.engine import Engine
from serguide.player.keys import Key, Keyboard, NoKeyboard
from serguide.player.output import DeviceOutput, Output
from serguide.player.playable import Playable
from serguide.player.screen import NoScreen, Screen
from serguide.player.source import FileSource
from serguide.units import SAMPLERATE

STEP = 15 * SAMPLERATE
"""Samples that an arrow key goes."""

_TICK = 0.1  # seconds between looks at keys and engine
_PATIENCE = 30  # ticks that a device is given for the last fade
_LOUDER = 5  # percent
_RESTART = 3 * SAMPLERATE
"""Going back within this much of a part's beginning means the part before, in samples."""


class Control:
    """Play to the end, doing what the keys say."""

    def __init__(
        self, playable: Playable, engine: Engine, keyboard: Keyboard, screen: Screen
    ) -> None:
        self._playable = playable
        self._engine = engine
        self._keyboard = keyboard
        self._screen = screen

    def run(self) -> None:
        """Play until the end, or until told to quit. Raises SoundError."""
        self._engine.start()
        self._engine.play()
        try:
            while not self._show_ended():
                key = self._keyboard.read(_TICK)
                if key == "quit":
                    break
                if key is not None:
                    self._do(key)
        except KeyboardInterrupt:
            self._fade_out()
            raise
        self._fade_out()

    def _show_ended(self) -> bool:
        status = self._engine.status()
        self._screen.show(status)
        return status.ended

    def _fade_out(self) -> None:
        """Let the sound go gently; a device that has gone silent is not waited for."""
        self._engine.stop()
        waiting = NoKeyboard()
        for _ in range(_PATIENCE):
            ended = self._engine.status().ended
            waiting.read(_TICK)  # after the end too: the device still holds a little
            if ended:
                return

    def _do(self, key: Key) -> None:
        engine = self._engine
        status = engine.status()
        match key:
            case "pause" if status.running:
                engine.pause()
            case "pause" if status.grounded:
                engine.go_on()
            case "pause":
                engine.play()
            case "louder":
                engine.set_volume(status.volume + _LOUDER)
            case "softer":
                engine.set_volume(status.volume - _LOUDER)
            case "mute":
                engine.mute()
            case "ground":
                engine.ground()
            case "back":
                engine.seek(status.position - STEP)
            case "forward":
                engine.seek(status.position + STEP)
            case "next" if status.deck == "ground":
                engine.go_on()
            case "next" | "previous" if status.deck == "session":
                self._jump(status.position, forward=key == "next")

    def _jump(self, position: int, *, forward: bool) -> None:
        parts = self._playable.parts
        number = self._playable.part_at(position)
        if forward:
            if number + 1 < len(parts):
                self._engine.seek(parts[number + 1].start)
            return
        if position - parts[number].start < _RESTART:
            number = max(0, number - 1)
        self._engine.seek(parts[number].start)


def open_engine(playable: Playable, output: Output | None = None) -> Engine:
    """Return an engine for what is to be played; output: the device when None.

    Raises SoundError when a file cannot be played, or there is no device.
    """
    with contextlib.ExitStack() as opened:
        session = FileSource(playable.audio)
        opened.callback(session.close)
        ground = FileSource(playable.ground) if playable.ground else None
        if ground is not None:
            opened.callback(ground.close)
        engine = Engine(session, ground, output or DeviceOutput())
        opened.pop_all()
        return engine


def play_file(path: Path) -> None:
    """Play a sound file to its end, without keys or screen. Raises SoundError."""
    playable = Playable.of_file(path)
    with contextlib.closing(open_engine(playable)) as engine:
        Control(playable, engine, NoKeyboard(), NoScreen()).run()
