"""The pair judge in service: from what change networks say, whether the load is the same."""

from __future__ import annotations

from models.pair_statistics import NAMES, Statistics
from models.served import ServedNetwork
from models.session import InferenceSession

INPUTS = ("statistics",)
"""(pairs, len(NAMES)) of `models.pair_statistics`."""


class PairJudge(ServedNetwork):
    """Judges pairs by an exported network; the last word of an ensemble."""

    kind = "pair judge"

    @staticmethod
    def _fits(session: InferenceSession) -> bool:
        shapes = session.inputs
        return set(shapes) == set(INPUTS) and shapes["statistics"][1] == len(NAMES)

    def score(self, statistics: Statistics) -> float:
        """Return 0 (the same load) to 1 (another, or tampered with).

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        (scores,) = self._numbers(self._session.run({"statistics": statistics[None]}))
        return float(scores[0])
