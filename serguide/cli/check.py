"""`serguide check`: report all problems of scripts and sessions at once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import Problem, UsageError
from serguide.base.nearest import did_you_mean
from serguide.cli.options import (
    ScriptName,
    check_voice,
    folders_of,
    json_option,
    libraries_of,
    library_option,
    strict_voice_option,
)
from serguide.cli.printing import out, print_json, print_problems, print_waived, say
from serguide.cli.recorded_shares import share_data, share_lines
from serguide.cli.remedies import advised

if TYPE_CHECKING:
    from serguide.safety.checker import Checked


@click.command("check", epilog="Example: serguide check my-library/scripts/first-try.yaml")
@click.argument("names", nargs=-1, type=ScriptName(), metavar="[NAME|PATH]...")
@click.option(
    "--explain",
    metavar="CODE",
    help="Say what a code means, why, and what to write instead; `all` for every code.",
)
@click.option(
    "--lists-only",
    envvar="SERGUIDE_LISTS_ONLY",
    is_flag=True,
    help="Go by the rules and their word lists alone; no second reader.",
)
@click.option(
    "--voice",
    envvar="SERGUIDE_VOICE",
    metavar="VOICE",
    help="As spoken by this voice: recorded:ana. Default: what each file says",
)
@strict_voice_option
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    explain: str | None,
    lists_only: bool,
    voice: str | None,
    strict_voice: bool,
    libraries: tuple[str, ...],
    as_json: bool,
) -> None:
    """Check scripts and sessions: language and safety, every problem of every file at once.

    Without a name, all that the libraries hold is checked; a folder stands for all that lies in
    it. Ends with 3 when something is wrong; warnings alone end with 0. What files waive with
    `allow` comes last, with the reason.

    With the extra `reader`, a second reader warns of sentences that read like harmful ones
    (W201 to W215): a second pair of eyes, no supervisor; it misses some, and doubts some that
    are fine. It is slower the first time, and keeps what it has read.
    """
    if explain is not None:
        _explain(explain)
        return
    from serguide import api
    from serguide.cache.fallback import open_store
    from serguide.cache.store import default_root
    from serguide.safety.reader.embedding import install_line, installed

    root = default_root()
    # Rendered clips tell the true lengths; without any, and without the second reader, who keeps
    # what it has read, nothing needs to be made for a check.
    wanted = root.is_dir() or (not lists_only and installed())
    store = open_store(root, say) if wanted else None
    if voice is not None:
        check_voice(voice, libraries_of(ctx, libraries))
    result = api.check(
        names,
        folders_of(ctx, libraries),
        store=store,
        by_meaning=not lists_only,
        voice=voice,
        strict_voice=strict_voice,
    )
    if as_json:
        print_json(_data(result))
    else:
        print_problems(result.problems)
        print_waived(result.waived)
        for path, share in result.recorded:
            first, *others = share_lines(share)
            out(f"{path}: {first}")
            for line in others:
                out(line)
    errors = sum(problem.severity == "error" for problem in result.problems)
    say(_summary(result, errors))
    if result.lists_only:
        say(f"read by word lists only; for a second reader that knows meaning: {install_line()}")
    if errors:
        raise click.exceptions.Exit(3)


def _explain(code: str) -> None:
    from serguide.safety import explain, known_codes, manual

    if code.lower() == "all":
        out(manual(advised), newline=False)
        return
    told = explain(code, advised)
    if told is None:
        hint = did_you_mean(code, known_codes(), otherwise="`--explain all` lists them")
        raise UsageError(f"there is no code {code}", hint)
    out(told)


def _data(result: Checked) -> list[dict[str, Any]]:
    """Return problems, then what is waived, of severity `waived` and with the reason.

    Last come notes, of severity `note`: how much is in a recorded voice.
    """
    return [
        *(_row(problem) for problem in result.problems),
        *(
            {**_row(each.problem), "severity": "waived", "reason": each.reason}
            for each in result.waived
        ),
        *(
            {
                **_row(Problem(path, 1, 1, "R011", share.told())),
                "severity": "note",
                "recorded": share_data(share),
            }
            for path, share in result.recorded
        ),
    ]


def _row(problem: Problem) -> dict[str, Any]:
    return {**dataclasses.asdict(problem), "hint": advised(problem.hint)}


def _summary(result: Checked, errors: int) -> str:
    def counted(number: int, word: str) -> str:
        return f"{number} {word}{'' if number == 1 else 's'}"

    files = counted(result.files, "file")
    waived = f", {len(result.waived)} waived" if result.waived else ""
    if not result.problems:
        return f"{files} checked, nothing wrong{waived}"
    warnings = len(result.problems) - errors
    return f"{files} checked: {counted(errors, 'error')}, {counted(warnings, 'warning')}{waived}"
