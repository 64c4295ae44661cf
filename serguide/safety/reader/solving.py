"""Systems of many linear equations, in the place where they stand.

LAPACK's own routine, as SciPy ships it, counts in 32 bits and wants a second copy of 8 GB.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular

Floats = NDArray[np.float32]

BLOCK: Final = 2048
"""Rows that are factored at a time."""


def solve(matrix: Floats, goals: Floats) -> Floats:
    """Return x of matrix @ x = goals, shape (n, k); the matrix is used up.

    matrix: symmetric and positive definite, (n, n). By Cholesky's factors, block by block (Golub
    and Van Loan, “Matrix Computations”, 4.2).
    """
    size = len(matrix)
    blocks = [slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK)]
    for block in blocks:
        factor = cholesky(matrix[block, block], lower=True, check_finite=False)
        matrix[block, block] = factor
        below = matrix[block.stop :, block]
        below[:] = solve_triangular(factor, below.T, lower=True, check_finite=False).T
        for start in range(0, len(below), BLOCK):
            beside = slice(block.stop + start, min(block.stop + start + BLOCK, size))
            matrix[beside.start :, beside] -= below[start:] @ below[start : start + BLOCK].T
    found = goals.astype(np.float32)
    for block in blocks:
        found[block] -= matrix[block, : block.start] @ found[: block.start]
        found[block] = solve_triangular(
            matrix[block, block], found[block], lower=True, check_finite=False
        )
    for block in reversed(blocks):
        found[block] -= matrix[block.stop :, block].T @ found[block.stop :]
        found[block] = solve_triangular(
            matrix[block, block], found[block], lower=True, trans=1, check_finite=False
        )
    return found
