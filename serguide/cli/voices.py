"""`serguide voices`: list voices, with where each sends its text; hear, get and remove one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from serguide.base.errors import UsageError, VoiceError
from serguide.base.language import primary
from serguide.cli.options import json_option, libraries_of, library_option
from serguide.cli.printing import Styled, out, print_json, print_table, say
from serguide.cli.remedies import advised
from serguide.cli.sampling import checked_target, hear

if TYPE_CHECKING:
    from serguide.audio.types import Block
    from serguide.script.library import Libraries
    from serguide.script.program import Spoken
    from serguide.voices.base import Voice, VoiceDescription, VoiceVariant
    from serguide.voices.weights import InstalledWeights

_MOST_ABSENT = 40
"""How many voices that are not here are listed where no language is asked for."""

_OFFLINE = "offline; what is spoken stays on this machine"


@click.command(
    "voices",
    epilog='Example: serguide voices --say "Dobrý večer." --language cs, or '
    "serguide voices --say 'Zoë sits.' --pronounce 'Zoë=/ˈzəʊi/', or "
    "serguide voices --get kokoro",
)
@click.option("--language", metavar="LANGUAGE", help="Only voices of this language: cs, en-GB.")
@click.option("--say", "text", metavar="TEXT", help="Let a voice speak this.")
@click.option(
    "--voice",
    envvar="SERGUIDE_VOICE",
    metavar="VOICE",
    help="Who says it; natural: the best natural one.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.wav",
    help="Write what is said to a file, rather than play it.",
)
@click.option(
    "--pronounce",
    "pronounced",
    multiple=True,
    metavar="WORD=HOW",
    help="With --say: 'Zoë=/ˈzəʊi/' (IPA), psoas=SO-as; may be given several times.",
)
@library_option
@click.option("--allow-cloud", is_flag=True, help="Let an online voice receive the text.")
@click.option("--get", "wanted", metavar="NAME", help="Get a natural voice: kokoro, piper:NAME.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Get it from this folder; no network is used.",
)
@click.option("--remove", "unwanted", metavar="NAME", help="Remove a natural voice.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    language: str | None,
    text: str | None,
    voice: str | None,
    output: Path | None,
    pronounced: tuple[str, ...],
    libraries: tuple[str, ...],
    allow_cloud: bool,
    wanted: str | None,
    source: Path | None,
    unwanted: str | None,
    as_json: bool,
) -> None:
    """List the voices, hear one, or get a natural one for this machine."""
    from serguide.voices.registry import broken_engines, describe_voices

    if sum(each is not None for each in (text, wanted, unwanted)) > 1:
        raise UsageError("--say, --get and --remove are asked for at once", "ask for one of them")
    if source is not None and wanted is None:
        raise UsageError("--from says where a voice lies, and none is got", "add --get NAME")
    if wanted is not None or unwanted is not None:
        from serguide.cli import voice_getting

        if wanted is not None:
            voice_getting.get(wanted, source, as_json=as_json)
        elif unwanted is not None:
            voice_getting.remove(unwanted)
        return
    found = libraries_of(ctx, libraries)
    checked_target(output, "--say TEXT", wanted=text is not None)
    if text is not None:
        _say(
            _sentence(text, language or "en", pronounced, found),
            _opened(voice, language or "en", found.roots),
            output,
            allow_cloud=allow_cloud,
        )
        return
    if pronounced:
        raise UsageError("--pronounce says how words are said, and none are", "add --say TEXT")
    engines = describe_voices(found.roots)
    if as_json:
        print_json([_row(*each) for each in _voices(engines, language)])
    else:
        _print(engines, language)
    for broken in broken_engines():
        say(f"left out: the voice {broken}")


def _sentence(
    text: str, language: str, pronounced: tuple[str, ...], libraries: Libraries
) -> Spoken:
    """Return a text as a script's sentence, with the words of the libraries and the options."""
    from serguide.script.program import Origin, Spoken
    from serguide.script.pronunciation import Speller, pronunciation_problem

    if not text.strip():
        raise UsageError("--say: there is nothing to say", 'write some words: --say "Good evening"')
    words = libraries.pronunciations(language)
    for given in pronounced:
        word, _, how = given.partition("=")
        problem = pronunciation_problem(word, how)
        if problem:
            message, _, hint = problem.partition("; ")
            raise UsageError(f"--pronounce {given}: {message}", hint)
        words.pop(word, None)
        words[word] = how
    spoken, sounds = Speller(words, language)(text)
    return Spoken(text, spoken, language, Origin("--say", 1), 0, sounds=sounds)


def _opened(name: str | None, language: str, roots: tuple[Path, ...]) -> Voice:
    from serguide.voices.natural import default_voice, open_named

    return open_named(name or default_voice(language), language, roots)


def _say(sentence: Spoken, voice: Voice, output: Path | None, *, allow_cloud: bool) -> None:
    from serguide.voices.base import SpeaksIpa

    if voice.sends_to is not None:
        if not allow_cloud:
            raise VoiceError(
                f"{voice.name} is online: your text would be sent to {voice.sends_to}",
                "add --allow-cloud if that is fine, or use the offline voice `espeak`",
            )
        say(f"sending the text to {voice.sends_to}")
    for sound in sentence.sounds:
        word = sentence.spoken[sound.start : sound.end]
        if not isinstance(voice, SpeaksIpa):
            say(f"{voice.name} takes no IPA: it reads “{word}”")
            continue
        for asked, said in voice.fit_sounds(sound.ipa).replaced:
            instead = f"it says {said} instead" if said else "it is left out"
            say(f"{voice.name} has no {asked}: {instead}, in “{word}”")

    def blocks() -> Iterator[Block]:
        # Only when it is asked for: nothing is sent when there is nowhere to play it.
        yield voice.speak(sentence.spoken, sentence=sentence).samples

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
    if variant and variant.install and variant.install not in engine.install:
        how = f"{engine.install}, then {variant.install}" if engine.install else variant.install
    return {
        "name": f"{engine.engine}:{variant.name}" if variant else engine.engine,
        "engine": engine.engine,
        "language": variant.label if variant else engine.about,
        "code": variant.language if variant else None,
        "online": engine.online,
        "ipa": engine.speaks_ipa,
        "sends_to": engine.sends_to,
        "installed": not how,
        "install": advised(how) or None,
        "size": engine.size + (variant.size if variant else 0),
        "licence": (variant.licence if variant else "") or engine.licence,
    }


def _print(engines: tuple[VoiceDescription, ...], language: str | None) -> None:
    for engine in engines:
        rows = [_row(*each) for each in _voices((engine,), language)]
        here = [row for row in rows if row["installed"]]
        # A catalogue of voices that could be got is long: of one language it is shown whole.
        shown = rows if language or len(rows) - len(here) <= _MOST_ABSENT else here
        if rows:
            out(Styled(engine.engine, bold=True), f"  {_remark(engine)}")
            print_table([_shown(row) for row in shown], indent="  ")
        if len(shown) < len(rows):
            out(f"  {len(rows) - len(shown)} more to be got: add --language, such as cs or de-DE")


def _remark(engine: VoiceDescription) -> str:
    """Return who hears of it, what it takes, whose licence and how it is installed."""
    remark = f"online; the text is sent to {engine.sends_to}" if engine.online else _OFFLINE
    if engine.size:
        remark += f"; {engine.size / 1e6:.0f} MB"
    for weights in _weights_of(engine.engine):
        remark += f"; {weights.name}: {weights.size / 1e6:.0f} MB, {weights.licence}"
    return f"{remark}; not installed: {advised(engine.install)}" if engine.install else remark


def _weights_of(engine: str) -> list[InstalledWeights]:
    from serguide.voices.weights import all_installed

    return [each for each in all_installed() if each.name.partition(":")[0] == engine]


def _shown(row: dict[str, Any]) -> list[str]:
    """Return a row's name and what there is to know of it."""
    if row["installed"]:
        return [row["name"], row["language"]]
    size = f", {row['size'] / 1e6:.0f} MB" if row["size"] >= 1e6 else ""
    return [row["name"], f"{row['language']} (not installed{size}, {row['licence']})"]
