"""Publish a planned session as a bundle: audio, tags, and all that stands beside them."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from pathlib import Path

from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter
from serguide.base.units import Samples
from serguide.bundle.balance import require_bed
from serguide.bundle.cover import FindArt, cover_png, drawing_of
from serguide.bundle.folder import new_bundle
from serguide.bundle.forms import Made, OtherForms
from serguide.bundle.inventory import sha256_of
from serguide.bundle.model import BALANCE, COVER, AudioFile, Contents
from serguide.bundle.sounds import Sounds, require_possible, require_within, sounds_for
from serguide.cache.store import Store
from serguide.render.file_tags import file_tags, safe_name
from serguide.render.measures import SessionLoudness
from serguide.render.plan import Plan, RenderSettings
from serguide.render.session import SessionRenderer
from serguide.render.track_cache import TrackCache, TrackJob
from serguide.script.program import SessionProgram


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold what became of a render: the bundle's folder, what it holds, its sounds.

    made: what of other forms was asked for; kept: what of somebody else's was carried over into
    the folder, by its path inside.
    """

    folder: Path
    contents: Contents
    sounds: Sounds
    made: Made
    kept: tuple[str, ...] = ()

    @property
    def single(self) -> Path | None:
        """Return the one page with everything inside, if it was asked for."""
        return self.made.page


def publish(
    plan: Plan,
    target: Path,
    find_art: FindArt,
    store: Store,
    settings: RenderSettings,
    progress: ProgressReporter | None = None,
    cancel: Cancel | None = None,
) -> Rendered:
    """Render a plan into the bundle `target`: whole, or not at all.

    Raises UsageError when something else lies at the target, SoundError, BundleError,
    StoreError, VoiceError, Cancelled.
    """
    progress, cancel = progress or ProgressReporter(), cancel or Cancel()
    require_possible(settings)
    if settings.balance:
        require_bed(plan)
    cache, program = TrackCache(store), plan.timeline.program
    name, kept = safe_name(program.name), list[str]()
    progress.begin("pictures", 1)
    cover = cover_png(
        program.name, _kind_of(program), find_art, cache.cover, language=program.language
    )
    progress.add("pictures", 1, COVER)
    drawings = tuple(
        drawing_of(track.program.step, track.program.kind, find_art, cache.cover)
        for track in plan.timeline.tracks
    )
    sounds = sounds_for(plan, settings, cover, drawings)
    jobs = [job.in_format(sounds.files) for job in plan.jobs]
    with new_bundle(target, keep_others=settings.keep_others, kept=kept.append) as folder:
        forms = OtherForms(folder, name, sounds, jobs, settings)
        session = SessionRenderer(folder, sounds.files, cache, settings.threads, progress, cancel)
        loudness = session.render(jobs, forms.sound_files, _load_writers)
        from serguide.bundle.companions import COMPANIONS, write_companions, write_manifest
        from serguide.encode.tags.tags import write_tags

        paths = [job.path for job in jobs]
        progress.begin("tags", len(paths) + 1 + settings.audiobook)
        practice = plan.notices.practice.name
        tags = dict(file_tags(plan.timeline, paths, session.session, cover, practice))
        for path, each in tags.items():
            cancel.check()
            write_tags(folder / path, sounds.files.name, each)
            progress.add("tags", 1, path)
        if settings.audiobook:
            progress.add("tags", 1, forms.finish_audiobook(session.session, tags[session.session]))
        contents = _contents(folder, plan, jobs, session.session, loudness, drawings)
        if settings.balance:
            contents = replace(contents, balance=_file(folder, BALANCE, 0, contents.audio.frames))
        progress.begin("page", len(COMPANIONS) + 1 + settings.single_file + settings.zipped)
        for written in (*write_companions(folder, contents, cover), *forms.write(contents, cover)):
            cancel.check()
            progress.add("page", 1, written)
        if not (settings.zipped or settings.single_file or settings.audiobook):
            require_within(
                settings, "The session's file", (folder / session.session).stat().st_size
            )
        progress.add("page", 1, write_manifest(folder, contents))
        cancel.check()
    return Rendered(target, contents, sounds, forms.made(target), tuple(kept))


def _load_writers() -> None:
    """Load what writes tags, page and texts: a tenth of an edit, and one core is often idle."""
    for name in ("serguide.encode.tags.tags", "serguide.bundle.companions"):
        importlib.import_module(name)
    from serguide.bundle.page.html import page_templates

    templates = page_templates()
    for name in templates.list_templates():
        templates.get_template(name)


def _kind_of(program: SessionProgram) -> str:
    """Return what to look a cover up by: `session`, or a lone script's kind."""
    lone = len(program.tracks) == 1 and program.tracks[0].step == program.name
    return program.tracks[0].kind if lone else "session"


def _contents(
    folder: Path,
    plan: Plan,
    jobs: list[TrackJob],
    session: str,
    loudness: SessionLoudness,
    drawings: tuple[str, ...],
) -> Contents:
    timeline = plan.timeline
    tracks = [
        _file(folder, job.path, start, job.frames)
        for job, start in zip(jobs, timeline.starts, strict=False)
    ]
    return Contents(
        timeline=timeline,
        audio=_file(folder, session, 0, timeline.frames),
        tracks=tuple(tracks),
        ground=_file(folder, jobs[-1].path, 0, timeline.ground.frames),
        loudness=loudness,
        notices=plan.notices,
        drawings=drawings,
    )


def _file(folder: Path, path: str, start: int, frames: int) -> AudioFile:
    digest = sha256_of(folder / path).hex()
    return AudioFile(path, digest, Samples(start), Samples(start + frames))
