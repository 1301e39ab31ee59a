"""The normalisation checker in service: behind the port `riac.ports.NormalisationChecker`."""

from __future__ import annotations

from models.row_steps import CHANNELS, STRIPS, row_steps
from models.served import ServedNetwork
from models.session import InferenceSession
from riac.ports import NormalisationReading
from riac.scan import Picture

INPUTS = ("steps",)
"""(1, channels, strips, H) of `models.row_steps`."""


class NormalisationNetwork(ServedNetwork):
    """Checks pictures by an exported network."""

    kind = "normalisation checker"

    @staticmethod
    def _fits(session: InferenceSession) -> bool:
        shapes = session.inputs
        return set(shapes) == set(INPUTS) and shapes["steps"][1:3] == (CHANNELS, STRIPS)

    def check(self, transmission: Picture) -> NormalisationReading:
        """Check one picture.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        rows, pictures = self._numbers(self._session.run({"steps": row_steps(transmission)[None]}))
        return NormalisationReading(float(pictures[0]), rows[0])
