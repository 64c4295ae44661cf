"""Spellings that a listener hears as the same are the same to the word lists, each in its place."""

from __future__ import annotations

import pytest

from serguide.base.normal_form import normalized
from serguide.safety.lexicon import lexicon_of
from serguide.safety.lexicon.folding import folded

FOUND = [
    *(("E105", "en", f"Don{sign}t move at all.", f"Don{sign}t move") for sign in "'’‘´`′‛ʼʹʻ＇՚ꞌ"),
    ("E105", "en", "You _must_ not move.", "You _must_ not move"),
    ("E105", "en", "You **must** not move.", "You **must** not move"),
    ("E105", "en", "You have_to rest.", "You have_to"),
    ("E105", "cs", "Nehýbejte **se**.", "Nehýbejte **se"),
    ("E103", "de", "Schliessen Sie die Augen.", "Schliessen Sie die Augen"),
    ("E103", "de", "SCHLIEẞEN SIE DIE AUGEN.", "SCHLIEẞEN SIE DIE AUGEN"),
    ("E105", "de", "Du mußt still liegen.", "Du mußt"),
    ("E106", "en", "Go back to the acci- dent.", "Go back to the acci- dent"),
    ("E106", "cs", "Vraťte se k té ne- hodě.", "Vraťte se k té ne- hodě"),
    ("E106", "en", "Go back to the accident3.", "Go back to the accident"),
    ("E106", "en", "Go back to the accident².", "Go back to the accident"),
    ("E106", "en", "You will re\u2011live it.", "re\u2011live"),
    ("E108", "en", "You will \ufb01nally be healed.", "You will finally be healed"),
    ("E109", "en", "This lowers in\ufb02ammation.", "lowers inflammation"),
    ("E105", "en", "You \u200emust\u200e not move.", "You must not move"),
    ("E105", "de", 'Sagen Sie „ja", Sie müssen still liegen, und „nein“.', "Sie müssen"),
]


@pytest.mark.parametrize(("code", "language", "text", "words"), FOUND)
def test_words_are_found_in_whichever_spelling(code, language, text, words):
    text = normalized(text)
    hits = lexicon_of(language).find(code, text)
    assert [hit.text for hit in hits] == [words]
    assert text[hits[0].start : hits[0].end] == words


def test_what_is_negated_or_quoted_is_so_in_any_spelling():
    german, english = lexicon_of("de"), lexicon_of("en")
    assert not german.find("E105", "Sie *müssen* nicht still liegen.")
    assert not english.find("E105", "You don´t *have* to hold still.")
    assert not english.find("E106", "Some say “go back to the **accident**”, and that is not it.")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ein- und Ausatmen", "ein- und ausatmen"),
        ("Nord- Süd", "nord- süd"),
        ("B12 and H2O", "b12 and h2o"),
        ("2 * 3", "2 * 3"),
        ("Room 101", "room 101"),
    ],
)
def test_what_only_looks_like_it_stays(text, read):
    assert folded(text).text == read
