"""Animal products and prepared food, drinks, feed, tobacco: chapters 03 to 24 but for `food`."""

from __future__ import annotations

from training.simulator.goods.food import OILCAKE, POULTRY
from training.simulator.goods.goods import REEFER, Goods
from training.simulator.goods.liquids import Flexitank, Ibc
from training.simulator.goods.plants import (
    DRIED,
    GRAIN,
    LEAF,
    big_bags,
    cartons_on_pallets,
    cartons_on_the_floor,
    palletised_sacks,
    sacks,
)
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Carton, Drum, Pallet, Soft
from training.simulator.physics.materials import (
    FAT,
    GLASS,
    PROTEIN,
    STEEL,
    SUCROSE,
    WATER,
    mixture,
)

# fmt: off
FISH = mixture("frozen fish", 0.95, ((WATER, 0.75), (PROTEIN, 0.20), (FAT, 0.05)))
MILK = mixture("milk powder", 1.3, ((PROTEIN, 0.30), (SUCROSE, 0.46), (FAT, 0.20), (WATER, 0.04)))
BUTTER = mixture("butter", 0.92, ((FAT, 0.83), (WATER, 0.17)))
CANNED = mixture("cans of food", 1.1, ((WATER, 0.72), (PROTEIN, 0.08), (SUCROSE, 0.08),
                                       (STEEL, 0.12)))
PASTE = mixture("tomato paste", 1.15, ((WATER, 0.70), (SUCROSE, 0.30)))
BOTTLED = mixture("bottled drinks", 1.15, ((WATER, 0.62), (GLASS, 0.38)))

PREPARED_FOOD = (
    Goods("0203", "pork, frozen", (
        (3, Stacks(
            Carton(FISH.packed(0.84), (540, 600), (140, 190), (360, 400), mottle=(0.08, 0.22),
                   grain_mm=80, uneven=0.07, headspace=(0.0, 0.1)),
            height=(0.75, 0.93), gap_mm=(8, 40), lean_mm=(2, 12), ragged=(0.05, 0.3))),
    ), containers=REEFER, short=0.05),
    Goods("0303", "fish, frozen", (
        (2, cartons_on_the_floor(FISH.packed(0.75), mottle=(0.08, 0.2), grain_mm=60)),
        (1, Stacks(
            Soft(FISH.packed(0.7), (600, 900), (120, 200), (380, 520), (2.4, 3.5), uneven=0.1,
                 mottle=(0.1, 0.25), grain_mm=90), height=(0.7, 0.92), lean_mm=(5, 30))),
    ), containers=REEFER, short=0.05),
    Goods("0402", "milk powder", (
        (2, sacks(MILK.of_density(0.55))), (2, palletised_sacks(MILK.of_density(0.58))),
    ), short=0.5),
    Goods("0405", "butter", (
        (1, cartons_on_pallets(BUTTER.packed(0.95), mottle=(0.0, 0.03), height_mm=(1100, 1800))),
    ), containers=REEFER, short=0.4),
    Goods("0406", "cheese", (
        (1, cartons_on_pallets(mixture("cheese", 1.08, ((FAT, 0.32), (PROTEIN, 0.28),
                                                        (WATER, 0.40))).packed(0.7),
                               mottle=(0.02, 0.1), height_mm=(1200, 2000))),
    ), containers=REEFER, short=0.2),
    Goods("1602", "prepared meat", (
        (1, cartons_on_pallets(POULTRY.packed(0.7), mottle=(0.03, 0.12))),
    ), containers=REEFER, short=0.1),
    Goods("1604", "canned fish", (
        (2, cartons_on_the_floor(CANNED.of_density(0.85), mottle=(0.08, 0.2), grain_mm=70)),
        (1, cartons_on_pallets(CANNED.of_density(0.85), mottle=(0.08, 0.2), grain_mm=70)),
    ), short=0.8),
    Goods("1704", "sugar confectionery", (
        (1, cartons_on_the_floor(SUCROSE.of_density(0.42), mottle=(0.02, 0.08))),
        (1, cartons_on_pallets(SUCROSE.of_density(0.40), mottle=(0.02, 0.08))),
    ), short=0.2),
    Goods("1806", "chocolate", (
        (1, cartons_on_pallets(mixture("chocolate", 1.3, ((SUCROSE, 0.6), (FAT, 0.32),
                                                          (PROTEIN, 0.08))).of_density(0.5),
                               mottle=(0.02, 0.08))),
    ), containers=REEFER, short=0.2),
    Goods("1902", "pasta", (
        (1, cartons_on_pallets(GRAIN.of_density(0.38), mottle=(0.03, 0.1))),
        (1, cartons_on_the_floor(GRAIN.of_density(0.36), mottle=(0.03, 0.1))),
    ), short=0.2),
    Goods("1905", "biscuits", (
        (1, cartons_on_the_floor(GRAIN.of_density(0.22), mottle=(0.03, 0.12))),
        (1, cartons_on_pallets(GRAIN.of_density(0.22), mottle=(0.03, 0.12))),
    ), short=0.1),
    Goods("2002", "tomato paste", (
        (2, Stacks(Drum(PASTE, (570, 600), (880, 930)), gap_mm=(2, 25), ragged=(0, 0.2))),
        (1, cartons_on_pallets(CANNED.of_density(0.95), mottle=(0.08, 0.2), grain_mm=80)),
    ), short=0.9),
    Goods("2008", "preserved fruit", (
        (1, cartons_on_pallets(CANNED.of_density(0.9), mottle=(0.08, 0.2), grain_mm=85)),
        (1, cartons_on_the_floor(CANNED.of_density(0.88), mottle=(0.08, 0.2), grain_mm=85)),
    ), short=0.8),
    Goods("2009", "fruit juice", (
        (2, Stacks(Drum(PASTE.of_density(1.3), (570, 600), (880, 930)))),
        (1, Stacks(Ibc(PASTE.of_density(1.25)), most_layers=1)), (1, Flexitank(PASTE)),
    ), short=0.9),
    Goods("2106", "food preparations", (
        (1, sacks(GRAIN.of_density(0.5))), (1, cartons_on_pallets(DRIED.of_density(0.45))),
        (1, Stacks(Ibc(PASTE), most_layers=2)),
    ), short=0.4),
    Goods("2202", "soft drinks", (
        (2, Stacks(
            Pallet(Carton(WATER.of_density(0.72), (380, 420), (120, 330), (260, 280),
                          mottle=(0.1, 0.3), grain_mm=65, headspace=(0.02, 0.1)),
                   height_mm=(1000, 1700)), gap_mm=(10, 100), lean_mm=(0, 4))),
    ), short=0.8),
    Goods("2204", "wine", (
        (2, cartons_on_the_floor(BOTTLED.of_density(0.85), mottle=(0.12, 0.3), grain_mm=80)),
        (1, cartons_on_pallets(BOTTLED.of_density(0.85), mottle=(0.12, 0.3), grain_mm=80)),
        (1, Flexitank(WATER.of_density(0.99))),
    ), short=0.9),
    Goods("2309", "animal feed", (
        (2, palletised_sacks(OILCAKE.of_density(0.55))), (1, big_bags(OILCAKE.of_density(0.58))),
    ), short=0.3),
    Goods("2401", "leaf tobacco", (
        (1, Stacks(
            Carton(LEAF.of_density(0.33), (1050, 1150), (700, 750), (680, 750),
                   mottle=(0.01, 0.05), grain_mm=120, headspace=(0.0, 0.03)),
            height=(0.7, 1.0), gap_mm=(2, 30))),
    ), short=0.05),
    Goods("2402", "cigarettes", (
        (1, cartons_on_the_floor(LEAF.of_density(0.24), mottle=(0.01, 0.05))),
    ), short=0.1),
)
# fmt: on
