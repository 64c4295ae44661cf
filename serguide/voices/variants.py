"""What each engine can speak, in words for a person."""

from __future__ import annotations

from collections.abc import Mapping


def of_espeak() -> Mapping[str, str]:
    """Return espeak's languages by code. Raises VoiceError when its library does not load."""
    from serguide.voices.espeak.espeak_library import catalogue

    return catalogue().languages


def of_gtts() -> Mapping[str, str]:
    """Return the online service's languages and accents by variant."""
    from gtts.lang import tts_langs

    from serguide.voices.google.gtts_languages import variants

    names = {code.lower(): name for code, name in tts_langs().items()}

    def name_of(variant: str) -> str:
        code, _, region = variant.partition("-")
        return names.get(variant) or f"{names.get(code, code)} ({region.upper()})"

    return {variant: name_of(variant) for variant in variants()}


def of_tone() -> Mapping[str, str]:
    """Return nothing: a tone speaks every language alike."""
    return {}
