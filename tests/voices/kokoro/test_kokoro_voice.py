"""Kokoro as a voice: choosing a style, its pace, what it refuses."""

from __future__ import annotations

import pytest
from natural_voice_files import install_kokoro
from needed import missing

from serguide.base.errors import VoiceError
from serguide.base.units import SAMPLERATE
from serguide.voices.kokoro.kokoro_engine import describe
from serguide.voices.kokoro.kokoro_styles import STYLES, styles_for
from serguide.voices.kokoro.kokoro_voice import KokoroVoice
from serguide.voices.registry import open_voice

SENTENCES = {
    # Of the library: arriving-here, held-by-the-chair, before-we-begin.
    "en": (
        "If you like, close your eyes, or rest them on one spot.",
        "There is nothing to do just now.",
        "Perhaps a little warmth is there, in the palms of your hands.",
        "Let your shoulders be as heavy as they are.",
        "And when you want to stop, you simply stop.",
    ),
    "es": (
        "Si quieres, cierra los ojos, o déjalos descansar en un punto.",
        "No hay nada que hacer ahora mismo.",
        "Deja que tus hombros pesen lo que pesan.",
        "Siente cómo la espalda descansa en la silla.",
    ),
    "fr": (
        "Si vous voulez, fermez les yeux, ou posez-les sur un point.",
        "Il n’y a rien à faire maintenant.",
        "Laissez vos épaules être aussi lourdes qu’elles le sont.",
        "Sentez votre dos qui repose contre la chaise.",
    ),
    "it": (
        "Se vuoi, chiudi gli occhi, o lasciali riposare su un punto.",
        "Non c’è niente da fare adesso.",
        "Lascia che le tue spalle siano pesanti come sono.",
        "Senti la schiena che riposa contro la sedia.",
    ),
    "pt": (
        "Se quiser, feche os olhos, ou deixe que descansem em um ponto.",
        "Não há nada para fazer agora.",
        "Deixe os seus ombros tão pesados quanto são.",
        "Sinta as costas que descansam na cadeira.",
    ),
}


@pytest.fixture
def some(tmp_path, monkeypatch):
    pytest.importorskip("onnxruntime")
    install_kokoro(tmp_path, "af_heart", "ff_siwis")
    monkeypatch.setenv("SERGUIDE_DATA", str(tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_the_pace_is_calm(natural_voices, style):
    pytest.importorskip("onnxruntime")
    here = {variant.name for variant in describe().variants if not variant.install}
    if describe().install or style.name not in here:
        missing(f"style {style.name} of Kokoro", "serguide voices --get kokoro")
    voice = open_voice(f"kokoro:{style.name}", style.language)
    texts = SENTENCES[style.language[:2]]
    clips = [voice.speak(text) for text in texts]
    minutes = sum(clip.frames for clip in clips) / SAMPLERATE / 60
    assert 105 <= sum(len(text.split()) for text in texts) / minutes <= 130
    assert sum(map(voice.estimate, texts)) == pytest.approx(
        sum(clip.frames for clip in clips), rel=0.15
    )


SHORT_WORDS = (
    # Of the library; at the style's speed, some styles say them at up to 147 words a minute.
    "It may help to say what day it is, and where you are.",
    "So, here you are, and that is good.",
    "It can be hard to put the phone down.",
)


@pytest.mark.slow
@pytest.mark.parametrize("style", ["af_heart", "bf_emma", "am_michael"])
def test_many_short_words_are_no_faster_than_calm(natural_voices, style):
    pytest.importorskip("onnxruntime")
    if describe().install:
        missing("Kokoro", "serguide voices --get kokoro")
    voice = open_voice(f"kokoro:{style}", STYLES[style].language)
    for text in SHORT_WORDS:
        clip, words = voice.speak(text), len(text.split())
        assert 100 <= words * 60 * SAMPLERATE / clip.frames <= 130
        assert words * 60 * SAMPLERATE / voice.estimate(text) <= 130


def test_it_is_not_installed_without_weights():
    described = describe()
    assert described.install
    assert described.size > 90e6
    assert not described.installed("af_heart")
    with pytest.raises(VoiceError, match="not installed") as caught:
        open_voice("kokoro", "en")
    assert caught.value.hint


def test_its_styles_are_described_and_those_that_are_here_told_apart(some):
    described = describe()
    assert described.installed("af_heart")
    assert not described.installed("af_bella")
    assert described.origin == "Kokoro-82M by hexgrad"
    assert {variant.language[:2] for variant in described.variants} == {
        "en", "es", "fr", "it", "pt",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("variant", "language", "name"),
    [
        (None, "en", "kokoro:af_heart"),
        (None, "en-GB", "kokoro:af_heart"),  # the only one of the language here
        (None, "fr-CA", "kokoro:ff_siwis"),
        ("af_heart", "en-GB", "kokoro:af_heart"),
    ],
)
def test_a_style_is_chosen_by_name_or_language(some, variant, language, name):
    voice = KokoroVoice.open(variant, language)
    assert voice.name == name
    assert voice.language == language


@pytest.mark.parametrize(
    ("variant", "language", "what"),
    [
        ("af_hart", "en", "no Kokoro voice"),
        ("af_bella", "en", "not on this machine"),
        ("af_heart", "fr", "not the language"),
        (None, "cs", "no voice for the language"),
        (None, "es", "not on this machine"),
    ],
)
def test_what_cannot_speak_is_refused_with_a_next_step(some, variant, language, what):
    with pytest.raises(VoiceError, match=what) as caught:
        KokoroVoice.open(variant, language)
    assert caught.value.hint


def test_the_styles_of_a_region_come_first():
    assert [style.name for style in styles_for("en-GB")][:3] == ["bf_emma", "bm_george", "bm_fable"]
    assert styles_for("en")[0].name == styles_for("en-US")[0].name == "af_heart"
    assert styles_for("ja") == ()


def test_identity_changes_with_the_style_s_bytes(some, tmp_path):
    voice = KokoroVoice.open("af_heart", "en")
    first = voice.identity()
    (tmp_path / "voices/kokoro/af_heart.bin").write_bytes(b"only its SIZE is looked at")
    again = KokoroVoice.open("af_heart", "en").identity()
    assert first["model"] == again["model"]
    assert first["style"] != again["style"]
    assert "library onnxruntime" in first


@pytest.mark.parametrize("text", ["", "…", "*", "\u00ad", "—?"])
def test_nothing_to_say_is_refused_before_the_model_is_loaded(some, text):
    with pytest.raises(VoiceError, match="nothing to say") as caught:
        KokoroVoice.open("af_heart", "en").speak(text)
    assert caught.value.hint
    assert KokoroVoice.open("af_heart", "en").estimate(text) >= 0


def test_a_style_that_is_damaged_is_an_error_in_words(some):
    with pytest.raises(VoiceError, match="cannot be read") as caught:
        KokoroVoice.open("af_heart", "en").speak("A word.")
    assert caught.value.hint
