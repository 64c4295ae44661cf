"""`serguide recordings remove`: take readings away, their clips and originals."""

from __future__ import annotations

import sys

import click

from serguide.base.errors import UsageError
from serguide.cli.options import ScriptName, libraries_of, library_option
from serguide.cli.printing import out, say
from serguide.cli.recorded_folder import recorded_folder, recorded_voice_option


@click.command(
    "remove",
    epilog="Example: serguide recordings remove easy-six --voice ana --number 12 "
    "--library my-library",
)
@click.argument("script", type=ScriptName(), metavar="SCRIPT")
@recorded_voice_option
@click.option(
    "--number",
    "numbers",
    multiple=True,
    type=click.IntRange(1),
    metavar="N",
    help="Only this sentence, by its number in `recordings list`; may be given several times.",
)
@click.option("--doubtful", is_flag=True, help="Only readings that are doubtful.")
@click.option("--earlier", is_flag=True, help="Only readings that a later one has replaced.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@library_option
@click.pass_context
def command(
    ctx: click.Context,
    script: str,
    voice: str,
    numbers: tuple[int, ...],
    doubtful: bool,
    earlier: bool,
    yes: bool,
    libraries: tuple[str, ...],
) -> None:
    """Take away what was read of a script's sentences, all of their readings.

    Says what goes, and asks. An original goes with the last reading that was cut from it; nothing
    else ever removes one. Sentences that other scripts say too are lost to those as well.
    """
    from serguide.recordings.sentences import reading_list

    found = libraries_of(ctx, libraries)
    folder = recorded_folder(found, voice)
    sentences = reading_list(script, found).sentences
    unknown = [number for number in numbers if number > len(sentences)]
    if unknown:
        raise UsageError(
            f"--number {unknown[0]}: there are sentences 1 to {len(sentences)}",
            "`serguide recordings list` numbers them",
        )
    keys = {each.key for each in sentences if not numbers or each.number in numbers}
    counts = folder.chosen()
    going = [
        each
        for each in folder.open_index().recordings
        if each.key in keys
        and not (doubtful and each.good)
        and not (earlier and counts[each.key] == each)
    ]
    if not going:
        say("nothing to remove")
        return
    for each in going:
        out(f"{each.seconds:5.1f} s  {each.text}  ({each.state}, {each.clip}, {each.original})")
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("there is no terminal to ask on", "add --yes")
        what = "this reading" if len(going) == 1 else f"these {len(going)} readings"
        click.confirm(f"Remove {what} from {folder.path}, for good?", abort=True, err=True)
    removed = folder.remove(going)
    originals = sum(name.startswith("originals/") for name in removed.files)
    say(f"removed: {len(removed.readings)} of the readings, {originals} of the originals")
