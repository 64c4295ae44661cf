"""Publish a planned session as a bundle: audio, tags, and all that stands beside them."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter
from serguide.base.units import Samples
from serguide.bundle.cover import FindArt, cover_png, drawing_of
from serguide.bundle.folder import new_bundle
from serguide.bundle.inventory import sha256_of
from serguide.bundle.model import COVER, AudioFile, Contents
from serguide.cache.store import Store
from serguide.encode.formats import FORMATS
from serguide.render.file_tags import file_tags, safe_name
from serguide.render.measures import SessionLoudness
from serguide.render.plan import Plan, RenderSettings
from serguide.render.session import SessionRenderer
from serguide.render.track_cache import TrackCache
from serguide.script.program import SessionProgram


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold what became of a render: the bundle's folder, what it holds, the one page if asked.

    kept: what of somebody else's was carried over into the folder, by its path inside.
    """

    folder: Path
    contents: Contents
    single: Path | None = None
    kept: tuple[str, ...] = ()


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
    cache, format_ = TrackCache(store), FORMATS[settings.format_name]
    program = plan.timeline.program
    kept: list[str] = []
    with new_bundle(target, keep_others=settings.keep_others, kept=kept.append) as folder:
        session = SessionRenderer(folder, format_, cache, settings.threads, progress, cancel)
        loudness = session.render(plan.jobs, meanwhile=_load_writers)
        from serguide.bundle.companions import COMPANIONS, write_companions, write_manifest
        from serguide.encode.tags.tags import write_tags

        progress.begin("pictures", 1)
        kind = _kind_of(program)
        cover = cover_png(program.name, kind, find_art, cache.cover, language=program.language)
        progress.add("pictures", 1, COVER)
        paths = [job.path for job in plan.jobs]
        progress.begin("tags", len(paths) + 1)
        practice = plan.notices.practice.name
        for path, tags in file_tags(plan.timeline, paths, session.session, cover, practice):
            cancel.check()
            write_tags(folder / path, settings.format_name, tags)
            progress.add("tags", 1, path)
        drawings = tuple(
            drawing_of(track.program.step, track.program.kind, find_art, cache.cover)
            for track in plan.timeline.tracks
        )
        contents = _contents(folder, plan, session.session, loudness, drawings)
        progress.begin("page", len(COMPANIONS) + 1 + settings.single_file)
        for name in write_companions(folder, contents, cover):
            cancel.check()
            progress.add("page", 1, name)
        if settings.single_file:
            from serguide.bundle.page.single_file import write_single

            write_single(folder, folder / _single_name(program), contents, cover)
            progress.add("page", 1, _single_name(program))
        progress.add("page", 1, write_manifest(folder, contents))
        cancel.check()
    single = target / _single_name(program) if settings.single_file else None
    return Rendered(target, contents, single, tuple(kept))


def _load_writers() -> None:
    """Load what writes tags, page and texts: a tenth of an edit, and one core is often idle."""
    for name in ("serguide.encode.tags.tags", "serguide.bundle.companions"):
        importlib.import_module(name)
    from serguide.bundle.page.html import page_templates

    templates = page_templates()
    for name in templates.list_templates():
        templates.get_template(name)


def _single_name(program: SessionProgram) -> str:
    return f"{safe_name(program.name)}.html"


def _kind_of(program: SessionProgram) -> str:
    """Return what to look a cover up by: `session`, or a lone script's kind."""
    lone = len(program.tracks) == 1 and program.tracks[0].step == program.name
    return program.tracks[0].kind if lone else "session"


def _contents(
    folder: Path, plan: Plan, session: str, loudness: SessionLoudness, drawings: tuple[str, ...]
) -> Contents:
    def file(path: str, start: int, frames: int) -> AudioFile:
        digest = sha256_of(folder / path).hex()
        return AudioFile(path, digest, Samples(start), Samples(start + frames))

    timeline, jobs = plan.timeline, plan.jobs
    tracks = [
        file(job.path, start, job.frames) for job, start in zip(jobs, timeline.starts, strict=False)
    ]
    return Contents(
        timeline=timeline,
        audio=file(session, 0, timeline.frames),
        tracks=tuple(tracks),
        ground=file(jobs[-1].path, 0, timeline.ground.frames),
        loudness=loudness,
        notices=plan.notices,
        drawings=drawings,
    )
