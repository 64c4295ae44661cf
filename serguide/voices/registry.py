"""Which voices there are, and how one is opened by its name."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from serguide.base.errors import VoiceError
from serguide.voices import variants
from serguide.voices.base import Voice
from serguide.voices.language_match import unknown

VOICES: Final[Mapping[str, str]] = {
    "espeak": "serguide.voices.espeak.espeak_voice:EspeakVoice",
    "gtts": "serguide.voices.google.gtts_voice:GttsVoice",
    "tone": "serguide.voices.tone:ToneVoice",
}
"""Every engine's name, and the class behind it, imported when it is asked for."""

_VARIANTS: Final[Mapping[str, Callable[[], Mapping[str, str]]]] = {
    "espeak": variants.of_espeak,
    "gtts": variants.of_gtts,
    "tone": variants.of_tone,
}


@dataclass(frozen=True, slots=True)
class ListedVoice:
    """Describe an engine for people.

    sends_to: who else receives the text, None when it stays on this machine; variants: variant
    to language in words; problem: why the engine cannot be used here, or empty.
    """

    engine: str
    sends_to: str | None
    variants: Mapping[str, str]
    problem: str = ""

    @property
    def online(self) -> bool:
        """Say whether the engine needs a network."""
        return self.sends_to is not None


def open_voice(spec: str, language: str) -> Voice:
    """Return the voice of a name such as `espeak`, `espeak:en-us` or `gtts:en-uk`.

    language: BCP 47; it chooses the variant when the name has none. Raises VoiceError, with
    the nearest names, when there is no such voice.
    """
    engine, colon, variant = spec.strip().partition(":")
    if engine not in VOICES:
        raise unknown("voice", engine, VOICES, f"There are {', '.join(VOICES)}.")
    if colon and not variant:
        raise VoiceError(
            f"The voice `{spec}` names no variant behind its colon.",
            f"Write `{engine}` alone, or see `serguide voices`.",
        )
    return cast(Voice, _class_of(engine).open(variant or None, language))


def list_voices() -> tuple[ListedVoice, ...]:
    """Return every engine with its variants; one that cannot be used here says why."""
    return tuple(_listed(engine) for engine in VOICES)


def _listed(engine: str) -> ListedVoice:
    try:
        return ListedVoice(engine, open_voice(engine, "en").sends_to, _VARIANTS[engine]())
    except VoiceError as error:
        return ListedVoice(engine, None, {}, str(error))


def _class_of(engine: str) -> Any:
    module, _, name = VOICES[engine].partition(":")
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError as error:
        raise VoiceError(
            f"The voice `{engine}` is not installed whole: {error}.",
            "Install serguide again: `pip install --force-reinstall serguide`.",
        ) from error
