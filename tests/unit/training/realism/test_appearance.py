"""Figures of whole pictures: nothing between equals, loads' surfaces where they were drawn."""

from __future__ import annotations

import pytest

from tests.unit.training.realism.phantoms import TALL_PX, empty, loaded
from training.realism import appearance as measured
from training.realism.pictures import container_of


def test_a_collection_beside_itself_has_no_distance_and_equal_medians() -> None:
    group = [empty(seed=seed, noise=2) for seed in range(5)]
    table = measured.appearance(group, group, loaded=False)
    assert {"wall level", "noise, wall", "darker post level", "air level"} <= set(table)
    for figures in table.values():
        assert figures["KS"] == 0
        assert figures["real"] == figures["simulated"]


def test_noisier_pictures_stand_apart_in_noise_and_not_in_level() -> None:
    quiet = [empty(seed=seed, noise=2) for seed in range(5)]
    loud = [empty(seed=seed, noise=5) for seed in range(5, 10)]
    table = measured.appearance(quiet, loud, loaded=False)
    assert table["noise, wall"]["KS"] == 1
    assert table["noise, wall"]["simulated"] == pytest.approx(5, rel=0.1)
    assert table["floor top share"]["KS"] < 1


def test_figures_of_few_pictures_are_left_out() -> None:
    group = [loaded(seed=seed) for seed in range(4)]
    assert measured.appearance(group, group, loaded=True) == {}


@pytest.mark.parametrize("surface", [0.4, 0.6])
def test_the_surface_of_a_load_is_where_it_was_drawn(surface: float) -> None:
    assert measured.surface_height(loaded(surface=surface)) == pytest.approx(surface, abs=0.02)


def test_a_soft_surface_is_as_soft_as_drawn() -> None:
    hard, soft = loaded(soft_px=1), loaded(soft_px=30)
    # From 80 to 30 % of the wall's 220, of a straight fall from 200 or 220 to 20.
    fall = 0.5 * 220 / 190
    assert measured.surface_softness(soft) == pytest.approx(fall * 30 / TALL_PX, abs=0.015)
    assert measured.surface_softness(hard) < 0.012


def test_the_edge_of_a_post_is_as_wide_as_the_blur_makes_it() -> None:
    sharp = empty()
    assert measured.edge_width(sharp) < 1.5
    drawn = sharp.picture.copy()
    ramp = [255, 212, 169, 126, 83, 40]
    left = sharp.box[0]
    drawn[:, left - 5 : left + 1] = ramp
    drawn[:, sharp.box[2] - 1 : sharp.box[2] + 5] = ramp[::-1]
    blurred = container_of(drawn, sharp.box, name="ramp.png", loaded=False)
    assert measured.edge_width(blurred) == pytest.approx(4 * 256 / TALL_PX, abs=0.3)
