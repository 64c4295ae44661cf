"""Words are the same words, however the program that they were copied from has stored them."""

from __future__ import annotations

import re
import unicodedata

import pytest

from serguide.base.normal_form import as_stored, normalized

STORED = {
    "hyphenated by a web page": "Atem\u00adübung",
    "parted without width": "A\u200btem\u2060übung\ufeff",
    "joined": "Ate\u200dm\u200cü\u200ebung",
    "in rows": "Atem\u00ad\u200d\ufe0f\u00ad\U000e0041übung",
    "decomposed, as a Mac has it": unicodedata.normalize("NFD", "Atemübung"),
    "both": unicodedata.normalize("NFD", "Atem\u00adü\u00adbung"),
    "between a letter and its accent": "Atemu\u200b\u0308bung",
}


@pytest.mark.parametrize("stored", STORED.values(), ids=STORED)
def test_words_are_found_as_they_are_meant(stored):
    assert normalized(stored) == "Atemübung"
    around = f"Die {stored} jetzt"
    found = re.search(rf"(?<!\w){as_stored('Atemübung')}(?!\w)", around)
    assert found is not None
    assert normalized(found[0]) == "Atemübung"
    assert not re.search(as_stored("Atmung"), around)


@pytest.mark.parametrize(
    "text", ["Příběh\n\tin lines", "שלום \u200f", "a👩‍👧b", "tea ☕️ 1️⃣", "می\u200cخواهم", "क्\u200dष"]
)
def test_what_people_write_stays(text):
    assert normalized(text) == text
