"""A text into the model's pieces of words: the likeliest way to cut it.

Kudo 2018, “Subword Regularization”: every piece has a score, and the cut with the highest sum of
scores is found by the Viterbi algorithm, as SentencePiece does.
"""

from __future__ import annotations

import re
from typing import Final

from serguide.safety.reader.embedding.model_file import ModelFile

_ASKED: Final = "query: "
"""What the model wants to stand before a text."""

_GAP: Final = "\u2581"
"""What stands for a space in pieces."""

_UNKNOWN: Final = -10.0
"""What a letter that is in no piece scores below the rarest piece."""


class Tokenizer:
    """Cut texts into tokens."""

    def __init__(self, model: ModelFile) -> None:
        self._model = model
        self._longest = max(map(len, model.pieces))
        self._rarest = min(score for _, score in model.pieces.values())

    def tokens(self, text: str) -> list[int]:
        """Return the numbers of a text's tokens, without those of start and end."""
        pieces, normal = self._model.pieces, self._model.normal
        plain = re.sub(" +", " ", "".join(normal.get(char, char) for char in _ASKED + text))
        line = _GAP + plain.removeprefix(" ").replace(" ", _GAP)
        nothing = (float("-inf"), 0, self._model.unknown)
        best = [(0.0, 0, 0), *[nothing] * len(line)]
        for at in range(len(line)):
            score = best[at][0]
            for end in range(at + 1, min(len(line), at + self._longest) + 1):
                piece = pieces.get(line[at:end])
                if piece and piece[0] != self._model.unknown and score + piece[1] > best[end][0]:
                    best[end] = (score + piece[1], at, piece[0])
            if score + self._rarest + _UNKNOWN > best[at + 1][0]:
                best[at + 1] = (score + self._rarest + _UNKNOWN, at, self._model.unknown)
        found, end = [], len(line)
        while end:
            _, end, number = best[end]
            found.append(number)
        return found[::-1]
