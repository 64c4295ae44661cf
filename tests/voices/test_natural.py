"""Which voice speaks where none is named, and what is said where a natural one is missing."""

from __future__ import annotations

import dataclasses
import shutil

import pytest
from natural_voice_files import install_kokoro

from serguide import api
from serguide.base.errors import VoiceError
from serguide.base.hints import Remedy, remedies_of
from serguide.script.program import Origin, Spoken
from serguide.voices.natural import (
    best_natural,
    default_voice,
    lacking,
    obtainable,
    open_named,
)
from serguide.voices.select import VoiceSelection

pytest.importorskip("onnxruntime")
STYLES = ("jf_alpha", "bf_emma", "af_heart", "af_bella", "ff_siwis", "pm_alex")


@pytest.fixture
def kokoro(tmp_path, monkeypatch):
    data = tmp_path / "data"
    install_kokoro(data, *STYLES)
    monkeypatch.setenv("SERGUIDE_DATA", str(data))
    return data


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "kokoro:af_heart"),
        ("en-US", "kokoro:af_heart"),
        ("en-GB", "kokoro:bf_emma"),
        ("fr", "kokoro:ff_siwis"),
        ("pt-PT", "kokoro:pm_alex"),
        ("es", None),
        ("cs", None),
    ],
)
def test_the_best_natural_voice_of_a_language(kokoro, language, name):
    assert best_natural(language) == name
    assert default_voice(language) == (name or "espeak")


def test_styles_of_the_packages_rank_below_those_made_for_english(tmp_path, monkeypatch):
    install_kokoro(tmp_path, "jm_kumo", "jf_gongitsune")
    monkeypatch.setenv("SERGUIDE_DATA", str(tmp_path))
    assert best_natural("en") == "kokoro:jf_gongitsune"
    assert best_natural("ja") is None


def test_without_natural_voices_espeak_speaks_and_nothing_is_said():
    assert default_voice("en") == "espeak"
    assert lacking("en") is None
    assert "kokoro" in obtainable("en")


def test_a_language_that_they_lack_is_told_with_what_could_be_got(kokoro):
    told, hint = lacking("es") or ("", "")
    assert "“es”" in told
    assert Remedy("get_voice", "kokoro") in remedies_of(hint)
    assert lacking("en") is None


@pytest.mark.parametrize("name", ["natural", "kokoro", "kokoro:af_heart", "kokoro:ef_dora"])
def test_a_voice_that_cannot_speak_a_language_names_what_could(kokoro, name):
    with pytest.raises(VoiceError) as caught:
        open_named(name, "es")
    assert remedies_of(caught.value.hint)


def test_natural_without_any_says_what_to_get():
    with pytest.raises(VoiceError, match="no natural voice") as caught:
        open_named("natural", "en")
    assert Remedy("get_voice", "kokoro") in remedies_of(caught.value.hint)


def spoken(language: str, voice: str | None = None) -> Spoken:
    return Spoken("A.", "A.", language, Origin("scripts/x.yaml", 1), 1, voice=voice)


@pytest.mark.parametrize(
    ("voice", "name"),
    [
        (None, "kokoro:af_heart"),
        ("natural", "kokoro:af_heart"),
        ("kokoro", "kokoro:af_heart"),
        ("kokoro:bf_emma", "kokoro:bf_emma"),
        ("espeak", "espeak:en-us"),
    ],
)
def test_all_that_prepare_shows_is_of_the_voice_that_would_speak(kokoro, voice, name):
    prepared = api.prepare(api.RenderRequest("before-we-begin", voice=voice))
    assert prepared.program is not None
    selection = VoiceSelection(prepared.program)
    assert selection.main.name == name
    assert prepared.program.voice_chosen == (voice in (None, "natural"))
    if voice is None:
        assert prepared.program.voice == name


def test_each_language_of_a_session_has_its_own_best_where_none_is_named(kokoro):
    prepared = api.prepare(api.RenderRequest("before-we-begin"))
    assert prepared.program is not None
    selection = VoiceSelection(prepared.program)
    assert selection.voice_of(spoken("fr")).name == "kokoro:ff_siwis"
    assert selection.voice_of(spoken("cs")).name == "espeak:cs"
    named = dataclasses.replace(prepared.program, voice="kokoro:af_heart", voice_chosen=False)
    assert VoiceSelection(named).voice_of(spoken("fr")).name == "kokoro:ff_siwis"
    with pytest.raises(VoiceError, match="no voice for the language"):
        VoiceSelection(named).voice_of(spoken("cs"))
    assert VoiceSelection(named).voice_of(spoken("fr", "natural")).name == "kokoro:ff_siwis"
    assert VoiceSelection(named).receiver_of(spoken("fr", "natural")) is None


def test_a_newly_installed_voice_is_a_reason_to_render(tmp_path, monkeypatch):
    from serguide.bundle.inputs import inputs_key
    from serguide.script.library import open_libraries

    monkeypatch.setenv("SERGUIDE_DATA", str(tmp_path))
    request, libraries = api.RenderRequest("before-we-begin"), open_libraries(())
    before = inputs_key(request, libraries)
    assert inputs_key(request, libraries) == before
    folder = install_kokoro(tmp_path, "af_heart")
    after = inputs_key(request, libraries)
    assert after != before
    style = folder / "af_heart.bin"
    style.write_bytes(style.read_bytes()[::-1])  # another one of the same size
    assert inputs_key(request, libraries) not in (before, after)
    shutil.rmtree(folder)
    assert inputs_key(request, libraries) == before
