"""The edge network in service: behind the port `riac.ports.EdgeReader`."""

from __future__ import annotations

import numpy as np

from models.edge_strips import ACROSS, ALONG, CHANNELS, EDGES, REACH, edge_lines, edge_strips
from models.served import ServedNetwork
from models.session import InferenceSession
from riac.imaging.frame import Quad
from riac.ports import EdgeReading
from riac.scan import Picture

INPUTS = ("strips",)
"""(1, edges, channels, across, along) of `models.edge_strips`."""


class EdgeNetwork(ServedNetwork):
    """Reads the edges of containers by an exported network."""

    kind = "edge network"

    @staticmethod
    def _fits(session: InferenceSession) -> bool:
        shapes, size = session.inputs, (len(EDGES), len(CHANNELS), ACROSS, ALONG)
        return set(shapes) == set(INPUTS) and shapes["strips"][1:] == size

    def read(self, transmission: Picture, quad: Quad) -> EdgeReading:
        """Say where the edges lie.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        strips = edge_strips(transmission, edge_lines(quad))
        edges, deviations = (
            each[0] for each in self._numbers(self._session.run({"strips": strips[None]}))
        )
        reach = np.array(REACH)
        return EdgeReading(outward=edges * reach, deviation=deviations * reach)
