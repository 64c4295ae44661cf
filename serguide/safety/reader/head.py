"""The classifier: how far a vector lies on the harmful side, of which kind, and what lies near.

It is a kernel machine: every sentence of the corpus is a point, and a new one is judged by the
points that it lies near, and by the n-grams that it shares with them, with weights that were learnt
(`train`). The points are kept in bytes, so that the file is small; and the nearest of them are at
hand, to be shown. What the n-grams of all points say is added up in one table beforehand. The
answers of the taught layers (`embedding`) are added: they err in other sentences.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from serguide.safety.reader.corpus import Example, examples
from serguide.safety.reader.kinds import KINDS, Kind
from serguide.safety.reader.ngrams import places
from serguide.safety.reader.vectors import DIMENSIONS

FILE: Final = "head.npz"
"""Beside this module; made by `train`."""

ONE_KIND: Final = 0.7
"""What being of one kind for sure counts, beside being harmful at all."""

TAUGHT: Final = 0.15
"""What the answer of the taught layers counts, in log odds, beside what the points say. That it is
harmful at all, that is: of which kind it is, the points know better."""

SUREST: Final = 0.99
"""Nothing is said to be certain."""

_AT_ONCE = 256
"""Vectors that are judged at a time, so that memory stays small."""

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

    Shapes: mean and scale (384,), points (examples, 384), weights (examples, 16): harmful at all,
    and each kind; gram_weights (places, 16) and rarity (places,) of n-grams.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._mean = arrays["mean"].astype(np.float32)
        self._scale = arrays["scale"].astype(np.float32)
        self._points = arrays["points"].astype(np.float32) * float(arrays["step"])
        self._weights = arrays["weights"].astype(np.float32)
        self._gamma = float(arrays["gamma"])
        self._gram_weights, self._rarity = arrays["gram_weights"], arrays["rarity"]
        self._slope, self._middle = (float(value) for value in arrays["sureness"])
        self.threshold = float(arrays["threshold"])
        self.window_margin = float(arrays["window_margin"])
        self.learnt_from = str(arrays["corpus"])

    @classmethod
    @cache
    def shipped(cls) -> Head:
        """Return the classifier that lies beside this module."""
        data = (resources.files(__package__) / FILE).read_bytes()
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return cls(arrays)

    def judge(self, texts: Sequence[str], vectors: Floats) -> tuple[Verdict, ...]:
        """Return a verdict for each text; vectors: theirs, shape (n, WIDTH)."""
        verdicts: list[Verdict] = []
        for start in range(0, len(vectors), _AT_ONCE):
            meanings, answers = parted(vectors[start : start + _AT_ONCE])
            seen = standard(meanings, self._mean, self._scale)
            distances = squared(seen, self._points)
            said = np.exp(-self._gamma * distances) @ self._weights
            said += [self._by_grams(text) for text in texts[start : start + _AT_ONCE]]
            said[:, 0] += TAUGHT * answers[:, 0]
            for row, score, kind in zip(distances, score_of(said), kind_of(said), strict=True):
                like, unlike = _nearest(row, KINDS[kind])
                # The last digits depend on how many are judged at once.
                exact = round(float(score), 3)
                sure = round(float(1 / (1 + np.exp(-(self._slope * exact + self._middle)))), 3)
                verdicts.append(Verdict(exact, min(sure, SUREST), KINDS[kind], like, unlike))
        return tuple(verdicts)

    def _by_grams(self, text: str) -> Floats:
        """Return what the n-grams of a text say, shape (16,)."""
        found = places(text)
        length = float(np.sqrt((self._rarity[found].astype(np.float32) ** 2).sum()))
        told = self._gram_weights[found].astype(np.float32).sum(0)
        return np.asarray(told / max(length, SHORTEST), np.float32)


SHORTEST: Final = 1e-6
"""Least length of a text's n-grams, so that a text without any is divided by something."""


def parted(vectors: Floats) -> tuple[Floats, Floats]:
    """Return the meanings, shape (n, DIMENSIONS), and the answers, (n, ANSWERS)."""
    return vectors[:, :DIMENSIONS], vectors[:, DIMENSIONS:]


def standard(vectors: Floats, mean: Floats, scale: Floats) -> Floats:
    """Return vectors as the classifier sees them: each number about nought, about one wide."""
    return np.asarray((vectors - mean) / scale, np.float32)


def squared(vectors: Floats, points: Floats) -> Floats:
    """Return squared distances, shape (vectors, points)."""
    lengths = (vectors**2).sum(1)[:, None] + (points**2).sum(1)
    return np.asarray(np.maximum(lengths - 2 * vectors @ points.T, 0), np.float32)


def score_of(said: NDArray[Any]) -> NDArray[Any]:
    """Return the score of what a kernel machine has said; shape (n, 16) to (n,)."""
    return np.asarray(said[:, 0] + ONE_KIND * said[:, 1:].max(1))


def kind_of(said: NDArray[Any]) -> NDArray[Any]:
    """Return the place among KINDS of what a kernel machine has said; shape (n, 16) to (n,)."""
    return np.asarray(said[:, 1:].argmax(1))


def digest_of(corpus: Sequence[Example]) -> str:
    """Return what tells one corpus from another, whose sentences a classifier's points are."""
    said = "\n".join(f"{e.language}\t{e.kind}\t{e.harmful}\t{e.text}" for e in corpus)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _nearest(distances: Floats, kind: Kind) -> tuple[Example, Example]:
    """Return the nearest harmful example of a kind, and the nearest innocent one.

    Both of the kind: the innocent one shows how the same can be said and do no harm.
    """
    found = examples()
    like, unlike = (
        np.argmin(np.where(_of(kind.name, harmful), distances, np.inf)) for harmful in (True, False)
    )
    return found[like], found[unlike]


@cache
def _of(kind: str, harmful: bool) -> NDArray[np.bool_]:
    return np.array([(e.kind, e.harmful) == (kind, harmful) for e in examples()])
