"""Aluminium, copper, nickel and tin in forms for makers, and articles of metal: chapters 73 to 83.

Sources as in `minerals_and_metals`.
"""

from __future__ import annotations

from training.simulator.goods.boxed import Boxed
from training.simulator.goods.drums_of_cable import CableDrum
from training.simulator.goods.furniture_units import Cabinet
from training.simulator.goods.goods import Goods
from training.simulator.goods.metal_units import Bundle, Coil, Ingots, Sheets
from training.simulator.goods.placing import Sections, Spread
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Carton, Crate, Drum, Pallet, Soft
from training.simulator.physics.materials import (
    ALUMINIUM,
    COPPER,
    STAINLESS_STEEL,
    STEEL,
    Material,
    compound,
)
from training.simulator.scene.solids import Shape

# fmt: off
NICKEL = Material("nickel", 8.9, {"Ni": 1.0})
TIN = Material("tin", 7.29, {"Sn": 1.0})
AIR = compound("air", "N3.7O1", 0.0012)
SEA_LENGTHS = (5400.0, 5880.0)

ARTICLES_OF_METAL = (
    Goods("7217", "wire of steel", (
        (2, Stacks(CableDrum(STEEL.packed(0.8), (500, 760), (400, 600)), height=(0.3, 0.9),
                   gap_mm=(5, 120), ragged=(0, 0.4))),
        (2, Stacks(Drum(STEEL.packed(0.3), (480, 620), (700, 900), wall_mm=1.0),
                   height=(0.4, 0.9), gap_mm=(5, 60), ragged=(0, 0.3))),
        (1, Spread(Coil(STEEL.packed(0.6), (900, 1150), (500, 900)), abreast=(1, 2))),
    ), short=0.85),
    Goods("7219", "flat stainless steel", (
        (2, Spread(Coil(STAINLESS_STEEL, (1000, 1450), (1000, 1300)), alike=0.6)),
        (2, Stacks(
            Sheets(STAINLESS_STEEL, (2000, 3050), (120, 350), (1000, 1160), (0.9, 0.98), 5,
                   (60, 90)),
            height=(0.3, 0.7), gap_mm=(30, 250), side_gap_mm=(0, 100), lean_mm=(0, 15))),
    ), short=0.9),
    Goods("7310", "tanks, drums and cans of steel", (
        # Empty: only walls show.
        (2, Stacks(Drum(AIR, (570, 600), (860, 920), wall_mm=1.0), height=(0.95, 1.0),
                   gap_mm=(0, 15), side_gap_mm=(0, 5), ragged=(0, 0.1))),
        (1, Stacks(Pallet(Drum(AIR, (280, 400), (330, 520), wall_mm=0.8), (1200, 1000),
                          (1500, 2200)),
                   height=(0.9, 1.0), gap_mm=(10, 100))),
    ), short=0.15),
    Goods("7321", "stoves and cookers", (
        (3, Stacks(Boxed(Cabinet((500, 600), (820, 900), (550, 620)), 20), height=(0.8, 1.0),
                   gap_mm=(2, 30), ragged=(0, 0.2))),
        (1, Stacks(Carton(STEEL.of_density(0.32), (500, 700), (150, 320), (350, 600),
                          mottle=(0.2, 0.45), grain_mm=80, uneven=0.03),
                   height=(0.7, 0.98), ragged=(0, 0.3))),
    ), short=0.2),
    Goods("7323", "household articles of steel", (
        (2, Stacks(Carton(STAINLESS_STEEL.of_density(0.32), (350, 620), (250, 420), (300, 450),
                          mottle=(0.12, 0.35), grain_mm=70, uneven=0.06, headspace=(0, 0.1)),
                   height=(0.7, 0.98), fitted=4, gap_mm=(2, 25), ragged=(0, 0.3))),
        (1, Sections((
            (1, Stacks(Carton(STAINLESS_STEEL.of_density(0.4), (300, 620), (200, 420), (280, 450),
                              mottle=(0.15, 0.4), grain_mm=60, uneven=0.15, headspace=(0, 0.15)),
                       height=(0.5, 0.98), fitted=4, ragged=(0, 0.4))),
        ), parts=(2, 6), filled=(0.6, 1.0))),
    ), short=0.3),
    Goods("7411", "tubes of copper", (
        (2, Stacks(Crate(Bundle(COPPER, (2900, 5600), (300, 450), (500, 800), (15, 54),
                                (0.08, 0.2)), slatted=0.5),
                   height=(0.4, 0.9), fitted=4, gap_mm=(20, 200), side_gap_mm=(0, 100),
                   ragged=(0, 0.3))),
        # Coils in cartons on pallets.
        (2, Stacks(Pallet(Carton(COPPER.of_density(0.7), (500, 600), (150, 260), (500, 600),
                                 mottle=(0.15, 0.35), grain_mm=90), (1200, 1200), (700, 1300)),
                   height=(0.6, 0.97), fitted=4, gap_mm=(10, 150), ragged=(0, 0.3))),
    ), short=0.6),
    Goods("7502", "unwrought nickel", (
        (2, Stacks(Pallet(Drum(NICKEL.of_density(4.6), (370, 400), (350, 420), wall_mm=0.8,
                               full=(0.8, 0.97)), (1150, 1150), (520, 620)),
                   height=(0.3, 0.5), gap_mm=(30, 300), side_gap_mm=(0, 40), most_layers=1)),
        (1, Stacks(Sheets(NICKEL, (950, 1020), (180, 350), (700, 950), (0.75, 0.9), 10, (0, 10)),
                   height=(0.15, 0.3), gap_mm=(50, 260), side_gap_mm=(0, 200), most_layers=1)),
    ), short=0.97),
    Goods("7604", "bars and profiles of aluminium", (
        (3, Stacks(Bundle(ALUMINIUM, SEA_LENGTHS, (250, 500), (300, 600), (40, 120), (0.06, 0.2)),
                   height=(0.6, 0.97), fitted=4, gap_mm=(10, 60), lean_mm=(5, 50),
                   side_gap_mm=(0, 60),
                   ragged=(0, 0.3))),
        (1, Stacks(Crate(Bundle(ALUMINIUM, (4000, 5500), (250, 450), (400, 700), (30, 90),
                                (0.08, 0.25)), slatted=0.6),
                   height=(0.6, 0.97), fitted=4, gap_mm=(10, 90), ragged=(0, 0.3))),
    ), short=0.4),
    Goods("7606", "plates, sheets and strip of aluminium", (
        (2, Spread(Coil(ALUMINIUM, (1000, 1750), (900, 1500)), alike=0.6)),
        (1, Spread(Coil(ALUMINIUM, (1000, 1600), (900, 1500), Shape.DRUM_Y), alike=0.6)),
        (2, Stacks(Sheets(ALUMINIUM, (2000, 3100), (200, 500), (1000, 1160), (0.9, 0.98), 4,
                          (80, 110)),
                   height=(0.4, 0.9), fitted=4, gap_mm=(20, 200), lean_mm=(0, 12),
                   ragged=(0, 0.3))),
    ), short=0.6),
    Goods("8001", "unwrought tin", (
        (2, Stacks(Ingots(TIN, (480, 560), ((60, 80), (95, 120)), (4, 8)),
                   height=(0.15, 0.4), gap_mm=(80, 400), side_gap_mm=(50, 250), most_layers=1)),
        (1, Spread(Ingots(TIN, (480, 560), ((60, 80), (95, 120)), (4, 8)), abreast=(2, 3),
                   alike=1.0)),
    ), short=0.97),
    Goods("8309", "stoppers, caps and lids of metal", (
        (1, Stacks(Pallet(Carton(STEEL.of_density(0.75), (350, 590), (200, 350), (280, 390),
                                 mottle=(0.02, 0.08), grain_mm=35, headspace=(0, 0.1)),
                          (1200, 1000), (1000, 1800)),
                   height=(0.6, 1.0), gap_mm=(10, 120), ragged=(0, 0.2))),
        (1, Stacks(Soft(STEEL.of_density(0.7), (900, 1050), (900, 1100), (900, 1050), (4, 7),
                        uneven=0.04), height=(0.4, 0.95), gap_mm=(10, 120))),
    ), short=0.5),
)
# fmt: on
