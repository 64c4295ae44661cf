"""What Kokoro is given to say: phonemes and marks."""

from __future__ import annotations

import pytest

from serguide.voices.kokoro.kokoro_phonemes import phonemes
from serguide.voices.kokoro.kokoro_styles import STYLES
from serguide.voices.kokoro.kokoro_tokens import has_sound, vocabulary

SAID = {
    "Shh.": "ʃˈːː.",
    "Shh, be still.": "ʃˈːː, biː stˈɪl.",
    "Hm. That is so.": "hˈəm. ðæt ɪz sˈoʊ.",
    "Breathe 4-7-8.": "bɹˈiːð fˈɔːɹ, sˈɛvən, ˈeɪt.",
    "For 20–30 minutes.": "fɔːɹ twˈɛnti tə θˈɜːɾi mˈɪnɪts.",
    "A *warm* room": "ɐ wˈɔːɹm ɹˈuːm",
    "wel\u00adcome": "wˈɛlkʌm",
    "wel\u200bcome": "wˈɛlkʌm",
    "Zoë’s café": "zˈoʊiz kæfˈeɪ",
    "So (or not) you stay": "sˈoʊ, ɔːɹ nˈɑːt, juː stˈeɪ",
    "And then...": "ænd ðˈɛn…",
    "One — two": "wˌʌn— tˈuː",
    "What?!": "wˌʌt?",
    "Dr. Lee": "dˈɑːktɚ lˈiː",
    "3.5 at 10:30": "θɹˈiː pɔɪnt fˈaɪv æt tˈɛn θˈɜːɾi",
    "First line here.\nSecond": "fˈɜːst lˈaɪn hˈɪɹ. sˈɛkənd",
}


@pytest.mark.parametrize("text", SAID)
def test_text_is_said_as_a_person_would(text):
    assert phonemes(text, "en-us") == SAID[text]


@pytest.mark.parametrize("text", ["", " ", "…", "—", "*", "\u200b\u00ad", "?!", "“”"])
def test_marks_alone_are_nothing_to_say(text):
    assert not has_sound(phonemes(text, "en-us"))


def test_a_range_is_one_in_each_language():
    assert "twˈɛnti tə" in phonemes("20-30", "en-gb")
    assert " a " in phonemes("20-30", "es")
    assert "-" not in phonemes("20-30", "cs")


@pytest.mark.parametrize("code", sorted({style.code for style in STYLES.values()}))
def test_no_letter_of_a_language_is_lost(code):
    sentences = {
        "en": "The usual thing: a breath, a genuine measure of joy, and rather a little church.",
        "es": "Quizá haya un poco de calor en las palmas; llueve, y el niño canta una jota.",
        "fr": "Laissez vos épaules être lourdes; un bon vin blanc, une huître, la montagne.",
        "it": "Gli occhi, la montagna e uno zaino: lascia che il respiro scenda, figlio.",
        "pt": "Deixe os ombros descansarem; a mãe, o coração e as mãos, a chuva e o trilho.",
    }
    said = phonemes(sentences[code[:2]], code)
    # A hyphen only tells that a vowel may fall silent.
    assert {each for each in said if each not in vocabulary()} <= {"-"}
    assert not set("()") & set(said)  # “(en)” would be a change of language, read aloud
