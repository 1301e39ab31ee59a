"""Containers and vehicles weigh what such things weigh, and stand where they should."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.scene.containers import TARE_KG, ContainerKind, Shell
from training.simulator.scene.frames import draw_container
from training.simulator.scene.projection import Fan, project
from training.simulator.scene.solids import Solids
from training.simulator.scene.vehicles import Trailer, Vehicle, draw_vehicle


@pytest.mark.parametrize(("kind", "length_ft"), sorted(TARE_KG))
def test_an_empty_container_weighs_about_its_tare(kind: ContainerKind, length_ft: int) -> None:
    solids, shell = Solids(), Shell(0, 1250, length_ft, kind=kind)
    draw_container(solids, shell, generator=np.random.default_rng(1))
    # Welds, gaskets and small parts are left out; what is drawn is drawn a little plump.
    assert solids.mass_kg() == pytest.approx(shell.tare_kg, rel=0.3)


@pytest.mark.parametrize("kind", list(ContainerKind))
def test_a_container_stays_within_its_outer_size(kind: ContainerKind) -> None:
    solids, shell = Solids(), Shell(500, 1250, 20, kind=kind)
    draw_container(solids, shell, generator=np.random.default_rng(1))
    rows = solids.rows()
    assert shell.x0 - 1 <= rows["x0"].min()
    assert rows["x1"].max() <= shell.x1 + 1
    assert rows["y1"].max() <= shell.y1 + 1
    assert np.abs([rows["z0"], rows["z1"]]).max() <= 1219 + 10


def test_a_size_that_is_not_built_is_refused() -> None:
    with pytest.raises(ValueError, match=r"reefer container is modelled with \[20, 40\] ft"):
        Shell(0, 1250, 45, kind=ContainerKind.REEFER)


def test_the_roof_is_a_band_between_its_near_and_far_edges() -> None:
    solids, shell = Solids(), Shell(0, 1250, 40)
    draw_container(solids, shell, generator=np.random.default_rng(1))
    fan = Fan(
        from_above=False, source_u_mm=1200, source_v_mm=6000, first_u_mm=4600, pitch_mm=6,
        rows=600, middle_height_mm=2500,
    )  # fmt: skip
    steel = project(solids, fan, np.linspace(3000, 9000, 501))[1].mean(axis=1)
    near, far = fan.row_of(shell.y1, -1150), fan.row_of(shell.y1, 1150)
    band = steel[int(near) + 15 : int(far) - 5].mean()
    wall = steel[int(far) + 15 : int(fan.row_of(shell.y0 + 700, 0))].mean()
    assert band > 1.5 * wall


@pytest.mark.parametrize("trailer", list(Trailer))
def test_a_vehicle_stands_on_the_ground_and_under_its_container(trailer: Trailer) -> None:
    solids, shell = Solids(), Shell(8000, 1250, 40)
    vehicle = Vehicle(trailer, with_cab=True)
    draw_vehicle(solids, shell, vehicle, generator=np.random.default_rng(2))
    rows = solids.rows()
    if trailer is Trailer.NONE:
        assert len(rows) == 0
        return
    assert rows["y0"].min() >= -1
    under = (rows["x0"] > shell.x0 + 200) & (rows["x1"] < shell.x1 - 200)
    assert rows["y1"][under].max() <= shell.y0 + 20
    assert 8_000 < solids.mass_kg() < 20_000
