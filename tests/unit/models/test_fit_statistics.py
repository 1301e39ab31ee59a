"""What it took to lay a pair over itself: a steady warp says nothing, an uneven one does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.fit_statistics import FIT_NAMES, LEAST_PX, PLANES, SCALE, fit_statistics, reduced
from riac.ports import Fit
from tests.fit_phantoms import easy_fit

ROWS, COLUMNS = 256, 640
EASY = easy_fit(ROWS, COLUMNS)
NOTHING = pytest.approx(np.log(LEAST_PX), abs=0.5)


def named(fit: Fit) -> dict[str, float]:
    return dict(zip(FIT_NAMES, fit_statistics(reduced(fit)), strict=True))


def test_planes_are_reduced() -> None:
    planes = reduced(EASY).planes
    assert planes.shape == (len(PLANES), ROWS // SCALE, COLUMNS // SCALE)
    assert planes.dtype == np.float16


def test_each_statistic_has_a_name_and_a_finite_value() -> None:
    assert len(set(FIT_NAMES)) == len(FIT_NAMES)
    assert all(np.isfinite(value) for value in named(EASY).values())


def test_a_load_that_fits_turned_around_as_well_is_told() -> None:
    well, ill = named(EASY), named(replace(EASY, turned_cost=EASY.cost))
    assert ill["ln_turned_to_cost"] == pytest.approx(0)
    assert well["ln_turned_to_cost"] > 1


def test_another_place_and_another_speed_say_nothing() -> None:
    steady = np.broadcast_to(5 + np.arange(COLUMNS, dtype=np.float32) / 100, (ROWS, COLUMNS))
    higher = np.full((ROWS, COLUMNS), 3.0, np.float32)
    seen = named(replace(EASY, along=np.ascontiguousarray(steady), across=higher))
    uneven = [name for name in FIT_NAMES if name.endswith(("_mean", "_high"))]
    assert all(seen[name] == NOTHING for name in uneven)


def test_goods_that_moved_show_where_the_vehicle_does_not() -> None:
    moved = EASY.moved.copy()
    moved[160:, 200:320] = moved[160:, 400:480] = 12.0
    seen = named(replace(EASY, along=moved, moved=moved))
    for name in ("moved", "moved_along", "rest", "bent_along"):
        assert seen[f"ln_{name}_high"] > 0
    for name in ("speed", "bounce", "height_rest"):
        assert seen[f"ln_{name}_high"] == NOTHING
