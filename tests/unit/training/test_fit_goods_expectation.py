"""What is expected of a heading is fitted on simulated loads of it."""

from __future__ import annotations

import numpy as np
import pytest

from models import GoodsExpectation, load_measures
from riac.interior import MAX_ATTENUATION, cut_interior
from riac.scan import Picture
from tests.goods_phantoms import big_bags, empty_container, stacked_cartons
from training.datasets.goods import GoodsSample
from training.fit_goods_expectation import FEWEST, Measured, discriminants, fit, measured

MEASURES = load_measures()


def sample(picture: Picture, heading: str) -> GoodsSample:
    transmission = cut_interior(picture).transmission
    attenuation = -np.log(np.clip(transmission, 1e-3, 1)) / MAX_ATTENUATION
    return GoodsSample(np.clip(attenuation, 0, 1).astype(np.float32), heading, "load", "phantom")


def test_a_picture_is_likeliest_to_be_of_its_own_heading() -> None:
    loads = {"1202": big_bags, "0207": stacked_cartons}
    pictures = [
        found
        for heading, made in loads.items()
        for seed in range(FEWEST)
        if (found := measured(sample(made(seed=seed), heading), MEASURES)) is not None
    ]
    expectation = GoodsExpectation(fit(pictures).model_dump_json().encode())
    for heading, made in loads.items():
        asked = measured(sample(made(seed=50), heading), MEASURES)
        assert asked is not None
        likely = expectation.of(np.concatenate([asked.whole, asked.slabs]))
        other = next(each for each in loads if each != heading)
        assert (likely[heading] > likely[other]).all()


def test_the_difference_of_two_is_that_of_gaussians_with_one_covariance() -> None:
    generator = np.random.default_rng(0)
    rows = generator.standard_normal((40_000, 2), np.float32)
    moved = rows + np.array([2, 0], np.float32)
    first, second = discriminants(["a", "b"], [("a", rows), ("b", moved)])
    asked = np.array([1.5, 0.3])
    told = [np.dot(each.direction, asked) + each.offset for each in (first, second)]
    mean, variance = rows[:, 0].mean(), rows[:, 0].var()
    wanted = ((asked[0] - mean) ** 2 - (asked[0] - mean - 2) ** 2) / (2 * variance)
    assert told[1] - told[0] == pytest.approx(wanted, abs=0.02)


def test_where_no_goods_are_seen_nothing_is_measured() -> None:
    assert measured(sample(empty_container(), "1202"), MEASURES) is None


def test_headings_with_too_few_pictures_are_left_out() -> None:
    vectors = np.random.default_rng(0).standard_normal((2 * FEWEST, 1, 2)).astype(np.float32)
    enough = [Measured("0207", each, each) for each in vectors[:FEWEST]]
    enough += [Measured("1202", each, each) for each in vectors[FEWEST:]]
    few = Measured("4011", vectors[0], vectors[0])
    assert [each.heading for each in fit([*enough, few]).headings] == ["0207", "1202"]
    with pytest.raises(ValueError, match="two headings"):
        fit(enough[:FEWEST])
