"""`serguide import`: documents into scripts, with a report of every decision."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from serguide.cli.import_report import import_data, print_report
from serguide.cli.options import folders_of, json_option, library_option
from serguide.cli.printing import print_json, say

if TYPE_CHECKING:
    from serguide.importing.document import Unsaid

LENGTH_OPTIONS: Final = {
    "ellipsis": "--seconds-per-ellipsis",
    "pause": "--seconds-per-pause",
    "short": "--seconds-per-short-pause",
    "long": "--seconds-per-long-pause",
    "breath": "--seconds-per-breath",
}
"""The option of each silence that writers leave open."""

_HELP: Final = {
    "ellipsis": "How long “…” lasts; 0 leaves it as punctuation.  [default: 2s]",
    "pause": "How long “[pause]” lasts.  [default: 5s]",
    "short": "How long a short pause lasts.  [default: 3s]",
    "long": "How long a long pause lasts.  [default: 10s]",
    "breath": "How long one breath of “(for 3 breaths)” lasts.  [default: 8s]",
}
_KINDS: Final = ("relaxation", "breathing", "imagery", "grounding", "integration")


class Length(click.ParamType):
    """Take a time as scripts have it: `2s`, `500ms`, `0`."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Return seconds."""
        from serguide.base.units import parse_time

        if isinstance(value, Fraction):
            return value
        try:
            return parse_time(str(value).strip())
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _length_options(command: Any) -> Any:
    for unsaid, option in reversed(LENGTH_OPTIONS.items()):
        command = click.option(
            option,
            f"length_{unsaid}",
            type=Length(),
            envvar=f"SERGUIDE{option[1:].replace('-', '_').upper()}",
            metavar="TIME",
            help=_HELP[unsaid],
        )(command)
    return command


@click.command("import", epilog="Example: serguide import evening.docx -o my-library")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="LIBRARY",
    help="The library that gets the scripts. Default: the first --library, or this folder",
)
@_length_options
@click.option(
    "--numbers",
    type=click.Choice(("seconds", "milliseconds")),
    help="What a number without a unit counts, as in [pause:5]. Default: seconds below 100",
)
@click.option(
    "--brackets",
    type=click.Choice(("notes", "spoken")),
    default="notes",
    show_default=True,
    help="What words in [square brackets] are that are neither pause nor name.",
)
@click.option("--encoding", default="", metavar="NAME", help="Of text files, such as cp1250.")
@click.option("--language", default="", metavar="TAG", help="Instead of the proposed one: cs.")
@click.option(
    "--kind", default="", type=click.Choice(("", *_KINDS)), help="Instead of the proposed one."
)
@click.option(
    "--name",
    default="",
    metavar="NAME",
    help="The script's name, its file's. Default: the document's",
)
@click.option("--split", is_flag=True, help="Make a script of each top heading, not a chapter.")
@click.option(
    "--lists-only",
    envvar="SERGUIDE_LISTS_ONLY",
    is_flag=True,
    help="Check by the rules and their word lists alone; no second reader.",
)
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    output: Path | None,
    numbers: str | None,
    brackets: str,
    encoding: str,
    language: str,
    kind: str,
    name: str,
    split: bool,
    lists_only: bool,
    libraries: tuple[str, ...],
    as_json: bool,
    **lengths: Fraction | None,
) -> None:
    """Make scripts of documents: text, Markdown, Word, OpenDocument, RTF, SSML, phrase files.

    Pauses become pauses, headings chapters, notes to the reader comments; every spoken word
    stays. What a text leaves open, such as how long “…” lasts, is asked once, or taken from an
    option or its default. The report has every decision with its line; then the scripts are
    checked. A file that is there is never overwritten: nothing is written then.
    """
    from serguide import api
    from serguide.importing.assumptions import Assumptions, Brackets, PlainNumbers

    given = {
        cast("Unsaid", key.removeprefix("length_")): value
        for key, value in lengths.items()
        if value is not None
    }
    assumptions = Assumptions(
        lengths=tuple(given.items()),
        numbers=cast(PlainNumbers, numbers or "guess"),
        brackets=cast(Brackets, brackets),
        encoding=encoding,
        language=language,
        kind=kind,
        name=name,
        split=split,
    )
    folders = folders_of(ctx, libraries)
    asking = sys.stdin.isatty() and sys.stderr.isatty() and not as_json
    imported = api.import_documents(
        files,
        output or (folders[0] if folders else Path()),
        assumptions,
        settle=_ask if asking else None,
        libraries=folders,
        by_meaning=not lists_only,
    )
    if as_json:
        print_json(import_data(imported))
    else:
        print_report(imported, LENGTH_OPTIONS)
    count = sum(len(file.scripts) for file in imported.files)
    scripts = f"{count} script{'' if count == 1 else 's'}"
    say(f"{scripts} written; read them aloud before anyone hears them")


def _ask(counts: Mapping[Unsaid, int]) -> dict[Unsaid, Fraction]:
    """Ask a person at a terminal how long open silences last."""
    from serguide.base.units import format_time
    from serguide.importing.assumptions import CALLED, DEFAULTS

    say("The text leaves open how long some silences last. Enter takes what is proposed.")
    answers: dict[Unsaid, Fraction] = {}
    for unsaid, count in counts.items():
        answers[unsaid] = click.prompt(
            f"  {CALLED[unsaid]}, {'once' if count == 1 else f'{count} times'}",
            type=Length(),
            default=format_time(DEFAULTS[unsaid]),
            err=True,
        )
    return answers
