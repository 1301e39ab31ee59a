"""Every heading the simulator can pack."""

from __future__ import annotations

from training.simulator.goods.articles_of_metal import ARTICLES_OF_METAL
from training.simulator.goods.chemicals import CHEMICALS
from training.simulator.goods.food import FOOD
from training.simulator.goods.goods import Goods, by_heading
from training.simulator.goods.machines import MACHINES
from training.simulator.goods.minerals_and_metals import METALS, STONE_AND_GLASS
from training.simulator.goods.motors_and_devices import MOTORS_AND_DEVICES
from training.simulator.goods.plants import PLANTS
from training.simulator.goods.prepared_food import PREPARED_FOOD
from training.simulator.goods.textiles import TEXTILES, TYRES
from training.simulator.goods.vehicles_and_furniture import FURNITURE_AND_REST, VEHICLES
from training.simulator.goods.wood_and_paper import WOOD_AND_PAPER

GOODS = by_heading(
    ARTICLES_OF_METAL,
    CHEMICALS,
    FOOD,
    FURNITURE_AND_REST,
    MACHINES,
    METALS,
    MOTORS_AND_DEVICES,
    PLANTS,
    PREPARED_FOOD,
    STONE_AND_GLASS,
    TEXTILES,
    TYRES,
    VEHICLES,
    WOOD_AND_PAPER,
)


def goods_of(heading: str) -> Goods:
    """Return what is known of a heading.

    Raises:
        ValueError: it is not modelled; the message lists what is.
    """
    if heading not in GOODS:
        raise ValueError(
            f"heading {heading!r} is not modelled; the simulator packs {', '.join(sorted(GOODS))}"
        )
    return GOODS[heading]
