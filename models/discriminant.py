"""What network and measures see of goods, weighed together: nearness means likeness of goods.

Linear discriminant analysis (Fisher, Annals of Eugenics 7(2), 1936) over all that the goods
network finds in a region and all that can be measured there: directions in which loads of one
heading differ (between lots, scanners, displays) are shrunk, those in which headings differ are
not. It is fitted on loads that neither learned from (`training/fit_goods_discriminant.py`): what a
network's own last layer weighs, it weighs for the loads and headings it was trained on.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from models.json_weights import JsonWeights, read_weights
from models.unit import unit_rows
from riac.errors import ModelError
from riac.ports import Vectors

DEFINITION = 1
"""Raised with every change of what is computed: weights of another definition are refused."""


class DiscriminantWeights(JsonWeights):
    """The weights file (JSON)."""

    seen: int = Field(ge=1)
    """How many numbers of each picture the network hands out; the others are measures."""
    centre: tuple[float, ...]
    """(seen + measures,): of all loads."""
    projection: tuple[tuple[float, ...], ...]
    """(seen + measures, dimension)."""


class GoodsDiscriminant:
    """Turns what is seen of pictures, and measured on them, into one vector for each."""

    def __init__(self, weights: bytes, *, name: str) -> None:
        """Read the weights file.

        Raises:
            ModelError: they are damaged, or not those of this code's definition.
        """
        self.digest = hashlib.sha256(weights).hexdigest()
        self.name = name
        stated = read_weights(
            DiscriminantWeights, weights, definition=DEFINITION, of="goods discriminant"
        )
        self._seen = stated.seen
        self._centre = np.array(stated.centre)
        lengths = {len(each) for each in stated.projection}
        if len(stated.projection) != len(self._centre) or len(lengths) != 1 or 0 in lengths:
            raise ModelError("the goods discriminant's weights do not fit each other")
        self._projection = np.array(stated.projection)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._projection.shape[1])

    @property
    def takes(self) -> tuple[int, int]:
        """How many numbers of the network, and how many measures, it takes of each picture."""
        return self._seen, len(self._centre) - self._seen

    def of(self, seen: Vectors, placed: NDArray[np.float64]) -> Vectors:
        """Return unit vectors: (N, dimension) float32.

        Args:
            seen: (N, numbers) what the network hands out of each picture.
            placed: (N, measures) where in its range each measure lies (`GoodsDescriptor.placed`).
        """
        given = np.concatenate([seen.astype(np.float64), placed], axis=1)
        return unit_rows((given - self._centre) @ self._projection)
