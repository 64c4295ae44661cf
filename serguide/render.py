"""The whole way, top to bottom: a program becomes a bundle."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from serguide.bundle.companions import write_companions
from serguide.bundle.contents import AudioFile, Contents, Loudness
from serguide.bundle.cover import cover_png
from serguide.bundle.single import write_single
from serguide.bundle.writer import check_target, new_bundle
from serguide.casting import Cast
from serguide.cautions import cautions_for
from serguide.contacts import contacts_for, locale_of
from serguide.labels import labels, safe_name
from serguide.narration import Narration, narrate
from serguide.notices import Notices
from serguide.progress import Report, silent
from serguide.script.library import Libraries
from serguide.script.program import Breathing, SessionProgram, Spoken
from serguide.sound.encode.base import Format
from serguide.sound.encode.formats import FORMATS
from serguide.sound.encode.tags import write_tags
from serguide.sound.mix import TrackMix
from serguide.sound.oneshots import frames_of
from serguide.sound.soundscape.bed import Bed, open_bed
from serguide.store import Store
from serguide.studio import Studio, cores
from serguide.takes import Shelf, Take, TrackKeys
from serguide.timeline import SessionTimeline, TrackTimeline, lay_out
from serguide.units import Samples


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold how to render.

    jobs: tracks at once, None for one a core; allow_cloud: a client's values may be sent to an
    online voice; locale: whose numbers to call are shown, such as `de-AT` or `AT`, None for the
    session's language; supervised_by: the therapist in whose care it is heard, or empty;
    single_file: the bundle also holds one page with everything inside.
    """

    format_name: str = "mp3"
    jobs: int | None = None
    allow_cloud: bool = False
    locale: str | None = None
    supervised_by: str = ""
    single_file: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold what became of a render: the bundle's folder, what it holds, the one page if asked."""

    folder: Path
    contents: Contents
    single: Path | None = None


def render(
    program: SessionProgram,
    target: Path,
    libraries: Libraries,
    store: Store,
    settings: Settings | None = None,
    report: Report = silent,
) -> Rendered:
    """Render a program into the bundle `target`: whole, or not at all.

    report: called with each stage's progress. Raises UsageError when something else lies at
    the target, VoiceError, ScriptError (a guide word that is too long), SoundError, BundleError.
    """
    settings = settings or Settings()
    check_target(target)
    shelf = Shelf(store)
    planned = plan(program, libraries, store, settings, report)
    timeline, takes, format_ = planned.timeline, planned.takes, FORMATS[settings.format_name]
    program = timeline.program
    cover = cover_png(program.name, kind_of(program), libraries.art, shelf.cover)
    with new_bundle(target) as folder:
        studio = Studio(folder, format_, shelf, settings.jobs, report)
        loudness = studio.render(takes)
        for path, tags in labels(timeline, [take.path for take in takes], studio.session, cover):
            write_tags(folder / path, settings.format_name, tags)
        contents = _contents(folder, timeline, takes, studio.session, loudness, planned.notices)
        write_companions(folder, contents, cover)
        if settings.single_file:
            write_single(folder, folder / _single_name(program), contents, cover)
    single = target / _single_name(program) if settings.single_file else None
    return Rendered(target, contents, single)


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold a session of which every sentence is spoken: where all lies, and what is mixed."""

    timeline: SessionTimeline
    takes: list[Take]
    notices: Notices


def plan(
    program: SessionProgram,
    libraries: Libraries,
    store: Store,
    settings: Settings,
    report: Report = silent,
) -> Plan:
    """Narrate a program and lay it out; nothing is mixed yet. Raises as `render` does."""
    notices = notices_of(program, settings)
    cast = Cast(program)
    program = dataclasses.replace(program, voice=cast.main.name)
    narration = narrate(
        spoken_of(program),
        cast.voice_of,
        store,
        allow_cloud=settings.allow_cloud,
        progress=lambda done, total: report("narrating", done, total),
        jobs=settings.jobs or cores(),
    )
    timeline = lay_out(program, narration.frames_of, frames_of)
    beds = _open_beds(timeline, libraries, Shelf(store))
    takes = _takes(timeline, narration, beds, FORMATS[settings.format_name])
    return Plan(timeline, takes, notices)


def _single_name(program: SessionProgram) -> str:
    return f"{safe_name(program.name)}.html"


def spoken_of(program: SessionProgram) -> Iterator[Spoken]:
    """Yield every sentence and guide word of a session and its ground track, in order."""
    for track in (*program.tracks, program.ground):
        for item in track.items:
            if isinstance(item, Spoken):
                yield item
            elif isinstance(item, Breathing):
                yield from (word for _, word in item.words)


def notices_of(program: SessionProgram, settings: Settings) -> Notices:
    """Return what a session's bundle says beside its words. Raises UsageError for the locale."""
    locale = locale_of(program.language, settings.locale)
    contacts, cautions = contacts_for(locale), cautions_for(program)
    return Notices(locale, contacts, cautions, settings.supervised_by)


def kind_of(program: SessionProgram) -> str:
    """Return what to look a cover up by: `session`, or a lone script's kind."""
    lone = len(program.tracks) == 1 and program.tracks[0].step == program.name
    return program.tracks[0].kind if lone else "session"


def _takes(
    timeline: SessionTimeline, narration: Narration, beds: dict[str, Bed], format_: Format
) -> list[Take]:
    """Name the file of every track, and the key that it is kept under; ground comes last."""
    identities = {name: bed.identity() for name, bed in beds.items()}

    def take(track: TrackTimeline, path: str, in_session: bool) -> Take:
        name = _bed_name(track)
        keys = TrackKeys(track, identities.get(name), format_, narration.key_of)
        mix = TrackMix(track, narration.clip_of, narration.energies_of, beds.get(name))
        return Take(mix, f"{path}{format_.suffix}", keys, keys.whole(), in_session)

    digits = max(2, len(str(len(timeline.tracks))))
    takes = [
        take(track, f"tracks/{index:0{digits}}-{safe_name(track.program.step)}", True)
        for index, track in enumerate(timeline.tracks, 1)
    ]
    return [*takes, take(timeline.ground, "ground", False)]


def _bed_name(track: TrackTimeline) -> str:
    return track.program.bed.name if track.program.bed else ""


def _open_beds(timeline: SessionTimeline, libraries: Libraries, shelf: Shelf) -> dict[str, Bed]:
    """Open each soundscape of a session once."""
    names = {_bed_name(track) for track in (*timeline.tracks, timeline.ground)} - {""}
    known, find = libraries.soundscapes(), libraries.find_soundscape
    return {name: open_bed(name, find, known=known, keep=shelf.loops) for name in sorted(names)}


def _contents(
    folder: Path,
    timeline: SessionTimeline,
    takes: list[Take],
    session: str,
    loudness: Loudness,
    notices: Notices,
) -> Contents:
    def file(path: str, start: int, frames: int) -> AudioFile:
        with (folder / path).open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return AudioFile(path, digest, Samples(start), Samples(start + frames))

    starts = timeline.starts
    tracks = [
        file(take.path, start, take.frames) for take, start in zip(takes, starts, strict=False)
    ]
    return Contents(
        timeline=timeline,
        audio=file(session, 0, timeline.frames),
        tracks=tuple(tracks),
        ground=file(takes[-1].path, 0, timeline.ground.frames),
        loudness=loudness,
        notices=notices,
    )
