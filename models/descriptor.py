"""A first embedder of goods, hand-made: measures of stowage, each as a soft histogram.

Each measure becomes a bump on a short grid over its range (a soft one-hot code), so that the
inner product of two vectors is a sum of bounded likenesses, measure by measure: one measure
that goes astray, because a load is oddly stowed or a display oddly set, costs its own share
and no more. (Additive kernels as inner products of explicit features: Vedaldi and Zisserman,
"Efficient additive kernels via explicit feature maps", PAMI 34(3), 2012.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import numpy as np

from models.measures import Measure, measure
from models.preprocessing import ModelInput, to_model_input
from riac.ports import Vectors
from riac.scan import Picture

BINS = 8
BANDWIDTH_BINS = 1.2
"""Standard deviation of a bump, in bins: a sixth of a measure's range counts as near."""


class GoodsDescriptor:
    """Embeds interiors by measures of stowage; behind the port `riac.ports.Embedder`."""

    VERSION = 1
    """Raised with every change of the measures or their coding: the digest follows from it."""

    def __init__(self, *, specification: ModelInput | None = None) -> None:
        self._specification = specification or ModelInput()
        flat = np.zeros((self._specification.rows, self._specification.min_columns), np.float32)
        measures = measure(flat)
        self._names = [(each.name, each.low, each.high) for each in measures]

    @property
    def name(self) -> str:
        """Name and version."""
        return f"goods-descriptor-{self.VERSION}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return BINS * len(self._names)

    @property
    def digest(self) -> str:
        """SHA-256 of the definition: version, input, measures with their ranges, coding."""
        definition = {
            "version": self.VERSION,
            "input": [
                self._specification.rows,
                self._specification.min_columns,
                self._specification.max_columns,
            ],
            "measures": [[name, round(low, 6), round(high, 6)] for name, low, high in self._names],
            "coding": [BINS, BANDWIDTH_BINS],
        }
        return hashlib.sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()

    def embed(self, interiors: Sequence[Picture]) -> Vectors:
        """Embed interiors or slabs of them: (N, dimension) float32, unit rows."""
        vectors = [self._embed_one(interior) for interior in interiors]
        return np.array(vectors, np.float32).reshape(len(vectors), self.dimension)

    def _embed_one(self, interior: Picture) -> Vectors:
        attenuation = to_model_input(interior, specification=self._specification)
        coded = np.concatenate([_soft_code(each) for each in measure(attenuation)])
        return np.asarray(coded / np.linalg.norm(coded), np.float32)


def _soft_code(each: Measure) -> Vectors:
    """Code a measure as a unit bump over its range; beyond the range it stays at the end."""
    position = np.clip((each.value - each.low) / (each.high - each.low), 0.0, 1.0) * (BINS - 1)
    bump = np.exp(-0.5 * ((np.arange(BINS) - position) / BANDWIDTH_BINS) ** 2)
    return np.asarray(bump / np.linalg.norm(bump), np.float32)
