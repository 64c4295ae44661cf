"""Weights are learnt by solving one large system: block by block, it is solved like a small one."""

from __future__ import annotations

import numpy as np
import pytest

from serguide.safety.reader import solving


@pytest.mark.parametrize("size", [1, 63, 64, 65, 200])
def test_blocks_of_any_number_solve_the_whole(size, monkeypatch):
    monkeypatch.setattr(solving, "BLOCK", 64)
    chance = np.random.default_rng(size)
    wide = chance.normal(size=(size, 40)).astype(np.float32)
    matrix = wide @ wide.T + 0.5 * np.eye(size, dtype=np.float32)
    goals = chance.normal(size=(size, 3)).astype(np.float32)
    asked = matrix.copy(), goals.copy()
    found = solving.solve(matrix, goals)
    assert np.allclose(found, np.linalg.solve(*(each.astype(float) for each in asked)), atol=2e-3)
    assert np.array_equal(goals, asked[1])
