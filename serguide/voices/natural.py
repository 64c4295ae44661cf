"""Natural voices: the best one here for a language, and which ones could be got.

A voice that nobody named is the best natural one on this machine for the language, first
Kokoro's, then Piper's, and espeak where there is none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint, Remedy
from serguide.base.language import primary, region
from serguide.voices.base import Voice, VoiceDescription, VoiceVariant
from serguide.voices.registry import VOICES, describe_voice, open_voice
from serguide.voices.weights.packaged import HIDE_VARIABLE
from serguide.voices.weights.weights_folder import voices_folder

NATURAL: Final = "natural"
"""As a voice's name: the best natural one here."""

ENGINES: Final = ("kokoro", "piper")
"""The engines of natural voices, the better one first."""

OTHERWISE: Final = "espeak"
"""What speaks where there is no natural voice."""

_SHOWN: Final = 3  # voices to be got that a message names


def best_natural(language: str) -> str | None:
    """Return the name of the best natural voice here for a BCP 47 language, or None."""
    return _best_natural(language, _voices_state())


@lru_cache(maxsize=256)
def _best_natural(language: str, _state: object) -> str | None:
    for described in _described():
        for variant in _speaking(described, language):
            if not described.install and not variant.install:
                return f"{described.engine}:{variant.name}"
    return None


def default_voice(language: str) -> str:
    """Return the voice that speaks a language where none is named."""
    return best_natural(language) or OTHERWISE


def obtainable(language: str) -> tuple[str, ...]:
    """Return what could be got that speaks a language and is not here: `kokoro`, `piper:…`."""
    found: dict[str, None] = {}
    for described in _described():
        speaking = list(_speaking(described, language))
        for variant in speaking:
            if described.install or variant.install:
                # Kokoro's voices come together, Piper's one by one.
                whole = described.engine == "kokoro"
                found[described.engine if whole else f"{described.engine}:{variant.name}"] = None
    return tuple(found)


def open_named(name: str, language: str, libraries: tuple[Path, ...] = ()) -> Voice:
    """Return the voice of a name, or the best natural one for `natural`.

    language: BCP 47; libraries: folders in which recorded voices may lie. Raises VoiceError; for a
    natural voice that lacks the language with what could be got.
    """
    if is_natural(name):
        best = best_natural(language)
        if best is None:
            raise VoiceError(
                f"There is no natural voice for the language “{language}” on this machine.",
                _get_or_take(language),
            )
        return open_voice(best, language)
    try:
        return open_voice(name, language, libraries)
    except VoiceError as error:
        engine, _, variant = name.strip().partition(":")
        if engine not in ENGINES or _knows_and_speaks(describe_voice(engine), variant, language):
            raise
        raise type(error)(error.message, _get_or_take(language)) from error


def is_natural(name: str) -> bool:
    """Tell whether a voice's name asks for the best natural one."""
    return name.strip() == NATURAL


def own_language(name: str) -> str | None:
    """Return the BCP 47 language of a natural voice's name; None for any other name."""
    engine, _, variant = name.strip().partition(":")
    known = describe_voice(engine).variants if engine in ENGINES and engine in VOICES else ()
    return next((each.language for each in known if each.name == variant), None)


def lacking(language: str) -> tuple[str, Hint] | None:
    """Say that espeak speaks because natural voices here lack a language, and the next step.

    None where one speaks it, where there is none at all, and where none is to be had.
    """
    here = any(
        not described.install and any(not each.install for each in described.variants)
        for described in _described()
    )
    if not here or best_natural(language) or not obtainable(language):
        return None
    return (
        f"No natural voice on this machine speaks the language “{language}”; espeak does.",
        _get_or_take(language),
    )


def _voices_state() -> tuple[tuple[str, int], ...]:
    """Return what changes when a voice is installed or removed: asked for each script of a list."""
    folder = voices_folder()
    found = [(os.fspath(folder), 0), (os.environ.get(HIDE_VARIABLE, ""), 0)]
    for place in (folder, folder / "piper"):
        try:
            with os.scandir(place) as entries:
                found += [(each.path, each.stat().st_mtime_ns) for each in entries]
        except OSError:  # it is not there
            continue
    return tuple(sorted(found))


def _get_or_take(language: str) -> Hint:
    found = obtainable(language)
    if not found:
        here = best_natural(language)
        if here:
            return Hint("Use one that speaks it.", Remedy("voice", here))
        return Hint("No natural voice speaks it: use espeak.", Remedy("voice", OTHERWISE))
    shown = found[:_SHOWN]
    more = f", and {len(found) - len(shown)} more" if len(found) > len(shown) else ""
    return Hint(
        f"To be got: {', '.join(shown)}{more}. Or let espeak speak.",
        Remedy("get_voice", shown[0]),
        Remedy("voice", OTHERWISE),
    )


def _described() -> Iterator[VoiceDescription]:
    for engine in ENGINES:
        if engine in VOICES:
            yield describe_voice(engine)


def _speaking(described: VoiceDescription, language: str) -> list[VoiceVariant]:
    """Return an engine's voices for a language: those of its region first, then in its order."""
    found = [each for each in described.variants if primary(each.language) == primary(language)]
    here = region(language)
    return sorted(found, key=lambda each: here is not None and region(each.language) != here)


def _knows_and_speaks(described: VoiceDescription, variant: str, language: str) -> bool:
    """Tell whether what is wrong with a voice is something else than its language."""
    if not variant:
        return bool(_speaking(described, language))
    known = [each for each in described.variants if each.name == variant]
    return not known or primary(known[0].language) == primary(language)
