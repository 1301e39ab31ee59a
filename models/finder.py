"""The edge network in service: behind the port `riac.ports.EdgeReader`."""

from __future__ import annotations

import numpy as np

from models.edge_strips import ACROSS, ALONG, CHANNELS, EDGES, REACH, edge_lines, edge_strips
from models.session import InferenceSession
from riac.errors import ModelError
from riac.imaging.frame import Quad
from riac.ports import EdgeReading
from riac.scan import Picture

INPUTS = ("strips",)
"""(1, edges, channels, across, along) of `models.edge_strips`."""


class EdgeNetwork:
    """Reads the edges of containers by an exported network."""

    def __init__(self, session: InferenceSession, *, name: str, digest: str) -> None:
        """Take a network that was loaded.

        Raises:
            ModelError: it is no edge network, or of another definition.
        """
        shapes = session.inputs
        size = (len(EDGES), len(CHANNELS), ACROSS, ALONG)
        if set(shapes) != set(INPUTS) or shapes["strips"][1:] != size:
            raise ModelError(f"model {name!r} is no edge network: its inputs are {shapes}")
        self._session = session
        self.name = name
        self.digest = digest
        self.runs_on = session.provider.value

    def read(self, transmission: Picture, quad: Quad) -> EdgeReading:
        """Say where the edges lie.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        strips = edge_strips(transmission, edge_lines(quad))
        edges, deviations = (each[0] for each in self._session.run({"strips": strips[None]}))
        if not (np.isfinite(edges).all() and np.isfinite(deviations).all()):
            raise ModelError(f"model {self.name!r} answers with no numbers")
        reach = np.array(REACH)
        return EdgeReading(outward=edges * reach, deviation=deviations * reach)
