"""What is not seen is written out on a terminal, and left out of files that others open."""

from __future__ import annotations

import json
import unicodedata

import pytest

from serguide.base.errors import UsageError
from serguide.base.printable import printable, printable_json, require_text, seen

HOSTILE = "a\x1b]0;pwn\x07b\x9b2J\x7f\u202ec\u2066d\u2028e\rf\x00"


def test_a_terminal_is_told_no_more_than_words():
    assert printable(HOSTILE) == (r"a\x1b]0;pwn\x07b\x9b2J\x7f\u202ec\u2066d\u2028e\x0df\x00")
    assert printable("file-\udcff") == r"file-\xff"
    assert printable("\ud83d") == r"\ud83d"


@pytest.mark.parametrize("text", ["Příběh\n\tin lines", "שלום \u200f", "a👩‍👧b", "می\u200cخواهم"])
def test_what_people_write_stays(text):
    assert printable(text) == seen(text) == text
    require_text("it", text)


def test_json_is_the_same_data():
    data = {"title": HOSTILE}
    text = printable_json(json.dumps(data, ensure_ascii=False))
    assert json.loads(text) == data
    assert not [char for char in text if unicodedata.category(char) in ("Cc", "Zl", "Cs")]
    assert "\u202e" not in text


def test_a_file_of_others_has_none_of_it():
    assert seen(HOSTILE) == "a]0;pwnb2Jcdef"


@pytest.mark.parametrize(
    ("text", "told"), [("A\udcff", "bytes that are no text"), (HOSTILE, "U+001B")]
)
def test_a_value_is_text(text, told):
    with pytest.raises(UsageError) as caught:
        require_text("the value of name", text)
    assert caught.value.message.startswith("the value of name holds ")
    assert told in caught.value.message
