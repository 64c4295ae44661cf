"""espeak as an engine: its languages, and its voices by name."""

from __future__ import annotations

from serguide.voices.base import Voice, VoiceDescription, VoiceVariant
from serguide.voices.espeak.espeak_catalogue import catalogue


def describe() -> VoiceDescription:
    """Return espeak's languages; its library is not loaded. Raises VoiceError."""
    languages = catalogue().languages
    return VoiceDescription(
        "espeak",
        "GPL-3.0-or-later",
        tuple(VoiceVariant(code, code, name) for code, name in languages.items()),
        origin="eSpeak NG",
    )


def open(variant: str | None, language: str) -> Voice:  # noqa: A001  (VoiceEngine's word)
    """Return the voice of a variant such as `en-gb` or `cs+f2`, or else of a language."""
    from serguide.voices.espeak.espeak_voice import EspeakVoice

    return EspeakVoice.open(variant, language)
