"""How goods of each heading are expected to look, for headings an office has few pictures of.

Three standard images of a heading show three ways of stowing it; the simulator knows more. Linear
discriminant analysis of the measures of its loads (Fisher, Annals of Eugenics 7(2), 1936) says how
likely goods of a heading are to measure so: means by heading, one covariance for all. Of the
measures alone: the network's vectors, which learned on simulated loads too, tell headings apart
there far better than on real scans.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from models.json_weights import JsonWeights, read_weights
from riac.errors import ModelError
from riac.ports import Vectors

DEFINITION = 1
"""Raised with every change of what is computed: weights of another definition are refused."""


class Discriminant(BaseModel):
    """ln p(v | heading) of a vector of measures, but for what all headings share: d v + offset."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    direction: tuple[float, ...] = Field(min_length=1)
    offset: float


class Expected(BaseModel):
    """One heading: of whole interiors, and of slabs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heading: str = Field(pattern=r"^[0-9]{4}$")
    whole: Discriminant
    slab: Discriminant


class ExpectationWeights(JsonWeights):
    """The weights file (JSON)."""

    headings: tuple[Expected, ...] = Field(min_length=2)


class GoodsExpectation:
    """How likely goods of each heading that it knows are to look so."""

    def __init__(self, weights: bytes) -> None:
        """Read the weights file.

        Raises:
            ModelError: they are damaged, or not those of this code's definition.
        """
        self._digest = hashlib.sha256(weights).hexdigest()
        stated = read_weights(
            ExpectationWeights, weights, definition=DEFINITION, of="goods expectation"
        )
        every = stated.headings
        lengths = {len(one.direction) for each in every for one in (each.whole, each.slab)}
        self._headings = tuple(each.heading for each in every)
        if len(lengths) > 1 or len(set(self._headings)) != len(every):
            raise ModelError("the goods expectation's weights do not fit each other")
        self._whole = _stacked([each.whole for each in every])
        self._slab = _stacked([each.slab for each in every])

    @property
    def name(self) -> str:
        """Name and version."""
        return f"goods-expectation-{DEFINITION}"

    @property
    def digest(self) -> str:
        """SHA-256 of the weights."""
        return self._digest

    @property
    def dimension(self) -> int:
        """Length of a vector of measures."""
        return int(self._whole.shape[1] - 1)

    def of(self, measured: Vectors) -> Mapping[str, NDArray[np.float64]]:
        """Return log-likelihoods by heading, nats, up to a constant of each picture: (N,).

        Args:
            measured: (N, dimension), a whole interior, then slabs of it.
        """
        with_one = np.pad(measured.astype(np.float64), ((0, 0), (0, 1)), constant_values=1.0)
        likely = np.concatenate([with_one[:1] @ self._whole.T, with_one[1:] @ self._slab.T])
        return dict(zip(self._headings, likely.T, strict=True))


def _stacked(discriminants: Sequence[Discriminant]) -> NDArray[np.float64]:
    """Stack them: (headings, dimension + 1), offsets last."""
    return np.array([[*each.direction, each.offset] for each in discriminants])
