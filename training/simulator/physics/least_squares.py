"""Least squares with weights that may not be negative."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_LEAST_GAIN = 1e-9
"""A column must lower the sum of squares by more than this share."""


def nonnegative_least_squares(system: Values, wanted: Values) -> tuple[NDArray[np.intp], Values]:
    """Return the columns of a system that are used, and their weights, all above 0.

    C. L. Lawson and R. J. Hanson, Solving Least Squares Problems (1974), chapter 23. A column that
    lowers the error by nothing worth it is left out, which keeps nearly parallel ones from taking
    turns.

    Args:
        system: (L, C), an equation in each row.
        wanted: (L,) what the columns shall add up to.
    """
    columns: list[int] = []
    weights = np.zeros(0)
    useless: list[int] = []
    rest = wanted
    while len(columns) + len(useless) < system.shape[1]:
        gain = system.T @ rest
        gain[columns + useless] = -np.inf
        best = int(gain.argmax())
        if gain[best] <= 0:
            break
        tried, solved = _feasible(system, wanted, [*columns, best], np.append(weights, 0.0))
        left = wanted - system[:, tried] @ solved
        if left @ left >= (rest @ rest) * (1 - _LEAST_GAIN):
            useless.append(best)
            continue
        columns, weights, rest, useless = tried, solved, left, []
    return np.array(columns, np.intp), weights


def _feasible(
    system: Values, wanted: Values, columns: list[int], weights: Values
) -> tuple[list[int], Values]:
    """Solve for the columns, dropping one after the other whose weight would fall below 0."""
    while True:
        solved, *_ = np.linalg.lstsq(system[:, columns], wanted, rcond=None)
        falling = solved <= 0
        if not falling.any():
            return columns, np.asarray(solved, np.float64)
        reach = float(np.min(weights[falling] / (weights[falling] - solved[falling] + 1e-300)))
        weights = weights + reach * (solved - weights)
        kept = ~(falling & (weights <= 1e-14))
        columns = [column for column, stays in zip(columns, kept, strict=True) if stays]
        weights = weights[kept]
