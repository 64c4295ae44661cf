"""Judge whether a cue's words can bear out the beats that are stated for it."""

from __future__ import annotations

import unicodedata
from typing import Final

from serguide.base.word_count import count_words

WORDS_A_BEAT: Final = 3
"""Words that a beat takes at least where no list reads it: “And ease off.” is a movement."""

_LETTERS_A_WORD = 8
"""Letters that stand for a word where a language writes no spaces; two characters of Chinese."""


def borne_out(unread: frozenset[str], text: str) -> frozenset[str]:
    """Return stated beats that no word list reads, if there are words enough to say them.

    A label says nothing to a listener: “Now.” cannot tell where one is, how to sit and that one
    may stop, whatever stands under `beats:`. What a longer cue says in a language or a way that
    the lists do not know is the writer's word.
    """
    return unread if length_in_words(text) > WORDS_A_BEAT * len(unread) - 2 else frozenset()


def length_in_words(text: str) -> float:
    """Return about how many words a text has, in any script.

    Where there are no spaces, it is what the letters come to.
    """
    spaced = count_words(text)
    wide = sum(unicodedata.east_asian_width(char) == "W" for char in text if char.isalpha())
    narrow = sum(char.isalpha() for char in text) - wide
    return max(spaced, narrow / _LETTERS_A_WORD + wide / 2)
