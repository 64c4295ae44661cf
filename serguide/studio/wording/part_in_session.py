"""A part as it is heard: in the session that it was opened from, else by itself.

A session gives it its voice, its values and the lengths of its rests, so that the words' screen
tells and plays the same as the session's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from serguide.base.errors import ScriptError, UsageError, VoiceError
from serguide.base.units import SAMPLERATE
from serguide.script.program import Breathing, Chapter, Pause, Rest, Sound, Spoken, TimedItem
from serguide.script.resolve import Overrides, resolve
from serguide.studio.session.session_routes import room_of
from serguide.studio.studio import Studio
from serguide.timeline.model import Placed, TrackTimeline
from serguide.voices.select import VoiceSelection
from serguide.voices.speakable_names import KNOWN


@dataclass(frozen=True, slots=True)
class PartItem:
    """Hold what is heard at one place of a part; seconds: of silence or breath, 0 for a sound."""

    item: TimedItem
    seconds: float


@dataclass(frozen=True, slots=True)
class HeardPart:
    """Hold a part's items in order, and who speaks them."""

    items: tuple[PartItem, ...]
    voices: VoiceSelection


def heard_part(studio: Studio, path: Path, session: str = "") -> HeardPart:
    """Return a part as a session has it, or as its file says it. Raises ScriptError."""
    found = _laid_in(studio, path, session)
    if found is not None:
        track, voices = found
        return HeardPart(tuple(map(_placed, track.placed)), voices)
    program = resolve(path, studio.shelves, KNOWN, Overrides())
    items = tuple(
        PartItem(item, _seconds(item))
        for item in program.tracks[0].items
        if not isinstance(item, Chapter)
    )
    return HeardPart(items, VoiceSelection(program))


def timeline_in(studio: Studio, path: Path, session: str) -> TrackTimeline | None:
    """Return a part as a session lays it out; None where the session does not draw it in."""
    found = _laid_in(studio, path, session)
    return found[0] if found else None


def _laid_in(
    studio: Studio, path: Path, session: str
) -> tuple[TrackTimeline, VoiceSelection] | None:
    if not session:
        return None
    try:
        laid = room_of(studio).laid(session)
    except (ScriptError, UsageError, VoiceError):
        return None  # it is told on the session's own screen
    tracks = (*laid.timeline.tracks, laid.timeline.ground)
    track = next((each for each in tracks if Path(each.program.path) == path), None)
    return (track, laid.voices) if track else None


def _placed(placed: Placed) -> PartItem:
    silent = not isinstance(placed.item, Spoken | Sound)
    return PartItem(placed.item, (placed.end - placed.start) / SAMPLERATE if silent else 0.0)


def _seconds(item: TimedItem) -> float:
    if isinstance(item, Breathing):
        return float(item.cycle_length) * item.cycles
    return float(item.length) if isinstance(item, Pause | Rest) else 0.0
