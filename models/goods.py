"""The embedder of goods: a trained network and the hand-made measures, in one vector.

The network learned on simulated loads what a scanner changes and goods do not; the measures know
nothing but physics. Their vectors are set side by side, so that a cosine is the weighted mean of
what both say (`NETWORK_SHARE`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.descriptor import GoodsDescriptor
from models.expectation import GoodsExpectation
from models.preprocessing import ModelInput, to_model_input
from models.providers import ShapeRange
from models.served import ServedNetwork
from models.session import InferenceSession
from riac.errors import ModelError
from riac.interior import Slab
from riac.ports import LogLikelihoods, Vectors
from riac.scan import Picture

DEFINITION = 1
"""Raised with every change of the input: networks of another definition are refused."""
INPUT = ModelInput(rows=96, min_columns=32, max_columns=576)
"""2.5 cm of the interior to a row."""
PLACE_COLUMNS = 16
"""Columns of the input to one place along the container."""
MULTIPLE = 128
"""Columns are filled up to a multiple of this: few different shapes, which GPUs prepare for."""
NETWORK_SHARE = 0.5
"""Of a cosine."""
INPUTS = ("attenuation", "cover")
"""(1, 1, rows, columns) and (1, regions, places), float32."""
SHAPES = {
    "attenuation": ShapeRange(
        (1, 1, INPUT.rows, 128), (1, 1, INPUT.rows, 512), (32, 1, INPUT.rows, 640)
    ),
    "cover": ShapeRange((1, 1, 8), (1, 8, 32), (32, 64, 40)),
}
"""Up to the most columns of the input, filled up."""


class GoodsNetwork(ServedNetwork):
    """Runs an exported network over an interior."""

    kind = "network of goods"

    def __init__(self, session: InferenceSession, *, name: str, digest: str) -> None:
        """Take a network that was loaded; `dimension` is the length of its vector of goods."""
        super().__init__(session, name=name, digest=digest)
        self.dimension = int(_length(session) or 0)

    @staticmethod
    def _fits(session: InferenceSession) -> bool:
        shapes = session.inputs
        fits = set(shapes) == set(INPUTS) and shapes["attenuation"][2] == INPUT.rows
        return fits and isinstance(_length(session), int)

    def goods(self, interior: Picture, slabs: Sequence[Slab]) -> Vectors:
        """Return vectors that tell goods apart: (1 + slabs, D) float32, unit rows.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        attenuation = to_model_input(interior, specification=INPUT)
        columns = attenuation.shape[1]
        padded = np.pad(attenuation, ((0, 0), (0, -columns % MULTIPLE)), mode="edge")
        scale = columns / interior.shape[1]
        regions = [(0.0, float(columns)), *((each.start * scale, each.stop * scale)
                                            for each in slabs)]  # fmt: skip
        cover = covers(regions, places=padded.shape[1] // PLACE_COLUMNS)
        tensors = {"attenuation": padded[None, None], "cover": cover[None]}
        # Its vector of the load served its training; the load network's tells more.
        goods: Vectors = self._numbers(self._session.run(tensors))[0][0]
        return goods


def _length(session: InferenceSession) -> int | str | None:
    """Return the length of a vector of goods; a name, or nothing, where it is not stated."""
    shape = session.outputs.get("goods") or (None,)
    return shape[-1]


class GoodsEmbedder:
    """Embeds interiors by the network and the measures; behind `riac.ports.Embedder`."""

    def __init__(
        self,
        measures: GoodsDescriptor,
        network: GoodsNetwork,
        *,
        expectation: GoodsExpectation | None = None,
    ) -> None:
        """Join the parts.

        Raises:
            ModelError: the expectation is of other measures.
        """
        self._measures = measures
        self._network = network
        self._expectation = expectation
        if expectation is not None and expectation.dimension != measures.dimension:
            raise ModelError(
                f"expected a goods expectation of {measures.dimension} measures, "
                f"got one of {expectation.dimension}: fit it anew"
            )
        names = [network.name, measures.name]
        digests = [measures.digest, network.digest, str(NETWORK_SHARE)]
        if expectation is not None:
            names.append(expectation.name)
            digests.append(expectation.digest)
        self._name = "+".join(names)
        self._digest = hashlib.sha256(":".join(digests).encode()).hexdigest()

    @property
    def name(self) -> str:
        """Names and versions of its parts."""
        return self._name

    @property
    def digest(self) -> str:
        """SHA-256 of its parts' digests and of their shares."""
        return self._digest

    @property
    def runs_on(self) -> str:
        """What computes the network."""
        return self._network.runs_on

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._network.dimension + self._measures.dimension

    def embed(self, interior: Picture, *, slabs: Sequence[Slab] = ()) -> Vectors:
        """Embed an interior and slabs of it: (1 + slabs, dimension) float32, unit rows.

        Raises:
            ModelError: the picture is empty, or holds no numbers; the network cannot be run.
        """
        told = self._network.goods(interior, slabs) * np.sqrt(NETWORK_SHARE)
        measured = self._measures.embed(interior, slabs=slabs) * np.sqrt(1 - NETWORK_SHARE)
        return np.concatenate([told, measured], axis=1).astype(np.float32)

    def expect(self, vectors: Vectors) -> Mapping[str, LogLikelihoods]:
        """Say how likely goods of each heading are to look so, by the measures in its vectors."""
        if self._expectation is None:
            return {}
        measured = vectors[:, self._network.dimension :] / np.sqrt(1 - NETWORK_SHARE)
        return self._expectation.of(np.asarray(measured, np.float32))


def covers(regions: Sequence[tuple[float, float]], *, places: int) -> NDArray[np.float32]:
    """Weigh the places each region covers.

    Args:
        regions: first and last edge of each, in columns of the input.
        places: how many there are.

    Returns:
        (regions, places) float32, rows of sum 1.
    """
    edges = np.arange(places + 1) * PLACE_COLUMNS
    starts, stops = np.array(regions, np.float64).reshape(-1, 2).T[:, :, None]
    inside = np.minimum(stops, edges[1:]) - np.maximum(starts, edges[:-1])
    weights = np.maximum(inside, 0.0)
    # A region narrower than a rounding error still covers the place it lies in.
    nearest = np.abs((starts + stops) / 2 - (edges[1:] + edges[:-1]) / 2).argmin(axis=1)
    weights[np.arange(len(weights)), nearest] += 1e-6
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)
