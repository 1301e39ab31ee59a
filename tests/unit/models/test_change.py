"""The released change network judges pairs of any width, and refuses what it is not."""

from __future__ import annotations

import numpy as np
import pytest

from models.change import ChangeNetwork
from models.registry import DETECTOR, load_detector, load_registry
from riac.errors import ModelError
from riac.ports import AlignedPair, ChangeDetector


@pytest.fixture(scope="module")
def detector() -> ChangeDetector:
    return load_detector()


def pair(columns: int, *, block: bool = False) -> AlignedPair:
    generator = np.random.default_rng(columns)
    before = np.full((256, columns), 0.7, np.float32)
    before[150:, 40:-40] = 0.2
    after = before.copy()
    if block:
        after[170:215, columns // 2 : columns // 2 + 60] = 0.04
    noise = generator.standard_normal(before.shape).astype(np.float32)
    difference = np.log(after / before) * 30 + noise
    return AlignedPair(before, after, difference.astype(np.float32), np.ones_like(before))


@pytest.mark.parametrize("columns", [256, 517, 1536])
def test_probabilities_are_as_large_as_the_pair(detector: ChangeDetector, columns: int) -> None:
    judged = detector.judge(pair(columns), strength=3.0)
    assert judged.probability.shape == (256, columns)
    assert 0 <= judged.probability.min() <= judged.probability.max() <= 1
    assert 0 <= judged.score <= 1


def test_a_block_that_came_in_is_seen_where_it_is(detector: ChangeDetector) -> None:
    same = detector.judge(pair(600), strength=3.5)
    other = detector.judge(pair(600, block=True), strength=25.0)
    assert same.score < 0.5 < other.score
    inside = other.probability[180:205, 310:350]
    assert inside.mean() > 0.5 > other.probability[:, :250].mean()


def test_it_says_what_it_is_and_what_it_runs_on(detector: ChangeDetector) -> None:
    model = load_registry().get(DETECTOR)
    assert detector.name == f"{DETECTOR}-{model.version}"
    assert detector.digest == model.sha256
    assert detector.runs_on.endswith("ExecutionProvider")


def test_a_network_of_another_kind_is_refused() -> None:
    class Session:
        inputs: dict[str, tuple[int, ...]] = {"image": (1, 3, 8, 8)}  # noqa: RUF012

    with pytest.raises(ModelError, match="no change network"):
        ChangeNetwork(Session(), name="other", digest="")  # type: ignore[arg-type]
