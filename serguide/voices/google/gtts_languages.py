"""Languages and accents of Google's service, and the lookup of a language tag among them.

The languages are gTTS's own list. An accent is a language asked of one country's host, as
gTTS's documentation tabulates them under "Localized 'accents'".
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from gtts.lang import tts_langs

from serguide.base.cldr import country_name
from serguide.base.hints import Hint, Remedy
from serguide.base.language import primary, region
from serguide.voices.language_match import best_match, unknown

__all__ = ["Accent", "choose", "named_variants", "variants"]


@dataclass(frozen=True, slots=True)
class Accent:
    """Name a way of speaking: the variant, the service's language code, the host's domain."""

    variant: str
    code: str
    domain: str


_ACCENTS = MappingProxyType(
    {
        "en-au": ("en", "com.au"),
        "en-ca": ("en", "ca"),
        "en-gb": ("en", "co.uk"),
        "en-ie": ("en", "ie"),
        "en-in": ("en", "co.in"),
        "en-ng": ("en", "com.ng"),
        "en-us": ("en", "us"),
        "en-za": ("en", "co.za"),
        "es-es": ("es", "es"),
        "es-mx": ("es", "com.mx"),
        "es-us": ("es", "us"),
        "fr-fr": ("fr", "fr"),
        "pt-br": ("pt", "com.br"),
    }
)

# Names that people use, and BCP 47 tags that differ from the service's older codes.
_OTHER_NAMES = MappingProxyType(
    {
        "cmn": "zh-cn",
        "en-uk": "en-gb",
        "fil": "tl",
        "he": "iw",
        "jv": "jw",
        "nb": "no",
        "zh-hans": "zh-cn",
        "zh-hant": "zh-tw",
        "zh-hk": "zh-tw",
        "zh-sg": "zh-cn",
    }
)

TAGS = MappingProxyType({"iw": "he", "jw": "jv", "tl": "fil"})
"""BCP 47's tags for codes of the service that are not."""


def variants() -> tuple[str, ...]:
    """Return every variant that `gtts:VARIANT` names, sorted."""
    return tuple(sorted(_table()))


def named_variants() -> dict[str, str]:
    """Return the language and accent of every variant, in English."""
    names: dict[str, str] = {code.lower(): name for code, name in tts_langs().items()}

    def name_of(variant: str) -> str:
        if variant in names:
            return names[variant]
        code, country = primary(variant), region(variant) or ""
        return f"{names.get(code, code)} ({country_name('en', country)})"

    return {variant: name_of(variant) for variant in variants()}


def _table() -> dict[str, Accent]:
    table = {code.lower(): Accent(code.lower(), code, "com") for code in tts_langs()}
    for variant, (code, domain) in _ACCENTS.items():
        table[variant] = Accent(variant, code, domain)
    return table


def choose(variant: str | None, language: str) -> Accent:
    """Return the accent that a variant names, or else the one for a BCP 47 language.

    A variant must be known as it stands. A language may be finer than what the service knows:
    `de-CH` is spoken as `de`. Raises VoiceError with the choices.
    """
    table = _table()
    if variant is None:
        found = best_match(language, table, _OTHER_NAMES)
    else:
        wanted = variant.strip().replace("_", "-").lower()
        wanted = _OTHER_NAMES.get(wanted, wanted)
        found = wanted if wanted in table else None
    if found is None:
        given = language if variant is None else variant
        choices = Hint(f"It has {len(table)}, such as en-gb, en-us, de, cs.", Remedy("voices"))
        raise unknown("gtts language or accent", given, [*table, *_OTHER_NAMES], choices)
    return table[found]
