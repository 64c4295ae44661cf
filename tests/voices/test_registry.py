from __future__ import annotations

import pytest

from serguide.base.errors import VoiceError
from serguide.voices.registry import VOICES, list_voices, open_voice


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "espeak:en-us"),
        ("en-GB", "espeak:en-gb"),
        ("en-GB-oxendict", "espeak:en-gb"),
        ("en-AU", "espeak:en-gb"),
        ("en-US", "espeak:en-us"),
        ("en_US", "espeak:en-us"),
        ("cs", "espeak:cs"),
        ("cs-CZ", "espeak:cs"),
        ("sk", "espeak:sk"),
        ("de-AT", "espeak:de"),
        ("fr", "espeak:fr-fr"),
        ("fr-CH", "espeak:fr-ch"),
        ("fr-CA", "espeak:fr-fr"),
        ("pt-BR", "espeak:pt-br"),
        ("es-MX", "espeak:es-419"),
        ("zh", "espeak:cmn"),
        ("zh-Hans-CN", "espeak:cmn"),
        ("zh-HK", "espeak:yue"),
        ("no", "espeak:nb"),
        ("de-x-private", "espeak:de"),
    ],
)
def test_a_language_picks_the_variant(language: str, name: str) -> None:
    voice = open_voice("espeak", language)
    assert voice.name == name
    assert voice.language == language


def test_a_variant_outweighs_the_language() -> None:
    voice = open_voice("espeak:en-gb", "cs")
    assert (voice.name, voice.language) == ("espeak:en-gb", "cs")


def test_a_variant_may_have_a_timbre() -> None:
    assert open_voice("espeak:en-us+f2", "en").name == "espeak:en-us+f2"


@pytest.mark.parametrize(
    ("spec", "suggestion"),
    [
        ("espaek", "`espeak`"),
        ("Tone", "`tone`"),
        ("espeak:en-uss", "`en-us`"),
        ("espeak:en-us+whispr", "`whisper`"),
        ("gtts:enn-gb", "`en-gb`"),
    ],
)
def test_an_unknown_voice_gets_the_nearest(spec: str, suggestion: str) -> None:
    with pytest.raises(VoiceError) as caught:
        open_voice(spec, "en")
    assert f"Did you mean {suggestion}" in caught.value.hint or suggestion in caught.value.hint


@pytest.mark.parametrize("spec", ["", ":", "espeak:", "tone:high", "espeak:de-AT", "piper"])
def test_what_names_no_voice_is_refused_with_the_choices(spec: str) -> None:
    with pytest.raises(VoiceError) as caught:
        open_voice(spec, "en")
    assert caught.value.hint


def test_a_language_that_no_variant_speaks_is_refused() -> None:
    with pytest.raises(VoiceError, match="tlh"):
        open_voice("espeak", "tlh")


def test_lists_every_engine_with_its_variants() -> None:
    listed = {engine.engine: engine for engine in list_voices()}
    assert list(listed) == list(VOICES)
    assert not any(engine.problem for engine in listed.values())
    assert listed["espeak"].variants["cs"] == "Czech"
    assert len(listed["espeak"].variants) > 100
    assert not listed["espeak"].online
    assert listed["gtts"].online
    assert "Google" in str(listed["gtts"].sends_to)
    assert listed["gtts"].variants["en-au"] == "English (AU)"
    assert not listed["tone"].variants


def test_a_listed_variant_opens_under_its_name() -> None:
    for engine in list_voices():
        for variant in list(engine.variants)[:12]:
            assert open_voice(f"{engine.engine}:{variant}", "en").name == (
                f"{engine.engine}:{variant}"
            )
