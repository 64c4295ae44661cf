"""The numbers that are learnt: right answers for each example of the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from serguide.safety.reader.corpus import Example
from serguide.safety.reader.kinds import KINDS

ANSWERS: Final = 1 + len(KINDS)
"""Harmful at all, and of each kind."""


def targets(corpus: Sequence[Example]) -> NDArray[np.float32]:
    """Return 1 for yes and -1 for no, shape (examples, ANSWERS)."""
    found = -np.ones((len(corpus), ANSWERS), np.float32)
    names = [kind.name for kind in KINDS]
    for row, example in zip(found, corpus, strict=True):
        if example.harmful:
            row[0] = row[1 + names.index(example.kind)] = 1
    return found
