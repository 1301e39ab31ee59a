"""The embedder of goods: a trained network and the hand-made measures, in one vector.

The network learned on simulated loads what a scanner changes and goods do not; the measures know
nothing but physics. All that both say is weighed by a small network of its own
(`models/discriminant.py`). The measures' own vector is set beside it, for they lose less on scans
unlike the simulated ones: a cosine is the weighted mean of both (`MEASURES_SHARE`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.descriptor import GoodsDescriptor
from models.discriminant import GoodsDiscriminant
from models.expectation import GoodsExpectation
from models.preprocessing import ModelInput, to_model_input
from models.providers import ShapeRange
from models.served import ServedNetwork
from models.session import InferenceSession
from riac.errors import ModelError
from riac.interior import Slab
from riac.ports import LogLikelihoods, Vectors
from riac.scan import Picture

DEFINITION = 2
"""Raised with every change of the input, or of what is handed out: networks of another definition
are refused."""
INPUT = ModelInput(rows=96, min_columns=32, max_columns=576)
"""2.5 cm of the interior to a row."""
PLACE_COLUMNS = 16
"""Columns of the input to one place along the container."""
MULTIPLE = 128
"""Columns are filled up to a multiple of this: few different shapes, which GPUs prepare for."""
SEEN = (512, 960)
"""Numbers the network hands out of each region: those its own vectors are made of, means and
generalised means over places; then the means along it of what its convolutions find at each of six
heights, before the height is read out."""
MEASURES_SHARE = 0.3
"""Of a cosine: what the measures say by themselves."""
INPUTS, OUTPUTS = ("attenuation", "cover"), ("seen", "goods", "load")
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

    numbers = sum(SEEN)
    """How many it hands out of each region."""

    @staticmethod
    def _fits(session: InferenceSession) -> bool:
        taken, given = session.inputs, session.outputs
        fits = set(taken) == set(INPUTS) and taken["attenuation"][2] == INPUT.rows
        return fits and given.get("seen", ())[-1:] == (sum(SEEN),)

    def seen(self, interior: Picture, slabs: Sequence[Slab]) -> Vectors:
        """Return what it sees of an interior and of slabs of it: (1 + slabs, numbers) float32.

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
        # The vectors it learned by are for training to go on from: the discriminant's tell more.
        seen: Vectors = self._numbers(self._session.run(tensors))[OUTPUTS.index("seen")][0]
        return seen


class GoodsEmbedder:
    """Embeds interiors by the network and the measures; behind `riac.ports.Embedder`."""

    def __init__(
        self,
        measures: GoodsDescriptor,
        network: GoodsNetwork,
        discriminant: GoodsDiscriminant,
        *,
        expectation: GoodsExpectation | None = None,
    ) -> None:
        """Join the parts.

        Raises:
            ModelError: discriminant or expectation are of another network or other measures.
        """
        self._measures = measures
        self._network = network
        self._discriminant = discriminant
        self._expectation = expectation
        if discriminant.takes != (network.numbers, measures.measures):
            raise ModelError(
                f"expected a goods discriminant of {network.numbers} numbers and "
                f"{measures.measures} measures, got one of {discriminant.takes}: fit it anew"
            )
        if expectation is not None and expectation.dimension != measures.dimension:
            raise ModelError(
                f"expected a goods expectation of {measures.dimension} measures, "
                f"got one of {expectation.dimension}: fit it anew"
            )
        names = [network.name, measures.name, discriminant.name]
        digests = [network.digest, measures.digest, discriminant.digest]
        if expectation is not None:
            names.append(expectation.name)
            digests.append(expectation.digest)
        self._name = "+".join(names)
        described = ":".join((*digests, str(MEASURES_SHARE)))
        self._digest = hashlib.sha256(described.encode()).hexdigest()

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
        return self._discriminant.dimension + self._measures.dimension

    def embed(self, interior: Picture, *, slabs: Sequence[Slab] = ()) -> Vectors:
        """Embed an interior and slabs of it: (1 + slabs, dimension) float32, unit rows.

        Raises:
            ModelError: the picture is empty, or holds no numbers; the network cannot be run.
        """
        placed = self._measures.placed(interior, slabs=slabs)
        told = self._discriminant.of(self._network.seen(interior, slabs), placed)
        measured = self._measures.vectors(placed)
        shares = np.sqrt(1 - MEASURES_SHARE), np.sqrt(MEASURES_SHARE)
        return np.concatenate([told * shares[0], measured * shares[1]], axis=1).astype(np.float32)

    def expect(self, vectors: Vectors) -> Mapping[str, LogLikelihoods]:
        """Say how likely goods of each heading are to look so, by the measures in its vectors."""
        if self._expectation is None:
            return {}
        measured = vectors[:, self._discriminant.dimension :] / np.sqrt(MEASURES_SHARE)
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
