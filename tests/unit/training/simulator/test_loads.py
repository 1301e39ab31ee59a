"""Shared containers: every item is packed, and the label map shows which lies where."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from training.simulator.loads import (
    NO_ITEM,
    item_fractions,
    item_map,
    pack_items,
    usual_container,
)
from training.simulator.physics.materials import STEEL, WATER
from training.simulator.scanning import Scanner, scan
from training.simulator.scene.containers import ContainerKind
from training.simulator.scene.solids import Solids
from training.simulator.trucks import Scene, Truck, build_scene

EMPTY = Truck("", seed=3, length_ft=40)


@pytest.mark.parametrize("headings", [["4011", "5201"], ["4804", "0901", "1701", "5201", "4011"]])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_item_is_there_and_stays_in_the_hold(headings: list[str], seed: int) -> None:
    hold = EMPTY.shell.hold
    solids = pack_items(headings, hold, generator=np.random.default_rng(seed))
    rows = solids.rows()
    assert set(rows["item"]) == set(range(len(headings)))
    assert rows["x0"].min() >= hold.x0 - 150
    assert rows["x1"].max() <= hold.x1 + 150
    assert solids.mass_kg() < 1.1 * hold.payload_kg
    stacks = [set(rows["stack"][rows["item"] == item]) for item in range(len(headings))]
    assert not set.intersection(*stacks)


def test_the_label_map_shows_which_goods_lie_where() -> None:
    hold = EMPTY.shell.hold
    cargo = Solids()
    middle = hold.x0 + 0.25 * hold.length
    for item, (x0, x1) in enumerate(((hold.x0, middle), (middle, hold.x1))):
        cargo.item = item
        cargo.box((x0, x1), (hold.y0, hold.y1), (hold.z0, hold.z1), (WATER, STEEL)[item])
    scene: Scene = replace(build_scene(EMPTY), cargo=cargo)
    profile = Scanner(pitch_mm=(30.0, 24.0)).profile(scene)
    sight = scan(scene, profile, generator=np.random.default_rng(0)).sight
    labels = item_map(scene, sight, items=2)
    fractions = item_fractions(labels, items=2)
    assert fractions == pytest.approx((0.25, 0.75), abs=0.02)
    assert labels[0, 0] == NO_ITEM
    row = round(sight.fan.row_of((hold.y0 + hold.y1) / 2, 0))
    for x, item in ((middle - 500, 0), (middle + 500, 1)):
        assert labels[row, round(sight.passage.column_of(x))] == item


def test_no_goods_carry_no_label() -> None:
    assert item_fractions(np.full((4, 4), NO_ITEM, np.int16), items=2) == (0.0, 0.0)


def test_goods_travel_together_only_where_one_container_takes_them() -> None:
    assert usual_container(["4011", "5201"]) is ContainerKind.DRY
    assert usual_container(["0202", "0207"]) is ContainerKind.REEFER
    with pytest.raises(ValueError, match=r"no container takes all of these goods: 0202 in reefer"):
        usual_container(["0202", "4011"])


@pytest.mark.parametrize("headings", [[], ["4011"] * 6])
def test_the_number_of_items_is_one_to_five(headings: list[str]) -> None:
    with pytest.raises(ValueError, match="expected one to five goods items"):
        pack_items(headings, EMPTY.shell.hold, generator=np.random.default_rng(0))
