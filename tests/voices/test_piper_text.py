from __future__ import annotations

import pytest

from serguide.voices.piper.piper_text import piper_text


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Rest… and breathe.", "Rest, and breathe."),
        ("Rest … and breathe.", "Rest, and breathe."),
        ("Rest... and breathe.", "Rest, and breathe."),
        ("Rest. . . and breathe.", "Rest, and breathe."),
        ("Rest… Breathe.", "Rest. Breathe."),
        ("And now…", "And now."),
        ("…and now", "and now"),
        ("Hm….", "Hm."),
        ("Well,… yes", "Well, yes"),
        ("Zoë… Ana", "Zoë. Ana"),
        ("a [[tu]] b", "a [ [tu] ] b"),
        ("shoul\u00adders and pal\u200bms", "shoulders and palms"),
        ("It is 3.5 or 4.", "It is 3.5 or 4."),
        ("Out.", "Out."),
        ("a\x01b\nc", "a b c"),
        ("…", ""),
        ("?!", ""),
        (" \u00a0\n", ""),
    ],
)
def test_every_word_is_spoken_and_none_is_a_command(text, spoken):
    assert piper_text(text) == spoken
