"""The change network in service: behind the port `riac.ports.ChangeDetector`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np

from models.binding import Tensor
from models.change_input import CHANNELS, padded, to_change_input
from models.providers import ShapeRange
from models.session import InferenceSession
from riac.errors import ModelError
from riac.ports import AlignedPair, ChangeDetector, ChangeJudgement
from riac.scan import Picture
from riac.threads import at_once

INPUTS = ("pair", "strength")
"""(1, channels, rows, columns) and (1,): the pair laid over itself, the strength of the evidence
that was found without the network."""
SHAPES = {
    "pair": ShapeRange(
        *(
            (pairs, len(CHANNELS), 128, columns)
            for pairs, columns in ((1, 128), (1, 320), (32, 768))
        )
    ),
    "strength": ShapeRange((1,), (1,), (32,)),
}
"""Of containers from 20 to 53 ft, at speeds that make them half or twice as long."""
LEAST_DOUBT = 1e-6
"""Scores are no surer than this before their logits are taken."""


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
        self.name = name
        self.digest = digest
        self.runs_on = session.provider.value

    def judge(self, pair: AlignedPair, *, strength: float) -> ChangeJudgement:
        """Judge one view.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        return self.judge_many([pair], strengths=[strength])[0]

    def judge_many(
        self, pairs: Sequence[AlignedPair], *, strengths: Sequence[float]
    ) -> list[ChangeJudgement]:
        """Judge many views, those of the same width together.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        inputs = [to_change_input(pair) for pair in pairs]
        cases = [
            {"pair": padded(each)[None], "strength": np.array([strength], np.float32)}
            for each, strength in zip(inputs, strengths, strict=True)
        ]
        told = self._session.run_many(cases)
        return [
            self._judgement(outputs, case["pair"].shape, each.shape, pair)
            for outputs, case, each, pair in zip(told, cases, inputs, pairs, strict=True)
        ]

    def _judgement(
        self,
        outputs: Sequence[Tensor],
        given: tuple[int, ...],
        seen: tuple[int, ...],
        pair: AlignedPair,
    ) -> ChangeJudgement:
        probability, score = outputs
        if not (np.isfinite(probability).all() and np.isfinite(score).all()):
            raise ModelError(f"model {self.name!r} answers with no numbers")
        shrinks = given[2] // probability.shape[2]
        rows, columns = (-(-size // shrinks) for size in seen[1:])
        size = (pair.before.shape[1], pair.before.shape[0])
        # What was padded is cut off, the rest brought to the size of the pair.
        enlarged: Picture = cv2.resize(probability[0, 0, :rows, :columns], size)
        return ChangeJudgement(enlarged, float(score[0]))


class ChangeMember(ChangeDetector, Protocol):
    """A detector that is asked about many pairs at once."""

    def judge_many(
        self, pairs: Sequence[AlignedPair], *, strengths: Sequence[float]
    ) -> list[ChangeJudgement]:
        """Judge many views. Raises ModelError."""
        ...


class ChangeEnsemble:
    """Several networks asked about the same pair: the mean of their logits.

    Members that learned from other pairs err elsewhere (Lakshminarayanan, Pritzel and Blundell,
    "Simple and scalable predictive uncertainty estimation using deep ensembles", NeurIPS 2017).
    """

    def __init__(self, members: Sequence[ChangeMember]) -> None:
        """Take the members, one or more."""
        if not members:
            raise ValueError("expected members of an ensemble, got none")
        self._members = tuple(members)

    @property
    def name(self) -> str:
        """Names and versions of its members."""
        return "+".join(each.name for each in self._members)

    @property
    def digest(self) -> str:
        """SHA-256 of its members' digests."""
        return hashlib.sha256(":".join(each.digest for each in self._members).encode()).hexdigest()

    @property
    def runs_on(self) -> str:
        """The provider in use."""
        return self._members[0].runs_on

    def judge(self, pair: AlignedPair, *, strength: float) -> ChangeJudgement:
        """Judge one view. Raises ModelError."""
        return self.judge_many([pair], strengths=[strength])[0]

    def judge_many(
        self, pairs: Sequence[AlignedPair], *, strengths: Sequence[float]
    ) -> list[ChangeJudgement]:
        """Judge many views, the members at the same time.

        Raises:
            ModelError: a network cannot be run, or answers nonsense.
        """
        told = at_once(lambda each: each.judge_many(pairs, strengths=strengths), *self._members)
        return [_mean(judgements) for judgements in zip(*told, strict=True)]


def _mean(told: Sequence[ChangeJudgement]) -> ChangeJudgement:
    scores = np.clip([each.score for each in told], LEAST_DOUBT, 1 - LEAST_DOUBT)
    logit = float(np.mean(np.log(scores / (1 - scores))))
    probability = np.stack([each.probability for each in told]).mean(axis=0)
    return ChangeJudgement(np.asarray(probability, np.float32), 1 / (1 + float(np.exp(-logit))))
