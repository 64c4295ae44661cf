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
from typing import TYPE_CHECKING, Final

from serguide.base.errors import Problem, ScriptError, UsageError
from serguide.base.hints import Hint, Remedy
from serguide.base.printable import require_encodable, require_text
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import Progress, ProgressReporter, Report, silent
from serguide.base.units import format_clock, format_time, seconds
from serguide.render.request import RenderRequest

if TYPE_CHECKING:
    from serguide.bundle.publish import Rendered
    from serguide.bundle.sealed.sealing import SealedPage
    from serguide.bundle.web.web_folder import WebFolder
    from serguide.cache.store import Store
    from serguide.catalogue import Catalogue
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
    "list",
    "prepare",
    "publish",
    "render",
    "render_track",
    "seal",
    "speak",
    "unseal",
]


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
    from serguide.bundle.target import check_target

    check_target(request.folder, keep_others=request.keep_others)
    store, cancel, progress = store or _store(), cancel or Cancel(), ProgressReporter(report)
    plan, libraries = _planned(request, store, progress, cancel, prepared)
    settings = _settings(request)
    return publish(plan, request.folder, libraries.art, store, settings, progress, cancel)


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
    from serguide.encode.formats import FORMATS
    from serguide.render.session import SessionRenderer
    from serguide.render.track_cache import TrackCache

    store, progress, cancel = open_url(store_url), ProgressReporter(report), cancel or Cancel()
    plan, _ = _planned(request, store, progress, cancel, None)
    if not 0 <= number < len(plan.jobs):
        raise ValueError(f"there are tracks 0 to {len(plan.jobs) - 1}, and no {number}")
    settings, job = _settings(request), plan.jobs[number]
    format_ = FORMATS[settings.format_name]
    with tempfile.TemporaryDirectory(prefix="serguide-track-") as folder:
        cache = TrackCache(store)
        session = SessionRenderer(Path(folder), format_, cache, settings.threads, progress, cancel)
        session.render_track(job)
    return job.key


def seal(
    bundle: str | Path,
    page: str | Path,
    *,
    passphrase: str | None = None,
    words: int | None = None,
    light: bool = False,
) -> tuple[SealedPage, str]:
    """Write the page that opens a bundle with a passphrase; return it, and the passphrase.

    passphrase: chosen by a person, refused under 60 bits; None: one is made, of so many words
    (6); light: without the tracks by themselves, which the page does not play. Raises UsageError,
    BundleError.
    """
    from serguide.bundle.sealed.sealing import check_page, seal_bundle

    check_page(Path(page))
    phrase = _passphrase(Path(bundle), passphrase, words)
    return seal_bundle(Path(bundle), Path(page), phrase, light=light), phrase


def unseal(page: str | Path, passphrase: str, target: str | Path) -> Path:
    """Write the bundle in a sealed page to a folder, whole or not at all; return the folder.

    Raises UsageError when something else is there; BundleError for a page that is not sealed,
    damaged, or not of this passphrase.
    """
    from serguide.bundle.sealed.sealing import unseal_page

    return unseal_page(Path(page), passphrase, Path(target))


def publish(
    bundle: str | Path,
    target: str | Path,
    *,
    sealed: bool = False,
    passphrase: str | None = None,
    words: int | None = None,
    site: str = "",
) -> tuple[WebFolder, str | None]:
    """Write a folder to upload, with a bundle or a sealed page; return it, and the passphrase.

    sealed: behind a passphrase, as `seal` has it; site: the `https://` address that the folder
    will have: then its page's own is told, and drawn as a QR code. Raises UsageError, BundleError.
    """
    from serguide.bundle.target import check_target
    from serguide.bundle.web.web_folder import write_web_folder
    from serguide.bundle.web.web_record import web_inventory

    check_target(Path(target), look=web_inventory)
    phrase = _passphrase(Path(bundle), passphrase, words) if sealed else None
    return write_web_folder(Path(bundle), Path(target), passphrase=phrase, site=site), phrase


def _passphrase(bundle: Path, chosen: str | None, words: int | None) -> str:
    from serguide.bundle.sealed.passphrase import WORDS, made, require_strong
    from serguide.bundle.sealed.sealing import known_words

    known = known_words(bundle)  # a folder that is no bundle is told before anything else
    return made(words or WORDS) if chosen is None else require_strong(chosen, known)


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
    )


def _libraries(folders: Iterable[str | Path]) -> Libraries:
    from serguide.script.library import open_libraries

    return open_libraries(folders)


def _store() -> Store:
    from serguide.cache.fallback import open_store

    return open_store(None, lambda _message: None)
