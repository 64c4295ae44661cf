"""Public Python API: list, check, prepare and render scripts and sessions.

    request = RenderRequest("the-first-evening", target=Path("evening"), values={"name": "Ana"})
    prepared = prepare(request)       # problems and a timeline, before anything is rendered
    if prepared.ready:
        render(request, report=print)

The command line is a face of these functions. What they need is imported when they are called,
so that importing this module costs little. Everything raises subclasses of SerguideError alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, Unpack

from serguide.alignment.bring_takes import add_recordings
from serguide.base.errors import Problem, ScriptError, UsageError
from serguide.base.printable import require_encodable, require_text
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import Progress, ProgressReporter, Report, silent
from serguide.batch.sealing_rows import seal_batch
from serguide.bundle.handing_over import publish, seal, unseal
from serguide.importing.bring_documents import import_documents
from serguide.render.request import RenderRequest

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from serguide.batch.checking import Batch
    from serguide.batch.many import ManyOptions
    from serguide.batch.tasks import BatchTask, TaskResult
    from serguide.bundle.publish import Rendered
    from serguide.bundle.unchanged import Unchanged
    from serguide.cache.store import Store
    from serguide.catalogue import Catalogue
    from serguide.render.plan import Plan
    from serguide.safety import Waived
    from serguide.safety.checker import Checked
    from serguide.script.library import Libraries
    from serguide.script.program import SessionProgram
    from serguide.timeline import SessionTimeline
    from serguide.voices.recorded.recorded_share import RecordedShare

__all__ = [
    "Cancel",
    "Prepared",
    "Progress",
    "RenderRequest",
    "add_recordings",
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

_Results: TypeAlias = "list[TaskResult]"

_ESTIMATED: Final = 0.05
"""How far estimated lengths may be off: whether a length can be had is certain once spoken."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold what is known of a request before anything is rendered.

    problems: what stops the render; warnings: what does not; waived: what files waive, with
    their reasons; program, timeline: the resolved session and its times, estimated where a
    sentence was never spoken; None where the files cannot be read; recorded: how much of it is in
    each recorded voice.
    """

    request: RenderRequest
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    waived: tuple[Waived, ...] = ()
    program: SessionProgram | None = None
    timeline: SessionTimeline | None = None
    recorded: tuple[RecordedShare, ...] = ()

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
    voice: str | None = None,
    strict_voice: bool = False,
) -> Checked:
    """Check scripts and sessions by name, path or folder; all of the libraries when none is named.

    store: where clips may lie that tell true lengths; by_meaning: the second reader reads too,
    where the extra `reader` is installed; voice: as spoken by this one; strict_voice: a sentence
    that its recorded voice has not read is an error. Raises UsageError for an unknown name.
    """
    from serguide.safety.checker import check_files

    return check_files(
        names,
        _libraries(libraries),
        store,
        locale=locale,
        by_meaning=by_meaning,
        voice=voice,
        strict_voice=strict_voice,
    )


def prepare(request: RenderRequest, *, store: Store | None = None) -> Prepared:
    """Resolve, check and lay a request out by estimated speech; nothing is spoken or written.

    store: where clips may lie that tell true lengths. Raises UsageError for a name, value,
    voice, soundscape or locale that is unknown, and for a name or value that is no text. Raises
    VoiceError for a strict voice that has not read every sentence.
    """
    return _prepared(request, store, speaks=False)


def _prepared(request: RenderRequest, store: Store | None, *, speaks: bool) -> Prepared:
    """Prepare a request; speaks: it is spoken here next, so that its voices may begin to load."""
    from serguide.safety.preflight import judge
    from serguide.voices.recorded.recorded_share import recorded_shares, refuse_others
    from serguide.voices.select import VoiceSelection

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
            speaks=speaks,
        )
    except ScriptError as error:
        return Prepared(request, error.problems)
    recorded = recorded_shares(judged.timeline, VoiceSelection(program).voice_of)
    if request.strict_voice:
        refuse_others(recorded)
    return Prepared(
        request, judged.stopping, judged.warnings, judged.waived, program, judged.timeline, recorded
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
    from serguide.render.plan import settings_of

    check_target(request.folder, keep_others=request.keep_others)
    settings = settings_of(request)
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
    store_url: str | Store,
    *,
    report: Report = silent,
    cancel: Cancel | None = None,
    prepared: Callable[[Prepared], None] | None = None,
) -> str:
    """Render one track into a store, in any process; return its key there.

    number: from 0; that after the last track is the ground track's. store_url: of the store
    that all processes share, `file:///…`, or the store itself; prepared: as for `render`. A later
    `render` with that store finds the track there. Raises as `render` does; ValueError for a
    number that no track has.
    """
    from serguide.render.plan import settings_of
    from serguide.render.track_alone import render_alone

    store = _opened(store_url) if isinstance(store_url, str) else store_url
    progress, cancel = ProgressReporter(report), cancel or Cancel()
    plan, _ = _planned(request, store, progress, cancel, prepared)
    return render_alone(plan, number, settings_of(request), store, progress, cancel)


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

    target: the folder for the clients' folders, or a URL for them: `s3://…`; common: what rows ask
    for that say nothing else; encoding: of the table, None to find out. Raises ScriptError for what
    is no table, UsageError.
    """
    from serguide.batch.checking import read_batch as read

    common = common or RenderRequest("")
    libraries = _libraries(common.libraries)
    return read(
        Path(table),
        target,
        common,
        libraries,
        partial(prepare, store=store),
        encoding=encoding,
        cancel=cancel,
    )


def render_many(
    requests: Iterable[RenderRequest],
    executor: Executor,
    *,
    store_url: str | None = None,
    **options: Unpack[ManyOptions],
) -> _Results:
    """Render requests by an executor of concurrent.futures; return a result for each, in order.

    store_url: of the store that its workers share, None for the user's own on this machine;
    options: see ManyOptions. What requests share is made once; one that fails stops no other.
    Raises Cancelled, UsageError for a worker of other versions than this machine's, StoreError,
    BundleError for a URL that bundles cannot go to.
    """
    from serguide.batch.many import run_many

    store, door = _opened(store_url), (do_batch_task, prepare)
    return run_many([*requests], executor, door, store, store_url, **options)


def do_batch_task(task: BatchTask) -> TaskResult:
    """Do one task of `render_many`, in whatever process it was sent to."""
    from serguide.batch.running import Means, do_task

    return do_task(task, Means(_opened, unchanged, render, render_track))


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
    from serguide.render.lengths import require_length
    from serguide.render.plan import plan, settings_of

    ready = _prepared(request, store, speaks=True)
    if not ready.ready:
        raise ScriptError(ready.problems)
    assert ready.timeline is not None
    require_length(request, ready.timeline, _ESTIMATED)
    if prepared:
        prepared(ready)
    assert ready.program is not None
    libraries = _libraries(request.libraries).with_home_of(Path(ready.program.path))
    planned = plan(ready.program, libraries, store, settings_of(request), progress, cancel)
    require_length(request, planned.timeline, 0.0)
    return planned, libraries


def _resolved(request: RenderRequest) -> tuple[SessionProgram, Libraries]:
    from serguide.script.resolve import Overrides, resolve
    from serguide.voices.speakable_names import KNOWN

    libraries = _libraries(request.libraries)
    overrides = Overrides(request.values, request.length, request.voice, request.soundscape)
    return resolve(libraries.locate(str(request.what)), libraries, KNOWN, overrides), libraries


def _libraries(folders: Iterable[str | Path]) -> Libraries:
    from serguide.script.library import open_libraries

    return open_libraries(folders)


def _store() -> Store:
    from serguide.cache.fallback import open_store

    return open_store(None, lambda _message: None)
