"""Print data to stdout and everything else to stderr."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import Problem
from serguide.cli.remedies import advised, told

if TYPE_CHECKING:
    from serguide.api import Prepared
    from serguide.safety import Waived


def print_json(value: Any) -> None:
    """Print data for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(message: str) -> None:
    """Print a message for a person, on stderr, with what to type where it is a hint."""
    click.echo(advised(message), err=True)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems on stdout, the hint on the next line."""
    for problem in problems:
        place = click.style(f"{problem.path}:{problem.line}:{problem.column}:", bold=True)
        colour = "red" if problem.severity == "error" else "yellow"
        click.echo(f"{place} {click.style(problem.code, fg=colour)} {problem.message}")
        for line in (advised(problem.hint), *problem.excerpt.splitlines()):
            if line:
                click.echo(f"    {line}")


def say_prepared(prepared: Prepared) -> None:
    """Print what is to be said of a session before it is rendered, on stderr.

    A hint that many warnings share is given with the first of them.
    """
    given: set[str] = set()
    for problem in prepared.warnings:
        say(told(dataclasses.replace(problem, hint="") if problem.hint in given else problem))
        given.add(problem.hint)


def _place(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column}:"


def print_waived(waived: Iterable[Waived]) -> None:
    """Print what files waive, and why, on stdout."""
    for each in waived:
        problem = each.problem
        click.echo(f"{_place(problem)} {problem.code} waived: {problem.message}")
        click.echo(f"    {each.reason}")


def print_table(rows: Sequence[Sequence[str]], indent: str = "") -> None:
    """Print rows in columns; the last column is left ragged."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo((indent + "  ".join([*cells, row[-1]])).rstrip())
