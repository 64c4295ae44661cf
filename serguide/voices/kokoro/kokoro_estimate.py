"""Estimate Kokoro's speaking time from the text alone."""

from __future__ import annotations

from typing import Final

from serguide.voices.espeak.espeak_estimate import EspeakDurations, seconds_by

FITTED: Final = {
    "en": EspeakDurations(0.056, 0.227, 0.530, 0.42, 0.157),
}
_SENTENCE = 0.65


def seconds_of(text: str, language: str) -> float:
    """Return about how long a text takes at pace 1, in seconds; language: a primary subtag."""
    return seconds_by(text, FITTED.get(language, FITTED["en"]), _SENTENCE)
