"""Learn the classifier from the corpus: `python -m serguide.safety.reader.train`.

Needs the extras `reader` and `test` (scikit-learn), and some 6 GB of memory. Reads every sentence
once (some minutes; the vectors are kept in the cache), holds whole voices out to measure, learns
from all, and writes `head.npz` and `held_out.npz` beside this module.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import LogisticRegression

from serguide.cache.store import Store, default_root
from serguide.safety.reader.corpus import Example, examples
from serguide.safety.reader.head import FILE, Floats, digest_of, kind_of, score_of, standard
from serguide.safety.reader.held_out import FILE as HELD_OUT
from serguide.safety.reader.held_out import folds
from serguide.safety.reader.kinds import KINDS
from serguide.safety.reader.vectors import DIMENSIONS, Vectors

GAMMA: Final = 1.0 / DIMENSIONS
"""Of the radial kernel, on standard vectors."""

RIDGE: Final = 0.03
"""How little the classifier follows single sentences."""

MISTAKEN: Final = 0.03
"""Share of held-out innocent sentences of a language that may be warned of."""

WINDOW_MARGIN: Final = 0.25
"""What three sentences together need beyond one: nothing was learnt from such texts."""

_STEPS = 63
"""Steps of a point on either side of nought: finer ones change no answer, and fill the file."""


class Learner:
    """Learn from some examples, and judge all."""

    def __init__(self, vectors: Floats, corpus: tuple[Example, ...], learnt: NDArray[Any]) -> None:
        """Learn; learnt: the places of the examples to learn from."""
        mean, scale = vectors[learnt].mean(0), vectors[learnt].std(0)
        seen = standard(vectors, mean, scale)
        step = np.abs(seen).max() / _STEPS
        points = np.round(seen / step).astype(np.int8)
        seen = points.astype(np.float32) * np.float32(step)
        machine = KernelRidge(alpha=RIDGE, kernel="rbf", gamma=GAMMA)
        machine.fit(seen[learnt], _wanted(corpus)[learnt])
        self._machine, self._seen = machine, seen
        self.arrays: dict[str, Any] = {
            "mean": mean.astype(np.float32),
            "scale": scale.astype(np.float32),
            "points": points[learnt],
            "step": np.float32(step),
            "weights": machine.dual_coef_.astype(np.float16),
            "gamma": np.float32(GAMMA),
        }

    def says(self, places: NDArray[Any]) -> NDArray[Any]:
        """Return what is said of some examples; shape (places, 16)."""
        return np.asarray(self._machine.predict(self._seen[places]))


def _wanted(corpus: tuple[Example, ...]) -> Floats:
    """Return what is to be said of each example: harmful at all, and of each kind."""
    wanted = -np.ones((len(corpus), 1 + len(KINDS)), np.float32)
    names = [kind.name for kind in KINDS]
    for row, example in zip(wanted, corpus, strict=True):
        if example.harmful:
            row[0] = row[1 + names.index(example.kind)] = 1
    return wanted


def held_out(vectors: Floats, corpus: tuple[Example, ...]) -> tuple[Floats, NDArray[np.int8]]:
    """Return score and kind of each example as said by who has not heard its voice."""
    scores = np.zeros(len(corpus), np.float32)
    kinds = np.zeros(len(corpus), np.int8)
    for number, out in enumerate(folds(corpus)):
        said = Learner(vectors, corpus, np.flatnonzero(~out)).says(np.flatnonzero(out))
        scores[out], kinds[out] = score_of(said), kind_of(said)
        print(f"voices held out, round {number + 1}", file=sys.stderr)
    return scores, kinds


def main() -> None:
    """Measure, learn and write."""
    corpus = examples()
    vectors = Vectors(Store(default_root())).of([example.text for example in corpus])
    harmful = np.array([example.harmful for example in corpus])
    spoken = np.array([example.language for example in corpus])
    scores, kinds = held_out(vectors, corpus)
    languages = sorted(set(spoken))
    thresholds = [
        np.quantile(scores[~harmful & (spoken == language)], 1 - MISTAKEN) for language in languages
    ]
    sureness = LogisticRegression().fit(scores[:, None], harmful)
    arrays = Learner(vectors, corpus, np.arange(len(corpus))).arrays
    arrays["languages"] = np.array(languages)
    arrays["thresholds"] = np.array(thresholds, np.float32)
    arrays["window_margin"] = np.float32(WINDOW_MARGIN)
    arrays["sureness"] = np.array([sureness.coef_[0, 0], sureness.intercept_[0]], np.float32)
    arrays["corpus"] = digest_of(corpus)
    here = Path(__file__).parent
    np.savez_compressed(here / FILE, **arrays)
    np.savez_compressed(
        here / HELD_OUT,
        scores=scores.astype(np.float16),
        kinds=kinds,
        languages=arrays["languages"],
        thresholds=arrays["thresholds"],
        corpus=digest_of(corpus),
    )


if __name__ == "__main__":
    main()
