"""What it took to lay pairs over themselves that were made for tests."""

from __future__ import annotations

import numpy as np

from riac.ports import Fit


def easy_fit(rows: int, columns: int) -> Fit:
    """Return the fit of two pictures that lay over each other as they were."""
    still = np.zeros((rows, columns), np.float32)
    return Fit(cost=1.0, turned_cost=4.0, along=still, across=still, moved=still)
