"""Bundle contents: the timeline, the audio files rendered from it, and file names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from serguide.base.units import SAMPLERATE, Samples
from serguide.notices.model import Notices

if TYPE_CHECKING:
    # Whoever only looks for a bundle's files needs no timeline.
    from serguide.render.measures import SessionLoudness
    from serguide.timeline.model import Event, SessionTimeline

COVER = "cover.png"
CAPTIONS = "captions.vtt"
GROUND_CAPTIONS = "ground.vtt"
TRANSCRIPT = "transcript.txt"
PLAYLIST = "session.m3u8"
PAGE = "index.html"
MANIFEST = "session.json"
WEBMANIFEST = "manifest.webmanifest"
WORKER = "sw.js"
BALANCE = "balance.mp4"


@dataclass(frozen=True, slots=True)
class AudioFile:
    """Name one audio file of the bundle.

    path: inside the bundle, with forward slashes; sha256: of the file's bytes, in hexadecimal;
    start, end: the samples that its decoded audio takes, end exclusive, counted in the session
    for tracks and from 0 for the ground track; delay: samples between `start` and the
    timeline's sample 0, for a codec whose decoded audio begins late.
    """

    path: str
    sha256: str
    start: Samples
    end: Samples
    delay: Samples = Samples(0)

    @property
    def media_type(self) -> str:
        """Return the media type that goes with the file's name."""
        return media_type(self.path)

    @property
    def frames(self) -> Samples:
        """Return the length of the decoded audio in samples."""
        return Samples(self.end - self.start)


_NO_NOTICES = Notices()


@dataclass(frozen=True, slots=True)
class Contents:
    """Hold all that a bundle says: the timeline, where each track plays, how loud it is.

    tracks: one file for each of the timeline's tracks, in order, one after another; audio: the
    session as one file; ground: the "come back to the room" track; notices: for transcript
    and page; drawings: a data URI for each track, empty strings where there is none, or nothing
    at all; balance: the session with voice and bed apart, None where nobody asked for it.
    """

    timeline: SessionTimeline
    audio: AudioFile
    tracks: tuple[AudioFile, ...]
    ground: AudioFile
    loudness: SessionLoudness
    notices: Notices = _NO_NOTICES
    drawings: tuple[str, ...] = ()
    balance: AudioFile | None = None

    def __post_init__(self) -> None:
        if len(self.tracks) != len(self.timeline.tracks):
            raise ValueError("a bundle needs one audio file for each track of its timeline")

    @property
    def undivided(self) -> bool:
        """Tell whether the session's one file holds the tracks, which have none of their own."""
        return all(track.path == self.audio.path for track in self.tracks)

    def without_tracks(self) -> Contents:
        """Return the contents of a bundle whose tracks are told of in the session's one file."""
        whole = self.audio
        tracks = tuple(replace(t, path=whole.path, sha256=whole.sha256) for t in self.tracks)
        return replace(self, tracks=tracks)

    def events(self) -> Iterator[tuple[int, Samples, Samples, Event]]:
        """Yield (track, start, end, event) in order; start and end in samples of the session."""
        for index, (track, file) in enumerate(zip(self.timeline.tracks, self.tracks, strict=True)):
            first = file.start + file.delay
            for event in track.events:
                yield index, Samples(first + event.start), Samples(first + event.end), event

    def ground_events(self) -> Iterator[tuple[Samples, Samples, Event]]:
        """Yield (start, end, event) of the ground track; in samples of its own file."""
        first = self.ground.start + self.ground.delay
        for event in self.timeline.ground.events:
            yield Samples(first + event.start), Samples(first + event.end), event


def media_type(path: str) -> str:
    """Return the media type of an audio file of the bundle, by its suffix.

    Raises KeyError for a suffix that no bundle is rendered in.
    """
    # Imported here, because whoever reads a bundle needs no encoder.
    from serguide.encode.formats import FORMATS, STEMS_OPUS

    types = {format_.suffix: format_.mime for format_ in (*FORMATS.values(), STEMS_OPUS)}
    return types[PurePosixPath(path).suffix]


def microseconds(count: int) -> int:
    """Return samples as whole microseconds."""
    return round(Fraction(count * 1_000_000, SAMPLERATE))


def decimal_seconds(micro: int) -> str:
    """Write microseconds as seconds, exactly and without an exponent: `195.36`."""
    whole, rest = divmod(micro, 1_000_000)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".")
