"""The released change network judges pairs of any width, and refuses what it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from models.change import ChangeEnsemble, ChangeNetwork
from models.change_input import ChangeInput
from models.loading import load_detector
from models.registry import DETECTOR, JOURNEYS, JUDGE, LOADS, load_registry
from riac.errors import ModelError
from riac.ports import AlignedPair, ChangeDetector, ChangeJudgement
from tests.fit_phantoms import easy_fit


@pytest.fixture(scope="module")
def detector() -> ChangeEnsemble:
    loaded = load_detector()
    assert isinstance(loaded, ChangeEnsemble)
    return loaded


def pair(columns: int, *, block: bool = False) -> AlignedPair:
    generator = np.random.default_rng(columns)
    before = np.full((256, columns), 0.7, np.float32)
    before[150:, 40:-40] = 0.2
    after = before.copy()
    if block:
        after[170:215, columns // 2 : columns // 2 + 60] = 0.04
    noise = generator.standard_normal(before.shape).astype(np.float32)
    difference = np.log(after / before) * 30 + noise
    return AlignedPair(
        before,
        after,
        difference.astype(np.float32),
        np.ones_like(before),
        easy_fit(256, columns),
    )


def judged(detector: ChangeEnsemble, seen: AlignedPair, *, strength: float) -> ChangeJudgement:
    """Judge a pair whose interiors are what is laid over each other."""
    likeness = detector.likeness(seen.before, seen.after)
    return detector.judge(seen, strength=strength, likeness=likeness)


@pytest.mark.parametrize("columns", [256, 517, 1536])
def test_probabilities_are_as_large_as_the_pair(detector: ChangeEnsemble, columns: int) -> None:
    told = judged(detector, pair(columns), strength=3.0)
    assert told.probability.shape == (256, columns)
    assert 0 <= told.probability.min() <= told.probability.max() <= 1
    assert 0 <= told.score <= 1


def test_a_block_that_came_in_is_seen_where_it_is(detector: ChangeEnsemble) -> None:
    same = judged(detector, pair(600), strength=3.5)
    other = judged(detector, pair(600, block=True), strength=25.0)
    assert same.score < 0.5 < other.score
    inside = other.probability[180:205, 310:350]
    assert inside.mean() > 0.5 > other.probability[:, :250].mean()


def test_many_pairs_are_judged_as_each_alone(detector: ChangeEnsemble) -> None:
    pairs = [pair(600), pair(420), pair(600, block=True), pair(601)]
    strengths = [3.5, 4.0, 25.0, 3.0]
    likenesses = [detector.likeness(each.before, each.after) for each in pairs]
    together = detector.judge_many(pairs, strengths=strengths, likenesses=likenesses)
    for each, strength, told in zip(pairs, strengths, together, strict=True):
        alone = judged(detector, each, strength=strength)
        assert told.score == pytest.approx(alone.score, abs=1e-5)
        np.testing.assert_allclose(told.probability, alone.probability, atol=1e-5)


def test_it_says_what_it_is_and_what_it_runs_on(detector: ChangeDetector) -> None:
    members = [load_registry().get(name) for name in (DETECTOR, JOURNEYS, JUDGE, LOADS)]
    assert detector.name == "+".join(f"{each.name}-{each.version}" for each in members)
    assert detector.digest not in {each.sha256 for each in members}
    assert detector.runs_on.endswith("ExecutionProvider")


@dataclass
class Saying:
    """A member that always says the same."""

    score: float
    probability: float
    name: str = "saying"
    digest: str = "c"
    runs_on: str = "nothing"

    def tell(
        self, inputs: Sequence[ChangeInput], *, strengths: Sequence[float]
    ) -> list[ChangeJudgement]:
        return [
            ChangeJudgement(np.full(each.shape[1:], self.probability, np.float32), self.score)
            for each, _ in zip(inputs, strengths, strict=True)
        ]


def test_an_ensemble_says_the_mean_of_its_members_logits() -> None:
    together = ChangeEnsemble([Saying(0.9, 0.2), Saying(0.1, 0.8, digest="d")])
    told = judged(together, pair(400), strength=3.0)
    assert told.score == pytest.approx(0.5)
    np.testing.assert_allclose(told.probability, 0.5, rtol=1e-5)
    assert together.name == "saying+saying"
    sure = ChangeEnsemble([Saying(1.0, 1.0), Saying(0.4, 1.0)])
    assert 0.99 < judged(sure, pair(400), strength=3.0).score < 1
    turned = ChangeEnsemble([Saying(0.1, 0.6, digest="d"), Saying(0.9, 0.2)])
    assert turned.digest != together.digest


@pytest.mark.parametrize("block", [False, True])
def test_which_was_seen_first_does_not_matter(detector: ChangeEnsemble, *, block: bool) -> None:
    seen = pair(600, block=block)
    exchanged = AlignedPair(
        seen.after,
        seen.before,
        -seen.difference,
        seen.weight,
        seen.fit,
    )
    one, other = (judged(detector, each, strength=6.0) for each in (seen, exchanged))
    assert one.score == pytest.approx(other.score, abs=1e-5)
    np.testing.assert_allclose(one.probability, other.probability, atol=1e-5)


def test_an_ensemble_has_members() -> None:
    with pytest.raises(ValueError, match="none"):
        ChangeEnsemble([])


def test_a_network_of_another_kind_is_refused() -> None:
    class Session:
        inputs: dict[str, tuple[int, ...]] = {"image": (1, 3, 8, 8)}  # noqa: RUF012

    with pytest.raises(ModelError, match="no change network"):
        ChangeNetwork(Session(), name="other", digest="")  # type: ignore[arg-type]
