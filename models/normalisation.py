"""The normalisation checker in service: behind the port `riac.ports.NormalisationChecker`."""

from __future__ import annotations

import numpy as np

from models.row_steps import CHANNELS, STRIPS, row_steps
from models.session import InferenceSession
from riac.errors import ModelError
from riac.ports import NormalisationReading
from riac.scan import Picture

INPUTS = ("steps",)
"""(1, channels, strips, H) of `models.row_steps`."""


class NormalisationNetwork:
    """Checks pictures by an exported network."""

    def __init__(self, session: InferenceSession, *, name: str, digest: str) -> None:
        """Take a network that was loaded.

        Raises:
            ModelError: it is no normalisation checker, or of another definition.
        """
        shapes = session.inputs
        if set(shapes) != set(INPUTS) or shapes["steps"][1:3] != (CHANNELS, STRIPS):
            raise ModelError(f"model {name!r} is no normalisation checker: its inputs are {shapes}")
        self._session = session
        self.name = name
        self.digest = digest
        self.runs_on = session.provider.value

    def check(self, transmission: Picture) -> NormalisationReading:
        """Check one picture.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        rows, pictures = self._session.run({"steps": row_steps(transmission)[None]})
        if not (np.isfinite(rows).all() and np.isfinite(pictures).all()):
            raise ModelError(f"model {self.name!r} answers with no numbers")
        return NormalisationReading(float(pictures[0]), rows[0])
