"""Heavy pieces stand apart on the floor; lots follow each other; cars are raised on racks."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.goods.metal_units import Coil, Ingots
from training.simulator.goods.motor_vehicles import Car
from training.simulator.goods.parked import Parked, shear
from training.simulator.goods.placing import Scrap, Sections, Spread
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Carton, Drum
from training.simulator.physics.materials import LEAD, STEEL, WATER
from training.simulator.scene.containers import Hold, Shell
from training.simulator.scene.solids import Shape, Solids

SEEDS = range(6)


def _hold(length_ft: int = 20) -> Hold:
    return Shell(0, 1250, length_ft, length_ft > 20).hold


@pytest.mark.parametrize("seed", SEEDS)
def test_coils_stand_apart_and_weigh_no_more_than_allowed(seed: int) -> None:
    solids = Solids()
    Spread(Coil(STEEL), load_kg=(20_000, 20_000))(solids, _hold(), np.random.default_rng(seed))
    rows = solids.rows()
    # Not their straps nor their holes.
    wound = rows[(rows["z1"] - rows["z0"] > 800) & (rows["basis"].sum(axis=1) > 5)]
    wound = np.sort(wound, order="x0")
    assert len(wound)
    assert (wound["x0"][1:] > wound["x1"][:-1]).all()
    assert solids.mass_kg() < 20_500


@pytest.mark.parametrize("seed", SEEDS)
def test_what_cannot_cover_the_floor_is_spread_over_it(seed: int) -> None:
    solids, hold = Solids(), _hold()
    stow = Stacks(Ingots(LEAD, layers=(7, 8)), most_layers=1, length=(1, 1))
    stow(solids, hold, np.random.default_rng(seed))
    assert solids.mass_kg() < hold.payload_kg
    assert np.ptp(solids.rows()["x0"]) > 0.6 * hold.length


def test_lots_in_turn_follow_each_other() -> None:
    solids = Solids()
    boxes, drums = Stacks(Carton(WATER)), Stacks(Drum(WATER))
    Sections(((1.0, boxes), (1.0, drums)), in_turn=True)(
        solids, _hold(40), np.random.default_rng(2)
    )
    rows = solids.rows()
    cartons, round_ones = rows[rows["shape"] == Shape.BOX], rows[rows["shape"] == Shape.DRUM_Y]
    assert len(cartons)
    assert len(round_ones)
    assert cartons["x1"].max() <= round_ones["x0"].min() + 1


def test_scrap_weighs_what_it_may_whatever_its_pieces() -> None:
    for seed in SEEDS:
        solids = Solids()
        Scrap(STEEL)(solids, _hold(), np.random.default_rng(seed))
        assert 10_000 < solids.mass_kg() < 28_000


def test_sheared_boxes_rise_along_the_container_and_keep_their_mass() -> None:
    solids = Solids()
    solids.box((1000, 2000), (0, 100), (0, 500), STEEL)
    solids.add(Shape.DRUM_Z, (1500, 1700), (0, 200), (0, 100), STEEL)
    before = solids.mass_kg()
    shear(solids, 0.2, 1000.0)
    box, drum = solids.rows()
    assert box["shape"] == Shape.WEDGE_Y
    assert (box["y0"], box["low_rise"], box["high_rise"]) == pytest.approx((0, 200, 200))
    assert drum["y0"] == pytest.approx(120)
    assert solids.mass_kg() == pytest.approx(before)


def test_four_cars_go_into_a_high_cube_only_with_their_noses_up() -> None:
    solids = Solids()
    small = Car((3600, 3700), (1400, 1420), (1600, 1620))
    Parked(small, (4,), 0.0)(solids, _hold(40), np.random.default_rng(1))
    assert len(set(solids.rows()["stack"])) == 4
    wedges = solids.rows()[solids.rows()["shape"] == Shape.WEDGE_Y]
    assert np.median(wedges["low_rise"]) > 0


def test_cars_that_fit_stand_level() -> None:
    solids, hold = Solids(), _hold(40)
    Parked(Car(), (2,))(solids, hold, np.random.default_rng(1))
    tyres = solids.rows()[(solids.rows()["shape"] == Shape.DRUM_Z)]
    assert np.isclose(tyres["y0"], hold.y0, atol=1).sum() >= 8
