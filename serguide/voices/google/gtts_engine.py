"""Google's online service as an engine: its languages and accents, and its voices by name."""

from __future__ import annotations

import os

from gtts.lang import tts_langs

from serguide.voices.base import Voice, VoiceDescription, VoiceVariant
from serguide.voices.google.gtts_languages import TAGS, variants
from serguide.voices.google.gtts_receiver import URL_VARIABLE, receiver


def describe() -> VoiceDescription:
    """Return the service's languages and accents as gTTS lists them; nothing is sent."""
    return VoiceDescription(
        "gtts",
        "MIT (the gTTS library); the service is Google's and unofficial",
        tuple(_variant(name) for name in variants()),
        sends_to=receiver(os.environ.get(URL_VARIABLE), "com"),
        serial=True,
    )


def open(variant: str | None, language: str) -> Voice:  # noqa: A001  (VoiceEngine's word)
    """Return the voice of a variant (`en-gb`, `cs`), or else of a BCP 47 language."""
    from serguide.voices.google.gtts_voice import GttsVoice

    return GttsVoice.open(variant, language)


def _variant(name: str) -> VoiceVariant:
    known = {code.lower(): words for code, words in tts_langs().items()}
    code, _, region = name.partition("-")
    words = known.get(name) or f"{known.get(code, code)} ({region.upper()})"
    return VoiceVariant(name, TAGS.get(name, name), words)
