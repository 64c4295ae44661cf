"""Word the player's state in the session's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from serguide.base.units import SAMPLERATE, format_clock
from serguide.bundle.words import InterfaceWords
from serguide.player.audio.stretch import NORMAL
from serguide.player.model.pacer import BreathPhase

if TYPE_CHECKING:
    from serguide.player.audio.engine import Status
    from serguide.player.control import Timer

_MINUTE = 60 * SAMPLERATE


def time_left(words: InterfaceWords, samples: int) -> str:
    """Say how long there is to go, in full minutes, that nobody is pressed by seconds."""
    minutes = -(-max(0, samples) // _MINUTE)
    return words.say("last minute") if minutes <= 1 else words.count("minutes left", minutes)


def clock(position: int) -> str:
    """Write a place, in samples, as a clock does."""
    return format_clock(position // SAMPLERATE)


def breathing(words: InterfaceWords, run: Sequence[BreathPhase]) -> str:
    """Say what a run of breaths is made of, and how many there are."""
    phases: dict[str, str] = {}
    for breath in run:
        if breath.phase in phases:
            break
        length = Fraction(breath.end - breath.start, SAMPLERATE)
        phases[breath.phase] = words.say(breath.phase, seconds=words.count("seconds", length))
    times = sum(breath.phase == run[0].phase for breath in run)
    return words.say(
        "breathing", phases=", ".join(phases.values()), times=words.count("times", times)
    )


def help_line(words: InterfaceWords) -> str:
    """Say what the keys do."""
    keys = (
        (words.say("key space"), words.say("key pause")),
        ("←→", "15 s"),
        ("p n", words.say("key parts")),
        ("↑↓", words.say("key volume")),
        ("m", words.say("key mute")),
        ("< >", words.say("key speed")),
        ("t", words.say("key timer")),
        ("q", words.say("key quit")),
    )
    return " · ".join(f"{key} {what}" for key, what in keys)


def facts(
    words: InterfaceWords, status: Status, timer: Timer, *, silent: bool = False
) -> tuple[str, ...]:
    """Say what is other than usual: volume, speed, the sleep timer; silent: there is no device."""
    return tuple(_facts(words, status, timer, silent))


def _facts(words: InterfaceWords, status: Status, timer: Timer, silent: bool) -> Iterator[str]:
    if silent:
        yield words.say("no sound")
    elif status.muted:
        yield words.say("muted")
    elif status.volume < 100:
        yield words.say("volume", percent=str(status.volume))
    if status.speed != NORMAL:
        yield words.say("speed", percent=str(status.speed))
    if timer == "part":
        yield words.say("sleep part")
    elif timer is not None:
        yield words.count("sleep in", timer)
