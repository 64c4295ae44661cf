"""Estimate Kokoro's speaking time from the text alone.

A sentence takes so long a letter, a word, a comma and once, as espeak's does; fitted by
non-negative least squares to 136 English sentences of thirteen styles and to 54 of nine others
(Spanish, French, Italian, Portuguese), each style with a factor of its own. The root mean square
error of one sentence is 5 to 11 %; those of one short word may be off by 40 %.
"""

from __future__ import annotations

from typing import Final

from serguide.base.language import primary
from serguide.voices.espeak.espeak_estimate import EspeakDurations, seconds_by

ENGLISH: Final = EspeakDurations(letter=0.0399, word=0.0477, comma=0.252, digit=0.22, once=0.2231)
ROMANCE: Final = EspeakDurations(letter=0.0460, word=0.0595, comma=0.0858, digit=0.25, once=0.2011)
_SENTENCE: Final = 0.30
"""Seconds between two sentences of one text, with which the later begins anew."""


def seconds_of(text: str, language: str) -> float:
    """Return about how long a text takes at speed 1 of the language's first style, in seconds."""
    return seconds_by(text, ENGLISH if primary(language) == "en" else ROMANCE, _SENTENCE)
