"""What is read is what is heard: joined and hidden words, long sentences, two words."""

from __future__ import annotations

import pytest
from needed import READER

from serguide.safety.reader import SecondReader
from serguide.safety.reader.heard import as_heard, parts_of, readable, words_in

BLAME = "You created this illness with your own thoughts."


@pytest.mark.parametrize(
    "written",
    [
        "You_created_this_illness_with_your_own_thoughts.",
        "You-created-this-illness with-your-own-thoughts.",
        "\u00ad".join(BLAME),
        "\u200b".join(BLAME),
    ],
)
def test_what_joins_or_hides_words_is_not_heard(written):
    assert as_heard(written) == BLAME
    assert words_in(written) == 8


@pytest.mark.parametrize("written", ["Let the out-breath be.", "3,5 or 10.", "It's as it is…"])
def test_what_is_written_plainly_stays(written):
    assert as_heard(written) == written


def test_a_long_text_is_cut_where_clauses_end_and_nothing_is_lost():
    long = (
        f"{BLAME[:-1]}, and beside you is a cup of tea, and a lamp, and rain, and " + "so on, " * 9
    )
    parts = list(parts_of(long))
    assert " ".join(parts) == long.strip()
    assert parts[0].startswith(BLAME[:-1])
    assert list(parts_of(BLAME)) == []


def test_no_part_is_too_long_to_read_and_no_letter_is_lost():
    text = "a" * 5000 + " b" * 40 + " go on" * 500
    parts = list(parts_of(text))
    assert all(readable(part) for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize("between", ["," * 700, " ," * 700, "?!" * 400])
def test_signs_in_a_row_hide_no_words_behind_them(between):
    heard = as_heard(BLAME.replace(" this", f"{between} this"))
    assert words_in(heard) == 8
    assert readable(heard)


@READER
@pytest.mark.parametrize(
    "text",
    [
        "_".join(BLAME.split()),
        "There is a cup of tea, and a lamp, and the rain at the window, and the chair that holds "
        "you, and you created this illness with your own thoughts.",
        "Kill yourself.",
    ],
)
def test_harm_in_disguise_is_named(text):
    assert text in SecondReader().read([text])
