"""Draft a bundle's contents before any sound is made: for its size, and for a look at its page."""

from __future__ import annotations

from typing import Final

from serguide.base.units import Samples
from serguide.bundle.model import BALANCE, AudioFile, Contents
from serguide.notices.model import Notices
from serguide.render.file_tags import safe_name
from serguide.render.measures import SessionLoudness
from serguide.timeline.model import SessionTimeline

_UNKNOWN: Final = "0" * 64


def draft_contents(
    timeline: SessionTimeline,
    notices: Notices,
    drawings: tuple[str, ...] = (),
    *,
    suffix: str = ".mp3",
    balance: bool = False,
) -> Contents:
    """Return the contents of a bundle as far as they are known; the rest is as long as it will be.

    timeline: as laid out, by estimates too; drawings: as in Contents; suffix: of the sound's
    files; balance: voice and bed are there apart, too.
    """

    def file(path: str, start: int, frames: int) -> AudioFile:
        return AudioFile(path, _UNKNOWN, Samples(start), Samples(start + frames))

    digits = max(2, len(str(len(timeline.tracks))))
    tracks = tuple(
        file(
            f"tracks/{number:0{digits}}-{safe_name(track.program.step)}{suffix}",
            start,
            track.frames,
        )
        for number, (track, start) in enumerate(
            zip(timeline.tracks, timeline.starts, strict=True), 1
        )
    )
    return Contents(
        timeline=timeline,
        audio=file(f"session{suffix}", 0, timeline.frames),
        tracks=tracks,
        ground=file(f"ground{suffix}", 0, timeline.ground.frames),
        loudness=SessionLoudness(-18.0, -18.0, -1.5),
        notices=notices,
        drawings=drawings,
        balance=file(BALANCE, 0, timeline.frames) if balance else None,
    )
