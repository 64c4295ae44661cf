"""`serguide record`: read a script's sentences into a microphone, one after another."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from serguide.base.errors import UsageError
from serguide.cli.options import ScriptName, libraries_of, library_option
from serguide.cli.printing import say
from serguide.cli.recorded_folder import folder_to_fill, recorded_voice_option

if TYPE_CHECKING:
    from serguide.recordings.sentences import ReadingList
    from serguide.recordings.voice_folder import VoiceFolder


@click.command(
    "record", epilog="Example: serguide record easy-six --voice ana --library my-library"
)
@click.argument("script", type=ScriptName(), metavar="SCRIPT")
@recorded_voice_option
@click.option("--from", "number", type=click.IntRange(1), metavar="N", help="Begin at a sentence.")
@library_option
@click.pass_context
def command(
    ctx: click.Context, script: str, voice: str, number: int | None, libraries: tuple[str, ...]
) -> None:
    """Read a script's sentences aloud, one at a time, and keep them as a voice.

    Space begins, then keeps a sentence and shows the next. ← reads one again, → leaves it out, p
    plays the last, k keeps one that is doubtful, + and − change the size, Esc stops. Each
    sentence is kept as soon as it is read; the next time, reading goes on where it was left.
    """
    from serguide.recordings.sentences import reading_list

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "reading aloud needs a terminal",
            "open one; a recording from a phone needs none: see `serguide recordings --help`",
        )
    found = libraries_of(ctx, libraries)
    folder = folder_to_fill(found, voice)
    reading = reading_list(script, found)
    if not reading.sentences:
        raise UsageError(f"“{reading.title}” has no sentence to read", "choose another script")
    if number is not None and number > len(reading.sentences):
        raise UsageError(
            f"--from {number}: there are sentences 1 to {len(reading.sentences)}",
            "`serguide recordings list` numbers them",
        )
    _read(folder, reading, number)


def _read(folder: VoiceFolder, reading: ReadingList, number: int | None) -> None:
    from functools import partial

    from serguide.player.audio.sample import play_file
    from serguide.reading.prompter.microphone import DeviceMicrophone
    from serguide.reading.prompter.prompter import Prompter
    from serguide.reading.prompter.prompter_screen import PrompterScreen
    from serguide.reading.prompter.take_keeper import keep_doubtful, keep_take

    with contextlib.closing(DeviceMicrophone()) as microphone:
        if not folder.exists:
            say(f"A new voice, {folder.name}, in {folder.path}.")
        folder.create()
        recorded = folder.chosen()
        prompter = Prompter(reading.sentences, partial(keep_take, folder), recorded)
        if number is not None:
            prompter.place = number - 1
        microphone.start(prompter.hear)
        screen = PrompterScreen(
            reading.title,
            prompter,
            lambda entry: play_file(folder.file(entry.clip)),
            partial(keep_doubtful, folder),
            reading.language,
        )
        screen.run()
    prompter.finish()
    good = sum(each.good for each in prompter.readings.values())
    say(f"{reading.title}: {good} of {len(reading.sentences)} sentences are recorded.")
    if prompter.failure is not None:
        raise prompter.failure
