from __future__ import annotations

import pytest

from serguide.voices.espeak.espeak_text import prepare

ORDINARY = (
    "If you like, close your eyes, or rest them on one spot.",
    "Donaudampfschifffahrtselektrizitätenhauptbetrieb.",
    "让呼吸自己来，自己去。",
    "Call 0800 500 333 – “now”, <b>please</b> & [[thanks]].",
    "A warm sun 🌞 rises.",
    "👩‍👩‍👧",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert prepare(text) == text


@pytest.mark.parametrize("char", ["a", "1", "水", "ต", "😀", "-", "<"])
def test_long_runs_get_spaces_and_lose_nothing(char: str) -> None:
    prepared = prepare(char * 1000)
    assert prepared.replace(" ", "").replace(",", "") == char * 1000
    assert max(map(len, prepared.replace(",", "").split())) <= 60


def test_only_endless_clauses_get_commas() -> None:
    page = "a b, c d. " * 300
    assert prepare(page) == page.strip()
    assert prepare("one two " * 300).count(",") in range(3, 8)
    assert "two, one" in prepare("one two " * 300)


def test_letters_keep_their_marks() -> None:
    text = "x" * 59 + "ก็" * 60 + "👩🏽‍👧" * 30
    prepared = prepare(text)
    assert prepared.replace(" ", "").replace(",", "") == text
    assert not any(part[0] in "็\u200d🏽" for part in prepared.split())


def test_white_space_and_controls_become_one_space() -> None:
    assert prepare(" a\x01\x00b\r\n\n c\u2028d\t") == "a b c d"


def test_letters_are_composed() -> None:
    assert prepare("Zoe\u0308") == "Zoë"
