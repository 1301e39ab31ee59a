"""What is expected of headings, beside the standard images there are of them."""

from __future__ import annotations

import numpy as np
import pytest

from riac.explaining import Evidence, Nearest, SlabEvidence, code_score, expectation
from riac.interior import Slab
from riac.ports import Neighbour

BAGS, CARTONS, DRUMS = "1202", "0207", "2710"
LIKELY = {BAGS: np.array([3.0, 2.0]), CARTONS: np.array([-1.0, 0.0])}
"""Of a whole interior and one slab."""


def expected(references: dict[str, int]) -> list[dict[str, float]]:
    return expectation(LIKELY, references, pictures=2)


def test_the_heading_whose_goods_look_so_is_raised_and_the_others_lowered() -> None:
    whole, slab = expected({BAGS: 1, CARTONS: 1})
    assert whole[BAGS] == pytest.approx(-whole[CARTONS])
    assert whole[BAGS] > slab[BAGS] > 0


def test_the_more_standard_images_the_less_is_left_to_expectation() -> None:
    one, few, many = (expected({BAGS: n, CARTONS: n})[0][BAGS] for n in (1, 3, 30))
    assert one > few > 5 * many > 0


def test_a_heading_nothing_is_known_of_is_neither_favoured_nor_held_back() -> None:
    assert expected({BAGS: 1, CARTONS: 1, DRUMS: 1}) == expected({BAGS: 1, CARTONS: 1})
    assert expected({DRUMS: 3}) == [{}, {}]
    assert expectation({}, {BAGS: 3}, pictures=2) == [{}, {}]


def test_no_heading_is_ruled_out_however_unlikely() -> None:
    likely = {BAGS: np.array([1000.0]), CARTONS: np.array([0.0])}
    (raised,) = expectation(likely, {BAGS: 3, CARTONS: 3}, pictures=1)
    assert 0 < raised[BAGS] - raised[CARTONS] < 0.15


def test_what_is_expected_decides_between_headings_that_are_as_alike() -> None:
    neighbours = [Neighbour("a", "020714", 0.7), Neighbour("b", "120242", 0.69)]
    near = Nearest.of(neighbours, expected={BAGS: 0.05, CARTONS: -0.05})
    assert near.best([BAGS]) == pytest.approx(0.74)
    assert near.best(["020714"]) == near.best(["02"]) == pytest.approx(0.65)
    assert [each.entry_id for each in near.neighbours] == ["a", "b"]


def test_a_chapter_is_as_like_as_the_most_like_of_its_headings() -> None:
    neighbours = [Neighbour("a", "020714", 0.7), Neighbour("b", "020230", 0.69)]
    near = Nearest.of(neighbours, expected={"0207": -0.1, "0202": 0.1})
    assert near.best(["02"]) == pytest.approx(0.79)


def test_a_score_says_what_of_it_is_expected_and_what_is_seen() -> None:
    near = Nearest.of([Neighbour("a", "020714", 0.4)], expected={CARTONS: 0.1})
    evidence = Evidence(near, (SlabEvidence(Slab(0, 9), near),), {CARTONS: 3})
    score = code_score(evidence, CARTONS, references=3)
    assert score.score == pytest.approx(0.5)
    assert score.expected == pytest.approx(0.1)
    assert evidence.likeness(CARTONS, expecting=False) == pytest.approx(0.4)


def test_what_is_more_than_alike_still_leads() -> None:
    neighbours = [Neighbour("a", "020714", 0.99), Neighbour("b", "120242", 0.98)]
    near = Nearest.of(neighbours, expected={CARTONS: 0.1, BAGS: 0.2})
    evidence = Evidence(near, (), {CARTONS: 3, BAGS: 3})
    assert [(each.hs, each.score) for each in evidence.ranked()] == [(BAGS, 1.0), (CARTONS, 1.0)]
    assert evidence.likeness(BAGS) - evidence.likeness(CARTONS) == pytest.approx(0.09)
