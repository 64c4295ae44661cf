"""Dynamic time warping of a sentence against a whole take (Sakoe and Chiba 1978, slope 1/2 to 2).

No step stays in one frame of the sentence, so a row of the table needs only the two before it,
and NumPy does it at once for all places of the take.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from serguide.alignment.other_languages.cepstra import Cepstra

Costs = npt.NDArray[np.float32]


def warp(sentence: Cepstra, take: Cepstra) -> tuple[Costs, npt.NDArray[np.int32]]:
    """Return, for each frame of a take at which the sentence may end, cost and first frame.

    Cost: the mean distance along the best path; infinite where none ends.
    """
    count = len(take)
    squares = (take**2).sum(axis=1)
    dimension = np.float32(take.shape[1])

    def row(index: int) -> Costs:
        frame = sentence[index]
        distance = squares + float(frame @ frame) - 2.0 * (take @ frame)
        found: Costs = np.sqrt(np.maximum(distance, 0.0) / dimension).astype(np.float32)
        return found

    far = np.float32(np.inf)
    places = np.arange(count, dtype=np.int32)
    here = row(0)
    costs, starts, lengths = [here], [places], [np.ones(count, np.float32)]
    for index in range(1, len(sentence)):
        near = row(index)
        one, two = costs[-1], (costs[-2] if len(costs) > 1 else np.full(count, far))
        one_s, two_s = starts[-1], (starts[-2] if len(starts) > 1 else places)
        one_l = lengths[-1]
        two_l = lengths[-2] if len(lengths) > 1 else one_l
        before = _shift(near, 1, far)
        options = np.stack((
            _shift(one, 1, far) + 2 * near,
            _shift(one, 2, far) + 2 * before + near,
            _shift(two, 1, far) + 3 * near,
        ))  # fmt: skip
        chosen = np.argmin(options, axis=0)
        costs = [one, np.take_along_axis(options, chosen[None], axis=0)[0].astype(np.float32)]
        starts = [one_s, np.choose(chosen, (
            _shift(one_s, 1, 0), _shift(one_s, 2, 0), _shift(two_s, 1, 0),
        )).astype(np.int32)]  # fmt: skip
        lengths = [one_l, np.choose(chosen, (
            _shift(one_l, 1, 1) + 2, _shift(one_l, 2, 1) + 3, _shift(two_l, 1, 1) + 3,
        )).astype(np.float32)]  # fmt: skip
    return (costs[-1] / lengths[-1]).astype(np.float32), starts[-1]


def _shift(row: Any, by: int, fill: Any) -> Any:
    moved = np.empty_like(row)
    moved[:by] = fill
    moved[by:] = row[:-by]
    return moved
