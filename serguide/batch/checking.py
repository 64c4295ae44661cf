"""Check a batch before anything is rendered: each distinct combination once, problems by row."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from serguide.base.errors import Problem, ScriptError, SerguideError, UsageError
from serguide.base.files.remote_folder import local_path
from serguide.base.hints import SEE_SOUNDSCAPES
from serguide.base.nearest import did_you_mean
from serguide.base.tasks.cancel import Cancel
from serguide.base.units import SAMPLERATE
from serguide.batch.rows import BatchRow, problem_at, rows_of
from serguide.batch.table import Table, read_table
from serguide.bundle.sizes import sound_bytes
from serguide.encode.formats import FORMATS
from serguide.render.lengths import require_length
from serguide.render.request import RenderRequest
from serguide.script.library import Libraries
from serguide.script.program import SessionProgram
from serguide.script.variants import in_language
from serguide.timeline import SessionTimeline
from serguide.voices.speakable_names import KNOWN

_BESIDE: Final = 260_000
"""Bytes of a bundle that are no sound: page, captions, transcript, cover."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Hold a table that was checked.

    rows: what is to be made; problems: what stops the whole, with row and column; warnings: what
    does not, each once; read_as: how the table was read; frames: of each row's session, in
    samples, estimated; bytes: of its bundle.
    """

    table: str
    read_as: str
    rows: tuple[BatchRow, ...]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    frames: tuple[int, ...] = ()
    bytes: tuple[int, ...] = ()
    kinds: int = 0
    output_url: str | None = None

    @property
    def ready(self) -> bool:
        """Tell whether the batch may begin."""
        return not self.problems

    @property
    def requests(self) -> list[RenderRequest]:
        """Return what each row asks for."""
        return [row.request for row in self.rows]


class PreparedRequest(Protocol):
    """Hold what `api.prepare` tells of a request."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what stops the render."""
        ...

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return what does not."""
        ...

    @property
    def program(self) -> SessionProgram | None:
        """Return the resolved session."""
        ...

    @property
    def timeline(self) -> SessionTimeline | None:
        """Return the times, by estimated speech."""
        ...


Prepare = Callable[[RenderRequest], PreparedRequest]
"""Prepares a request; raises UsageError for names and values that there are not."""

_ESTIMATED: Final = 0.05
"""How far estimated lengths may be off."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Hold what is known of all rows of a kind."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    frames: int
    bytes: int
    errors: tuple[SerguideError, ...] = ()


def read_batch(
    path: Path,
    target: str | Path,
    common: RenderRequest,
    libraries: Libraries,
    prepare: Prepare,
    *,
    encoding: str | None = None,
    cancel: Cancel | None = None,
) -> Batch:
    """Read a table and check all that it asks for; nothing is rendered.

    target: the folder, or the URL, that the bundles go to; common: what every row asks for that
    says nothing else. Raises ScriptError for a file that is no table, UsageError, Cancelled.
    """
    cancel = cancel or Cancel()
    table = read_table(path, encoding)
    folder = local_path(str(target))
    rows, problems = rows_of(table, Path() if folder is None else folder.absolute(), common)
    rows = tuple(_in_language(row, table, libraries, problems) for row in rows)
    kinds: dict[tuple[object, ...], _Kind] = {}
    warnings: set[Problem] = set()
    frames, sizes = [], []
    for row in rows:
        cancel.check()
        kind = kinds.get(row.kind)
        if kind is None:
            kind = kinds[row.kind] = _prepared(row, prepare, libraries)
            problems += kind.problems
            warnings |= set(kind.warnings)
        if kind.problems:
            message = f"“{row.request.what}” is wrong itself, at {_where(kind.problems[0])}"
            problems.append(problem_at(table, row.cells["session"], "B015", message, "mend it"))
        for error in kind.errors:
            cell = row.cells.get(_blamed(row, error)) or row.cells["session"]
            problems.append(problem_at(table, cell, "B013", error.message, str(error.hint)))
        frames.append(kind.frames)
        sizes.append(kind.bytes)
    return Batch(
        table.path,
        table.read_as,
        rows,
        tuple(sorted(set(problems))),
        tuple(sorted(warnings)),
        tuple(frames),
        tuple(sizes),
        len(kinds),
        str(target) if folder is None else None,
    )


def _in_language(
    row: BatchRow, table: Table, libraries: Libraries, problems: list[Problem]
) -> BatchRow:
    """Return a row whose session is the one in its language: `the-first-evening-cs`."""
    if not row.language:
        return row
    name, language = str(row.request.what), row.language
    if libraries.find(name) is None:
        return row  # told of by preparing it
    local = in_language(name, language)
    if libraries.find(local) is not None:
        request = dataclasses.replace(row.request, what=local)
        return dataclasses.replace(row, request=request)
    if name.endswith(in_language("", language)) or _speaks(libraries, name, language):
        return row
    message = f"there is no “{name}” in the language “{language}”"
    hint = f"it would be named “{local}”"
    problems.append(problem_at(table, row.cells["language"], "B014", message, hint))
    return row


def _speaks(libraries: Libraries, name: str, language: str) -> bool:
    """Tell whether a script or session is in a language itself."""
    from serguide.script.reading import read_source

    path = libraries.find(name)
    assert path is not None
    try:
        own = read_source(path).model.language
    except ScriptError:
        return True  # told of by preparing it
    return own.partition("-")[0].lower() == language.partition("-")[0].lower()


def _prepared(row: BatchRow, prepare: Prepare, libraries: Libraries) -> _Kind:
    """Prepare a row for all of its kind; what its values are is no matter, but that they are."""
    request, errors = row.request, list[SerguideError]()
    while True:
        try:
            _check_names(request, libraries)
            prepared = prepare(request)
            if prepared.timeline is not None:
                require_length(request, prepared.timeline, _ESTIMATED)
            break
        except ScriptError as error:
            return _Kind(error.problems, (), 0, 0, tuple(errors))
        except SerguideError as error:
            errors.append(error)
            # Only the first is told of, and there may be more: its cell counts as empty now.
            without = _without(request, row, error)
            if without is None:
                return _Kind((), (), 0, 0, tuple(errors))
            request = without
    timeline = prepared.timeline
    if timeline is None:
        return _Kind(prepared.problems, prepared.warnings, 0, 0, tuple(errors))
    sound = FORMATS[row.request.format_name]
    ground = sound_bytes(sound, timeline.ground.frames)
    size = 2 * sound_bytes(sound, timeline.frames) + ground + _BESIDE
    return _Kind(prepared.problems, prepared.warnings, timeline.frames, size, tuple(errors))


def _check_names(request: RenderRequest, libraries: Libraries) -> None:
    """Raise UsageError for a voice or soundscape that there is not, whatever the session is."""
    if request.voice and (wrong := KNOWN.name_problem(request.voice)):
        raise UsageError(*wrong)
    name, known = request.soundscape, libraries.soundscapes()
    if name not in (None, "none", *known) and not Path(name or "").expanduser().is_file():
        hint = did_you_mean(name or "", known, otherwise=SEE_SOUNDSCAPES)
        raise UsageError(f"there is no soundscape, and no sound file, “{name}”", hint)


_BLAMED: Final = {
    "length": "cannot be made",
    "soundscape": "soundscape",
    "voice": "voice",
    "locale": "locale",
}
"""By column, and field of a request: a word of the messages that are about it."""


def _blamed(row: BatchRow, error: SerguideError) -> str:
    """Return the column that an error is about."""
    message = error.message.casefold()
    for name in row.request.values:
        if f"value “{name}”".casefold() in message:
            return name
    for column, word in _BLAMED.items():
        if column in row.cells and row.cells[column].text and word in message:
            return column
    return "session"


def _without(request: RenderRequest, row: BatchRow, error: SerguideError) -> RenderRequest | None:
    """Return a request that leaves out what an error is about; None where that is all of it."""
    column = _blamed(row, error)
    if column in request.values:
        values = {name: text for name, text in request.values.items() if name != column}
        return dataclasses.replace(request, values=values)
    if column in _BLAMED and getattr(request, column) is not None:
        return dataclasses.replace(request, **{column: None})  # type: ignore[arg-type]
    return None


def _where(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column}"


def seconds_of(frames: int) -> float:
    """Return a number of samples in seconds."""
    return frames / SAMPLERATE
