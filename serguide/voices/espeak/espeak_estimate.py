"""Estimate espeak's speaking time from the text alone.

A sentence takes so long a letter, a word, a comma and a digit, and a little to begin. The
constants were fitted by non-negative least squares to 18 to 20 sentences of guided imagery in
each language, spoken by espeak 1.52 with the settings of `espeak_voice.py`. Each sentence left out
of the fit in turn, the root mean square error of one sentence is 7 to 12 %; over all sentences
of a language the estimate is within 2 %. A language without a row of its own takes DEFAULT,
which is within about 20 %; none was worth a row whose gain was not measured.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from serguide.voices.language_match import fallbacks


class EspeakDurations(NamedTuple):
    """Hold seconds a letter, a word, a comma (or the like), a digit, and once a text."""

    letter: float
    word: float
    comma: float
    digit: float
    once: float


FITTED: dict[str, EspeakDurations] = {
    "en": EspeakDurations(0.056, 0.227, 0.530, 0.42, 0.157),
    "cs": EspeakDurations(0.056, 0.324, 0.341, 0.42, 0.040),
    "sk": EspeakDurations(0.083, 0.187, 0.390, 0.42, 0.033),
    "de": EspeakDurations(0.083, 0.118, 0.157, 0.42, 0.083),
    "fr": EspeakDurations(0.067, 0.192, 0.069, 0.45, 0.069),
    "es": EspeakDurations(0.083, 0.148, 0.430, 0.42, 0.000),
    "ru": EspeakDurations(0.065, 0.185, 0.118, 0.42, 0.000),
    "cmn": EspeakDurations(0.46, 0.0, 0.166, 0.42, 0.183),
    "ar": EspeakDurations(0.146, 0.108, 0.677, 0.75, 0.000),
}
DEFAULT = EspeakDurations(0.080, 0.180, 0.350, 0.42, 0.080)

_SENTENCE = 0.65  # the pause between two sentences of one text; 0.64 to 0.76 in six languages
_SYMBOL = 0.8  # espeak says an emoji's name
_SYLLABIC = 0.28  # a letter of Hangul, Thai or Devanagari, without its marks: 0.21 to 0.31
_KANA = 0.19
_IDEOGRAPH = FITTED["cmn"].letter

_MAYBE_MARK = re.compile(r"[^\u0000-\u02ff]")
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_COMMA = re.compile(r"[,;:،؛，；：、–—](?=.*\w)")
_SENTENCE_END = re.compile(r"[.!?…。！？؟](?=\W.*\w|[^\W\d_])")

_MAYBE_WIDE = re.compile(r"[^\u0000-\u08ff\u2000-\u20ff]")
# Compiled when a text may hold one: that takes longer than to estimate a hundred sentences.
_IDEOGRAPHS = r"[\u3400-\u9fff\uf900-\ufaff]"
_SYLLABICS = r"[\u0900-\u0d7f\u0e00-\u0eff\uac00-\ud7af]"
_KANAS = r"[\u3040-\u30ff]"
_SYMBOLS = r"[\u2600-\u27bf\U0001f300-\U0001faff]"


def seconds_of(text: str, language: str) -> float:
    """Return about how long a text takes at pace 1, in seconds.

    language: a BCP 47 tag or one of espeak's codes.
    """
    durations = next((FITTED[tag] for tag in fallbacks(language) if tag in FITTED), DEFAULT)
    return seconds_by(text, durations)


def seconds_by(text: str, durations: EspeakDurations, sentence: float = _SENTENCE) -> float:
    """Return about how long a text takes whose parts take so long, in seconds.

    sentence: the pause between two sentences of the text. Other engines that say a text as
    espeak does, digits, emoji and all, have durations of their own.
    """
    text = _MAYBE_MARK.sub(_without_marks, text)
    words = _WORD.findall(text)
    ideographs, kana = _count(_IDEOGRAPHS, text), _count(_KANAS, text)
    syllabics = _count(_SYLLABICS, text)
    letters = sum(map(len, words)) - ideographs - kana - syllabics
    spaced_words = len(words) if letters else 0
    return (
        durations.once
        + letters * (DEFAULT.letter if durations is FITTED["cmn"] else durations.letter)
        + spaced_words * durations.word
        + ideographs * _IDEOGRAPH
        + kana * _KANA
        + syllabics * _SYLLABIC
        + len(_COMMA.findall(text)) * durations.comma
        + len(_DIGIT.findall(text)) * durations.digit
        + len(_SENTENCE_END.findall(text)) * sentence
        + _count(_SYMBOLS, text) * _SYMBOL
    )


def _count(wide: str, text: str) -> int:
    return len(re.findall(wide, text)) if _MAYBE_WIDE.search(text) else 0


def _without_marks(found: re.Match[str]) -> str:
    return "" if unicodedata.category(found[0]).startswith("M") else found[0]
