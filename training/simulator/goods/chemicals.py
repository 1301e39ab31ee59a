"""Minerals, chemicals, plastics and rubber: chapters 25 to 40 but for tyres."""

from __future__ import annotations

from training.simulator.goods.goods import Goods
from training.simulator.goods.liquids import Ibc, TankFilling
from training.simulator.goods.plants import (
    big_bags,
    cartons_on_pallets,
    cartons_on_the_floor,
    palletised_sacks,
    sacks,
)
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Carton, Drum, Pallet, Soft
from training.simulator.physics.materials import (
    CALCITE,
    POLYETHYLENE,
    PVC,
    QUARTZ,
    SALT,
    SUCROSE,
    WATER,
    Material,
    compound,
    mixture,
)
from training.simulator.scene.containers import ContainerKind

# fmt: off
CEMENT = mixture("cement", 3.1, ((CALCITE, 0.75), (QUARTZ, 0.25)))
ORE = mixture("iron ore", 4.2, ((QUARTZ, 0.3), (compound("iron oxide", "Fe2O3", 5.2), 0.7)))
SODA = compound("soda ash", "Na2CO3", 2.5)
LYE = mixture("caustic soda lye", 1.5, ((compound("sodium hydroxide", "NaOH", 2.1), 0.5),
                                       (WATER, 0.5)))
UREA = compound("urea", "CH4N2O", 1.3)
OIL = Material("lubricating oil", 0.88, {"C": 0.86, "H": 0.14})
ALCOHOL = compound("alcohol", "C2H6O", 0.79)
STYRENE = compound("styrene", "C8H8", 0.91)
ACETIC_ACID = compound("acetic acid", "C2H4O2", 1.05)
PAINT = mixture("paint", 1.3, ((WATER, 0.45), (CALCITE, 0.25), (POLYETHYLENE, 0.20),
                               (compound("titania", "TiO2", 4.2), 0.10)))
PHOSPHATE = compound("ammonium phosphate", "N2H9PO4", 1.6)
RUBBER_CRUMB = Material("natural rubber", 0.93, {"C": 0.88, "H": 0.12})
IN_TANKS = ((1.0, ContainerKind.TANK),)

CHEMICALS = (
    Goods("2207", "ethyl alcohol", (
        (1, TankFilling(ALCOHOL)),
    ), containers=IN_TANKS, short=1.0),
    Goods("2501", "salt", (
        (2, sacks(SALT.of_density(1.15))), (1, big_bags(SALT.of_density(1.15), layers=1)),
        (1, palletised_sacks(SALT.of_density(1.1))),
    ), short=0.95),
    Goods("2523", "cement", (
        (2, sacks(CEMENT.of_density(1.35))), (1, big_bags(CEMENT.of_density(1.3), layers=1)),
    ), short=0.95),
    Goods("2520", "gypsum and plaster", (
        (1, palletised_sacks(CALCITE.of_density(0.95))), (1, sacks(CALCITE.of_density(0.95))),
    ), short=0.9),
    Goods("2601", "iron ores and concentrates", (
        (1, big_bags(ORE.of_density(2.0), layers=1)),
    ), short=1.0),
    Goods("2710", "lubricants", (
        (2, Stacks(Drum(OIL, full=(0.92, 0.98)), gap_mm=(2, 30), ragged=(0, 0.25))),
        (1, Stacks(Ibc(OIL), most_layers=2)),
        (1, cartons_on_pallets(OIL.of_density(0.6), mottle=(0.1, 0.25), grain_mm=90)),
    ), short=0.8),
    Goods("2815", "caustic soda", (
        (1, Stacks(Ibc(LYE), most_layers=1)), (1, Stacks(Drum(LYE, wall=POLYETHYLENE, wall_mm=4))),
        (1, sacks(SODA.of_density(1.05))),
    ), short=0.95),
    Goods("2836", "soda ash", (
        (2, big_bags(SODA.of_density(0.95))), (1, palletised_sacks(SODA.of_density(0.95))),
    ), short=0.9),
    Goods("2902", "cyclic hydrocarbons", (
        (1, TankFilling(STYRENE)),
    ), containers=IN_TANKS, short=1.0),
    Goods("2905", "alcohols", (
        (1, TankFilling(ALCOHOL)),
    ), containers=IN_TANKS, short=1.0),
    Goods("2915", "acetic acid and other simple acids", (
        (1, TankFilling(ACETIC_ACID)),
    ), containers=IN_TANKS, short=1.0),
    Goods("2917", "acids for polyesters", (
        (1, big_bags(compound("terephthalic acid", "C8H6O4", 1.5).of_density(0.9))),
    ), short=0.7),
    Goods("3004", "medicines", (
        (2, cartons_on_pallets(SUCROSE.of_density(0.25), mottle=(0.05, 0.2), grain_mm=50)),
        (1, cartons_on_the_floor(SUCROSE.of_density(0.22), mottle=(0.05, 0.2), grain_mm=50)),
    ), short=0.3),
    Goods("3102", "nitrogen fertiliser", (
        (2, sacks(UREA.of_density(0.75))), (1, big_bags(UREA.of_density(0.75))),
    ), short=0.9),
    Goods("3105", "mixed fertiliser", (
        (1, sacks(PHOSPHATE.of_density(0.95))), (1, big_bags(PHOSPHATE.of_density(0.95))),
    ), short=0.95),
    Goods("3208", "paint", (
        (2, Stacks(
            Pallet(Drum(PAINT, (270, 300), (350, 400)), height_mm=(900, 1700)), gap_mm=(5, 60),
            lean_mm=(0, 4))),
        (1, Stacks(Ibc(PAINT), most_layers=1)),
    ), short=0.8),
    Goods("3304", "cosmetics", (
        (1, cartons_on_the_floor(WATER.of_density(0.35), mottle=(0.08, 0.25), grain_mm=45)),
        (1, cartons_on_pallets(WATER.of_density(0.38), mottle=(0.08, 0.25), grain_mm=45)),
    ), short=0.2),
    Goods("3402", "detergents", (
        (2, cartons_on_pallets(SODA.of_density(0.62), mottle=(0.03, 0.12))),
        (1, big_bags(SODA.of_density(0.7))), (1, Stacks(Ibc(WATER.of_density(1.05)))),
    ), short=0.3),
    Goods("3506", "glues", (
        (1, cartons_on_pallets(PAINT.of_density(0.8), mottle=(0.08, 0.2))),
        (1, Stacks(Drum(PAINT.of_density(1.1)))),
    ), short=0.7),
    Goods("3808", "pesticides", (
        (1, cartons_on_pallets(WATER.of_density(0.75), mottle=(0.1, 0.25), grain_mm=80)),
        (1, Stacks(Drum(WATER.of_density(1.1), wall=POLYETHYLENE, wall_mm=4))),
    ), short=0.6),
    Goods("3901", "polyethylene granules", (
        (3, palletised_sacks(POLYETHYLENE.of_density(0.56))),
        (1, sacks(POLYETHYLENE.of_density(0.55))),
        (1, Stacks(
            Carton(POLYETHYLENE.of_density(0.56), (1100, 1200), (1700, 2100), (1000, 1140),
                   mottle=(0.0, 0.02), headspace=(0.0, 0.08)), gap_mm=(5, 60), most_layers=1)),
    ), short=0.05),
    Goods("3904", "polyvinyl chloride resin", (
        (2, palletised_sacks(PVC.of_density(0.55))), (1, big_bags(PVC.of_density(0.55))),
    ), short=0.3),
    Goods("3923", "plastic packaging", (
        (1, cartons_on_the_floor(POLYETHYLENE.of_density(0.10), mottle=(0.05, 0.2))),
        (1, cartons_on_pallets(POLYETHYLENE.of_density(0.12), mottle=(0.05, 0.2))),
    ), short=0.02),
    Goods("4001", "natural rubber", (
        (1, Stacks(
            Soft(RUBBER_CRUMB.packed(0.97), (660, 700), (170, 200), (320, 350), (5, 9)),
            height=(0.5, 0.8), gap_mm=(0, 15))),
        (1, Stacks(
            Pallet(Soft(RUBBER_CRUMB.packed(0.97), (660, 700), (170, 200), (320, 350), (5, 9)),
                   base_mm=(1450, 1120), height_mm=(1000, 1150)), most_layers=2)),
    ), short=0.9),
)
# fmt: on
