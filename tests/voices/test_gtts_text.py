from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serguide.voices.google.gtts_text import (
    LONGEST_PART,
    gap_after,
    letters,
    parts,
    shortest_time,
    speaking_time,
)

THAI = "หายใจเข้าลึกๆและค่อยๆปล่อยลมหายใจออกอย่างช้าๆ" * 5
CHINESE = "慢慢地吸气，让肩膀放松。然后轻轻地呼气，感受脚下的大地。" * 8


@given(st.text(max_size=400))
def test_no_letter_is_lost_and_no_part_is_too_long(text: str):
    found = parts(text)
    assert letters("".join(found)) == letters(text)
    assert all(0 < len(part) <= LONGEST_PART for part in found)
    assert all(letters(part) for part in found)


@pytest.mark.parametrize("text", [THAI, CHINESE, "x" * 300, "na\u0303o " * 60])
def test_every_script_is_cut_within_bounds(text: str):
    found = parts(text)
    assert letters("".join(found)) == letters(text)
    assert max(map(len, found)) <= LONGEST_PART


def test_a_short_text_is_one_part():
    assert parts("  Breathe in, and out.  ") == ["Breathe in, and out."]


def test_a_part_ends_after_a_sentence_where_it_can():
    first = "Notice where your back meets the chair, and let it hold you."
    second = "There is nothing to do here, and nowhere that you have to go."
    assert parts(f"{first} {second}") == [first, second]


def test_a_long_sentence_is_cut_after_a_clause():
    clause = "a breath that comes and goes by itself"
    text = f"{clause}, {clause}, {clause}, {clause}."
    assert parts(text) == [f"{clause}, {clause},", f"{clause}, {clause}."]


def test_words_numbers_and_abbreviations_are_not_cut():
    text = "word " * 19 + "1,000.5 more"
    assert [part for part in parts(text) if "1,000.5" in part]
    assert all(word in ("word", "1,000.5", "more") for part in parts(text) for word in part.split())


def test_chinese_is_cut_after_a_sentence():
    assert all(part.endswith("。") for part in parts(CHINESE))


def test_a_letter_keeps_its_marks_and_a_thai_vowel_its_consonant():
    for text in (THAI, "e\u0301" * 150, "x" + "e\u0301" * 150):
        for part in parts(text)[1:]:
            assert unicodedata.category(part[0])[0] != "M"
        for part in parts(text)[:-1]:
            assert not "\u0e40" <= part[-1] <= "\u0e44"


def test_what_has_no_letter_is_left_out():
    assert parts("🙂 … — ") == []
    assert parts("– " * 80 + "Rest.") == ["– " * 30 + "Rest."]


@pytest.mark.parametrize(
    ("part", "gap"),
    [("Rest.", "0.35"), ("Rest!”", "0.35"), ("休。", "0.35"), ("rest,", "0.15"), ("rest", "0.04")],
)
def test_the_gap_after_a_part_follows_its_end(part: str, gap: str):
    assert gap_after(part) == Fraction(gap)


def test_times_grow_with_the_text_and_marks_take_none():
    assert speaking_time("Breathe in. Breathe out.") > speaking_time("Breathe in.") > 0
    assert shortest_time("e\u0301" * 9) == shortest_time("e" * 9)
    assert shortest_time("呼吸") > shortest_time("ab")
    assert shortest_time("Ahhhhhhhhhhhhhhhh") == shortest_time("Ahh")
    assert shortest_time("Breathe in.") < speaking_time("Breathe in.") / 2


def test_endless_punctuation_takes_no_endless_time():
    text = "." * 200_000 + "Rest." + "," * 200_000
    assert speaking_time(text) > 0
    assert letters("".join(parts("." * 5_000 + "Rest."))) == "Rest"
