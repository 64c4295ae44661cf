"""Numbers in words: six languages, compounds, and what is none."""

from __future__ import annotations

import pytest

from serguide.script.number_words import is_times, joined, number_of, times_of
from serguide.script.stage_directions import kind_of, named, seconds_in


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("ten", 10), ("Twenty-five", 25), ("fünfundzwanzig", 25), ("dreißig", 30), ("pět", 5),
        ("desať", 10), ("dix-sept", 17), ("quinze", 15), ("veinte", 20), ("půl", 0.5), ("12", 12),
        ("2,5", 2.5), ("stone", None), ("and-five", None), ("undzwanzig", None), ("-", None),
    ],
)  # fmt: skip
def test_numbers(word, number):
    assert number_of(word) == number


@pytest.mark.parametrize(
    ("word", "number"),
    [("zehnmal", 10), ("desetkrát", 10), ("desaťkrát", 10), ("10x", 10), ("5×", 5),
     ("zehn-mal", 10), ("normal", None), ("times", None)],
)  # fmt: skip
def test_how_often_in_one_word(word, number):
    assert times_of(word) == number


def test_how_often_behind_a_number():
    assert all(map(is_times, ["times", "Mal", "krát", "fois", "veces", "breaths"]))
    assert not is_times("seconds")


def test_tens_and_ones_that_stand_apart():
    assert joined("dvacet pět sekund") == "dvacet-pět sekund"
    assert joined("veinte segundos, dos veces") == "veinte segundos, dos veces"


@pytest.mark.parametrize(
    ("inside", "seconds"),
    [
        ("pause for ten seconds", 10), ("half a minute", 30), ("one minute", 60),
        ("eine halbe Minute", 30), ("zwanzig Sekunden", 20), ("půl minuty", 30),
        ("dvadsať sekúnd", 20), ("dvacet pět vteřin", 25), ("dix secondes", 10),
        ("medio minuto", 30), ("1 minute 30 seconds", 90), ("dva s ním", None), ("a pause", None),
    ],
)  # fmt: skip
def test_times_in_words(inside, seconds):
    assert seconds_in(inside) == seconds


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("dlhá pauza", "pause"), ("courte pause", "pause"), ("drei Atemzüge", "breath"),
        ("šepotom", "manner"), ("twenty-five", None), ("a little", None),
        ("the whole of you", None),
    ],
)  # fmt: skip
def test_what_brackets_hold(inside, kind):
    assert kind_of(inside) == kind


def test_long_and_short_are_told_apart():
    assert named("dlouhá pauza", "long")
    assert named("kurze Pause", "short")
    assert not named("pauza", "long")
