"""Passphrases are made of enough words, spelled one way, and refused when they are weak."""

from __future__ import annotations

import math
import re
from importlib import resources

import pytest

from serguide.base.errors import UsageError
from serguide.bundle.sealed.passphrase import (
    FEWEST_WORDS,
    LEAST_BITS,
    WORDS,
    bits,
    listed_words,
    made,
    normalised,
    require_strong,
    word_list,
)


def test_the_list_is_long_and_of_plain_letters():
    words = word_list()
    assert len(set(words)) == len(words)
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words)
    assert len(words) >= 7776
    assert WORDS * math.log2(len(words)) >= 77, "docs/sealed.md says 77 bits"
    assert FEWEST_WORDS * math.log2(len(words)) > LEAST_BITS


def test_no_word_of_it_could_hurt_somebody_awake_at_three():
    harsh = {
        "graves", "graveyard", "casket", "cult", "sinner", "purgatory", "strangle", "suffocate",
        "drown", "punisher", "prison", "panic", "scared", "darkness", "grief", "starving",
        "unloved", "unwanted", "impotence", "stench", "stupor", "morphine",
    }  # fmt: skip
    assert harsh.isdisjoint(word_list())
    assert harsh <= listed_words(), "they stand in the lists that it is made from"


def test_nor_one_that_was_put_in_for_another():
    """What was taken out as harsh is not to come back in another form."""
    harsh = {
        "father", "brother", "aunt", "parent", "child", "children", "goodbye", "terminal", "ledge",
        "memorial", "ropes", "belt", "fist", "vein", "wrist", "touching", "benign", "casualty",
        "stoning", "pointless", "larvae", "gasoline", "ordnance", "barkeep",
    }  # fmt: skip
    assert harsh.isdisjoint(word_list())


def test_each_harsh_word_that_is_named_is_one_of_the_lists():
    lines = resources.files("serguide.bundle.sealed").joinpath("harsh_words.txt").read_text("utf-8")
    named = [word for line in lines.splitlines() if line[:1] != "#" for word in line.split()]
    assert len(named) == len(set(named))
    assert set(named) == listed_words() - set(word_list())


def test_what_is_made_is_six_words_of_the_list_never_the_same():
    several = [made() for _ in range(50)]
    assert len(set(several)) == 50
    for phrase in several:
        assert len(phrase.split(" ")) == 6
        assert set(phrase.split(" ")) <= set(word_list())
        assert normalised(phrase) == phrase
    assert len(made(8).split()) == 8


def test_all_of_the_list_is_drawn_from():
    """A choice of 4,000 words from n has about n(1 - exp(-4000/n)) different ones."""
    n = len(word_list())
    drawn = {word for _ in range(400) for word in made(10).split()}
    expected = n * (1 - math.exp(-4000 / n))
    assert len(drawn) == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize("words", [0, 4, 13])
def test_too_few_or_many_words_are_refused(words):
    with pytest.raises(UsageError, match="cannot be made"):
        made(words)


@pytest.mark.parametrize(
    "typed",
    [
        "River  Lamp\u00a0chair",
        " river lamp\r\nchair\n",
        "RIVER\tLAMP\u2003CHAIR",
        "river lamp chair",
    ],
)
def test_blanks_and_capitals_do_not_matter(typed):
    assert normalised(typed) == "river lamp chair"


def test_accents_written_in_two_ways_are_one():
    assert normalised("Zu\u0308rich") == normalised("Z\u00fcrich") == "z\u00fcrich"


@pytest.mark.parametrize(
    "weak",
    ["", "   ", "password", "first evening", "a" * 24, "correct horse", "12345678901234567890"],
)  # fmt: skip
def test_a_weak_one_is_refused_and_not_repeated(weak):
    with pytest.raises(UsageError) as caught:
        require_strong(weak)
    assert not weak.strip() or weak not in str(caught.value)


def test_what_is_known_of_the_client_counts_for_nothing():
    phrase = "yevgenia ptarmigan causeway bartholomea quimby"
    assert bits(phrase) >= LEAST_BITS
    assert require_strong(phrase) == phrase
    with pytest.raises(UsageError, match="too easily guessed"):
        require_strong(phrase, phrase.split())


@pytest.mark.parametrize(
    "phrase", ["nine herons slept under zbraslav bridge", "Žluťoučký kůň úpěl ďábelské ódy"]
)
def test_a_strong_one_is_taken(phrase):
    assert require_strong(f" {phrase.upper()}  ") == phrase.lower()


@pytest.mark.parametrize("typed", ["nine herons slept under \x07 the bridge", "herons " * 200])
def test_what_nobody_can_type_is_refused(typed):
    with pytest.raises(UsageError, match="no passphrase"):
        require_strong(typed)
