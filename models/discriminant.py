"""What network and measures see of goods, weighed together: nearness means likeness of goods.

A small network over all that the goods network finds in a region and all that can be measured
there. It learns on loads that neither learned from (`training/train_discriminant.py`): what a
network's own last layer weighs, it weighs for the loads and headings it was trained on.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.served import ServedNetwork
from models.session import InferenceSession
from riac.ports import Vectors

DEFINITION: Final = 2
"""Raised with every change of what is given: networks of another definition are refused."""
INPUTS: Final = ("seen", "placed")
"""(pictures, numbers) what the goods network hands out of each, (pictures, measures) where in its
range each measure lies; float32."""
OUTPUTS: Final = ("goods",)
"""(pictures, dimension) float32, unit rows."""


class GoodsDiscriminant(ServedNetwork):
    """Turns what is seen of pictures, and measured on them, into one vector for each."""

    kind = "goods discriminant"

    @staticmethod
    def _fits(session: InferenceSession) -> bool:
        shapes = (*session.inputs.values(), *session.outputs.values())
        named = set(session.inputs) == set(INPUTS) and set(session.outputs) == set(OUTPUTS)
        return named and all(isinstance(shape[-1], int) for shape in shapes)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return _length(self._session.outputs[OUTPUTS[0]])

    @property
    def takes(self) -> tuple[int, int]:
        """How many numbers of the network, and how many measures, it takes of each picture."""
        seen, placed = (_length(self._session.inputs[name]) for name in INPUTS)
        return seen, placed

    def of(self, seen: Vectors, placed: NDArray[np.float64]) -> Vectors:
        """Return unit vectors: (N, dimension) float32.

        Args:
            seen: (N, numbers) what the network hands out of each picture.
            placed: (N, measures) where in its range each measure lies (`GoodsDescriptor.placed`).

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        given = {"seen": seen.astype(np.float32), "placed": placed.astype(np.float32)}
        (vectors,) = self._numbers(self._session.run(given))
        return vectors


def _length(shape: tuple[int | str | None, ...]) -> int:
    length = shape[-1]
    assert isinstance(length, int)
    return length
