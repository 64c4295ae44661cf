"""Public Python API: list, check, prepare and render scripts and sessions.

    request = RenderRequest("the-first-evening", target=Path("evening"), values={"name": "Ana"})
    prepared = prepare(request)       # problems and a timeline, before anything is rendered
    if prepared.ready:
        render(request, report=print)

The command line is a face of these functions. What they need is imported when they are called,
so that importing this module costs little. Everything raises subclasses of SerguideError alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from serguide.base.errors import Problem, ScriptError, UsageError
from serguide.base.hints import Hint, Remedy
from serguide.base.printable import require_encodable, require_text
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import Progress, ProgressReporter, Report, silent
from serguide.base.units import format_clock, format_time, seconds
from serguide.bundle.handing_over import publish, seal, unseal
from serguide.render.request import RenderRequest

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from serguide.batch.checking import Batch
    from serguide.batch.running import Done, Means
    from serguide.batch.scheduling import BatchReport
    from serguide.batch.tasks import BatchTask, TaskResult
    from serguide.bundle.publish import Rendered
    from serguide.bundle.unchanged import Unchanged
    from serguide.cache.store import Store
    from serguide.catalogue import Catalogue
    from serguide.importing.assumptions import Assumptions
    from serguide.importing.importer import Imported, Settle
    from serguide.render.plan import Plan, RenderSettings
    from serguide.safety import Waived
    from serguide.safety.checker import Checked
    from serguide.script.library import Libraries
    from serguide.script.program import SessionProgram
    from serguide.timeline import SessionTimeline

__all__ = [
    "Cancel",
    "Prepared",
    "Progress",
    "RenderRequest",
    "check",
    "import_documents",
    "list",
    "prepare",
    "publish",
    "read_batch",
    "render",
    "render_many",
    "render_track",
    "seal",
    "seal_batch",
    "speak",
    "unchanged",
    "unseal",
]


_Problems: TypeAlias = list[Problem]
"""`list` is a function of this module further down."""

_Numbers: TypeAlias = list[int]
_Results: TypeAlias = "list[TaskResult]"

_ESTIMATED: Final = 0.05
"""How far estimated lengths may be off: whether a length can be had is certain once spoken."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold what is known of a request before anything is rendered.

    problems: what stops the render; warnings: what does not; waived: what files waive, with
    their reasons; program, timeline: the resolved session and its times, estimated where a
    sentence was never spoken; None where the files cannot be read.
    """

    request: RenderRequest
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    waived: tuple[Waived, ...] = ()
    program: SessionProgram | None = None
    timeline: SessionTimeline | None = None

    @property
    def ready(self) -> bool:
        """Tell whether `render` would begin."""
        return not self.problems


def list(libraries: Iterable[str | Path] = ()) -> Catalogue:  # noqa: A001  (api.list)
    """Return every script and session that can be rendered, with estimated lengths.

    libraries: folders of a therapist's own, before the built-in one. Raises UsageError.
    """
    from serguide.catalogue import catalogue

    return catalogue(_libraries(libraries))


def check(
    names: Iterable[str] = (),
    libraries: Iterable[str | Path] = (),
    *,
    locale: str | None = None,
    store: Store | None = None,
    by_meaning: bool = True,
) -> Checked:
    """Check scripts and sessions by name, path or folder; all of the libraries when none is named.

    store: where clips may lie that tell true lengths; by_meaning: the second reader reads too,
    where the extra `reader` is installed. Raises UsageError for an unknown name.
    """
    from serguide.safety.checker import check_files

    return check_files(names, _libraries(libraries), store, locale=locale, by_meaning=by_meaning)


def import_documents(
    sources: Iterable[str | Path],
    library: str | Path,
    assumptions: Assumptions | None = None,
    *,
    settle: Settle | None = None,
    libraries: Iterable[str | Path] = (),
    store: Store | None = None,
    by_meaning: bool = True,
) -> Imported:
    """Import documents as scripts into a library: all of them, or nothing is written.

    assumptions: what writers leave open, None for the defaults; settle: asked once for the
    lengths that are open; libraries, store, by_meaning: for the check that follows. Raises
    DocumentError for what cannot be read, UsageError for a name that is taken.
    """
    from serguide.importing.assumptions import Assumptions
    from serguide.importing.importer import import_documents as run

    return run(
        [Path(source) for source in sources],
        Path(library),
        assumptions or Assumptions(),
        settle=settle,
        libraries=libraries,
        store=store,
        by_meaning=by_meaning,
    )


def prepare(request: RenderRequest, *, store: Store | None = None) -> Prepared:
    """Resolve, check and lay a request out by estimated speech; nothing is spoken or written.

    store: where clips may lie that tell true lengths. Raises UsageError for a name, value,
    voice, soundscape or locale that is unknown, and for a name or value that is no text.
    """
    from serguide.safety.preflight import judge

    require_text("the therapist's name", request.supervised_by)
    stem = Path(request.what).stem
    require_encodable(f"the name of the file “{request.what}”", stem, "give it another name")
    try:
        program, libraries = _resolved(request)
        judged = judge(
            program,
            libraries,
            store,
            locale=request.locale,
            supervised_by=request.supervised_by,
            allow_cloud=request.allow_cloud,
        )
    except ScriptError as error:
        return Prepared(request, error.problems)
    return Prepared(
        request, judged.stopping, judged.warnings, judged.waived, program, judged.timeline
    )


def render(
    request: RenderRequest,
    *,
    report: Report = silent,
    cancel: Cancel | None = None,
    store: Store | None = None,
    prepared: Callable[[Prepared], None] | None = None,
) -> Rendered:
    """Render a request into a bundle: whole, or not at all.

    report: called with every Progress, from the threads that work; cancel: ends it from another
    thread within half a second and leaves nothing; store: the cache, None for the user's own;
    prepared: called with warnings and timeline before anything is spoken. Raises ScriptError
    with every problem that stops it, UsageError (also: no such length), VoiceError, SoundError,
    BundleError, Cancelled.
    """
    from serguide.bundle.publish import publish
    from serguide.bundle.sounds import require_possible
    from serguide.bundle.target import check_target
    from serguide.bundle.unchanged import remember

    check_target(request.folder, keep_others=request.keep_others)
    settings = _settings(request)
    require_possible(settings)
    store, cancel, progress = store or _store(), cancel or Cancel(), ProgressReporter(report)
    key = _inputs_key(request)
    warnings: _Problems = []

    def told(ready: Prepared) -> None:
        warnings.extend(ready.warnings)
        if prepared:
            prepared(ready)

    plan, libraries = _planned(request, store, progress, cancel, told)
    done = publish(plan, request.folder, libraries.art, store, settings, progress, cancel)
    # Not what changed meanwhile, nor a folder with files of others in it.
    if key and not done.kept and key == _inputs_key(request):
        private = bool(request.values) or any(job.keys.private() for job in plan.jobs)
        loudness = done.contents.loudness
        remember(key, request.folder, store, loudness, warnings, private=private)
    return done


def unchanged(request: RenderRequest, *, store: Store | None = None) -> Unchanged | None:
    """Return the bundle at the target if it is what `render` would make; None if that must run.

    A matter of a tenth of a second: nothing is read but hashes. A file of the libraries or the
    bundle that is another than it was, a newly installed package or a new day is a reason to
    render. store: as for `render`. Raises UsageError, BundleError.
    """
    from serguide.bundle.unchanged import look_for, stands

    if not stands(request.folder):
        return None
    key = _inputs_key(request)
    if key is None:
        return None
    return look_for(key, request.folder, store or _store(), keep_others=request.keep_others)


def speak(
    request: RenderRequest,
    *,
    report: Report = silent,
    cancel: Cancel | None = None,
    store: Store | None = None,
    prepared: Callable[[Prepared], None] | None = None,
) -> Plan:
    """Check and speak a request, and lay it out, to be mixed while it is listened to.

    Arguments and errors are those of `render`.
    """
    progress = ProgressReporter(report)
    return _planned(request, store or _store(), progress, cancel or Cancel(), prepared)[0]


def render_track(
    request: RenderRequest,
    number: int,
    store_url: str,
    *,
    report: Report = silent,
    cancel: Cancel | None = None,
) -> str:
    """Render one track into a store, in any process; return its key there.

    number: from 0; that after the last track is the ground track's. store_url: of the store
    that all processes share, `file:///…`. A later `render` with that store finds the track
    there. Raises as `render` does; ValueError for a number that no track has.
    """
    from serguide.cache.store import open_url

    store, progress = open_url(store_url), ProgressReporter(report)
    return _render_track(request, number, store, progress, cancel or Cancel())


def _render_track(
    request: RenderRequest, number: int, store: Store, progress: ProgressReporter, cancel: Cancel
) -> str:
    from serguide.render.session import SessionRenderer
    from serguide.render.track_cache import TrackCache

    plan, _ = _planned(request, store, progress, cancel, None)
    if not 0 <= number < len(plan.jobs):
        raise ValueError(f"there are tracks 0 to {len(plan.jobs) - 1}, and no {number}")
    settings, job = _settings(request), plan.jobs[number]
    with tempfile.TemporaryDirectory(prefix="serguide-track-") as folder:
        session = SessionRenderer(
            Path(folder), settings.sound, TrackCache(store), settings.threads, progress, cancel
        )
        session.render_track(job)
    return job.key


def read_batch(
    table: str | Path,
    target: str | Path,
    common: RenderRequest | None = None,
    *,
    encoding: str | None = None,
    store: Store | None = None,
    cancel: Cancel | None = None,
) -> Batch:
    """Read a table of clients and check all of it; nothing is spoken or written.

    target: the folder that each client's folder is to stand in; common: what rows ask for that
    say nothing else (`what`, `target` and `length` of a row are its own); encoding: of the table,
    None to find out; store: where clips may lie that tell true lengths. Every problem of the
    table and of what it names is in the Batch. Raises ScriptError for what is no table,
    UsageError, Cancelled.
    """
    from serguide.batch.checking import read_batch as read

    common = common or RenderRequest("")

    def prepared(request: RenderRequest) -> Prepared:
        ready = prepare(request, store=store)
        if ready.timeline is not None:
            _check_length(request, ready.timeline, _ESTIMATED)
        return ready

    libraries = _libraries(common.libraries)
    return read(
        Path(table), Path(target).absolute(), common, libraries, prepared,
        encoding=encoding, cancel=cancel,
    )  # fmt: skip


def render_many(
    requests: Iterable[RenderRequest],
    executor: Executor,
    *,
    workers: int | None = None,
    store_url: str | None = None,
    report: BatchReport | None = None,
    took: Callable[[TaskResult], None] | None = None,
    cancel: Cancel | None = None,
    retries: int | None = None,
) -> _Results:
    """Render requests by an executor of concurrent.futures; return a result for each, in order.

    Requests that differ in values and target alone share all that holds no value: that is made
    first, once. A request that fails is told of in its result and stops no other; what may pass
    is tried again. executor: a pool of processes, `Client.get_executor(pure=False)` of a Dask
    cluster, or another; workers: how many tasks it does at once, None for one a core; store_url:
    of the store that its workers share, None for the user's own on this machine; report, took:
    called in this thread with the progress of the whole, and with each result as it comes;
    cancel: ends it wherever it runs. Raises Cancelled, UsageError for a worker that has other
    versions than this machine, StoreError.
    """
    from serguide.batch.many import run_many

    store = _opened(store_url)
    return run_many(
        [*requests], executor, do_batch_task, _tracks_of, store,
        workers=workers, store_url=store_url, report=report, took=took, cancel=cancel,
        retries=retries,
    )  # fmt: skip


def seal_batch(batch: Batch, target: str | Path) -> tuple[int, Path]:
    """Seal the bundles of a batch that stand in a folder, each behind a passphrase of its own.

    Pages lie beside the folders, as CLIENT.html; what is sealed already stays. Returns how many
    were sealed, and the file that lists the passphrases, which only the user can read. Raises
    UsageError, BundleError.
    """
    from serguide.batch.sealing_rows import seal_rows
    from serguide.bundle.inventory import sha256_of
    from serguide.bundle.model import MANIFEST

    return seal_rows(
        Path(target),
        batch.rows,
        lambda bundle: sha256_of(bundle / MANIFEST).hex(),
        lambda bundle, page: seal(bundle, page)[1],
    )


def do_batch_task(task: BatchTask) -> TaskResult:
    """Do one task of `render_many`, in whatever process it was sent to."""
    from serguide.batch.running import do_task

    return do_task(task, _means())


def _means() -> Means:
    from serguide.batch.running import Done, Means

    def standing(request: RenderRequest, store: Store) -> Done | None:
        found = unchanged(request, store=store)
        if found is None:
            return None
        tracks = found.manifest["serguide"]["tracks"]
        return Done(max((track["end"] for track in tracks), default=0), found.warnings)

    def made(request: RenderRequest, store: Store, cancel: Cancel) -> Done:
        codes: set[str] = set()
        done = render(
            request, store=store, cancel=cancel,
            prepared=lambda ready: codes.update(each.code for each in ready.warnings),
        )  # fmt: skip
        return Done(done.contents.timeline.frames, tuple(sorted(codes)))

    def track(request: RenderRequest, number: int, store: Store, cancel: Cancel) -> None:
        _render_track(request, number, store, ProgressReporter(), cancel)

    return Means(_opened, standing, made, track)


def _tracks_of(request: RenderRequest) -> _Numbers:
    """Return the numbers of a request's tracks, the longest first; none for what is wrong."""
    try:
        timeline = prepare(request).timeline
    except (ScriptError, UsageError):
        return []
    if timeline is None:
        return []
    tracks = (*timeline.tracks, timeline.ground)
    return sorted(range(len(tracks)), key=lambda number: -tracks[number].frames)


def _opened(url: str | None) -> Store:
    from serguide.cache.store import open_url

    return _store() if url is None else open_url(url)


def _inputs_key(request: RenderRequest) -> str | None:
    """Return the key of all that a request makes its bundle from; None where that is not clear."""
    from serguide.bundle.inputs import inputs_key

    try:
        return inputs_key(request, _libraries(request.libraries))
    except (OSError, ScriptError, UsageError):
        return None


def _planned(
    request: RenderRequest,
    store: Store,
    progress: ProgressReporter,
    cancel: Cancel,
    prepared: Callable[[Prepared], None] | None,
) -> tuple[Plan, Libraries]:
    from serguide.render.plan import plan

    ready = prepare(request, store=store)
    if not ready.ready:
        raise ScriptError(ready.problems)
    assert ready.timeline is not None
    _check_length(request, ready.timeline, _ESTIMATED)
    if prepared:
        prepared(ready)
    assert ready.program is not None
    libraries = _libraries(request.libraries).with_home_of(Path(ready.program.path))
    planned = plan(ready.program, libraries, store, _settings(request), progress, cancel)
    _check_length(request, planned.timeline, 0.0)
    return planned, libraries


def _check_length(request: RenderRequest, timeline: SessionTimeline, slack: float) -> None:
    """Raise UsageError when the length that was asked for cannot be had, nor may be missed.

    slack: by what part of its length a timeline may be wrong.
    """
    from serguide.timeline.layout import NEAR

    may_miss = NEAR + slack * timeline.frames
    if request.length is None or request.nearest or abs(timeline.fit.residual) <= may_miss:
        return
    got = seconds(timeline.frames)
    raise UsageError(
        f"“{timeline.program.title}” cannot be made {format_clock(request.length)} long: the "
        f"nearest is {format_clock(got)}",
        Hint(
            "ask for another length, or take the nearest",
            Remedy("length", format_time(round(got))),
            Remedy("nearest"),
        ),
    )


def _resolved(request: RenderRequest) -> tuple[SessionProgram, Libraries]:
    from serguide.script.resolve import Overrides, resolve
    from serguide.voices.speakable_names import KNOWN

    libraries = _libraries(request.libraries)
    overrides = Overrides(
        values=request.values,
        length=request.length,
        voice=request.voice,
        soundscape=request.soundscape,
    )
    return resolve(libraries.locate(str(request.what)), libraries, KNOWN, overrides), libraries


def _settings(request: RenderRequest) -> RenderSettings:
    from serguide.render.plan import RenderSettings

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
    )


def _libraries(folders: Iterable[str | Path]) -> Libraries:
    from serguide.script.library import open_libraries

    return open_libraries(folders)


def _store() -> Store:
    from serguide.cache.fallback import open_store

    return open_store(None, lambda _message: None)
