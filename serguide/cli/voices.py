"""`serguide voices`: who can speak, and who would hear of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import UsageError, VoiceError
from serguide.cli.options import json_option
from serguide.cli.printing import print_json, print_table, say
from serguide.cli.sampling import checked_target, hear

if TYPE_CHECKING:
    from serguide.audio.types import Block
    from serguide.voices.registry import ListedVoice

_OFFLINE = "offline; what is spoken stays on this machine"


@click.command("voices", epilog='Example: serguide voices --say "Dobrý večer." --language cs')
@click.option("--language", metavar="LANGUAGE", help="Only voices of this language: cs, en-GB.")
@click.option("--say", "text", metavar="TEXT", help="Let a voice speak this.")
@click.option(
    "--voice", envvar="SERGUIDE_VOICE", metavar="VOICE", help="Who says it. Default: espeak"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.wav",
    help="Write what is said to a file, rather than play it.",
)
@click.option("--allow-cloud", is_flag=True, help="Let an online voice receive the text.")
@json_option
def command(
    language: str | None,
    text: str | None,
    voice: str | None,
    output: Path | None,
    allow_cloud: bool,
    as_json: bool,
) -> None:
    """List the voices, or hear one."""
    from serguide.voices.registry import list_voices

    checked_target(output, "--say TEXT", wanted=text is not None)
    if text is not None:
        _say(text, voice or "espeak", language or "en", output, allow_cloud=allow_cloud)
        return
    engines = list_voices()
    if as_json:
        print_json([_row(*found) for found in _voices(engines, language)])
    else:
        _print(engines, language)
    for engine in engines:
        if engine.problem:
            say(f"{engine.engine} cannot be used here: {engine.problem}")


def _say(text: str, name: str, language: str, output: Path | None, *, allow_cloud: bool) -> None:
    from serguide.voices.registry import open_voice

    if not text.strip():
        raise UsageError("--say: there is nothing to say", 'write some words: --say "Good evening"')
    voice = open_voice(name, language)
    if voice.sends_to is not None:
        if not allow_cloud:
            raise VoiceError(
                f"{voice.name} is online: your text would be sent to {voice.sends_to}",
                "add --allow-cloud if that is fine, or use the offline voice `espeak`",
            )
        say(f"sending the text to {voice.sends_to}")

    def blocks() -> Iterator[Block]:
        # Only when it is asked for: nothing is sent when there is nowhere to play it.
        yield voice.speak(text).samples

    hear(blocks(), 1, output)


def _voices(
    engines: tuple[ListedVoice, ...], language: str | None
) -> Iterator[tuple[ListedVoice, str, str]]:
    """Yield (engine, name, language in words) of the voices that speak a language."""
    wanted = language.lower().partition("-")[0] if language else None
    for engine in engines:
        if not engine.variants and not engine.problem:
            yield engine, engine.engine, "every language, as tones without words"
        for variant, words in engine.variants.items():
            if wanted in (None, variant.partition("-")[0]):
                yield engine, f"{engine.engine}:{variant}", words


def _row(engine: ListedVoice, name: str, words: str) -> dict[str, Any]:
    return {
        "name": name,
        "engine": engine.engine,
        "language": words,
        "online": engine.online,
        "sends_to": engine.sends_to,
    }


def _print(engines: tuple[ListedVoice, ...], language: str | None) -> None:
    for engine in engines:
        rows = [[name, words] for _, name, words in _voices((engine,), language)]
        if rows:
            remark = f"online; the text is sent to {engine.sends_to}"
            heading = click.style(engine.engine, bold=True)
            click.echo(f"{heading}  {remark if engine.online else _OFFLINE}")
            print_table(rows, indent="  ")
