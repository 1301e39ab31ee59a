"""Probabilities and their logits, where nothing is surer than a bound."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

LEAST_DOUBT: Final = 1e-6
"""Probabilities are no surer than this before their logits are taken."""


def logits(probabilities: NDArray[Any]) -> NDArray[Any]:
    """Return the logits of probabilities of any shape, in their own precision."""
    certain = np.clip(probabilities, LEAST_DOUBT, 1 - LEAST_DOUBT)
    return np.asarray(np.log(certain / (1 - certain)))


def of_mean_logit(probabilities: NDArray[Any]) -> NDArray[Any]:
    """Return the probability of the mean logit over the first axis."""
    return np.asarray(1 / (1 + np.exp(-logits(probabilities).mean(axis=0))))
