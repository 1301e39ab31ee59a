"""Tank containers are of many makes, and each fits its frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from training.simulator.scene.containers import TANK_DISH_MM, ContainerKind, Shell
from training.simulator.scene.solids import Solids
from training.simulator.scene.tank_makes import MAKES, tank_make
from training.simulator.scene.tanks import draw_tank
from training.simulator.trucks import Truck

TRUCK = Truck("2207", seed=5, length_ft=20, kind=ContainerKind.TANK)


def _tank(make: int) -> Shell:
    return Shell(500, 1250, 20, kind=ContainerKind.TANK, make=make)


@pytest.mark.parametrize("make", range(MAKES))
def test_every_make_fits_its_frame(make: int) -> None:
    solids, shell = Solids(), _tank(make)
    draw_tank(solids, shell)
    rows = solids.rows()
    assert shell.x0 - 1 <= rows["x0"].min()
    assert rows["x1"].max() <= shell.x1 + 1
    assert shell.y0 - 1 <= rows["y0"].min()
    assert rows["y1"].max() <= shell.y1 + 1
    assert np.abs([rows["z0"], rows["z1"]]).max() <= 1219 + 1
    assert solids.mass_kg() == pytest.approx(shell.tare_kg, rel=0.3)


def test_tanks_hold_what_fleets_list() -> None:
    litres = []
    for make in range(MAKES):
        hold = _tank(make).hold
        # A dished end, half an ellipsoid, holds two thirds of a cylinder as long.
        length = hold.length - 2 * TANK_DISH_MM / 3
        litres.append(np.pi / 4 * hold.height**2 * length / 1e6)
    assert 17_500 < min(litres) < 20_000
    assert 22_000 < max(litres) < 26_000


def test_no_two_makes_are_alike() -> None:
    assert len({tank_make(number) for number in range(MAKES)}) == MAKES


def test_a_container_is_of_one_make_on_every_trailer() -> None:
    assert replace(TRUCK, trailer_seed=3, with_cab=True).shell.tank is TRUCK.shell.tank


def test_containers_are_of_many_makes() -> None:
    makes = {replace(TRUCK, seed=seed).shell.make for seed in range(200)}
    assert len(makes) > MAKES / 2
