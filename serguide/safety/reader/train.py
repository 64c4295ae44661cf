"""Learn the classifier from the corpus: `python -m serguide.safety.reader.train`.

Needs the extras `reader` and `test` (scikit-learn). Reads every sentence once (some minutes; the
vectors are kept in the cache), holds whole voices out to measure, learns from all, and writes
`head.npz` and `held_out.npz` beside this module.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from serguide.cache.store import Store, default_root
from serguide.safety.reader.corpus import Example, examples
from serguide.safety.reader.head import FILE, Floats, digest_of
from serguide.safety.reader.held_out import FILE as HELD_OUT
from serguide.safety.reader.held_out import folds
from serguide.safety.reader.kinds import KINDS
from serguide.safety.reader.vectors import Vectors

DIMENSIONS: Final = 256
HARDNESS: Final = 4.0
"""C of the support vectors."""

WIDTH: Final = 1.0
"""Of the kernel, as a multiple of one over the variance of a point."""

MISTAKEN: Final = 0.03
"""Share of held-out innocent sentences that may be warned of."""

_STEPS = 120
"""Steps of a byte on either side within which all points lie."""


class Learner:
    """Learn from some examples; `arrays` are what Head reads."""

    def __init__(self, vectors: Floats, corpus: tuple[Example, ...], learnt: NDArray[Any]) -> None:
        """Learn; learnt: the places of the examples to learn from."""
        harmful = np.array([example.harmful for example in corpus])
        names = [kind.name for kind in KINDS]
        kinds = np.array([names.index(example.kind) for example in corpus])
        mean = vectors[learnt].mean(0)
        scale = vectors[learnt].std(0)
        pca = PCA(DIMENSIONS, random_state=0).fit((vectors[learnt] - mean) / scale)
        basis = (pca.components_ / scale).T.astype(np.float16)
        seen = (vectors - mean) @ basis.astype(np.float32)
        step = float(np.abs(seen).max() / _STEPS)
        points = np.round(seen / step).astype(np.int8)
        seen = points.astype(np.float32) * step
        gamma = WIDTH / (DIMENSIONS * seen[learnt].var())
        svc = SVC(C=HARDNESS, gamma=gamma, cache_size=1000).fit(seen[learnt], harmful[learnt])
        bad = learnt[harmful[learnt]]
        which = LogisticRegression(C=0.01, max_iter=400).fit(seen[bad], kinds[bad])
        weights = np.zeros(len(corpus), np.float32)
        weights[learnt[svc.support_]] = svc.dual_coef_[0]
        self.scores = np.asarray(svc.decision_function(seen), np.float32)
        self.kinds = which.predict(seen)
        self.arrays: dict[str, Any] = {
            "mean": mean.astype(np.float32),
            "basis": basis,
            "points": points,
            "step": np.float32(step),
            "weights": weights,
            "bias": np.float32(svc.intercept_[0]),
            "gamma": np.float32(gamma),
            "kinds": which.coef_.astype(np.float32),
            "kind_bias": which.intercept_.astype(np.float32),
        }


def held_out(vectors: Floats, corpus: tuple[Example, ...]) -> tuple[Floats, NDArray[np.int8]]:
    """Return score and kind of each example as said by who has not heard its voice."""
    scores = np.zeros(len(corpus), np.float32)
    kinds = np.zeros(len(corpus), np.int8)
    for number, out in enumerate(folds(corpus)):
        learner = Learner(vectors, corpus, np.flatnonzero(~out))
        scores[out], kinds[out] = learner.scores[out], learner.kinds[out]
        print(f"voices held out, round {number + 1}", file=sys.stderr)
    return scores, kinds


def main() -> None:
    """Measure, learn and write."""
    corpus = examples()
    vectors = Vectors(Store(default_root())).of([example.text for example in corpus])
    harmful = np.array([example.harmful for example in corpus])
    scores, kinds = held_out(vectors, corpus)
    threshold = float(np.quantile(scores[~harmful], 1 - MISTAKEN))
    sureness = LogisticRegression().fit(scores[:, None], harmful)
    arrays = Learner(vectors, corpus, np.arange(len(corpus))).arrays
    arrays["thresholds"] = np.array([threshold, threshold + 0.3], np.float32)
    arrays["sureness"] = np.array([sureness.coef_[0, 0], sureness.intercept_[0]], np.float32)
    arrays["corpus"] = digest_of(corpus)
    here = Path(__file__).parent
    np.savez_compressed(here / FILE, **arrays)
    np.savez_compressed(
        here / HELD_OUT,
        scores=scores.astype(np.float16),
        kinds=kinds,
        threshold=np.float32(threshold),
        corpus=digest_of(corpus),
    )


if __name__ == "__main__":
    main()
