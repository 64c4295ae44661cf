"""`serguide list`: list the scripts and sessions of the libraries."""

from __future__ import annotations

from typing import Any

import click

from serguide.cli.options import folders_of, json_option, library_option
from serguide.cli.printing import Styled, out, print_json, print_table, say

_GROUPS = ("session", "relaxation", "breathing", "imagery", "grounding", "integration")


@click.command("list", epilog="Example: serguide list --kind breathing")
@click.option("--kind", type=click.Choice(_GROUPS), help="Only this kind.")
@click.option("--language", metavar="TAG", help="Only this language, such as cs; en holds en-GB.")
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    kind: str | None,
    language: str | None,
    libraries: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the scripts and sessions that can be rendered."""
    from serguide import api

    found = api.list(folders_of(ctx, libraries))
    entries = [
        entry
        for entry in found.entries
        if kind in (None, entry.kind) and (not language or _same_language(entry.language, language))
    ]
    if as_json:
        print_json([_row(entry) for entry in entries])
    else:
        for group in _GROUPS:
            rows = [
                [entry.name, entry.clock, entry.title, entry.remark]
                for entry in entries
                if entry.kind == group
            ]
            if rows:
                out(Styled(group, bold=True))
                print_table(rows, indent="  ")
    if found.problems:
        files = sorted({problem.path for problem in found.problems})
        say(f"left out, because something in them is wrong: {', '.join(files)}")
        say("`serguide check` says what, and how to mend it")


def _same_language(one: str, other: str) -> bool:
    """Tell whether two BCP 47 tags have their first part in common."""
    first, second = (tag.replace("_", "-").partition("-")[0].lower() for tag in (one, other))
    return first == second


def _row(entry: Any) -> dict[str, Any]:
    return {
        "name": entry.name,
        "kind": entry.kind,
        "title": entry.title,
        "language": entry.language,
        "audience": entry.audience,
        "supervision": entry.supervision,
        "seconds": round(float(entry.seconds), 1),
        "path": entry.path,
    }
