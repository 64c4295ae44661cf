"""Words and pieces of words of a sentence, as places in a table: what meaning alone leaves out.

The model's vectors blur endings and little words, in Czech and Slovak above all; “you will” and
“you may” lie close together. Pieces of three to five letters, words and pairs of words tell them
apart.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

PLACES: Final = 1 << 16
"""Rows of a table of n-grams; several share one, which does little harm."""

_LETTERS: Final = (3, 4, 5)
_WORDS: Final = (1, 2)


def places(text: str) -> NDArray[np.int64]:
    """Return the places of the n-grams of a text, each once, in order; letters' case is none."""
    plain = unicodedata.normalize("NFC", text).casefold()
    words = re.findall(r"\w+", plain)
    line = f" {' '.join(words)} "
    found = {f"c{line[at : at + n]}" for n in _LETTERS for at in range(len(line) - n + 1)}
    found |= {
        f"w{' '.join(words[at : at + n])}" for n in _WORDS for at in range(len(words) - n + 1)
    }
    hashed = {zlib.crc32(gram.encode()) % PLACES for gram in found}
    return np.array(sorted(hashed), np.int64)
