"""Seconds, samples and decibels as types, and the conversions between them.

Time in scripts is exact, so it is kept as a Fraction of seconds until it becomes a whole
number of samples; a breath grid that is rounded once per cycle from an exact product cannot
drift.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import lru_cache
from typing import NewType

Seconds = NewType("Seconds", Fraction)
"""Exact time, in seconds."""

Samples = NewType("Samples", int)
"""A position or length in samples (frames: one per channel) at SAMPLERATE."""

Decibels = NewType("Decibels", float)
"""A relative level, in dB."""

SAMPLERATE = 48_000
"""Samples a second of everything that leaves this program, in Hz."""

MP3_FRAME = 1_152
"""Samples in one MPEG-1 Layer III frame; at SAMPLERATE exactly 24 ms."""

LONGEST = Seconds(Fraction(24 * 3600))
"""No time in a script may be longer than a day, in seconds."""

_TIME = re.compile(
    r"(?:(?P<minutes>[0-9]{1,6})m)?(?:(?P<seconds>[0-9]{1,9}(?:\.[0-9]{1,9})?)s)?"
    r"(?:(?P<milliseconds>[0-9]{1,9})ms)?"
)
_BARE_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_LEVEL = re.compile(r"(?P<db>[+-]?[0-9]{1,3}(?:\.[0-9]{1,3})?)dB")


def samples(seconds: Fraction | float | int) -> Samples:
    """Return the sample nearest to a time in seconds; the even one of two as near."""
    exact = seconds if isinstance(seconds, Fraction) else Fraction(seconds)
    # In whole numbers, because a Fraction's own arithmetic takes five times as long.
    whole, rest = divmod(exact.numerator * SAMPLERATE, exact.denominator)
    over = 2 * rest - exact.denominator
    return Samples(whole + 1 if over > 0 or (over == 0 and whole % 2) else whole)


def seconds(count: int) -> Seconds:
    """Return the exact time of a number of samples, in seconds."""
    return Seconds(Fraction(count, SAMPLERATE))


def whole_frames(count: int) -> Samples:
    """Round a number of samples up to whole MP3 frames."""
    return Samples(-(-count // MP3_FRAME) * MP3_FRAME)


def gain_of(db: float) -> float:
    """Return the linear gain of a level in dB."""
    return float(10.0 ** (db / 20.0))


def db_of(gain: float) -> Decibels:
    """Return the level of a linear gain in dB; -inf for 0."""
    return Decibels(20.0 * math.log10(gain)) if gain > 0 else Decibels(-math.inf)


@lru_cache(maxsize=4096)
def parse_time(text: str) -> Seconds:
    """Read `500ms`, `6s`, `1m30s`, `20m` or a number of seconds, exactly.

    Raises ValueError, with a hint in it, for anything else.
    """
    if _BARE_SECONDS.fullmatch(text):
        value = Fraction(text)
    else:
        found = _TIME.fullmatch(text)
        if not found or not text:
            raise ValueError(f"“{text}” is not a time; {_time_hint(text)}")
        value = (
            Fraction(found["minutes"] or 0) * 60
            + Fraction(found["seconds"] or 0)
            + Fraction(found["milliseconds"] or 0) / 1000
        )
    if value > LONGEST:
        raise ValueError(f"“{text}” is longer than a day; write a shorter time")
    return Seconds(value)


def _time_hint(text: str) -> str:
    clock = re.fullmatch(r"([0-9]{1,4}):([0-5]?[0-9])", text)
    if clock:
        return f"did you mean `{int(clock[1])}m{int(clock[2])}s`?"
    if re.fullmatch(r"[0-9]+,[0-9]+ ?s?", text):
        return f"did you mean `{text.replace(',', '.').replace(' ', '').rstrip('s')}s`?"
    spaced = text.replace(" ", "")
    if spaced != text and spaced and _TIME.fullmatch(spaced):
        return f"did you mean `{spaced}`?"
    words = re.fullmatch(r"([0-9.]+) ?(sec|secs|second|seconds|min|mins|minute|minutes)\.?", text)
    if words:
        return f"did you mean `{words[1]}{words[2][0]}`?"
    return "write it like `6s`, `1m30s`, `500ms`, or a number of seconds"


def format_time(value: Fraction | float) -> str:
    """Write seconds the way scripts do: `6s`, `1m30s`, `2.5s`; rounded to milliseconds."""
    milliseconds = round(Fraction(value) * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    tail = f"{rest / 1000:g}s" if rest or not minutes else ""
    return (f"{minutes}m" if minutes else "") + tail


def format_clock(value: Fraction | float) -> str:
    """Write seconds as a clock does: `6:42`, `1:02:03`; rounded to seconds."""
    minutes, secs = divmod(round(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def parse_level(text: str) -> Decibels:
    """Read a level such as `-22dB`.

    Raises ValueError, with a hint in it, for anything else.
    """
    found = _LEVEL.fullmatch(text)
    if not found:
        bare = re.fullmatch(r"([+-]?[0-9]+(?:\.[0-9]+)?) ?(?:db|DB|Db|dB)?", text)
        hint = f"did you mean `{bare[1]}dB`?" if bare else "write it like `-22dB`"
        raise ValueError(f"“{text}” is not a level; {hint}")
    return Decibels(float(found["db"]))
