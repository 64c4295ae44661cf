"""The measure of word errors counts words, not spellings."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
from heard_words import WordErrors, normalised, word_errors


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("OK, here you are.", "Okay. Here you are"),
        ("O.K. then", "ok then"),
        ("It’s a half-open door – wide.", "its a half open door wide"),
        ("Any one of 20 cups", "anyone of twenty cups"),
        ("Twenty-one in 1,250", "21 in one thousand two hundred and fifty"),
        ("The 1st, the 22nd, the 30th", "the first, the twenty-second, the thirtieth"),
        ("A neighbour’s grey café", "a neighbors gray cafe"),
        ("", ""),
    ],
)
def test_another_spelling_is_no_error(said, heard):
    assert word_errors(said, heard).errors == 0
    assert word_errors(heard, said).errors == 0


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("The ones that touch are held up.", "The ones that touch are pelt up.", 1),
        ("You are here.", "You are", 1),
        ("You are here.", "And you are here now", 2),
        ("You can leave.", "You can't leave.", 1),
        ("You are here.", "", 3),
        ("aloud", "allowed", 1),
        ("one two three four", "two three four one", 2),
    ],
)
def test_every_word_replaced_left_out_or_put_in_counts(said, heard, errors):
    assert word_errors(said, heard) == WordErrors(errors, len(normalised(said)))


def test_totals_weigh_sentences_by_their_words():
    total = WordErrors.total([WordErrors(1, 1), WordErrors(0, 9)])
    assert (total, total.share) == (WordErrors(1, 10), 0.1)
    assert WordErrors.total([]).share == 0
