"""Loads of several goods, and which goods each ray meets: consolidated containers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.simulator.goods.catalogue import goods_of
from training.simulator.scanning import Sight
from training.simulator.scene.containers import ContainerKind, Hold
from training.simulator.scene.projection import project
from training.simulator.scene.solids import Solids
from training.simulator.trucks import Scene

ItemMap = NDArray[np.int16]
"""(H, W) int16: index of the goods item that puts most into a ray, -1 where none does."""

SHORTEST_PART = 0.12
"""Of the hold: no consignment of a shared container is shorter."""
_STACKED = 0.25
"""Share of neighbours that lie one on the other instead of one behind the other."""
NO_ITEM = -1
LEAST_G_CM2 = 1.0
"""Rays that meet less of all goods together carry no label."""


def pack_items(headings: Sequence[str], hold: Hold, *, generator: np.random.Generator) -> Solids:
    """Pack several goods into one hold; `Solids.item` is the index of each.

    Args:
        headings: two to five, in the order of the declaration.
        hold: to fill.
        generator: of shares, places and packing.

    Raises:
        ValueError: a heading is not modelled, or the number is not within one to five.
    """
    if not 1 <= len(headings) <= 5:
        raise ValueError(f"expected one to five goods items, got {len(headings)}")
    goods = [goods_of(heading) for heading in headings]
    solids = Solids()
    order = generator.permutation(len(goods))
    rooms = _rooms(hold, len(goods), generator)
    for place, room in zip(order, rooms, strict=True):
        part = Solids()
        part.item = int(place)
        goods[place].pack(part, room, generator=generator)
        solids.extend(part)
    return solids


def _rooms(hold: Hold, count: int, generator: np.random.Generator) -> list[Hold]:
    """Divide a hold along its length; some neighbours lie one on the other."""
    shares = generator.dirichlet(np.full(count, 3.0))
    shares = SHORTEST_PART + shares * (1 - SHORTEST_PART * count)
    ends = np.concatenate([[0.0], np.cumsum(shares)])
    ends[-1] = 1.0
    rooms: list[Hold] = []
    index = 0
    while index < count:
        if index + 1 < count and generator.random() < _STACKED and not hold.round_tank:
            both = hold.part(float(ends[index]), float(ends[index + 2]))
            rooms += _stacked(both, share=float(generator.uniform(0.35, 0.6)))
            index += 2
            continue
        rooms.append(hold.part(float(ends[index]), float(ends[index + 1])))
        index += 1
    return rooms


def _stacked(hold: Hold, *, share: float) -> list[Hold]:
    """Divide by height; the lower part, which carries the other, gets most of the weight."""
    level = hold.y0 + share * hold.height
    spans = ((hold.y0, level, 0.65), (level, hold.y1, 0.35))
    return [
        Hold(hold.x0, hold.x1, low, high, hold.z0, hold.z1, hold.payload_kg * part)
        for low, high, part in spans
    ]


def usual_container(headings: Sequence[str]) -> ContainerKind:
    """Return a container for goods that travel together.

    Raises:
        ValueError: no one kind of container takes all of them.
    """
    kinds = [{kind for _, kind in goods_of(heading).containers} for heading in headings]
    common = set.intersection(*kinds) if kinds else {ContainerKind.DRY}
    if not common:
        listed = "; ".join(
            f"{heading} in {' or '.join(sorted(each))}"
            for heading, each in zip(headings, kinds, strict=True)
        )
        raise ValueError(f"no container takes all of these goods: {listed}")
    return ContainerKind.DRY if ContainerKind.DRY in common else sorted(common)[0]


def item_map(scene: Scene, sight: Sight, *, items: int) -> ItemMap:
    """Return which goods each pixel of a picture shows, as scanned."""
    areal = item_areal(scene, sight, items=items)
    shown = np.stack([sight.draw(plane) for plane in areal])
    best: ItemMap = shown.argmax(axis=0).astype(np.int16)
    best[shown.sum(axis=0) < LEAST_G_CM2] = NO_ITEM
    return best


def item_areal(scene: Scene, sight: Sight, *, items: int) -> NDArray[np.float32]:
    """Return (items, H, W) g/cm2 of each goods item along the rays; columns rise with x."""
    planes = []
    rows = scene.cargo.rows()
    for item in range(items):
        part = Solids()
        part.surfaces = scene.cargo.surfaces
        part.replace_rows(rows[rows["item"] == item])
        areal = project(part, sight.fan, sight.passage.column_edges_mm, voids=scene.voids)
        planes.append(areal.sum(axis=0))
    return np.stack(planes)


def item_fractions(labels: ItemMap, *, items: int) -> tuple[float, ...]:
    """Return the share of the labelled pixels that shows each goods item."""
    shown = labels[labels != NO_ITEM]
    if shown.size == 0:
        return (0.0,) * items
    return tuple(float((shown == item).mean()) for item in range(items))
