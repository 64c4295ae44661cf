"""Take a format at the bit rate that somebody asks for."""

from __future__ import annotations

from serguide.base.errors import UsageError
from serguide.base.hints import Hint, Remedy
from serguide.encode.base import Format, Rate


def at_kilobits(format_: Format, kilobits: int | None) -> Format:
    """Return a format at so many kilobits a second; at its own for None.

    Raises UsageError for a rate that it cannot have, with the nearest that it can.
    """
    if kilobits is None:
        return format_
    if not format_.rates:
        raise UsageError(
            f"{format_.name.upper()} keeps every sample, so it has no bit rate.",
            Hint("Take a format that is made to be small.", Remedy("format", "mp3")),
        )
    for rate in format_.rates:
        if rate.kilobits == kilobits:
            return format_.at(rate)
    nearest = min(format_.rates, key=lambda rate: abs(rate.kilobits - kilobits))
    least = format_.rates[-1].kilobits
    raise UsageError(
        f"{format_.name.upper()} is not made at {kilobits} kbit/s: the nearest is "
        f"{nearest.kilobits}, the smallest {least}.",
        Hint("Take that rate, or another format.", Remedy("bitrate", f"{nearest.kilobits}k")),
    )


def told(format_: Format) -> str:
    """Return a format with its rate, such as `Opus, 48 kbit/s`."""
    name = {"opus": "Opus", "m4a": "AAC"}.get(format_.name, format_.name.upper())
    return f"{name}, {_rate(format_.rate)}" if format_.rate else name


def _rate(rate: Rate) -> str:
    return f"{rate.kilobits} kbit/s{', one channel' if rate.channels == 1 else ''}"
