"""Vectors of unit length, whose products are cosines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riac.ports import Vectors


def unit_rows(vectors: NDArray[np.float64]) -> Vectors:
    """Return (N, D) vectors at unit length, float32; what has no length keeps none."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
