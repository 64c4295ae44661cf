"""The classifier: how far a vector lies on the harmful side, of which kind, and what lies near.

A vector is turned into `dimensions` numbers (a linear map, learnt). On these stand support vectors
with a radial kernel, which say harmful or innocent, and a linear map that says which kind. Every
sentence of the corpus is kept as a point in the same space, in bytes; so the file is small, and
the nearest examples are at hand.
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

from serguide.safety.reader.corpus import Example, examples
from serguide.safety.reader.kinds import KINDS, Kind

FILE: Final = "head.npz"
"""Beside this module; made by `train`."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what is said of one vector; score: above the threshold it is warned of."""

    score: float
    sure: float
    kind: Kind
    like: Example
    unlike: Example


class Head:
    """Judge vectors.

    Shapes: mean (384,), basis (384, d), points (examples, d), weights (examples,), kinds (15, d),
    kind_bias (15,).
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._mean = arrays["mean"].astype(np.float32)
        self._basis = arrays["basis"].astype(np.float32)
        self._points = arrays["points"].astype(np.float32) * float(arrays["step"])
        self._lengths = (self._points**2).sum(1)
        self._weights = arrays["weights"].astype(np.float32)
        self._used = np.flatnonzero(self._weights)
        self._kinds = arrays["kinds"].astype(np.float32)
        self._kind_bias = arrays["kind_bias"].astype(np.float32)
        self._bias, self._gamma = float(arrays["bias"]), float(arrays["gamma"])
        self._slope, self._middle = (float(value) for value in arrays["sureness"])
        self.threshold, self.window_threshold = (float(v) for v in arrays["thresholds"])
        self.learnt_from = str(arrays["corpus"])
        self._harmful = np.array([example.harmful for example in examples()])
        self._english = np.array([example.language == "en" for example in examples()])

    @classmethod
    @cache
    def shipped(cls) -> Head:
        """Return the classifier that lies beside this module."""
        data = (resources.files(__package__) / FILE).read_bytes()
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return cls(arrays)

    def project(self, vectors: Floats) -> Floats:
        """Return vectors, shape (n, 384), as the classifier sees them, shape (n, d)."""
        return np.asarray((vectors - self._mean) @ self._basis, np.float32)

    def judge(self, vectors: Floats) -> tuple[Verdict, ...]:
        """Return a verdict for each vector; shape (n, 384)."""
        seen = self.project(vectors)
        distances = (seen**2).sum(1)[:, None] + self._lengths - 2 * seen @ self._points.T
        near = np.exp(-self._gamma * np.maximum(distances[:, self._used], 0))
        scores = near @ self._weights[self._used] + self._bias
        kinds = (seen @ self._kinds.T + self._kind_bias).argmax(1)
        found = examples()
        # What is alike is the kind's own where there is any: the reader is to compare like things.
        verdicts = []
        for row, score, kind in zip(distances, scores, kinds, strict=True):
            like, unlike = self._nearest(row, KINDS[kind].name)
            sure = 1 / (1 + np.exp(-(self._slope * score + self._middle)))
            verdicts.append(
                Verdict(float(score), float(sure), KINDS[kind], found[like], found[unlike])
            )
        return tuple(verdicts)

    def _nearest(self, distances: Floats, kind: str) -> tuple[int, int]:
        """Return the places of the nearest harmful example of a kind, and innocent one of any."""
        mine = self._harmful & self._of_kind(kind)
        return (
            int(np.where(mine, distances, np.inf).argmin()),
            int(np.where(self._harmful, np.inf, distances).argmin()),
        )

    @staticmethod
    @cache
    def _of_kind(kind: str) -> NDArray[np.bool_]:
        return np.array([example.kind == kind for example in examples()])


def digest_of(corpus: tuple[Example, ...]) -> str:
    """Return what tells one corpus from another, whose sentences a classifier's points are."""
    said = "\n".join(f"{e.language}\t{e.kind}\t{e.harmful}\t{e.text}" for e in corpus)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
