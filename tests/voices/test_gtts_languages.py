from __future__ import annotations

import pytest

from serguide.base.errors import VoiceError
from serguide.base.hints import Remedy, remedies_of
from serguide.voices.google.gtts_languages import choose, variants


@pytest.mark.parametrize(
    ("variant", "code", "domain", "name"),
    [
        ("en", "en", "com", "en"),
        ("en-uk", "en", "co.uk", "en-gb"),
        ("en-GB", "en", "co.uk", "en-gb"),
        ("EN_AU", "en", "com.au", "en-au"),
        ("cs", "cs", "com", "cs"),
        ("zh-TW", "zh-TW", "com", "zh-tw"),
        ("pt-br", "pt", "com.br", "pt-br"),
        ("he", "iw", "com", "iw"),
    ],
)
def test_a_variant_names_language_and_host(variant: str, code: str, domain: str, name: str):
    accent = choose(variant, "de")
    assert (accent.code, accent.domain, accent.variant) == (code, domain, name)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "en"),
        ("en-GB", "en-gb"),
        ("en-NZ", "en"),
        ("de-CH-1996", "de"),
        ("zh-Hant-HK", "zh-tw"),
        ("nb-NO", "no"),
        ("fr-CA", "fr-ca"),
    ],
)
def test_without_a_variant_the_language_decides(language: str, name: str):
    assert choose(None, language).variant == name


def test_every_variant_opens_itself():
    assert "en-gb" in variants()
    assert all(choose(variant, "en").variant == variant for variant in variants())


def test_an_unknown_variant_is_refused_with_the_nearest():
    with pytest.raises(VoiceError) as caught:
        choose("en-gbb", "en")
    assert "en-gbb" in caught.value.message
    assert "Did you mean `en-gb`" in caught.value.hint
    assert "such as en-gb" in caught.value.hint
    assert remedies_of(caught.value.hint) == (Remedy("voices"),)


def test_an_unknown_language_is_refused_with_the_choices():
    with pytest.raises(VoiceError) as caught:
        choose(None, "tlh")
    assert "tlh" in caught.value.message
    assert "en-gb" in caught.value.hint
