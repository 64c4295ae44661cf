"""Learn the classifier from the corpus: `python -m serguide.safety.reader.train`.

Needs the extra `test` (scikit-learn and scipy), and some 13 GB of memory. Reads every sentence once
(a quarter of an hour on two cores; the vectors are kept in the cache), holds whole voices out to
measure, learns from all (some minutes), and writes `head.npz` and `held_out.npz` beside this
module.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from serguide.cache.store import Store, default_root
from serguide.safety.reader.corpus import ORDINARY, Example, examples
from serguide.safety.reader.head import (
    FILE,
    SHORTEST,
    TAUGHT,
    Floats,
    digest_of,
    kind_of,
    parted,
    score_of,
    squared,
    standard,
)
from serguide.safety.reader.held_out import FILE as HELD_OUT
from serguide.safety.reader.held_out import held_out
from serguide.safety.reader.ngrams import PLACES, places
from serguide.safety.reader.solving import solve
from serguide.safety.reader.targets import targets
from serguide.safety.reader.vectors import DIMENSIONS, Vectors

GAMMA: Final = 1.0 / DIMENSIONS
"""Of the radial kernel, on standard vectors."""

GRAMS: Final = 0.3
"""What the n-grams that two sentences share count, beside how near their vectors lie."""

RIDGE: Final = 0.05
"""How little the classifier follows single sentences."""

MISTAKEN: Final = 0.03
"""Share of held-out near misses that may be warned of. Of all languages together: one has so few
voices held out that its own share would tell of them, and not of the language."""

WINDOW_MARGIN: Final = 0.25
"""What three sentences together need beyond one: nothing was learnt from such texts."""

_ROWS = 1000
"""Rows of a kernel that are made at a time, so that memory stays small."""

_STEPS = 63
"""Steps of a point on either side of nought: finer ones change no answer, and fill the file."""


class Learner:
    """Learn from some examples, and judge all."""

    def __init__(
        self,
        vectors: Floats,
        grams: sparse.csr_matrix,
        corpus: tuple[Example, ...],
        learnt: NDArray[Any],
    ) -> None:
        """Learn; grams: shape (examples, places); learnt: the places of those to learn from."""
        vectors, self._answers = parted(vectors)
        mean, scale = vectors[learnt].mean(0), vectors[learnt].std(0)
        seen = standard(vectors, mean, scale)
        step = np.abs(seen).max() / _STEPS
        points = np.round(seen / step).astype(np.int8)
        self._seen = points.astype(np.float32) * np.float32(step)
        rarity = np.log((1 + len(learnt)) / (1 + np.asarray(grams[learnt].sum(0)).ravel()))
        lengths = np.sqrt(np.asarray(grams @ rarity**2).ravel())
        even = sparse.diags(1 / np.maximum(lengths, SHORTEST))
        self._grams = (even @ grams @ sparse.diags(rarity)).tocsr().astype(np.float32)
        self._learnt = learnt
        kernel = self._kernel(learnt)
        kernel[np.diag_indices_from(kernel)] += RIDGE
        self._weights = solve(kernel, targets(corpus)[learnt])
        by_grams = self._grams[learnt].T @ self._weights
        self.arrays: dict[str, Any] = {
            "mean": mean.astype(np.float32),
            "scale": scale.astype(np.float32),
            "points": points[learnt],
            "step": np.float32(step),
            "weights": self._weights.astype(np.float16),
            "gamma": np.float32(GAMMA),
            "gram_weights": (GRAMS * rarity[:, None] * by_grams).astype(np.float16),
            "rarity": rarity.astype(np.float16),
        }

    def says(self, chosen: NDArray[Any]) -> NDArray[Any]:
        """Return what is said of some examples, by their places; shape (chosen, 16)."""
        said = self._kernel(chosen) @ self._weights
        said[:, 0] += TAUGHT * self._answers[chosen, 0]
        return np.asarray(said)

    def _kernel(self, chosen: NDArray[Any]) -> Floats:
        """Return how alike some examples and those that were learnt from are."""
        points, theirs = self._seen[self._learnt], self._grams[self._learnt].T.tocsr()
        kernel = np.empty((len(chosen), len(points)), np.float32)
        for start in range(0, len(chosen), _ROWS):
            rows = chosen[start : start + _ROWS]
            near = np.exp(-GAMMA * squared(self._seen[rows], points))
            kernel[start : start + _ROWS] = near + GRAMS * (self._grams[rows] @ theirs).toarray()
        return kernel


def _counted(corpus: tuple[Example, ...]) -> sparse.csr_matrix:
    """Return which n-grams each example has, shape (examples, places)."""
    found = [places(example.text) for example in corpus]
    ends = np.cumsum([0, *map(len, found)])
    ones = np.ones(ends[-1], np.float32)
    return sparse.csr_matrix((ones, np.concatenate(found), ends), (len(corpus), PLACES))


def main() -> None:
    """Measure, learn and write."""
    corpus = examples()
    vectors = Vectors(Store(default_root())).of([example.text for example in corpus])
    grams = _counted(corpus)
    harmful = np.array([example.harmful for example in corpus])
    near_misses = np.array([not e.harmful and e.kind != ORDINARY for e in corpus])
    out = held_out(corpus)
    said = Learner(vectors, grams, corpus, np.flatnonzero(~out)).says(np.flatnonzero(out))
    scores = score_of(said)
    print("measured with the voices that are held out", file=sys.stderr)
    threshold = np.float32(np.quantile(scores[near_misses[out]], 1 - MISTAKEN))
    sureness = LogisticRegression().fit(scores[:, None], harmful[out])
    arrays = Learner(vectors, grams, corpus, np.arange(len(corpus))).arrays
    arrays["threshold"] = threshold
    arrays["window_margin"] = np.float32(WINDOW_MARGIN)
    arrays["sureness"] = np.array([sureness.coef_[0, 0], sureness.intercept_[0]], np.float32)
    arrays["corpus"] = digest_of(corpus)
    here = Path(__file__).parent
    np.savez_compressed(here / FILE, **arrays)
    np.savez_compressed(
        here / HELD_OUT,
        scores=scores.astype(np.float16),
        kinds=kind_of(said).astype(np.int8),
        threshold=threshold,
        corpus=digest_of(corpus),
    )


if __name__ == "__main__":
    main()
