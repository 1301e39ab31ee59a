"""Containers beside each other, and what must not be taken for several."""

from __future__ import annotations

import numpy as np
import pytest

from riac.imaging.container import find_containers
from riac.scan import Picture
from training.simulator.scanning import Scanner, expose
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
