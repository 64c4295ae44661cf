"""Printing: data on stdout, everything else on stderr."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from serguide.errors import Problem


def print_json(value: Any) -> None:
    """Print data for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(message: str) -> None:
    """Print a message for a person, on stderr."""
    click.echo(message, err=True)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems on stdout, the hint on the next line."""
    for problem in problems:
        place = click.style(f"{problem.path}:{problem.line}:{problem.column}:", bold=True)
        colour = "red" if problem.severity == "error" else "yellow"
        click.echo(f"{place} {click.style(problem.code, fg=colour)} {problem.message}")
        if problem.hint:
            click.echo(f"    {problem.hint}")


def print_table(rows: Sequence[Sequence[str]], indent: str = "") -> None:
    """Print rows in columns; the last column is left ragged."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo((indent + "  ".join([*cells, row[-1]])).rstrip())
