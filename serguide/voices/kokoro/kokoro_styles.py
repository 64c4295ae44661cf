"""Styles of Kokoro-82M that serguide offers: language, label and calm speed of each."""

from __future__ import annotations

from typing import Final, NamedTuple

from serguide.base.language import primary, region


class KokoroStyle(NamedTuple):
    """Describe one style.

    name: as the model's authors call it; language: BCP 47; code: espeak's language for its
    phonemes; label: in words; speed: the model’s, at which it speaks calmly;
    length: of what it says then, relative to the estimate of its language.
    """

    name: str
    language: str
    code: str
    label: str
    speed: float
    length: float = 1.0


STYLES: Final = {
    style.name: style
    for style in (
        KokoroStyle("af_heart", "en-US", "en-us", "American English, warm, a woman", 0.55),
        KokoroStyle("af_bella", "en-US", "en-us", "American English, clear, a woman", 0.55),
        KokoroStyle("af_sarah", "en-US", "en-us", "American English, even, a woman", 0.55),
        KokoroStyle("am_michael", "en-US", "en-us", "American English, a man", 0.55),
        KokoroStyle("af_nicole", "en-US", "en-us", "American English, whispering, a woman", 0.8),
        KokoroStyle("bf_emma", "en-GB", "en-gb", "British English, a woman", 0.55),
        KokoroStyle("bm_george", "en-GB", "en-gb", "British English, deep, a man", 0.65),
        KokoroStyle("bm_fable", "en-GB", "en-gb", "British English, a man", 0.55),
        KokoroStyle("jf_gongitsune", "en", "en-us", "English, made for Japanese, a woman", 0.6),
        KokoroStyle("jm_kumo", "en", "en-us", "English, made for Japanese, a man", 0.6),
        KokoroStyle("jf_tebukuro", "en", "en-us", "English, made for Japanese, a woman", 0.6),
        KokoroStyle("jf_nezumi", "en", "en-us", "English, made for Japanese, a woman", 0.6),
        KokoroStyle("jf_alpha", "en", "en-us", "English, made for Japanese, a woman", 0.6),
        KokoroStyle("ef_dora", "es", "es", "Spanish, a woman", 0.6),
        KokoroStyle("em_alex", "es", "es", "Spanish, a man", 0.6),
        KokoroStyle("em_santa", "es", "es", "Spanish, deep, a man", 0.6),
        KokoroStyle("ff_siwis", "fr-FR", "fr-fr", "French, a woman", 0.6),
        KokoroStyle("if_sara", "it", "it", "Italian, a woman", 0.6),
        KokoroStyle("im_nicola", "it", "it", "Italian, a man", 0.6),
        KokoroStyle("pf_dora", "pt-BR", "pt-br", "Brazilian Portuguese, a woman", 0.6),
        KokoroStyle("pm_alex", "pt-BR", "pt-br", "Brazilian Portuguese, a man", 0.6),
        KokoroStyle("pm_santa", "pt-BR", "pt-br", "Brazilian Portuguese, deep, a man", 0.6),
    )
}
"""By name; of a language's styles the better ones stand first."""


def styles_for(language: str) -> tuple[KokoroStyle, ...]:
    """Return the styles that speak a BCP 47 language, those of its region first."""
    speaking = [each for each in STYLES.values() if primary(each.language) == primary(language)]
    here = region(language)
    return tuple(sorted(speaking, key=lambda each: here is None or region(each.language) != here))
