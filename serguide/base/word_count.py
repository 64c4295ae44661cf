"""Count the words of a text, as one who hears it would."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=65_536)
def count_words(text: str) -> int:
    """Return how many words a text has, parted by spaces; signs alone are none."""
    return sum(any(char.isalnum() for char in word) for word in text.split())
