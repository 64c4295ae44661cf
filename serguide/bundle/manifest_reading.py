"""Read a bundle's manifest back, for players; unknown keys are ignored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveInt,
    ValidationError,
    model_validator,
)

from serguide.base.errors import BundleError
from serguide.bundle.inventory import is_inside
from serguide.bundle.manifest import FORMAT
from serguide.bundle.model import MANIFEST
from serguide.bundle.recognise import loaded


def _inside(path: str) -> str:
    """Refuse a path that could lead out of the bundle's folder."""
    if not is_inside(path):
        raise ValueError("must be a file inside the bundle")
    return path


InnerPath = Annotated[str, AfterValidator(_inside)]


class _Tolerant(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Span(_Tolerant):
    start: NonNegativeInt
    end: NonNegativeInt

    @model_validator(mode="after")
    def _forward(self) -> _Span:
        if self.end < self.start:
            raise ValueError("ends before it starts")
        return self


class ChapterEntry(_Tolerant):
    """Name a part of a track; start in samples of the session."""

    start: NonNegativeInt
    title: str


class TrackEntry(_Span):
    """Describe one track; start and end in samples of the session, end exclusive."""

    step: str
    kind: str
    title: str
    audio: InnerPath
    sha256: str
    chapters: tuple[ChapterEntry, ...] = ()


class EventEntry(_Span):
    """Describe one event; start and end in samples of what it belongs to, end exclusive."""

    kind: Literal["say", "pause", "rest", "breathe", "sound"]
    text: str = ""
    line: NonNegativeInt = 0
    phase: Literal["in", "hold", "out", "rest"] | None = None
    cycle: NonNegativeInt | None = None


class TrackEvent(EventEntry):
    """Describe one event of the session; start and end in samples of the session."""

    track: NonNegativeInt


class LoudnessEntry(_Tolerant):
    """Hold measured loudness: LUFS, LUFS, dBTP; None where there was nothing to measure."""

    integrated: float | None = None
    speech: float | None = None
    true_peak: float | None = None


class ContactEntry(_Tolerant):
    """Name one number to call; country: ISO 3166-1 alpha-2, or `EU`; checked: ISO date."""

    kind: str
    country: str
    number: str
    name: str = ""
    note: str = ""
    checked: str
    published: bool
    hours: str = ""
    free: bool | None = None
    languages: tuple[str, ...] = ()


class PracticeEntry(_Tolerant):
    """Name the practice that handed a bundle over."""

    name: str = ""
    line: str = ""


class NoticesEntry(_Tolerant):
    """Hold what a person is told beside the sound: an emergency number first, cautions."""

    locale: str = ""
    contacts: tuple[ContactEntry, ...] = ()
    cautions: tuple[str, ...] = ()
    supervised_by: str = ""
    made_for: str = ""
    grounding_only: bool = False
    practice: PracticeEntry = PracticeEntry()


class Details(_Tolerant):
    """Hold the manifest's `serguide` key; samplerate in Hz.

    ground_frames, ground_events: the ground track's length and events, in samples of its own
    file; None and empty in a bundle that was rendered before there were any; balance: the session
    with voice and bed apart, empty for none.
    """

    format: PositiveInt
    samplerate: PositiveInt
    audio: InnerPath
    ground: InnerPath
    balance: InnerPath | Literal[""] = ""
    ending: Literal["alert", "sleep"]
    voice: str = ""
    loudness: LoudnessEntry = LoudnessEntry()
    notices: NoticesEntry = NoticesEntry()
    tracks: tuple[TrackEntry, ...] = Field(min_length=1)
    events: tuple[TrackEvent, ...]
    ground_frames: NonNegativeInt | None = None
    ground_events: tuple[EventEntry, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Details:
        if any(event.track >= len(self.tracks) for event in self.events):
            raise ValueError("an event belongs to a track that is not there")
        length = self.ground_frames
        if length is not None and any(event.end > length for event in self.ground_events):
            raise ValueError("an event lies beyond the end of the ground track")
        return self


class Manifest(_Tolerant):
    """Hold what a player needs of a bundle's manifest."""

    id: str
    name: str
    language: str = Field(alias="inLanguage")
    description: str = ""
    serguide: Details


def read_manifest(path: Path) -> Manifest:
    """Read a bundle's manifest; path is the bundle's folder or its session.json.

    Raises BundleError when it cannot be read, is not a bundle's, or is of a later format.
    """
    file = path / MANIFEST if path.is_dir() else path
    hint = "Render the session again, or name the folder of a bundle."
    data = loaded(file, hint)
    details = data.get("serguide") if isinstance(data, dict) else None
    if not isinstance(details, dict):
        raise BundleError(f"“{file}” is not the manifest of a serguide bundle.", hint)
    version = details.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise BundleError(
            f"“{file}” was written by a later serguide (format {version}).", "Update serguide."
        )
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BundleError(f"“{file}” is damaged: {where}: {first['msg']}", hint) from error
