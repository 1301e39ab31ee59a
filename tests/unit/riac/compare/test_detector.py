"""A detector's word counts beside the evidence: for the verdict, and for what is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from riac.compare import compare
from riac.finding import Comparison, ComparisonVerdict
from riac.ports import AlignedPair, ChangeJudgement
from riac.scan import Box, Picture, intersection_over_union

from . import phantom


@dataclass
class Saying:
    """A detector that always says the same, and remembers what it was asked."""

    score: float
    probability: float
    asked: tuple[AlignedPair, float, float] | None = None
    compared: tuple[Picture, Picture] | None = None

    name = "saying-1"
    digest = "c" * 64
    runs_on = "nothing"

    def likeness(self, entry: Picture, exit_: Picture) -> float:
        self.compared = (entry, exit_)
        return 0.75

    def judge(self, pair: AlignedPair, *, strength: float, likeness: float) -> ChangeJudgement:
        self.asked = (pair, strength, likeness)
        everywhere = np.full(pair.before.shape, self.probability, np.float32)
        return ChangeJudgement(everywhere, self.score)


def compared(detector: Saying | None, *, changed: bool) -> Comparison:
    load = phantom.cargo()
    leaving = load.copy()
    if changed:
        leaving[30:60, 300:330] += 0.9
    entry = phantom.prepared(phantom.photographed(load, seed=1), sha256="a")
    exit_ = phantom.prepared(phantom.photographed(leaving, seed=2), sha256="b")
    return compare(entry, exit_, detector=detector)


def test_its_score_is_the_pairs() -> None:
    for score in (0.2, 0.8):
        found = compared(Saying(score, 0.5), changed=False)
        assert found.same_score == pytest.approx(1 - score)


def test_what_it_takes_for_the_road_is_neither_told_nor_shown() -> None:
    found = compared(Saying(0.1, 0.01), changed=True)
    assert found.verdict is ComparisonVerdict.MATCH
    assert found.regions == ()
    assert not any(factor.finding for factor in found.factors.values())


def test_what_it_refers_is_shown_where_the_evidence_is_strongest() -> None:
    found = compared(Saying(0.9, 0.3), changed=True)
    assert found.verdict is ComparisonVerdict.MISMATCH
    box = found.regions[0].entry_box_px
    assert box is not None
    assert intersection_over_union(box, Box(700, 110, 760, 170)) > 0.3
    weak = compared(Saying(0.9, 0.01), changed=False)
    assert weak.verdict is ComparisonVerdict.MISMATCH
    assert weak.regions


@dataclass
class Hill:
    """A detector that is sure of the middle of a change, less so of its slopes."""

    moat: float = 0.5
    """What it says between them."""

    name = "hill-1"
    digest = "d" * 64
    runs_on = "nothing"

    def likeness(self, entry: Picture, exit_: Picture) -> float:
        return 0.0

    def judge(self, pair: AlignedPair, *, strength: float, likeness: float) -> ChangeJudgement:
        probability = np.full(pair.before.shape, 0.01, np.float32)
        probability[20:80, 250:410] = 0.5
        probability[32:62, 290:370] = self.moat
        probability[40:55, 320:345] = 0.95
        return ChangeJudgement(probability, 0.95)


@pytest.mark.parametrize("moat", [0.5, 0.02])
def test_one_change_is_told_once(moat: float) -> None:
    load = phantom.cargo()
    leaving = load.copy()
    leaving[22:78, 255:405] += 0.9
    entry = phantom.prepared(phantom.photographed(load, seed=1), sha256="a")
    exit_ = phantom.prepared(phantom.photographed(leaving, seed=2), sha256="b")
    regions = compare(entry, exit_, detector=Hill(moat)).regions
    assert len(regions) == 1


def test_it_sees_both_sides_and_the_evidence() -> None:
    detector = Saying(0.9, 0.9)
    compared(detector, changed=True)
    assert detector.asked is not None
    pair, strength, likeness = detector.asked
    assert strength > 6
    assert likeness == 0.75
    place = (slice(35, 55), slice(305, 325))
    assert pair.after[place].mean() < 0.6 * pair.before[place].mean()
    assert pair.difference[place].mean() < -3
    for plane in (pair.before, pair.after, pair.weight):
        assert 0 <= plane.min() <= plane.max() <= 1


@pytest.mark.parametrize("turned", [False, True])
def test_it_compares_interiors_that_lie_the_same_way_round(*, turned: bool) -> None:
    load = phantom.cargo()
    leaving = load[:, ::-1] if turned else load
    entry = phantom.prepared(phantom.photographed(load, seed=1), sha256="a")
    exit_ = phantom.prepared(phantom.photographed(leaving, seed=2), sha256="b")
    detector = Saying(0.1, 0.1)
    assert compare(entry, exit_, detector=detector).mirrored is turned
    assert detector.compared is not None
    first, second = detector.compared
    assert first.shape == second.shape
    assert np.abs(first - second).mean() < 0.5 * np.abs(first - second[:, ::-1]).mean()
