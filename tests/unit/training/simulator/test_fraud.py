"""Frauds change loads by what they say they do, and say truly what they did."""

from __future__ import annotations

import numpy as np
import pytest

from riac.finding import Factor
from training.simulator.fraud import (
    FACTORS,
    Fraud,
    FraudKind,
    commit,
    mass_within_kg,
    top_mm,
)
from training.simulator.goods.catalogue import goods_of
from training.simulator.physics.materials import WATER
from training.simulator.scene.containers import Shell
from training.simulator.scene.projection import NO_VOIDS
from training.simulator.scene.solids import SURFACE_SHAPE, Solids

HOLD = Shell(2600, 1250, 20).hold
FILLED_MM = 1200.0


def _cargo() -> Solids:
    """Return boxes of water of half a metre, side by side up to 1.2 m."""
    solids = Solids()
    x, y, z = (
        grid.ravel()
        for grid in np.meshgrid(
            np.arange(HOLD.x0, HOLD.x1 - 500, 500.0),
            HOLD.y0 + np.arange(0, FILLED_MM, 400.0),
            np.arange(HOLD.z0, HOLD.z1 - 500, 500.0),
        )
    )
    solids.box((x, x + 500), (y, y + 400), (z, z + 500), WATER)
    return solids


def test_every_kind_has_its_factor_and_only_papers_show_a_broken_seal() -> None:
    assert set(FACTORS) == set(FraudKind)
    broken = commit(Fraud(FraudKind.BROKEN_SEAL), _cargo(), HOLD)
    assert broken.truth.factor is None
    assert broken.truth.box_mm is None
    assert broken.truth.mass_change_kg == 0
    assert len(broken.added.rows()) == len(broken.voids) == 0


def test_an_insertion_takes_the_place_of_what_it_displaces() -> None:
    fraud = Fraud(FraudKind.INSERTION, "bricks", (0.4, 0.1, 0.5), mass_kg=80)
    done = commit(fraud, _cargo(), HOLD)
    assert done.truth.added_kg == pytest.approx(80, rel=0.15)
    assert done.truth.box_mm is not None
    x0, x1, y0, y1, z0, z1 = done.truth.box_mm
    litres = (x1 - x0) * (y1 - y0) * (z1 - z0) / 1e6
    assert done.truth.removed_kg == pytest.approx(litres, rel=0.02)
    assert done.truth.factor is Factor.DENSITY


def test_an_insertion_over_low_goods_lies_on_them() -> None:
    fraud = Fraud(FraudKind.INSERTION, "cash", (0.4, 0.95, 0.5), mass_kg=20)
    done = commit(fraud, _cargo(), HOLD)
    assert done.truth.box_mm is not None
    assert done.truth.box_mm[2] == pytest.approx(HOLD.y0 + FILLED_MM, abs=1)
    assert done.truth.removed_kg == 0


def test_a_removal_takes_from_the_top() -> None:
    fraud = Fraud(FraudKind.REMOVAL, centre=(0.5, 0.5, 0.5), size_mm=(1000, 400, 1000))
    done = commit(fraud, _cargo(), HOLD)
    assert done.truth.mass_change_kg == pytest.approx(-400, rel=0.02)
    assert done.voids[0, 2] == pytest.approx(HOLD.y0 + FILLED_MM - 400)


def test_a_swap_leaves_nothing_of_the_old_load() -> None:
    cargo = Solids()
    goods_of("4011").pack(cargo, HOLD, generator=np.random.default_rng(3))
    done = commit(Fraud(FraudKind.SWAP, "0805", seed=4), cargo, HOLD)
    assert done.truth.removed_kg == pytest.approx(cargo.mass_kg(), rel=0.02)
    assert done.truth.added_kg > 1000


@pytest.mark.parametrize("kind", [FraudKind.FALSE_WALL, FraudKind.FALSE_FLOOR])
@pytest.mark.parametrize("sheet", ["plywood", "steel"])
def test_what_is_behind_a_sheet_stays_within_the_hold(kind: FraudKind, sheet: str) -> None:
    fraud = Fraud(kind, "cigarettes", size_mm=(1300, 300, 0), mass_kg=150, sheet=sheet)
    done = commit(fraud, _cargo(), HOLD)
    rows = done.added.rows()
    for axis, (low, high) in zip(
        "xyz", ((HOLD.x0, HOLD.x1), (HOLD.y0, HOLD.y1), (HOLD.z0, HOLD.z1)), strict=True
    ):
        assert rows[axis + "0"].min() >= low - 1
        assert rows[axis + "1"].max() <= high + 1
    assert done.truth.added_kg > 100


def test_hollowed_units_keep_their_outsides() -> None:
    fraud = Fraud(FraudKind.HOLLOWED, size_mm=(900, 700, 900))
    done = commit(fraud, _cargo(), HOLD)
    assert len(done.voids) >= 2
    assert done.truth.removed_kg == pytest.approx(100 * 0.62**3 * len(done.voids), rel=0.03)
    for unit in _cargo().rows():
        for x0, x1, y0, y1, z0, z1 in done.voids:
            crossing = (
                (x0 < unit["x1"] and unit["x0"] < x1)
                and (y0 < unit["y1"] and unit["y0"] < y1)
                and (z0 < unit["z1"] and unit["z0"] < z1)
            )
            inside = unit["x0"] < x0 and x1 < unit["x1"] and unit["y0"] < y0 and y1 < unit["y1"]
            assert inside or not crossing


def test_a_poured_load_has_a_top_where_its_surface_lies() -> None:
    cargo = Solids()
    heights = np.full(SURFACE_SHAPE, 800.0)
    heights[32:] = 1600.0
    cargo.heap((HOLD.x0, HOLD.x1), HOLD.y0, (HOLD.z0, HOLD.z1), heights, WATER)
    tops = [
        top_mm(cargo, (x, x + 500, 0, 1, HOLD.z0, HOLD.z1), floor_mm=HOLD.y0) - HOLD.y0
        for x in (HOLD.x0 + 500, HOLD.x1 - 1000)
    ]
    assert tops == pytest.approx([800, 1600])


def test_mass_in_no_box_is_none() -> None:
    assert mass_within_kg(_cargo(), NO_VOIDS) == 0
    assert mass_within_kg(Solids(), np.zeros((1, 6), np.float32)) == 0


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"kind": FraudKind.INSERTION}, "needs what to insert: one of bricks"),
        ({"kind": FraudKind.INSERTION, "what": "unicorns"}, "expected one of bricks"),
        ({"kind": FraudKind.SWAP, "what": "9999"}, "not modelled"),
        ({"kind": FraudKind.FALSE_WALL, "sheet": "paper"}, "expected one of plywood, steel"),
    ],
)
def test_nonsense_is_answered_with_what_is_allowed(stated: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Fraud(**stated)  # type: ignore[arg-type]
