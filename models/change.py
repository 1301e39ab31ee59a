"""The change network in service: behind the port `riac.ports.ChangeDetector`."""

from __future__ import annotations

import cv2
import numpy as np

from models.change_input import CHANNELS, padded, to_change_input
from models.session import InferenceSession
from riac.errors import ModelError
from riac.ports import AlignedPair, ChangeJudgement
from riac.scan import Picture

INPUTS = ("pair", "strength")
"""(1, channels, rows, columns) and (1,): the pair laid over itself, the strength of the evidence
that was found without the network."""


class ChangeNetwork:
    """Judges pairs by an exported network."""

    def __init__(self, session: InferenceSession, *, name: str, digest: str) -> None:
        """Take a network that was loaded.

        Raises:
            ModelError: it is no change network, or of another definition.
        """
        shapes = session.inputs
        if set(shapes) != set(INPUTS) or shapes["pair"][1] != len(CHANNELS):
            raise ModelError(f"model {name!r} is no change network: its inputs are {shapes}")
        self._session = session
        self._name = name
        self._digest = digest

    @property
    def name(self) -> str:
        """Name and version."""
        return self._name

    @property
    def digest(self) -> str:
        """SHA-256 of the weights."""
        return self._digest

    @property
    def runs_on(self) -> str:
        """The provider in use."""
        return self._session.provider.value

    def judge(self, pair: AlignedPair, *, strength: float) -> ChangeJudgement:
        """Judge one view.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        inputs = to_change_input(pair)
        tensor = padded(inputs)
        probability, score = self._session.run(
            {"pair": tensor[None], "strength": np.array([strength], np.float32)}
        )
        if not (np.isfinite(probability).all() and np.isfinite(score).all()):
            raise ModelError(f"model {self._name!r} answers with no numbers")
        shrinks = tensor.shape[1] // probability.shape[2]
        rows, columns = (-(-size // shrinks) for size in inputs.shape[1:])
        size = (pair.before.shape[1], pair.before.shape[0])
        # What was padded is cut off, the rest brought to the size of the pair.
        enlarged: Picture = cv2.resize(probability[0, 0, :rows, :columns], size)
        return ChangeJudgement(enlarged, float(score[0]))
