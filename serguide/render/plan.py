"""Plan a render: speak every sentence, lay the session out, name each track's file and key."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial

from serguide.audio.mix import TrackMix
from serguide.audio.oneshots import frames_of
from serguide.base.cores import cores
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter
from serguide.cache.store import Store
from serguide.encode.asked import at_kilobits
from serguide.encode.base import Format
from serguide.encode.formats import FORMATS
from serguide.notices.cautions import cautions_for
from serguide.notices.contacts import contacts_for, locale_of
from serguide.notices.gate import is_grounding_only
from serguide.notices.model import NO_PRACTICE, Notices, Practice
from serguide.render.file_tags import safe_name
from serguide.render.request import RenderRequest
from serguide.render.track_cache import TrackCache, TrackJob, TrackKeys
from serguide.script.library import Libraries
from serguide.script.program import SessionProgram, spoken_of
from serguide.soundscapes.bed import Bed, open_bed
from serguide.timeline import SessionTimeline, TrackTimeline
from serguide.timeline.layout import lay_out_filled
from serguide.timeline.settle import settle
from serguide.voices.narrate import Narration, narrate
from serguide.voices.select import VoiceSelection


@dataclass(frozen=True, slots=True)
class RenderSettings:
    """Hold how to render.

    jobs: tracks at once, None for one a core; allow_cloud: filled-in values may be sent to an
    online voice; locale: whose numbers to call are shown, such as `de-AT` or `AT`, None for the
    session's language; supervised_by: the therapist in whose care it is heard, or empty;
    single_file: the bundle also holds one page with everything inside; practice: whose name and
    mark the bundle shows; keep_others: what lies beside an earlier bundle's files is carried over.
    kilobits: a second of sound, None for the format's own; size: bytes that each of what is made
    to be sent may take, None for no limit; any_format: a limit may be kept in another format;
    zipped, audiobook: the bundle also holds itself as a zip, its session as an M4B; balance:
    and its voice and soundscape apart, for the listener to set one against the other.
    """

    format_name: str = "mp3"
    jobs: int | None = None
    allow_cloud: bool = False
    locale: str | None = None
    supervised_by: str = ""
    single_file: bool = False
    practice: Practice = NO_PRACTICE
    keep_others: bool = False
    kilobits: int | None = None
    size: int | None = None
    any_format: bool = False
    zipped: bool = False
    audiobook: bool = False
    balance: bool = False

    @property
    def sound(self) -> Format:
        """Return the format that was asked for, at its rate. Raises UsageError."""
        return at_kilobits(FORMATS[self.format_name], self.kilobits)

    @property
    def threads(self) -> int:
        """Return how many threads work at once."""
        return self.jobs or cores()


def settings_of(request: RenderRequest) -> RenderSettings:
    """Return how a request is to be rendered."""
    return RenderSettings(
        format_name=request.format_name,
        jobs=request.jobs,
        allow_cloud=request.allow_cloud,
        locale=request.locale,
        supervised_by=request.supervised_by.strip(),
        single_file=request.single_file,
        practice=request.practice,
        keep_others=request.keep_others,
        kilobits=request.kilobits,
        size=request.size,
        any_format=request.any_format,
        zipped=request.zipped,
        audiobook=request.audiobook,
        balance=request.balance,
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold a session of which every sentence is spoken: where all lies, and what is mixed.

    jobs: one a track in order, the ground track's last.
    """

    timeline: SessionTimeline
    jobs: list[TrackJob]
    notices: Notices


def plan(
    program: SessionProgram,
    libraries: Libraries,
    store: Store,
    settings: RenderSettings,
    progress: ProgressReporter | None = None,
    cancel: Cancel | None = None,
) -> Plan:
    """Narrate a program and lay it out; nothing is mixed yet.

    Raises VoiceError, ScriptError (a guide word that is too long), SoundError, StoreError,
    UsageError (a locale that is none), Cancelled.
    """
    progress, cancel = progress or ProgressReporter(), cancel or Cancel()
    voices = VoiceSelection(program)
    program = dataclasses.replace(program, voice=voices.main.name)
    speak = partial(
        narrate,
        open_voice=voices.voice_of,
        store=store,
        cancel=cancel,
        allow_cloud=settings.allow_cloud,
        jobs=settings.threads,
    )
    narration = Narration(store, {})

    def lay(filled: SessionProgram) -> SessionTimeline:
        # At first all; then what says another length than it did.
        new = [spoken for spoken in spoken_of(filled) if not narration.holds(spoken)]
        narration.take_in(speak(new, progress=progress))
        return lay_out_filled(filled, narration.frames_of, frames_of)

    timeline = settle(program, lay)
    beds = _open_beds(timeline, libraries, TrackCache(store))
    jobs = _jobs(timeline, narration, beds, settings.sound)
    return Plan(timeline, jobs, notices_of(timeline.program, settings))


def notices_of(program: SessionProgram, settings: RenderSettings) -> Notices:
    """Return what a session's bundle says beside its words."""
    locale = locale_of(program.language, settings.locale)
    contacts, cautions = contacts_for(locale), cautions_for(program)
    return Notices(
        locale,
        contacts,
        cautions,
        settings.supervised_by,
        made_for=program.made_for,
        grounding_only=is_grounding_only(program),
        practice=settings.practice,
    )


def _jobs(
    timeline: SessionTimeline, narration: Narration, beds: dict[str, Bed], format_: Format
) -> list[TrackJob]:
    """Name the file of every track, and the key that it is kept under; ground comes last."""
    identities = {name: bed.identity() for name, bed in beds.items()}

    def job(track: TrackTimeline, path: str, in_session: bool) -> TrackJob:
        name = _bed_name(track)
        keys = TrackKeys(track, identities.get(name), format_, narration.key_of)
        mix = TrackMix(track, narration.clip_of, narration.energies_of, beds.get(name))
        return TrackJob(mix, f"{path}{format_.suffix}", keys, keys.whole(), in_session)

    digits = max(2, len(str(len(timeline.tracks))))
    jobs = [
        job(track, f"tracks/{index:0{digits}}-{safe_name(track.program.step)}", True)
        for index, track in enumerate(timeline.tracks, 1)
    ]
    return [*jobs, job(timeline.ground, "ground", False)]


def _bed_name(track: TrackTimeline) -> str:
    return track.program.bed.name if track.program.bed else ""


def _open_beds(
    timeline: SessionTimeline, libraries: Libraries, tracks: TrackCache
) -> dict[str, Bed]:
    """Open each soundscape of a session once; its loops are made when they are first heard."""
    names = {_bed_name(track) for track in (*timeline.tracks, timeline.ground)} - {""}
    known, find = libraries.soundscapes(), libraries.find_soundscape
    return {name: open_bed(name, find, known=known, keep=tracks.loops) for name in sorted(names)}
