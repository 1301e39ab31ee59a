"""The first embedder of goods: measures of stowage, each as a soft histogram over its range.

Each measure becomes a bump on a short grid over its range (a soft one-hot code), so that the
inner product of two vectors is a sum of bounded likenesses, measure by measure: one measure
that goes astray, because a load is oddly stowed or a display oddly set, costs its own share
and no more. (Additive kernels as inner products of explicit features: Vedaldi and Zisserman,
"Efficient additive kernels via explicit feature maps", PAMI 34(3), 2012.)

The ranges are the weights: how far loads differ in each measure, taken from simulated loads
(`training/fit_goods_descriptor.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.measures import Measure, measure
from models.preprocessing import ModelInput, to_model_input
from riac.errors import ModelError
from riac.interior import Slab
from riac.ports import Vectors
from riac.scan import Picture

DEFINITION = 2
"""Raised with every change of measures, preprocessing or coding: weights of another definition
are refused."""
BINS = 8
BANDWIDTH_BINS = 1.5
"""Standard deviation of a bump, in bins: a fifth of a measure's range counts as near."""


class Range(BaseModel):
    """Between which values a measure tells loads apart."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    low: float
    high: float


class DescriptorWeights(BaseModel):
    """The weights file of the descriptor (JSON)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    definition: int
    input: ModelInput
    ranges: tuple[Range, ...] = Field(min_length=1)


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
        try:
            stated = DescriptorWeights.model_validate_json(weights)
        except ValidationError as error:
            raise ModelError(f"the goods descriptor's weights are damaged: {error}") from error
        if stated.definition != DEFINITION:
            raise ModelError(
                f"expected weights of the goods descriptor's definition {DEFINITION}, "
                f"got {stated.definition}"
            )
        self._input = stated.input
        self._names = tuple(each.name for each in stated.ranges)
        self._low = np.array([each.low for each in stated.ranges])
        self._width = np.array([each.high - each.low for each in stated.ranges])
        blank = np.zeros((self._input.rows, self._input.min_columns), np.float32)
        made = tuple(each.name for each in measure(blank))
        if made != self._names or (self._width <= 0).any():
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
        return BINS * len(self._names)

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
        pieces = (interior[:, each.start : each.stop] for each in slabs)
        return np.array([self._embed_one(each) for each in (interior, *pieces)], np.float32)

    def _embed_one(self, interior: Picture) -> Vectors:
        attenuation = to_model_input(interior, specification=self._input)
        return self._coded(measure(attenuation))

    def _coded(self, measures: Sequence[Measure]) -> Vectors:
        """Code each measure as a unit bump; beyond its range it stays at the end."""
        values = np.array([each.value for each in measures])
        position = np.clip((values - self._low) / self._width, 0, 1) * (BINS - 1)
        bumps = np.exp(-0.5 * ((np.arange(BINS) - position[:, None]) / BANDWIDTH_BINS) ** 2)
        bumps /= np.linalg.norm(bumps, axis=1, keepdims=True)
        return np.asarray(bumps.ravel() / np.sqrt(len(bumps)), np.float32)
