"""`serguide recordings list`: what of a script is recorded, doubtful or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from serguide.cli.options import ScriptName, json_option, libraries_of, library_option
from serguide.cli.printing import Styled, out, print_json, print_problems, say
from serguide.cli.recorded_folder import recorded_folder, recorded_voice_option

if TYPE_CHECKING:
    from serguide.recordings.recording import Recording
    from serguide.recordings.sentences import Sentence

_SIGNS = {"good": "✓", "doubtful": "?", "missing": "–", "value": " "}


@click.command(
    "list", epilog="Example: serguide recordings list easy-six --voice ana --library my-library"
)
@click.argument("script", type=ScriptName(), metavar="SCRIPT")
@recorded_voice_option
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, script: str, voice: str, libraries: tuple[str, ...], as_json: bool
) -> None:
    """List a script's sentences: which are recorded, doubtful or missing.

    Sentences that hold a client's value come last; another voice speaks them. With --json, an
    array of objects: script, line, text, state (good, doubtful, missing, value), seconds and
    source, the original that the recording was cut from.
    """
    from serguide.recordings.sentences import reading_list

    found = libraries_of(ctx, libraries)
    folder = recorded_folder(found, voice)
    index = folder.open_index()
    recorded = folder.chosen()
    reading = reading_list(script, found)
    rows = [_row(each, recorded.get(each.key)) for each in reading.sentences]
    rows += [_row(each, None, state="value") for each in reading.with_values]
    if as_json:
        print_json(rows)
    else:
        for each, row in zip((*reading.sentences, *reading.with_values), rows, strict=True):
            _print(each, row, recorded.get(each.key))
        print_problems(index.problems)
    counts = {state: sum(row["state"] == state for row in rows) for state in _SIGNS}
    values = f", {counts['value']} with a client's value" if counts["value"] else ""
    say(
        f"{reading.title} in the voice of {folder.name}: {counts['good']} recorded, "
        f"{counts['doubtful']} doubtful, {counts['missing']} missing{values}"
    )


def _row(each: Sentence, found: Recording | None, *, state: str = "missing") -> dict[str, Any]:
    return {
        "script": each.script,
        "line": each.line,
        "text": each.text,
        "state": found.state if found else state,
        "seconds": round(found.seconds, 3) if found else None,
        "source": found.original if found else None,
    }


def _print(each: Sentence, row: dict[str, Any], found: Recording | None) -> None:
    colour = {"good": "green", "doubtful": "yellow"}.get(row["state"])
    seconds = f"{row['seconds']:5.1f} s" if found else " " * 7
    number = f"{each.number:>4}" if each.number else " " * 4
    out(f"{number}  ", Styled(_SIGNS[row["state"]], colour=colour), f"  {seconds}  {each.text}")
    if found is not None and found.why and not found.good:
        out(f"{'':17}{found.why}")
