"""Containers beside each other, and what must not be taken for several."""

from __future__ import annotations

import numpy as np
import pytest

from riac.imaging.container import find_containers
from riac.scan import Box, Picture, intersection_over_union
from training.simulator.scanners.profile import load_profile
from training.simulator.scanning import Exposure, Scanner, expose, scan
from training.simulator.scene.containers import ContainerKind
from training.simulator.trucks import Truck, build_scene

from .trucks import exposure, picture


def two_containers() -> tuple[Picture, int]:
    """Return two on one trailer, and the row where both end."""
    whole, box = picture(""), exposure("").container_px
    air = np.ones((len(whole), 40), np.float32)
    alone = whole[:, round(box.x0) - 2 : round(box.x1) + 2]
    return np.hstack([air, alone, air[:, :20], alone, air]), round(box.y1)


def test_a_container_whose_floor_is_hidden_ends_where_its_neighbour_does() -> None:
    both, bottom = two_containers()
    second = slice(both.shape[1] // 2 + 10, -40)
    # As dense from above the floor to the road: the only step is a slight one, too high up.
    hidden = round(0.62 * bottom)
    both[hidden:, second] = np.minimum(both[hidden - 5, second] * np.float32(1.2), 0.9)
    found = find_containers(both)
    assert len(found) == 2
    assert all(np.abs(one.quad_px[2:, 1] - bottom).max() < 0.06 * bottom for one in found)


def test_containers_apart_are_not_taken_for_one_cut_out() -> None:
    both, bottom = two_containers()
    top = round(exposure("").container_px.y0)
    # Cut out with their trailer's bed, which hides the air there is under it.
    both[bottom + 12 :] = 0.2
    found = find_containers(np.ascontiguousarray(both[top : bottom + 40, 38:-38]))
    assert len(found) == 2
    assert not any(one.whole_picture for one in found)


@pytest.mark.parametrize(
    "truck",
    [
        # Reels with gaps between them, tyres in leaning stacks, a cab before the container.
        Truck("4804", seed=3),
        Truck("4011", seed=1),
        Truck("0202", seed=0, with_cab=True),
        Truck("", seed=0, with_cab=True),
    ],
    ids=lambda truck: f"{truck.heading or 'empty'}-{truck.seed}",
)
def test_one_container_is_taken_for_one(truck: Truck) -> None:
    exposure = expose(build_scene(truck), Scanner(pitch_mm=(12.0, 8.0)), seed=truck.seed)
    (found,) = find_containers(exposure.transmissions[0])
    true = exposure.container_px
    assert abs(found.box_px.x0 - true.x0) < 20
    assert abs(found.box_px.x1 - true.x1) < 20


def alone(heading: str, *, seed: int, profile: str = "portal-6mv", **truck: object) -> Exposure:
    """Return a scan by a class of scanners that is in use."""
    generator = np.random.default_rng(seed)
    scene = build_scene(Truck(heading, seed=seed, **truck))  # type: ignore[arg-type]
    return scan(scene, load_profile(profile).coarser(2.0), generator=generator)


def likeness(exposed: Exposure) -> float:
    """Return the intersection over union of the only container found with the true one."""
    (found,) = find_containers(exposed.transmissions[0])
    (x0, y0), (x1, y1) = found.quad_px.min(axis=0), found.quad_px.max(axis=0)
    return intersection_over_union(Box(x0, y0, x1, y1), exposed.container_px)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("heading", ["2905", "2915"])
def test_a_tank_is_as_large_as_its_frame(heading: str, seed: int) -> None:
    assert likeness(alone(heading, seed=seed, kind=ContainerKind.TANK, length_ft=20)) > 0.9


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("heading", ["4407", "8708", ""])
def test_a_container_seen_from_above_ends_at_its_far_wall(heading: str, seed: int) -> None:
    assert likeness(alone(heading, seed=seed, profile="top-9mv")) > 0.95


def test_machines_on_a_flat_rack_are_one_container() -> None:
    exposed = alone("8701", seed=4, kind=ContainerKind.FLAT_RACK)
    (found,) = find_containers(exposed.transmissions[0])
    true = exposed.container_px
    assert found.length_px == pytest.approx(true.width, rel=0.05)
    assert found.quad_px[0, 1] == pytest.approx(true.y0, abs=0.05 * true.height)


@pytest.mark.parametrize("profile", ["gantry-6-4mv", "mobile-6mv"])
@pytest.mark.parametrize("seed", [1, 3])
def test_a_flat_rack_ends_below_its_deck(seed: int, profile: str) -> None:
    exposed = alone("8701", seed=seed, profile=profile, kind=ContainerKind.FLAT_RACK)
    (found,) = find_containers(exposed.transmissions[0])
    true = exposed.container_px
    assert found.quad_px[2:, 1] == pytest.approx(true.y1, abs=0.05 * true.height)


def test_a_cab_is_no_container() -> None:
    for seed in range(4):
        exposed = alone("7606", seed=seed, with_cab=True, length_ft=20)
        assert len(find_containers(exposed.transmissions[0])) == 1


def test_a_container_on_the_ground_ends_where_it_touches_it() -> None:
    whole = alone("0703", seed=3)
    picture, true = whole.transmissions[0].copy(), whole.container_px
    # Under the floor there is nothing: set down, and the ground lies below the picture.
    picture[round(true.y1) :] = 1.0
    (found,) = find_containers(picture)
    assert found.quad_px[2:, 1] == pytest.approx(true.y1, abs=0.02 * true.height)
