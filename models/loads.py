"""The load network in service: behind the port `riac.ports.LoadRecogniser`.

One vector says what an interior holds and where along it, so that two scans of one load are more
alike than those of two loads of the same goods. It makes the short list of the swap search, and
tells the pair judge how alike entry and exit are before one was laid over the other.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.preprocessing import ModelInput, to_model_input
from models.providers import ShapeRange
from models.served import ServedNetwork
from models.session import InferenceSession
from riac.ports import Vectors
from riac.scan import Picture

DEFINITION: Final = 1
"""Raised with every change of the input: networks of another definition are refused."""
INPUT: Final = ModelInput()
"""1.2 cm of the interior to a row: gaps between cartons show."""
PLACE_COLUMNS: Final = 32
"""Columns of the input to one place along the container."""
MULTIPLE: Final = 256
"""Columns are filled up to a multiple of this: few different shapes, which GPUs prepare for."""
PARTS: Final = 6
"""Windows along the container, each fading into the next."""
FAINT: Final = 1e-4
"""What a window sees of all other places."""
INPUTS: Final = ("attenuation", "cover")
"""(1, 1, rows, columns) and (1, 1 + PARTS, places), float32."""
SHAPES: Final = {
    "attenuation": ShapeRange(
        (1, 1, INPUT.rows, 256), (1, 1, INPUT.rows, 1024), (32, 1, INPUT.rows, 1280)
    ),
    "cover": ShapeRange((1, 1 + PARTS, 8), (1, 1 + PARTS, 32), (32, 1 + PARTS, 40)),
}
"""Up to the most columns of the input, filled up."""


def to_load_input(interior: Picture) -> Picture:
    """Return what the network looks at.

    Args:
        interior: (rows, columns) float32, transmission, 0 to 1.

    Returns:
        (INPUT.rows, columns) float32, 0 (as the walls) to 1 (black).

    Raises:
        ModelError: the picture is empty, or holds no numbers.
    """
    return to_model_input(interior, specification=INPUT)


def windows(columns: int, *, places: int) -> NDArray[np.float32]:
    """Weigh the places that the whole interior, and each window along it, covers.

    Args:
        columns: of the input; what follows was filled up and counts nowhere.
        places: how many there are.

    Returns:
        (1 + PARTS, places) float32, rows of sum 1.
    """
    along = (np.arange(places) + 0.5) * PLACE_COLUMNS / columns
    within = (along < 1).astype(np.float64)
    within[0] = 1.0
    centres = np.linspace(0, 1, PARTS)[:, None]
    near = np.maximum(1 - np.abs(along - centres) * (PARTS - 1), 0) * within + FAINT * within
    cover = np.concatenate([within[None], near])
    return np.asarray(cover / cover.sum(axis=1, keepdims=True), np.float32)


class LoadNetwork(ServedNetwork):
    """Runs an exported network over an interior."""

    kind = "load network"

    @staticmethod
    def _fits(session: InferenceSession) -> bool:
        shapes = session.inputs
        return set(shapes) == set(INPUTS) and shapes["cover"][1] == 1 + PARTS

    def load(self, interior: Picture) -> Vectors:
        """Return the vector that tells this load from all others: (1, D) float32, unit.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        return self._vector(to_load_input(interior))

    def likeness(self, first: Picture, second: Picture) -> float:
        """Return how alike two loads are: the cosine of their vectors, -1 to 1.

        Args:
            first: what `to_load_input` makes of an interior.
            second: the same of the other, which lies the same way round.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        one, other = (self._vector(each)[0] for each in (first, second))
        return float(one @ other)

    def _vector(self, attenuation: Picture) -> Vectors:
        columns = attenuation.shape[1]
        padded = np.pad(attenuation, ((0, 0), (0, -columns % MULTIPLE)), mode="edge")
        cover = windows(columns, places=padded.shape[1] // PLACE_COLUMNS)
        (vectors,) = self._numbers(
            self._session.run({"attenuation": padded[None, None], "cover": cover[None]})
        )
        return vectors
