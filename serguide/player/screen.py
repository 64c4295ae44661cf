"""What a person sees while a session plays: two living lines, or plain ones for screen readers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Protocol

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from serguide.player.engine import Status
from serguide.player.playable import Playable
from serguide.units import SAMPLERATE, format_clock

KEYS = "space pause · ←→ 15 s · ↑↓ volume · n p parts · m mute · g come back to the room · q quit"
GROUNDED = "You are in the room. Space goes on where you were, q ends."
_GROUNDING = "Coming back to the room"
_SAGE, _QUIET = "#9cc3ad", "dim"


class Screen(Protocol):
    """Show how it stands."""

    def show(self, status: Status) -> None:
        """Show a status; called about ten times a second."""
        ...


class NoScreen:
    """Show nothing."""

    def show(self, status: Status) -> None:
        """Do nothing."""


class LiveScreen:
    """Redraw the end of a terminal: a line on where one is, and what is said."""

    def __init__(self, playable: Playable, live: Live) -> None:
        self._playable = playable
        self._live = live

    def show(self, status: Status) -> None:
        """Redraw."""
        self._live.update(Group(self._place(status), self._words(status)), refresh=True)

    def _place(self, status: Status) -> Text:
        text = Text(self._playable.title, style="bold", no_wrap=True, overflow="ellipsis")
        text.append("  " + " · ".join(_facts(self._playable, status)), style=f"not bold {_QUIET}")
        return text

    def _words(self, status: Status) -> Text:
        if status.grounded:
            return Text(GROUNDED, style=_SAGE)
        if status.deck == "ground":
            text = Text(_GROUNDING + " …", style=_SAGE)
            return text.append("  n goes on with the session", style=_QUIET)
        caption = self._playable.caption_at(status.position)
        part = self._playable.parts[self._playable.part_at(status.position)]
        if caption is None or caption.end <= part.start:
            return Text("")
        return Text(caption.text, style="" if status.position < caption.end else _QUIET)


class LineScreen:
    """Print a line for each part, each sentence and each change, and never redraw one."""

    def __init__(self, playable: Playable, write: Callable[[str], None]) -> None:
        self._playable = playable
        self._write = write
        self._before: Status | None = None
        self._part = -1
        self._said = -1

    def show(self, status: Status) -> None:
        """Print what is new."""
        before, self._before = self._before, status
        if before is not None:
            for message in _changes(before, status):
                self._write(message)
        if status.deck == "ground" or status.grounded or status.ended:
            return
        part = self._playable.part_at(status.position)
        if part != self._part:
            self._part = part
            self._write(f"{_clock(status.position)}  — {self._playable.parts[part].title}")
        caption = self._playable.caption_at(status.position)
        if caption is not None and caption.start != self._said and status.position < caption.end:
            self._said = caption.start
            self._write(f"{_clock(caption.start)}  {caption.text}")


@contextlib.contextmanager
def live_screen(playable: Playable, console: Console) -> Iterator[Screen]:
    """Draw on a terminal while the block runs; the lines are gone afterwards."""
    console.print(Text(KEYS, style=_QUIET))
    with Live(console=console, auto_refresh=False, transient=True) as live:
        yield LiveScreen(playable, live)


def _facts(playable: Playable, status: Status) -> Iterator[str]:
    if status.deck == "session":
        number = playable.part_at(status.position)
        if len(playable.parts) > 1:
            yield f"{number + 1}/{len(playable.parts)} {playable.parts[number].title}"
    if status.grounded or not status.running:
        yield "paused"
    if status.deck == "session":
        yield time_left(status.frames - status.position)
    if status.muted:
        yield "muted"
    elif status.volume < 100:
        yield f"volume {status.volume}%"


def _changes(before: Status, now: Status) -> Iterator[str]:
    if now.grounded and not before.grounded:
        yield GROUNDED
        return
    if now.deck != before.deck:
        yield _GROUNDING if now.deck == "ground" else "Going on"
    elif now.running != before.running and not now.ended:
        yield "Going on" if now.running else f"Paused at {_clock(now.position)}"
    if now.muted != before.muted:
        yield "Muted" if now.muted else "Sound is on"
    if now.volume != before.volume:
        yield f"Volume {now.volume}%"


def time_left(samples: int) -> str:
    """Say how long there is to go, in full minutes, that nobody is pressed by seconds."""
    minutes = -(-max(0, samples) // (60 * SAMPLERATE))
    if minutes <= 1:
        return "less than a minute left"
    return f"{minutes} minutes left"


def _clock(position: int) -> str:
    return format_clock(position // SAMPLERATE)
