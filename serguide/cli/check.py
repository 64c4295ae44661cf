"""`serguide check`: what is wrong with scripts and sessions, all at once."""

from __future__ import annotations

import dataclasses

import click

from serguide.cli.options import json_option, libraries_of, library_option
from serguide.cli.output import print_json, print_problems, say


@click.command("check", epilog="Example: serguide check my-library/scripts/first-try.yaml")
@click.argument("names", nargs=-1, metavar="[NAME|PATH]...")
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, names: tuple[str, ...], libraries: tuple[str, ...], as_json: bool
) -> None:
    """Check scripts and sessions: every problem of every file, where it is and how to mend it.

    Without a name, all that the libraries hold is checked; a folder stands for all that lies in
    it. Ends with 3 when something is wrong.
    """
    from serguide.checking import check

    result = check(names, libraries_of(ctx, libraries))
    if as_json:
        print_json([dataclasses.asdict(problem) for problem in result.problems])
    else:
        print_problems(result.problems)
    errors = sum(problem.severity == "error" for problem in result.problems)
    say(_summary(result.files, errors, len(result.problems) - errors))
    if errors:
        raise click.exceptions.Exit(3)


def _summary(files: int, errors: int, warnings: int) -> str:
    def counted(number: int, word: str) -> str:
        return f"{number} {word}{'' if number == 1 else 's'}"

    if not errors and not warnings:
        return f"{counted(files, 'file')} checked, nothing wrong"
    return (
        f"{counted(files, 'file')} checked: {counted(errors, 'error')}, "
        f"{counted(warnings, 'warning')}"
    )
