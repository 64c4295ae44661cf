"""`serguide voices`: list voices, with where each sends its text, and sample one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import UsageError, VoiceError
from serguide.base.language import primary
from serguide.cli.options import json_option, libraries_of, library_option
from serguide.cli.printing import Styled, out, print_json, print_table, say
from serguide.cli.sampling import checked_target, hear

if TYPE_CHECKING:
    from serguide.audio.types import Block
    from serguide.voices.base import Voice, VoiceDescription, VoiceVariant

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
@library_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    language: str | None,
    text: str | None,
    voice: str | None,
    output: Path | None,
    allow_cloud: bool,
    libraries: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the voices, or hear one."""
    from serguide.voices.registry import broken_engines, describe_voices

    roots = libraries_of(ctx, libraries).roots
    checked_target(output, "--say TEXT", wanted=text is not None)
    if text is not None:
        found = _opened(voice or "espeak", language or "en", roots)
        _say(text, found, output, allow_cloud=allow_cloud)
        return
    engines = describe_voices(roots)
    if as_json:
        print_json([_row(*found) for found in _voices(engines, language)])
    else:
        _print(engines, language)
    for broken in broken_engines():
        say(f"left out: the voice {broken}")


def _opened(name: str, language: str, libraries: tuple[Path, ...]) -> Voice:
    from serguide.voices.registry import open_voice

    return open_voice(name, language, libraries)


def _say(text: str, voice: Voice, output: Path | None, *, allow_cloud: bool) -> None:
    if not text.strip():
        raise UsageError("--say: there is nothing to say", 'write some words: --say "Good evening"')
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
    engines: tuple[VoiceDescription, ...], language: str | None
) -> Iterator[tuple[VoiceDescription, VoiceVariant | None]]:
    """Yield the voices that speak a language; None for an engine's only one."""
    wanted = primary(language) if language else None
    for engine in engines:
        if not engine.variants:
            yield engine, None
        for variant in engine.variants:
            if wanted in (None, primary(variant.language)):
                yield engine, variant


def _row(engine: VoiceDescription, variant: VoiceVariant | None) -> dict[str, Any]:
    how = engine.install or (variant.install if variant else "")
    return {
        "name": f"{engine.engine}:{variant.name}" if variant else engine.engine,
        "engine": engine.engine,
        "language": variant.label if variant else engine.about,
        "code": variant.language if variant else None,
        "online": engine.online,
        "sends_to": engine.sends_to,
        "installed": not how,
        "install": how or None,
        "size": engine.size + (variant.size if variant else 0),
        "licence": engine.licence,
    }


def _print(engines: tuple[VoiceDescription, ...], language: str | None) -> None:
    for engine in engines:
        rows = [_row(*found) for found in _voices((engine,), language)]
        if rows:
            out(Styled(engine.engine, bold=True), f"  {_remark(engine)}")
            print_table([_shown(row) for row in rows], indent="  ")


def _remark(engine: VoiceDescription) -> str:
    """Return who hears of it, what it takes and how it is installed."""
    remark = f"online; the text is sent to {engine.sends_to}" if engine.online else _OFFLINE
    if engine.size:
        remark += f"; {engine.size / 1e6:.0f} MB"
    return f"{remark}; not installed: {engine.install}" if engine.install else remark


def _shown(row: dict[str, Any]) -> list[str]:
    return [row["name"], row["language"] + ("" if row["installed"] else " (not installed)")]
