"""Walls, roof, floor and posts of drawn containers are measured as they were drawn."""

from __future__ import annotations

import pytest

from tests.unit.training.realism.phantoms import TALL_PX, empty
from training.realism import structure


def test_levels_of_wall_and_floor_are_those_drawn() -> None:
    container = empty()
    assert structure.wall_level(container) == 220
    assert structure.floor_level(container) == 140
    assert structure.floor_contrast(container) == 80
    assert structure.roof_contrast(container) == 20


@pytest.mark.parametrize(("roof_px", "floor_px"), [(45, 20), (75, 40)])
def test_bands_of_roof_and_floor_are_found_to_a_hundredth(roof_px: int, floor_px: int) -> None:
    container = empty(roof_px=roof_px, floor_px=floor_px)
    assert structure.roof_band(container) == pytest.approx(roof_px / TALL_PX, abs=0.01)
    assert structure.floor_top(container) == pytest.approx(floor_px / TALL_PX, abs=0.01)


def test_a_climbing_roof_is_a_lean_and_hides_no_band() -> None:
    container = empty(climb_px=12)
    assert structure.lean(container) == pytest.approx(0.8 * 12 / TALL_PX, abs=0.008)
    assert structure.roof_band(container) == pytest.approx(60 / TALL_PX, abs=0.015)
    assert structure.lean(empty()) == 0


@pytest.mark.parametrize("period_px", [12.0, 20.0])
def test_a_corrugation_has_its_period_and_contrast(period_px: float) -> None:
    container = empty(period_px=period_px, ripple=3, noise=1)
    assert structure.corrugation(container) == pytest.approx(3, rel=0.1)
    assert structure.corrugation_period(container) == pytest.approx(period_px / TALL_PX, rel=0.06)
    assert structure.corrugation_purity(container) > 0.9


def test_noise_alone_has_no_pure_period() -> None:
    assert structure.corrugation_purity(empty(noise=4)) < 0.5


def test_posts_have_their_darkness_and_width() -> None:
    container = empty(post=40)
    assert structure.darker_post_level(container) == structure.lighter_post_level(container) == 40
    assert structure.wider_post(container) == pytest.approx(12 / TALL_PX, abs=0.006)


def test_a_straight_roof_does_not_wave() -> None:
    assert structure.roof_wave(empty()) == 0
