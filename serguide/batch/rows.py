"""Turn a table's rows into render requests, and collect every cell that is wrong."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from serguide.base.errors import Problem, UsageError
from serguide.base.nearest import did_you_mean
from serguide.base.printable import require_text
from serguide.base.units import Seconds, parse_time
from serguide.batch.client_folders import same_folder, wrong_with
from serguide.batch.table import Cell, Table
from serguide.encode.formats import FORMATS
from serguide.render.request import RenderRequest

COLUMNS: Final = (
    "client",
    "session",
    "length",
    "voice",
    "soundscape",
    "locale",
    "language",
    "format",
    "supervised_by",
)
"""What a column may be named to be no value."""

_NEEDED: Final = ("client", "session")
_LONGEST_VALUE: Final = 2_000
"""Characters; what a client is called, or a sentence, and no book."""

_FIELDS: Final = {
    "voice": "voice",
    "soundscape": "soundscape",
    "locale": "locale",
    "supervised_by": "supervised_by",
    "format": "format_name",
}
"""By column: the field of a request that its cell is, as it stands."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Hold one row: its line in the table, its cells and what it asks for.

    repr has neither the client nor a value.
    """

    line: int
    client: str = dataclasses.field(repr=False)
    request: RenderRequest = dataclasses.field(repr=False)
    cells: Mapping[str, Cell] = dataclasses.field(repr=False)
    language: str = ""

    @property
    def kind(self) -> tuple[object, ...]:
        """Return what rows have in common that differ in clients and values alone."""
        request = self.request
        named = tuple(sorted(request.values))
        return (
            str(request.what), request.length, request.voice, request.soundscape, request.locale,
            request.format_name, request.supervised_by, self.language, named,
        )  # fmt: skip


def rows_of(
    table: Table, target: Path, common: RenderRequest
) -> tuple[tuple[BatchRow, ...], list[Problem]]:
    """Return a row for each line that names a session, and every problem of the table's form.

    A cell with a problem counts as empty in its row, so that the others are still looked at.

    target: the folder that the clients' folders come into; common: what every row asks for that
    says nothing else.
    """
    problems = [*table.problems, *_of_headings(table)]
    rows: list[BatchRow] = []
    taken: dict[str, Cell] = {}
    for cells in table.rows:
        wrong = [*_of_client(table, cells, taken), *_of_cells(table, cells)]
        problems += wrong
        bad = {(problem.line, problem.column) for problem in wrong}
        good = {name: cell for name, cell in cells.items() if (cell.line, cell.column) not in bad}
        if "session" in good and good["session"].text:
            rows.append(_row(good, target, common))
    return tuple(rows), problems


def problem_at(table: Table, cell: Cell, code: str, message: str, hint: str = "") -> Problem:
    """Return a problem with a cell's place."""
    return Problem(table.path, cell.line, cell.column, code, message, hint)


def _of_headings(table: Table) -> Iterator[Problem]:
    if not table.columns:
        hint = "begin with a line of headings: client,session,name"
        yield Problem(table.path, 1, 1, "B006", "holds no table", hint)
        return
    first = next(iter(table.columns.values()))
    for name in _NEEDED:
        if name not in table.columns:
            hint = did_you_mean(name, table.columns, otherwise=f"add a column headed {name}")
            hint = hint.replace("did you mean", "is it") if hint.startswith("did") else hint
            yield Problem(table.path, first.line, 1, "B006", f"there is no column “{name}”", hint)
    if table.columns and not table.rows and not table.problems:
        yield Problem(table.path, first.line, 1, "B006", "there are no rows", "add one a client")


def _of_client(
    table: Table, cells: Mapping[str, Cell], taken: dict[str, Cell]
) -> Iterator[Problem]:
    if "client" not in table.columns:
        return
    if "client" not in cells:
        any_cell = next(iter(cells.values()), Cell("", 1, 1))
        missing = Cell("", any_cell.line, table.columns["client"].column)
        yield problem_at(table, missing, "B007", "there is no client", "give each row a folder")
        return
    cell = cells["client"]
    if wrong := wrong_with(cell.text):
        yield problem_at(table, cell, "B007", *wrong)
        return
    before = taken.setdefault(same_folder(cell.text), cell)
    if before is not cell:
        message = f"line {before.line} has the same client"
        if before.text != cell.text:
            message += ", but for capitals or the form of accents: one folder on many disks"
        yield problem_at(table, cell, "B008", message, "a client has one row and one folder")


def _of_cells(table: Table, cells: Mapping[str, Cell]) -> Iterator[Problem]:
    """Yield what is wrong with the cells of a row by themselves."""
    if "session" in table.columns and not (("session" in cells) and cells["session"].text):
        place = cells.get("session") or next(iter(cells.values()))
        yield problem_at(table, place, "B009", "there is no session", "name one")
    for name, cell in cells.items():
        if name == "client" or not cell.text:
            continue
        if name == "length":
            try:
                length_of(cell.text)
            except ValueError as error:
                message, _, hint = str(error).partition("; ")
                yield problem_at(table, cell, "B010", f"length: {message}", hint)
        elif name == "format" and cell.text not in FORMATS:
            hint = did_you_mean(cell.text, FORMATS, otherwise="there are " + ", ".join(FORMATS))
            yield problem_at(table, cell, "B011", f"there is no format “{cell.text}”", hint)
        elif len(cell.text) > _LONGEST_VALUE:
            message = f"{name} has more than {_LONGEST_VALUE:,} characters"
            yield problem_at(table, cell, "B012", message, "see whether a quote is missing")
        else:
            try:
                require_text(f"the cell below {name}", cell.text)
                if any("\ufdd0" <= sign <= "\ufdd4" for sign in cell.text):
                    raise UsageError(f"the cell below {name} holds what is no character", "delete")
            except UsageError as error:
                yield problem_at(table, cell, "B012", error.message, error.hint)


def length_of(text: str) -> Seconds:
    """Return a length in seconds. Raises ValueError, as `what is wrong; what to write`."""
    if re.fullmatch(r"[0-9]+([.,][0-9]+)?", text):
        raise ValueError(f"{text}: minutes or seconds?; write {text}m, or {text}s")
    length = parse_time(text)
    if length <= 0:
        raise ValueError("a session of no length; write it like 20m")
    return length


def _row(cells: Mapping[str, Cell], target: Path, common: RenderRequest) -> BatchRow:
    said = {name: cell.text for name, cell in cells.items() if cell.text}
    values = {name: text for name, text in said.items() if name not in COLUMNS}
    changes = {field: said[column] for column, field in _FIELDS.items() if column in said}
    if "length" in said:
        changes["length"] = length_of(said["length"])  # type: ignore[assignment]
    client = said.get("client", "")
    request = dataclasses.replace(
        common,
        what=said["session"],
        target=target / client,
        values={**common.values, **values},
        **changes,  # type: ignore[arg-type]
    )
    return BatchRow(cells["session"].line, client, request, cells, said.get("language", ""))
