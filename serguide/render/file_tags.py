"""Tags of a session's audio files: titles, chapters, cover; and safe file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from serguide.base.units import Samples
from serguide.encode.tags.model import ChapterMark, Tags
from serguide.timeline.model import SessionTimeline, TrackTimeline

_ARTIST = "serguide"
"""Who made it, where no practice did."""


def file_tags(
    timeline: SessionTimeline, paths: Sequence[str], session: str, cover: bytes, practice: str = ""
) -> Iterator[tuple[str, Tags]]:
    """Yield (path, tags) of every audio file.

    paths: the tracks' files in order, then the ground track's; session: the one file's;
    practice: the name that players show as the artist's, or empty.
    """
    artist = practice or _ARTIST
    program = timeline.program
    tracks = timeline.tracks
    for number, (track, path) in enumerate(zip(tracks, paths, strict=False), 1):
        yield path, _tags(timeline, track, cover, number, artist)
    yield paths[-1], _tags(timeline, timeline.ground, cover, 0, artist)
    chapters = [
        chapter
        for track, start in zip(tracks, timeline.starts, strict=True)
        for chapter in _chapters(track, start)
    ]
    yield (
        session,
        Tags(
            title=program.title,
            album=program.title,
            artist=artist,
            language=program.language,
            comment=program.about,
            cover=cover,
            chapters=tuple(chapters),
        ),
    )


def _tags(
    timeline: SessionTimeline, track: TrackTimeline, cover: bytes, number: int, artist: str
) -> Tags:
    return Tags(
        title=track.program.title,
        album=timeline.program.title,
        artist=artist,
        language=track.program.language,
        number=number,
        total=len(timeline.tracks) if number else 0,
        comment=track.program.about,
        cover=cover,
        chapters=tuple(_chapters(track, 0)),
    )


def _chapters(track: TrackTimeline, start: int) -> list[ChapterMark]:
    ends = [position for position, _ in track.chapters[1:]] + [track.frames]
    return [
        ChapterMark(Samples(start + position), Samples(start + end), title)
        for (position, title), end in zip(track.chapters, ends, strict=True)
    ]


_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])")


def safe_name(name: str) -> str:
    """Return a name that every file system takes: no spaces, no signs, 80 bytes at most."""
    plain = unicodedata.normalize("NFC", name)
    plain = re.sub(r"[^\w-]+", "-", plain).strip("-_") or "track"
    while len(plain.encode()) > 80:
        plain = plain[:-1]
    return f"{plain}-" if _RESERVED.fullmatch(plain) else plain
