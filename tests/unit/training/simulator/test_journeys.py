"""The road changes loads a little, fraud changes them where the truth says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from training.simulator.fraud import Fraud, FraudKind
from training.simulator.journeys import (
    ROUGH,
    SMOOTH,
    Journey,
    after_road,
    changed_areal,
    changed_mask,
    mask_boxes,
    refuel,
    travel,
)
from training.simulator.physics.materials import WATER
from training.simulator.scanning import Scanner, Sight, scan
from training.simulator.scene.projection import project
from training.simulator.scene.solids import SURFACE_SHAPE, Rows, Shape, Solids
from training.simulator.scene.vehicles import DIESEL
from training.simulator.trucks import Scene, Truck, build_scene

TRUCK = Truck("5201", seed=5, length_ft=20, high_cube=False)
INSERTION = Fraud(FraudKind.INSERTION, "bricks", (0.3, 0.3, 0.5), mass_kg=150)


def _journey(*frauds: Fraud, truck: Truck = TRUCK) -> Journey:
    return travel(truck, generator=np.random.default_rng(7), frauds=frauds)


def _sight(journey: Journey, *, mirrored: bool = False) -> Sight:
    scanner = Scanner(pitch_mm=(20.0, 18.0), mirrored=mirrored)
    profile = scanner.profile(journey.exit)
    return scan(journey.exit, profile, generator=np.random.default_rng(1)).sight


@pytest.mark.parametrize("heading", ["0901", "4011", "5201"])
def test_the_road_keeps_every_gram_and_lowers_loads_by_centimetres(heading: str) -> None:
    cargo = build_scene(replace(TRUCK, heading=heading)).cargo
    settled = after_road(cargo, ROUGH, generator=np.random.default_rng(2))
    before, after = cargo.rows(), settled.rows()
    assert settled.mass_kg() == pytest.approx(cargo.mass_kg(), rel=2e-3)
    assert np.all(after["y1"] <= before["y1"] + 0.1)
    assert np.max(before["y1"] - after["y1"]) < 0.06 * 2400
    assert np.max(np.abs(after["x0"] - before["x0"])) < 90
    assert after["x0"].min() >= before["x0"].min() - 0.1
    assert after["x1"].max() <= before["x1"].max() + 0.1


LITTERED = replace(TRUCK, seed=11)
"""Empty, it holds remnants of earlier loads."""


@pytest.mark.parametrize("truck", [LITTERED, replace(LITTERED, heading="")])
@pytest.mark.parametrize("shared", [False, True])
def test_a_container_gains_and_loses_nothing_but_cargo(truck: Truck, *, shared: bool) -> None:
    cargo = build_scene(TRUCK).cargo if shared else None
    journey = travel(truck, generator=np.random.default_rng(7), cargo=cargo)
    for edge in ("x0", "x1", "y0", "y1"):
        at_entry, at_exit = (
            np.sort(_bodies_in_hold(scene)[edge]) for scene in (journey.entry, journey.exit)
        )
        np.testing.assert_array_equal(at_entry, at_exit)


def _bodies_in_hold(scene: Scene) -> Rows:
    rows, hold = scene.truck.rows(), scene.shell.hold
    inside = (rows["x0"] >= hold.x0) & (rows["x1"] <= hold.x1) & (rows["y0"] >= hold.y0 - 1)
    return rows[inside & (rows["z0"] > hold.z0 - 1) & (rows["z1"] < hold.z1 + 1)]


def test_goods_take_their_grain_along() -> None:
    cargo = Solids()
    cargo.box((1000, 2000), (1000, 2000), (-500, 500), WATER, mottle=0.3, grain_mm=60.0)
    moved = Solids()
    rows = cargo.rows().copy()
    rows["x0"] += 200
    rows["x1"] += 200
    moved.replace_rows(rows)
    journey = _journey()
    sight = _sight(journey)
    edges = np.arange(800.0, 2501.0, 20.0)
    seen = [project(solids, sight.fan, edges).sum(axis=0) for solids in (cargo, moved)]
    np.testing.assert_allclose(seen[1][:, 20:60], seen[0][:, 10:50], rtol=1e-4)
    assert seen[0][:, 10:60].max() > 1.3 * np.median(seen[0][seen[0] > 0])


def test_poured_goods_sink_most_and_steel_not_at_all() -> None:
    cargo = Solids()
    for stack in range(3):
        cargo.begin_stack()
        x = (1000.0 * stack, 1000.0 * stack + 900)
        if stack == 0:
            cargo.heap(x, 1000.0, (-500.0, 500.0), np.full(SURFACE_SHAPE, 1000.0), WATER)
        else:
            material = WATER if stack == 1 else WATER.of_density(7.8)
            cargo.box(x, (1000.0, 2000.0), (-500.0, 500.0), material)
    settled = after_road(cargo, ROUGH, generator=np.random.default_rng(3)).rows()
    sunk = 2000 - settled["y1"]
    assert sunk[0] > sunk[1] > 0
    assert sunk[2] == 0
    assert settled["shape"][0] == Shape.HEAP


def test_a_smooth_road_moves_less_than_a_rough_one() -> None:
    cargo = build_scene(TRUCK).cargo
    moves = [
        np.abs(
            after_road(cargo, road, generator=np.random.default_rng(4)).rows()["x0"]
            - cargo.rows()["x0"]
        ).mean()
        for road in (SMOOTH, ROUGH)
    ]
    assert moves[0] < moves[1]


def test_an_honest_journey_has_no_truth_in_any_picture() -> None:
    journey = _journey()
    assert journey.frauds == ()
    assert journey.mass_change_kg == 0
    assert not changed_mask(journey, _sight(journey)).any()
    # The truck is another, the load lies otherwise, its mass is the same.
    assert journey.entry.cargo_mass_kg == pytest.approx(journey.exit.cargo_mass_kg, rel=2e-3)


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_mask_lies_where_the_picture_shows_the_insertion(mirrored: bool) -> None:
    journey = _journey(INSERTION)
    sight = _sight(journey, mirrored=mirrored)
    mask = changed_mask(journey, sight)
    box = journey.frauds[0].box_mm
    assert box is not None
    corners = np.array(
        [(x, y, z) for x in box[:2] for y in box[2:4] for z in box[4:]], dtype=np.float64
    )
    seen = sight.box(corners)
    (found,) = mask_boxes(mask)
    for name in ("x0", "y0", "x1", "y1"):
        assert getattr(found, name) == pytest.approx(getattr(seen, name), abs=3)


def test_the_mass_of_a_change_is_what_its_rays_weigh() -> None:
    journey = _journey(replace(INSERTION, what="engine-parts", mass_kg=400))
    sight = _sight(journey)
    assert journey.mass_change_kg == pytest.approx(
        journey.exit.cargo_mass_kg - journey.entry.cargo_mass_kg, abs=60
    )
    change = changed_areal(journey, sight)
    assert change.sum(axis=0).max() > 30


def test_two_frauds_leave_two_boxes_and_add_up() -> None:
    journey = _journey(INSERTION, replace(INSERTION, centre=(0.8, 0.3, 0.5), what="cash"))
    assert len(mask_boxes(changed_mask(journey, _sight(journey)))) == 2
    assert journey.mass_change_kg == pytest.approx(
        sum(truth.mass_change_kg for truth in journey.frauds)
    )


def test_a_broken_seal_shows_in_no_picture() -> None:
    journey = _journey(Fraud(FraudKind.BROKEN_SEAL))
    assert not changed_mask(journey, _sight(journey)).any()


def test_tanks_are_filled_to_a_level() -> None:
    steelwork = build_scene(TRUCK).truck
    refuel(steelwork, level=0.5)
    rows = steelwork.rows()
    fuel = np.all(np.isclose(rows["basis"], DIESEL.basis_g_cm3, rtol=1e-4), axis=1)
    assert fuel.sum() == 2
    np.testing.assert_allclose((rows["y1"] - rows["y0"])[fuel], 292, atol=0.5)


def test_the_same_seed_sends_the_same_way() -> None:
    first, second = _journey(INSERTION), _journey(INSERTION)
    assert np.array_equal(first.exit.cargo.rows(), second.exit.cargo.rows())
    assert np.array_equal(first.exit.truck.rows(), second.exit.truck.rows())
