"""Styles of Kokoro-82M that serguide offers: language, label and calm speed of each.

At speed 1 they speak 200 to 255 words a minute. Each has the speed at which it came to 124 on
sentences of guided imagery (English ones of the library), in the middle of what is calm; slower
would sound less natural.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from serguide.base.language import primary, region


class KokoroStyle(NamedTuple):
    """Describe one style.

    name: as the model's authors call it; language: BCP 47; code: espeak's language for its
    phonemes; label: in words; speed: the model's, at which it speaks calmly; length: of what it
    says then, relative to the estimate of its language.
    """

    name: str
    language: str
    code: str
    label: str
    speed: float
    length: float


STYLES: Final = {
    style.name: style
    for style in (
        KokoroStyle("af_heart", "en-US", "en-us", "American English, warm, a woman", 0.51, 1.96),
        KokoroStyle("af_bella", "en-US", "en-us", "American English, clear, a woman", 0.53, 1.89),
        KokoroStyle("af_sarah", "en-US", "en-us", "American English, even, a woman", 0.51, 1.92),
        KokoroStyle("am_michael", "en-US", "en-us", "American English, a man", 0.56, 1.98),
        KokoroStyle(
            "af_nicole", "en-US", "en-us", "American English, whispering, a woman", 0.74, 1.90
        ),
        KokoroStyle("bf_emma", "en-GB", "en-gb", "British English, a woman", 0.51, 1.98),
        KokoroStyle("bm_george", "en-GB", "en-gb", "British English, deep, a man", 0.63, 1.98),
        KokoroStyle("bm_fable", "en-GB", "en-gb", "British English, a man", 0.64, 1.97),
        KokoroStyle(
            "jf_gongitsune", "en", "en-us", "English, made for Japanese, a woman", 0.63, 1.95
        ),
        KokoroStyle("jm_kumo", "en", "en-us", "English, made for Japanese, a man", 0.57, 1.98),
        KokoroStyle(
            "jf_tebukuro", "en", "en-us", "English, made for Japanese, a woman", 0.57, 1.98
        ),
        KokoroStyle("jf_nezumi", "en", "en-us", "English, made for Japanese, a woman", 0.58, 1.98),
        KokoroStyle("jf_alpha", "en", "en-us", "English, made for Japanese, a woman", 0.53, 1.96),
        KokoroStyle("ef_dora", "es", "es", "Spanish, a woman", 0.59, 1.70),
        KokoroStyle("em_alex", "es", "es", "Spanish, a man", 0.62, 1.69),
        KokoroStyle("em_santa", "es", "es", "Spanish, deep, a man", 0.62, 1.69),
        KokoroStyle("ff_siwis", "fr-FR", "fr-fr", "French, a woman", 0.53, 1.61),
        KokoroStyle("if_sara", "it", "it", "Italian, a woman", 0.64, 1.66),
        KokoroStyle("im_nicola", "it", "it", "Italian, a man", 0.69, 1.67),
        KokoroStyle("pf_dora", "pt-BR", "pt-br", "Brazilian Portuguese, a woman", 0.63, 1.70),
        KokoroStyle("pm_alex", "pt-BR", "pt-br", "Brazilian Portuguese, a man", 0.65, 1.68),
        KokoroStyle("pm_santa", "pt-BR", "pt-br", "Brazilian Portuguese, deep, a man", 0.66, 1.68),
    )
}
"""By name; of a language's styles the better ones stand first."""


def styles_for(language: str) -> tuple[KokoroStyle, ...]:
    """Return the styles that speak a BCP 47 language, those of its region first."""
    speaking = [each for each in STYLES.values() if primary(each.language) == primary(language)]
    here = region(language)
    return tuple(sorted(speaking, key=lambda each: here is None or region(each.language) != here))
