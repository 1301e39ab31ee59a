"""The change network in service: behind the port `riac.ports.ChangeDetector`."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

import cv2
import numpy as np

from models.binding import Tensor
from models.change_input import CHANNELS, ChangeInput, exchanged, padded, to_change_input
from models.fit_statistics import reduced
from models.judge import PairJudge
from models.loads import LoadNetwork, to_load_input
from models.logits import of_mean_logit
from models.pair_statistics import pair_statistics
from models.providers import ShapeRange
from models.served import ServedNetwork
from models.session import InferenceSession
from riac.ports import AlignedPair, ChangeJudgement, FittedModel
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


def to_tensors(given: ChangeInput, *, strength: float) -> dict[str, Tensor]:
    """Return what a network is asked with for one pair, a batch of one."""
    return {"pair": padded(given)[None], "strength": np.array([strength], np.float32)}


class ChangeNetwork(ServedNetwork):
    """Judges what was made ready by an exported network; a member of an ensemble."""

    kind = "change network"

    @staticmethod
    def _fits(session: InferenceSession) -> bool:
        shapes = session.inputs
        return set(shapes) == set(INPUTS) and shapes["pair"][1] == len(CHANNELS)

    def tell(
        self, inputs: Sequence[ChangeInput], *, strengths: Sequence[float]
    ) -> list[ChangeJudgement]:
        """Judge, in the network's own resolution; what is equally wide goes together.

        Raises:
            ModelError: the network cannot be run, or answers nonsense.
        """
        cases = [
            to_tensors(each, strength=strength)
            for each, strength in zip(inputs, strengths, strict=True)
        ]
        outputs = self._session.run_many(cases)
        return [
            self._told(*self._numbers(each), given=case["pair"].shape, seen=one.shape)
            for each, case, one in zip(outputs, cases, inputs, strict=True)
        ]

    @staticmethod
    def _told(
        probability: Tensor, score: Tensor, *, given: tuple[int, ...], seen: tuple[int, ...]
    ) -> ChangeJudgement:
        shrinks = given[2] // probability.shape[2]
        # What was padded is cut off.
        rows, columns = (-(-size // shrinks) for size in seen[1:])
        return ChangeJudgement(probability[0, 0, :rows, :columns], float(score[0]))


class ChangeMember(FittedModel, Protocol):
    """What an ensemble is made of."""

    def tell(
        self, inputs: Sequence[ChangeInput], *, strengths: Sequence[float]
    ) -> list[ChangeJudgement]:
        """Judge what was made ready, in a resolution of its own. Raises ModelError."""
        ...


class LastWord(NamedTuple):
    """Who says whether a pair shows the same load."""

    judge: PairJudge
    """Fitted on what the members and the recogniser say."""
    recogniser: LoadNetwork
    """Says how alike both loads are as they are."""


class ChangeEnsemble:
    """Several networks asked about the same pair both ways: where it changed, by their mean logits.

    Whether it is the same load is said by a judge of all they said, or without one by the mean of
    their logits too.

    Members that learned from other pairs err elsewhere (Lakshminarayanan, Pritzel and Blundell,
    "Simple and scalable predictive uncertainty estimation using deep ensembles", NeurIPS 2017).
    Whether two loads are the same does not depend on which was seen first, so each member is also
    asked with entry and exit exchanged.
    """

    def __init__(
        self, members: Sequence[ChangeMember], *, last_word: LastWord | None = None
    ) -> None:
        """Take the members, one or more, and who has the last word on what these say."""
        if not members:
            raise ValueError("expected members of an ensemble, got none")
        self._members = tuple(members)
        self._last_word = last_word

    @property
    def name(self) -> str:
        """Names and versions of its parts."""
        return "+".join(each.name for each in self._parts)

    @property
    def digest(self) -> str:
        """SHA-256 of its parts' digests."""
        return hashlib.sha256(":".join(each.digest for each in self._parts).encode()).hexdigest()

    @property
    def runs_on(self) -> str:
        """The provider in use."""
        return self._members[0].runs_on

    @property
    def _parts(self) -> tuple[FittedModel, ...]:
        return self._members if self._last_word is None else (*self._members, *self._last_word)

    def likeness(self, entry: Picture, exit_: Picture) -> float:
        """Return how alike both loads are; nan where nobody judges by it. Raises ModelError."""
        if self._last_word is None:
            return math.nan
        return self._last_word.recogniser.likeness(to_load_input(entry), to_load_input(exit_))

    def judge(self, pair: AlignedPair, *, strength: float, likeness: float) -> ChangeJudgement:
        """Judge one view. Raises ModelError."""
        return self.judge_many([pair], strengths=[strength], likenesses=[likeness])[0]

    def judge_many(
        self,
        pairs: Sequence[AlignedPair],
        *,
        strengths: Sequence[float],
        likenesses: Sequence[float],
    ) -> list[ChangeJudgement]:
        """Judge many views, both ways, the members at the same time.

        Raises:
            ModelError: a network cannot be run, or answers nonsense.
        """
        inputs = [to_change_input(pair) for pair in pairs]
        told = self.ask(inputs, strengths=strengths)
        return [
            _enlarged(self._concluded(pair, given, judgements, strength, likeness), pair)
            for pair, given, judgements, strength, likeness in zip(
                pairs, inputs, told, strengths, likenesses, strict=True
            )
        ]

    def ask(
        self, inputs: Sequence[ChangeInput], *, strengths: Sequence[float]
    ) -> list[list[ChangeJudgement]]:
        """Return for each pair what each member said, each way it was asked.

        Raises:
            ModelError: a network cannot be run, or answers nonsense.
        """
        asked = [*inputs, *map(exchanged, inputs)]
        told = at_once(
            lambda each: each.tell(asked, strengths=[*strengths, *strengths]), *self._members
        )
        count = len(inputs)
        ways = [judged[way] for judged in told for way in (slice(count), slice(count, None))]
        return [list(each) for each in zip(*ways, strict=True)]

    def _concluded(
        self,
        pair: AlignedPair,
        given: ChangeInput,
        told: Sequence[ChangeJudgement],
        strength: float,
        likeness: float,
    ) -> ChangeJudgement:
        """Return the mean judgement; of the whole pair the judge's, where there is one."""
        mean = _mean(told)
        if self._last_word is None:
            return mean
        statistics = pair_statistics(
            given, told, strength=strength, fit=reduced(pair.fit), likeness=likeness
        )
        return replace(mean, score=self._last_word.judge.score(statistics))


def _mean(told: Sequence[ChangeJudgement]) -> ChangeJudgement:
    """Return the judgement of the mean logits."""
    probability = of_mean_logit(np.stack([each.probability for each in told]))
    score = of_mean_logit(np.array([each.score for each in told], np.float64))
    return ChangeJudgement(np.asarray(probability, np.float32), float(score))


def _enlarged(told: ChangeJudgement, pair: AlignedPair) -> ChangeJudgement:
    """Bring what was told to the size of the pair."""
    size = (pair.before.shape[1], pair.before.shape[0])
    enlarged: Picture = cv2.resize(told.probability, size)
    return ChangeJudgement(enlarged, told.score)
