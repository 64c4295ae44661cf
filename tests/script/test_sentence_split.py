from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serguide.script.sentence_split import split_sentences

CASES = [
    ("en", "One. Two! Three? Four… five.", ["One.", "Two!", "Three?", "Four… five."]),
    ("en", "“Stay.” Then go.", ["“Stay.”", "Then go."]),
    ("en", "Dr. Upledger wrote it. J. Smith read.", ["Dr. Upledger wrote it.", "J. Smith read."]),
    ("en", "You and I. Then rest.", ["You and I.", "Then rest."]),
    ("en", "It is 3.5 metres. e.g. a door.", ["It is 3.5 metres. e.g. a door."]),
    ("en", "No full stop", ["No full stop"]),
    ("de", "Am 3. Mai ist Ruhe. Gut.", ["Am 3. Mai ist Ruhe.", "Gut."]),
    ("cs", "Je 1. ledna. Klid.", ["Je 1. ledna.", "Klid."]),
    ("zh", "你好。世界！好", ["你好。", "世界！", "好"]),
    ("ar", "كيف حالك؟ بخير.", ["كيف حالك؟", "بخير."]),
    ("hi", "नमस्ते। ठीक है।", ["नमस्ते।", "ठीक है।"]),
    ("fr", "« Restez. » Puis M. Dupont part.", ["« Restez. »", "Puis M. Dupont part."]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_boundaries(language, text, expected):
    assert split_sentences(text, language) == expected


@given(st.text(), st.sampled_from(["en", "de", "cs", "zh", "ar"]))
def test_no_character_is_ever_lost(text, language):
    kept = "".join("".join(split_sentences(text, language)).split())
    assert kept == "".join(text.split())
