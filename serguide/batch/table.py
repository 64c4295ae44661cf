"""Tables of clients, CSV or YAML: cells with the places that they stand in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from serguide.base.errors import Problem, ScriptError
from serguide.batch.table_text import read_table_text
from serguide.script import nodes

_SEPARATORS: Final = {";": "semicolons", ",": "commas", "\t": "tabs"}
_YAML: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold a cell's text, repr without it; line, column: of the table, from 1."""

    text: str = field(repr=False)
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table's rows by column name, as text, and what was wrong with its form.

    read_as: in words, how the file was read; columns: headings with their places.
    """

    path: str
    read_as: str
    columns: Mapping[str, Cell]
    rows: tuple[Mapping[str, Cell], ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()


def read_table(path: Path, encoding: str | None = None) -> Table:
    """Read a table of clients. Raises ScriptError for a file that is no table.

    encoding: what it is in, None to find out.
    """
    if path.suffix.lower() in _YAML:
        return _of_yaml(path)
    text, called = read_table_text(path, encoding)
    return _of_csv(path, text, called)


def _of_csv(path: Path, text: str, called: str) -> Table:
    lines = text.splitlines(keepends=True)
    named = re.fullmatch(r"sep=(.)\s*", lines[0]) if lines else None
    separator = named[1] if named else _separator(text)
    if named:
        lines[0] = "\n"  # Excel's own word on what parts the cells; lines keep their numbers
    parts = _SEPARATORS.get(separator, f"“{separator}”")
    problems: list[Problem] = []
    records = _records(path, lines, separator, problems)
    columns: dict[int, Cell] = {}
    rows: list[dict[str, Cell]] = []
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = _headings(path, line, cells, problems)
            continue
        row = {}
        for column, text_of in enumerate(cells, 1):
            if column in columns:
                row[columns[column].text] = Cell(text_of.strip(), line, column)
            elif text_of.strip():
                hint = "put it in quotes if it holds the sign that parts cells"
                problems.append(
                    Problem(str(path), line, column, "B004", "a cell below no heading", hint)
                )
        rows.append(row)
    by_name = {cell.text: cell for cell in columns.values()}
    return Table(str(path), f"CSV, {called}, {parts}", by_name, tuple(rows), tuple(problems))


def _records(
    path: Path, lines: list[str], separator: str, problems: list[Problem]
) -> Iterable[tuple[int, list[str]]]:
    """Yield each record with the line that it begins in."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            hint = "a quote inside a cell is written twice; a quoted cell ends with a quote"
            message = f"cannot be read as CSV: {error}"
            problems.append(Problem(str(path), line, 1, "B003", message, hint))
            return
        if cells is None:
            return
        yield line, cells
        line = reader.line_num + 1


def _separator(text: str) -> str:
    """Return what parts the cells of the first line that says something."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=lambda sign: (bare.count(sign), sign == ","))


def _headings(path: Path, line: int, cells: list[str], problems: list[Problem]) -> dict[int, Cell]:
    found: dict[int, Cell] = {}
    for column, text in enumerate(cells, 1):
        name = text.strip()
        if not name:
            continue
        if name in {cell.text for cell in found.values()}:
            hint = "each column has its own heading"
            message = f"there are two columns “{name}”"
            problems.append(Problem(str(path), line, column, "B005", message, hint))
            continue
        found[column] = Cell(name, line, column)
    return found


def _of_yaml(path: Path) -> Table:
    root = nodes.load(path)
    if not isinstance(root, nodes.Sequence):
        hint = "write a list of rows: `- {client: ana, session: the-first-evening}`"
        raise ScriptError([Problem(str(path), root.line, 1, "B003", "is no list of rows", hint)])
    problems: list[Problem] = []
    columns: dict[str, Cell] = {}
    rows = []
    for item in root.items:
        if not isinstance(item, nodes.Mapping):
            hint = "a row has keys: `client: ana`"
            problems.append(Problem(str(path), item.line, item.column, "B003", "is no row", hint))
            continue
        row = {}
        for name, (key, value) in item.pairs.items():
            columns.setdefault(name, Cell(name, key.line, key.column))
            if isinstance(value, nodes.Scalar):
                row[name] = Cell(value.value.strip(), value.line, value.column)
            else:
                message, hint = f"`{name}` is no text", "a cell is one text"
                problems.append(Problem(str(path), value.line, value.column, "B003", message, hint))
        rows.append(row)
    return Table(str(path), "YAML, UTF-8", columns, tuple(rows), tuple(problems))
