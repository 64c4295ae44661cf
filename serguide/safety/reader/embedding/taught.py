"""The last layers of the model once more, taught to tell harmful sentences from innocent ones.

They were learnt in the model's own 4 bits (`tuning`), so what is kept is the difference to them:
nine codes in ten are the same. Beside the untaught layers, not in their place: the two err
in different sentences.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from serguide.safety.reader.embedding.layers import MATRICES, VECTORS, Weights
from serguide.safety.reader.embedding.model_file import BLOCK, Floats, ModelFile, Quantized

FILE: Final = "taught.npz"
"""Beside this module; made by `tuning`."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Hold one set of taught layers, and what reads their vector.

    first: the layer that they stand in for first; weights: of each from there on; scale, shift
    (size,): of the vector; answers (ANSWERS, size), answers_bias (ANSWERS,): log odds.
    """

    first: int
    weights: tuple[Weights, ...]
    scale: Floats
    shift: Floats
    answers: Floats
    answers_bias: Floats


@cache
def _shipped() -> bytes:
    return (resources.files(__package__) / FILE).read_bytes()


@cache
def digest() -> str:
    """Return what tells this teaching from another."""
    return hashlib.sha256(_shipped()).hexdigest()[:16]


def endings(model: ModelFile) -> tuple[Ending, ...]:
    """Return the sets of taught layers that are shipped."""
    with np.load(io.BytesIO(_shipped()), allow_pickle=False) as arrays:
        return tuple(
            _ending(model, {name: arrays[f"{number}.{name}"] for name in _PARTS})
            for number in range(int(arrays["endings"]))
        )


_PARTS: Final = ("first", "codes", "scales", "vectors", "scale", "shift", "answers", "answers_bias")


def packed(model: ModelFile, found: tuple[Ending, ...]) -> dict[str, NDArray[Any]]:
    """Return what is to be kept of sets of taught layers."""
    arrays: dict[str, NDArray[Any]] = {"endings": np.array(len(found))}
    for number, ending in enumerate(found):
        codes, scales, vectors = [], [], []
        for place, weights in enumerate(ending.weights, ending.first):
            base = Weights.of(model, place)
            for name in MATRICES:
                codes.append((weights.matrices[name].codes - base.matrices[name].codes).ravel())
                scales.append(weights.matrices[name].scales.ravel())
            vectors += [weights.vectors[name] for name in VECTORS]
        parts: tuple[NDArray[Any], ...] = (
            np.array(ending.first),
            np.concatenate(codes),
            np.concatenate(scales).astype(np.float16),
            np.concatenate(vectors).astype(np.float16),
            *(ending.scale, ending.shift, ending.answers, ending.answers_bias),
        )
        arrays |= {f"{number}.{name}": part for name, part in zip(_PARTS, parts, strict=True)}
    return arrays


def _ending(model: ModelFile, arrays: Mapping[str, NDArray[Any]]) -> Ending:
    first = int(arrays["first"])
    codes, scales = _Rest(arrays["codes"]), _Rest(arrays["scales"])
    vectors = _Rest(arrays["vectors"])
    weights = []
    for place in range(first, model.layers):
        base = Weights.of(model, place)
        matrices = {}
        for name in MATRICES:
            was = base.matrices[name]
            changed = was.codes + codes.next(was.codes.size).reshape(was.codes.shape)
            mine = scales.next(was.codes.size // BLOCK).reshape(was.scales.shape)
            matrices[name] = Quantized(changed, mine.astype(np.float32))
        kept = {name: vectors.next(len(base.vectors[name])).astype(np.float32) for name in VECTORS}
        weights.append(Weights(matrices, kept))
    return Ending(first, tuple(weights), *(arrays[name] for name in _PARTS[4:]))


class _Rest:
    """Hand out an array piece by piece."""

    def __init__(self, array: NDArray[Any]) -> None:
        self._array, self._at = array, 0

    def next(self, count: int) -> NDArray[Any]:
        self._at += count
        return self._array[self._at - count : self._at]
