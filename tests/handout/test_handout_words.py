"""The sheet's words: whole in every language, inviting, and never a promise."""

from __future__ import annotations

import json
import re
import string
from importlib import resources

import pytest
from handout_cases import LANGUAGES

from serguide.bundle.words import words_for
from serguide.handout.words import handout_words

ENGLISH_ONLY = {"handout.recording in"}
"""Said where the sheet is not in the session's language."""


def table(language):
    folder = resources.files("serguide.handout.words")
    return json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))


def fields(phrase):
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_values(language):
    english, here = table("en"), table(language)
    assert here.keys() | ENGLISH_ONLY == english.keys() | ENGLISH_ONLY
    for key, phrase in here.items():
        assert fields(phrase) == fields(english[key]), key
        assert language == "en" or phrase != english[key], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_hides_one_that_page_and_transcript_say(language):
    assert table(language).keys().isdisjoint(words_for(language).table)


PROMISES = {
    "en": r"\b(will|must|should|have to feel|heal|cure|always|never)\b",
    "cs": r"\b(musíte|vyléčí|uzdraví|určitě|vždy|nikdy|uleví)\b",
    "sk": r"\b(musíte|vylieči|uzdraví|určite|vždy|nikdy|uľaví)\b",
    "de": r"\b(müssen Sie|Sie müssen|heilt|sicher wird|immer|nie|werden Sie)\b",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_neither_command_nor_promise(language):
    for key, phrase in table(language).items():
        if phrase and key != "handout.print":
            assert not re.search(PROMISES[language], phrase), f"{key}: {phrase}"


@pytest.mark.parametrize(
    ("language", "written_in"),
    [("cs-CZ", "cs"), ("sk", "sk"), ("de-AT", "de"), ("fr", "en"), ("", "en")],
)
def test_a_sheet_is_in_one_language(language, written_in):
    words = handout_words(language)
    assert words.language == written_in
    assert words.say("handout.notes title") == table(written_in)["handout.notes title"]
    assert words.say("ground") == words_for(written_in).say("ground")
