"""Measures of stowage as a vector in which nearness means likeness of goods.

Each measure is brought to its range over simulated loads, and held near it: one that goes astray,
because a load is oddly stowed or a display oddly set, costs a bounded share. A linear map then
weighs them: directions in which loads of one heading differ (between lots, scanners, displays)
are shrunk, those in which headings differ are not (linear discriminant analysis: Fisher, Annals
of Eugenics 7(2), 1936). Ranges and map are the weights, fitted on simulated loads alone
(`training/fit_goods_descriptor.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from models.json_weights import JsonWeights, read_weights
from models.measures import measure
from models.preprocessing import ModelInput, to_model_input
from riac.errors import ModelError
from riac.interior import Slab
from riac.ports import LogLikelihoods, Vectors
from riac.scan import Picture

DEFINITION = 3
"""Raised with every change of measures, preprocessing or coding: weights of another definition
are refused."""
BEYOND = 0.15
"""Of a range's width: further beyond its ends no measure goes."""


class Range(BaseModel):
    """Between which values a measure tells loads apart."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    low: float
    high: float


class DescriptorWeights(JsonWeights):
    """The weights file of the descriptor (JSON)."""

    input: ModelInput
    ranges: tuple[Range, ...] = Field(min_length=1)
    centre: tuple[float, ...]
    """(measures,), in ranges: of all loads."""
    projection: tuple[tuple[float, ...], ...]
    """(measures, dimension)."""


class GoodsDescriptor:
    """Embeds interiors by measures of stowage; behind the port `riac.ports.Embedder`.

    It computes with numpy and OpenCV on the processor: no network, no inference runtime.
    """

    def __init__(self, weights: bytes) -> None:
        """Read the weights file.

        Raises:
            ModelError: they are damaged, or not those of this code's definition.
        """
        self._digest = hashlib.sha256(weights).hexdigest()
        stated = read_weights(
            DescriptorWeights, weights, definition=DEFINITION, of="goods descriptor"
        )
        self._input = stated.input
        self._names = tuple(each.name for each in stated.ranges)
        self._low = np.array([each.low for each in stated.ranges])
        self._width = np.array([each.high - each.low for each in stated.ranges])
        self._centre = np.array(stated.centre)
        self._projection = np.array(stated.projection)
        blank = np.zeros((self._input.rows, self._input.min_columns), np.float32)
        made = tuple(each.name for each in measure(blank))
        sizes = (len(self._centre), len(self._projection))
        if made != self._names or (self._width <= 0).any() or set(sizes) != {len(made)}:
            raise ModelError("the goods descriptor's weights do not fit its measures")

    @property
    def name(self) -> str:
        """Name and version."""
        return f"goods-descriptor-{DEFINITION}"

    @property
    def runs_on(self) -> str:
        """What computes it."""
        return "numpy"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._projection.shape[1])

    @property
    def measures(self) -> int:
        """How many measures there are of each picture."""
        return len(self._centre)

    @property
    def input(self) -> ModelInput:
        """What it looks at."""
        return self._input

    @property
    def digest(self) -> str:
        """SHA-256 of the weights, which name the definition they belong to."""
        return self._digest

    def embed(self, interior: Picture, *, slabs: Sequence[Slab] = ()) -> Vectors:
        """Embed an interior and slabs of it: (1 + slabs, dimension) float32, unit rows.

        Raises:
            ModelError: the picture is empty, or holds no numbers.
        """
        return self.vectors(self.placed(interior, slabs=slabs))

    def placed(self, interior: Picture, *, slabs: Sequence[Slab] = ()) -> NDArray[np.float64]:
        """Return where in its range each measure lies, less that of all loads: (1 + slabs, M).

        Raises:
            ModelError: the picture is empty, or holds no numbers.
        """
        pieces = (interior[:, each.start : each.stop] for each in slabs)
        return np.array([self._placed(each) for each in (interior, *pieces)])

    def vectors(self, placed: NDArray[np.float64]) -> Vectors:
        """Return the unit vectors of pictures whose measures lie so: (N, dimension) float32."""
        vectors = placed @ self._projection
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)

    def expect(self, vectors: Vectors) -> Mapping[str, LogLikelihoods]:
        """Nothing: what is expected of headings is another model (`GoodsExpectation`)."""
        del vectors
        return {}

    def _placed(self, interior: Picture) -> NDArray[np.float64]:
        attenuation = to_model_input(interior, specification=self._input)
        values = np.array([each.value for each in measure(attenuation)])
        return np.asarray(in_ranges(values, low=self._low, width=self._width) - self._centre)


def in_ranges(
    values: NDArray[np.float64], *, low: NDArray[np.float64], width: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return where in its range each of (..., measures) lies: 0 to 1, and a little beyond."""
    return np.asarray(np.clip((values - low) / width, -BEYOND, 1 + BEYOND), np.float64)
