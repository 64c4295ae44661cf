"""One layer of the transformer (Vaswani et al. 2017), over the tokens of many texts at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from serguide.safety.reader.embedding.model_file import Floats, ModelFile, Quantized

MATRICES: Final = ("q", "k", "v", "ao", "fi", "fo")
"""Names in the model's file: query, key, value and output of the attention; the feed-forward's
first and second."""

NORMS: Final = ("aln.w", "aln.b", "oln.w", "oln.b")
"""Scale and shift that follow the attention, and those that follow the feed-forward."""

VECTORS: Final = (*(f"{name}.b" for name in MATRICES), *NORMS)
"""All that a layer has beside its matrices."""

_GELU: Final = (np.float32(0.7978845608), np.float32(0.7978845608 * 0.044715))
"""Of the approximation by a hyperbolic tangent (Hendrycks and Gimpel 2016)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold what one layer knows, by the names of MATRICES and VECTORS."""

    matrices: Mapping[str, Quantized]
    vectors: Mapping[str, Floats]

    @classmethod
    def of(cls, model: ModelFile, number: int) -> Weights:
        """Return a layer's as they are in the model; number: from 0."""
        wide = len(model.numbers(f"l{number}.fi.b"))
        widths = [wide if name == "fo" else model.size for name in MATRICES]
        return cls(
            {
                name: model.matrix(f"l{number}.{name}.w", width)
                for name, width in zip(MATRICES, widths, strict=True)
            },
            {name: model.numbers(f"l{number}.{name}") for name in VECTORS},
        )


class TransformerLayer:
    """Apply one layer."""

    def __init__(self, weights: Weights, heads: int, epsilon: float) -> None:
        dense = {name: matrix.dense().T for name, matrix in weights.matrices.items()}
        self._heads, self._epsilon, self._vectors = heads, epsilon, weights.vectors
        # The attention divides by the root of a head's width: done once, here.
        even = np.float32(1 / np.sqrt(dense["q"].shape[1] / heads))
        self._asked = np.concatenate([dense["q"] * even, dense["k"], dense["v"]], 1)
        biases = (weights.vectors[f"{name}.b"] for name in "qkv")
        self._asked_bias = np.concatenate([next(biases) * even, *biases])
        self._attended, self._first, self._second = (
            np.ascontiguousarray(dense[name]) for name in ("ao", "fi", "fo")
        )

    def __call__(self, tokens: Floats, ends: NDArray[np.intp]) -> Floats:
        """Return the tokens after this layer; shape (tokens, size).

        ends: where each passage ends: a token sees those of its own passage.
        """
        vectors = self._vectors
        heard = self._attention(tokens, ends) @ self._attended
        heard += vectors["ao.b"]
        heard += tokens
        heard = normalized(heard, vectors["aln.w"], vectors["aln.b"], self._epsilon)
        wide = heard @ self._first
        wide += vectors["fi.b"]
        said = _gelu(wide) @ self._second
        said += vectors["fo.b"]
        said += heard
        return normalized(said, vectors["oln.w"], vectors["oln.b"], self._epsilon)

    def _attention(self, tokens: Floats, ends: NDArray[np.intp]) -> Floats:
        asked = tokens @ self._asked
        asked += self._asked_bias
        found, start = np.empty_like(tokens), 0
        for end in ends:
            shape = (end - start, 3, self._heads, -1)
            query, key, value = asked[start:end].reshape(shape).transpose(1, 2, 0, 3)
            near = query @ key.transpose(0, 2, 1)
            near -= near.max(-1, keepdims=True)
            np.exp(near, out=near)
            near /= near.sum(-1, keepdims=True)
            found[start:end] = (near @ value).transpose(1, 0, 2).reshape(end - start, -1)
            start = end
        return found


def normalized(tokens: Floats, scale: Floats, shift: Floats, epsilon: float) -> Floats:
    """Return tokens about nought and one wide each, then scaled and shifted."""
    even = tokens - tokens.mean(-1, keepdims=True)
    even /= np.sqrt((even * even).mean(-1, keepdims=True) + np.float32(epsilon))
    even *= scale
    even += shift
    return np.asarray(even, np.float32)


def _gelu(wide: Floats) -> Floats:
    straight, cubic = _GELU
    bent = wide * wide
    bent *= cubic
    bent += straight
    bent *= wide
    np.tanh(bent, out=bent)
    bent += 1
    bent *= wide
    bent *= np.float32(0.5)
    return bent
