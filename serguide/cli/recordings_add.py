"""`serguide recordings add`: a phone's recording, short or long, cut to a script's sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import UsageError
from serguide.cli.options import folders_of, json_option, libraries_of, library_option
from serguide.cli.printing import Styled, out, print_json, say
from serguide.cli.progress_bars import shown
from serguide.cli.recorded_folder import folder_to_fill, recorded_voice_option

if TYPE_CHECKING:
    from serguide.alignment.adding import Added, AddedReading
    from serguide.recordings.sentences import Sentence


@click.command(
    "add",
    epilog="Example: serguide recordings add evening.m4a --voice ana easy-six --library my-library",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE... SCRIPT")
@recorded_voice_option
@click.option("--dry-run", is_flag=True, help="Say what is found; write nothing.")
@click.option("--play", is_flag=True, help="Play each reading that is doubtful.")
@click.option(
    "--keep",
    "numbers",
    multiple=True,
    type=click.IntRange(1),
    metavar="N",
    help="Count this sentence as good although it is doubtful; may be given several times.",
)
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    voice: str,
    dry_run: bool,
    play: bool,
    numbers: tuple[int, ...],
    libraries: tuple[str, ...],
    as_json: bool,
) -> None:
    """Find a script's sentences in recordings, and keep them as a voice.

    Any sound file of up to two hours will do: one sentence, or a whole script in one go. Read at
    your own pace, leave a breath between sentences, and say a sentence again when it went wrong:
    the last whole reading counts. What is doubtful is named with the reason, and another voice
    speaks it until it is kept or read again.
    """
    from serguide import api
    from serguide.alignment.find import model_hint
    from serguide.recordings.sentences import sentences_of

    if len(files) < 2:
        raise UsageError(
            "a recording and a script are needed",
            "name both: serguide recordings add evening.m4a --voice ana easy-six",
        )
    *sounds, script = files
    found = libraries_of(ctx, libraries)
    folder = folder_to_fill(found, voice)
    sentences = sentences_of(script, found)
    _require(sounds, sentences, numbers)
    if hint := model_hint():
        say(hint)
    with shown() as report:
        added = api.add_recordings(
            sounds, folder.path, script, folders_of(ctx, libraries),
            keep=numbers, dry_run=dry_run, report=report,
        )  # fmt: skip
    if as_json:
        print_json([*map(_row, added.readings), *map(_missing_row, added.missing)])
    else:
        _print(added)
    if play:
        for each in added.readings:
            if each.found.state == "doubtful":
                _play(each)
    _tell(added, dry_run=dry_run)


def _require(sounds: list[str], sentences: tuple[Sentence, ...], numbers: tuple[int, ...]) -> None:
    """Raise UsageError for what cannot be meant, before anything long begins."""
    if lost := next((each for each in sounds if not Path(each).is_file()), None):
        raise UsageError(f"there is no sound file {lost}", "name files first, the script last")
    if unknown := next((each for each in numbers if each > len(sentences)), None):
        raise UsageError(
            f"--keep {unknown}: there are sentences 1 to {len(sentences)}",
            "`serguide recordings list` numbers them",
        )


def _row(each: AddedReading) -> dict[str, Any]:
    return {
        "script": each.sentence.script,
        "line": each.sentence.line,
        "number": each.sentence.number,
        "text": each.sentence.text,
        "state": each.found.state,
        "why": each.found.why,
        "seconds": round(each.found.seconds, 3),
        "source": str(each.file),
        "start": round(each.found.start, 3),
        "end": round(each.found.end, 3),
        "readings": each.found.takes,
    }


def _missing_row(sentence: Sentence) -> dict[str, Any]:
    return {
        "script": sentence.script,
        "line": sentence.line,
        "number": sentence.number,
        "text": sentence.text,
        "state": "missing",
        "why": "",
        "seconds": None,
        "source": None,
        "start": None,
        "end": None,
        "readings": 0,
    }


def _print(added: Added) -> None:
    """Print a line a sentence, in the script's order: what was found, and what is doubtful."""
    lines: list[tuple[int, AddedReading | None, Sentence]] = [
        *((each.sentence.number, each, each.sentence) for each in added.readings),
        *((each.number, None, each) for each in added.missing),
    ]
    for number, reading, sentence in sorted(lines, key=lambda line: line[0]):
        if reading is None:
            out(f"{number:>4}  –  {'':>7}  {'':>7}  {sentence.text}")
            continue
        good = reading.found.state == "good"
        sign = Styled("✓", colour="green") if good else Styled("?", colour="yellow")
        minutes, rest = divmod(reading.found.start, 60)
        place = f"{int(minutes)}:{rest:04.1f}"
        length = f"{reading.found.seconds:5.1f} s"
        out(f"{number:>4}  ", sign, f"  {place:>7}  {length}  {sentence.text}")
        if not good:
            out(f"{'':27}{reading.found.why}")


def _play(each: AddedReading) -> None:
    import numpy as np

    from serguide.base.units import SAMPLERATE
    from serguide.player.audio.sample import play_sample
    from serguide.recordings.sound_reader import decoded

    say(f"{each.sentence.number}: {each.found.why}: “{each.sentence.text}”")
    first, last = round(each.found.start * SAMPLERATE), round(each.found.end * SAMPLERATE)
    at, held = 0, []
    for block in decoded(each.file):
        if at + len(block) > first:
            held.append(block[max(0, first - at) : last - at])
        at += len(block)
        if at >= last:
            break
    play_sample([np.concatenate(held)], 1)


def _tell(added: Added, *, dry_run: bool) -> None:
    good = sum(each.found.state == "good" for each in added.readings)
    doubtful = [each.sentence.number for each in added.readings if each.found.state != "good"]
    say(
        f"{good} found{' (a dry run: nothing is written)' if dry_run else ''}, "
        f"{len(doubtful)} doubtful, {len(added.missing)} missing"
    )
    if doubtful:
        say(
            "listen to the doubtful ones with --play, count one as good with "
            f"`--keep {doubtful[0]}`, or read it again"
        )
