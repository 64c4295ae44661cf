"""Print data to stdout and everything else to stderr; the one place that prints.

Whatever is printed may come from somebody else's files: nothing of it reaches a terminal that
would do more there than be read.
"""

from __future__ import annotations

import dataclasses
import errno
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import Problem, SerguideError
from serguide.base.files.failures import reason_of
from serguide.base.printable import printable, printable_json
from serguide.base.streams import silence
from serguide.cli.remedies import advised, told
from serguide.cli.voice_notes import told_of_voices

if TYPE_CHECKING:
    from serguide.api import Prepared
    from serguide.safety import Waived


class UnprintableError(SerguideError):
    """Standard output does not take the answer."""


@dataclasses.dataclass(frozen=True, slots=True)
class Styled:
    """Hold a text that is bold or coloured where the terminal can do that."""

    text: str
    bold: bool | None = None
    colour: str | None = None


def out(*parts: str | Styled, newline: bool = True) -> None:
    """Print a line on stdout, its parts one after another. Raises UnprintableError."""
    shown = (
        click.style(printable(part.text), bold=part.bold, fg=part.colour)
        if isinstance(part, Styled)
        else printable(part)
        for part in parts
    )
    _write("".join(shown), newline=newline)


def print_json(value: Any) -> None:
    """Print data for programs. Raises UnprintableError."""
    _write(printable_json(json.dumps(value, ensure_ascii=False, indent=2)))


def say(message: str) -> None:
    """Print a message for a person, on stderr, with what to type where it is a hint."""
    try:
        click.echo(printable(advised(message)), err=True)
    except OSError:  # nobody hears it: the work goes on
        silence(sys.stderr.fileno())


def _write(text: str, *, newline: bool = True) -> None:
    try:
        click.echo(text, nl=newline)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise not_printed(error) from error


def not_printed(error: OSError) -> UnprintableError:
    """Return what to say of an answer that standard output does not take; the rest is let go."""
    silence(sys.stdout.fileno())
    reason = "standard output is closed" if error.errno == errno.EBADF else reason_of(error)
    return UnprintableError(
        f"The answer cannot be printed: {reason}.",
        "See where standard output goes to, and what room there is.",
    )


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems on stdout, the hint on the next line."""
    for problem in problems:
        colour = "red" if problem.severity == "error" else "yellow"
        code = Styled(problem.code, colour=colour)
        out(Styled(_place(problem), bold=True), " ", code, f" {problem.message}")
        for line in (advised(problem.hint), *problem.excerpt.splitlines()):
            if line:
                out(f"    {line}")


def say_prepared(prepared: Prepared) -> None:
    """Print what is to be said of a session before it is rendered, on stderr.

    A hint that many warnings share is given with the first of them.
    """
    given: set[str] = set()
    for problem in prepared.warnings:
        say(told(dataclasses.replace(problem, hint="") if problem.hint in given else problem))
        given.add(problem.hint)
    for share in prepared.recorded:
        say(share.told())
    if prepared.program is not None:
        for line in told_of_voices(prepared.program):
            say(line)


def _place(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column}:"


def print_waived(waived: Iterable[Waived]) -> None:
    """Print what files waive, and why, on stdout."""
    for each in waived:
        problem = each.problem
        out(f"{_place(problem)} {problem.code} waived: {problem.message}")
        out(f"    {each.reason}")


def print_table(rows: Sequence[Sequence[str]], indent: str = "") -> None:
    """Print rows in columns; the last column is left ragged."""
    if not rows:
        return
    rows = [[printable(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        out((indent + "  ".join([*cells, row[-1]])).rstrip())
