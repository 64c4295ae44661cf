"""Texts in, numbers out: where a text lies by its meaning, and what the taught layers say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from serguide.safety.reader.embedding.layers import TransformerLayer, Weights, normalized
from serguide.safety.reader.embedding.model_file import Floats, ModelFile
from serguide.safety.reader.embedding.taught import Ending, endings
from serguide.safety.reader.embedding.tokenizer import Tokenizer
from serguide.safety.reader.targets import ANSWERS

EPSILON: Final = 1e-5
"""Of the norm before the taught answers."""


class SentenceEncoder:
    """Read texts. Raises FileNotFoundError without the extra `reader`."""

    def __init__(
        self, model: ModelFile | None = None, taught: Sequence[Ending] | None = None
    ) -> None:
        """Load the model; taught: by default, the layers that are shipped."""
        self._model = model or ModelFile()
        self._taught = endings(self._model) if taught is None else tuple(taught)
        self._tokenizer = Tokenizer(self._model)
        self._places = self._model.numbers("emb.pos").reshape(-1, self._model.size)
        self._places += self._model.numbers("emb.type")[: self._model.size]
        self._norm = (self._model.numbers("emb.ln.w"), self._model.numbers("emb.ln.b"))
        self._layers = [self._layer(Weights.of(self._model, n)) for n in range(self._model.layers)]
        self._ends = [[self._layer(each) for each in end.weights] for end in self._taught]

    def read(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Return vectors of length 1, shape (texts, size), and answers, (texts, ANSWERS).

        Answers are those of the taught endings, in the mean, as log odds.
        """
        tokens, passages, wholes = self._embedded(texts)
        branches: dict[int, Floats] = {}
        for number, layer in enumerate(self._layers):
            branches[number] = tokens
            tokens = layer(tokens, passages)
        vectors = _mean(tokens, wholes)
        vectors /= np.sqrt((vectors * vectors).sum(1, keepdims=True))
        answers = np.zeros((len(texts), ANSWERS), np.float32)
        for ending, layers in zip(self._taught, self._ends, strict=True):
            tokens = branches[ending.first]
            for layer in layers:
                tokens = layer(tokens, passages)
            seen = normalized(_mean(tokens, wholes), ending.scale, ending.shift, EPSILON)
            answers += seen @ ending.answers.T + ending.answers_bias
        return vectors, answers / np.float32(len(self._taught) or 1)

    def before(self, first: int, texts: Sequence[str]) -> list[Floats]:
        """Return what a layer is given of each text, (tokens, size); first: the layer, from 0."""
        tokens, passages, wholes = self._embedded(texts)
        for layer in self._layers[:first]:
            tokens = layer(tokens, passages)
        return np.split(tokens, wholes[:-1])

    def _layer(self, weights: Weights) -> TransformerLayer:
        return TransformerLayer(weights, self._model.heads, self._model.epsilon)

    def _embedded(self, texts: Sequence[str]) -> tuple[Floats, NDArray[np.intp], NDArray[np.intp]]:
        """Return all texts' tokens, where each passage ends, and where each text does.

        A text that is longer than the model reads at a time is several passages.
        """
        numbers, places, passages, wholes = list[int](), list[int](), list[int](), list[int]()
        most = self._model.longest - 2
        for text in texts:
            found = self._tokenizer.tokens(text)
            for start in range(0, len(found), most):
                part = [self._model.start, *found[start : start + most], self._model.end]
                numbers += part
                places += range(len(part))
                passages.append(len(numbers))
            wholes.append(len(numbers))
        tokens = self._model.rows("emb.word", self._model.size, numbers).dense()
        tokens += self._places[places]
        tokens = normalized(tokens, *self._norm, self._model.epsilon)
        return tokens, np.array(passages), np.array(wholes)


def _mean(tokens: Floats, wholes: NDArray[np.intp]) -> Floats:
    """Return the mean of each text's tokens."""
    starts = np.concatenate([[0], wholes[:-1]])
    counts = (wholes - starts)[:, None].astype(np.float32)
    return np.asarray(np.add.reduceat(tokens, starts, 0) / counts, np.float32)
