"""Pumps, motors, bearings, small appliances, bicycles: more of chapters 84 to 95.

Sources as in `machines`.
"""

from __future__ import annotations

from training.simulator.goods.appliances import WINDINGS
from training.simulator.goods.bicycles import Bicycle
from training.simulator.goods.boxed import Boxed
from training.simulator.goods.furniture_units import FlatPack
from training.simulator.goods.goods import Goods
from training.simulator.goods.machinery import Engine, Machine
from training.simulator.goods.machines import CASTINGS, PLASTICS_AND_BOARDS
from training.simulator.goods.placing import Sections, Spread
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Carton, Crate, Pallet
from training.simulator.physics.materials import (
    ALUMINIUM,
    GLASS,
    POLYETHYLENE,
    STEEL,
    mixture,
)

# fmt: off
SMALL_APPLIANCES = mixture("small appliances", 1.0, ((STEEL, 0.45), (POLYETHYLENE, 0.4),
                                                     (WINDINGS, 0.15)))
LAMPS = mixture("lamps", 1.0, ((POLYETHYLENE, 0.4), (ALUMINIUM, 0.3), (GLASS, 0.3)))
BICYCLES = mixture("bicycles", 1.0, ((STEEL, 0.4), (ALUMINIUM, 0.35), (POLYETHYLENE, 0.25)))

MOTORS_AND_DEVICES = (
    Goods("8413", "pumps for liquids", (
        (2, Stacks(Crate(Machine((600, 1200), (500, 900), (450, 700), (2, 5), (0.2, 0.5))),
                   height=(0.5, 0.97), fitted=4, gap_mm=(10, 150), side_gap_mm=(0, 80),
                   ragged=(0, 0.4))),
        (2, Stacks(Pallet(Carton(CASTINGS.of_density(0.8), (300, 580), (200, 380), (250, 400),
                                 mottle=(0.25, 0.55), grain_mm=90, headspace=(0, 0.2)),
                          (1200, 800), (700, 1400)),
                   height=(0.5, 0.97), fitted=4, gap_mm=(10, 150), ragged=(0, 0.4))),
    ), short=0.55),
    Goods("8414", "compressors and fans", (
        (2, Stacks(Crate(Machine((800, 1600), (700, 1200), (500, 900), (2, 5), (0.1, 0.35))),
                   height=(0.6, 0.98), gap_mm=(10, 150), ragged=(0, 0.4))),
        # Refrigerators' compressors, in layers.
        (1, Stacks(Pallet(Carton(WINDINGS.of_density(1.3), (560, 600), (210, 240), (380, 400),
                                 mottle=(0.3, 0.5), grain_mm=110, headspace=(0, 0.05)),
                          (1200, 800), (700, 1100)),
                   height=(0.6, 0.98), gap_mm=(10, 120), ragged=(0, 0.2))),
        # Fans for the household: light.
        (2, Stacks(Carton(SMALL_APPLIANCES.of_density(0.13), (400, 560), (250, 480), (350, 500),
                          mottle=(0.2, 0.5), grain_mm=90, uneven=0.02),
                   height=(0.8, 0.99), ragged=(0, 0.2))),
    ), short=0.35),
    Goods("8443", "printers", (
        (2, Stacks(Carton(PLASTICS_AND_BOARDS.of_density(0.19), (450, 620), (280, 420), (380, 500),
                          mottle=(0.25, 0.5), grain_mm=90, uneven=0.02),
                   height=(0.7, 0.98), length=(0.6, 1), ragged=(0, 0.2))),
        (1, Stacks(Boxed(Machine((600, 720), (800, 1100), (600, 720), (2, 5), (0.03, 0.1)), 30),
                   height=(0.8, 1.0), gap_mm=(5, 50), ragged=(0, 0.3))),
        # Presses.
        (1, Spread(Crate(Machine((1600, 3000), (1300, 2000), (1200, 1900), (5, 10), (0.15, 0.4))),
                   alike=0.3, most=3)),
    ), short=0.3),
    Goods("8481", "taps and valves", (
        (3, Stacks(Pallet(Carton(CASTINGS.of_density(1.5), (280, 480), (150, 300), (220, 380),
                                 mottle=(0.15, 0.4), grain_mm=50, uneven=0.12, headspace=(0, 0.15)),
                          (1200, 800), (600, 1200)),
                   height=(0.5, 0.97), fitted=4, gap_mm=(10, 160), side_gap_mm=(0, 80),
                   ragged=(0, 0.4))),
        (1, Stacks(Crate(Machine((700, 1200), (500, 900), (600, 900), (3, 6), (0.3, 0.6))),
                   height=(0.4, 0.9), fitted=4, gap_mm=(20, 150), ragged=(0, 0.4))),
    ), short=0.8),
    Goods("8482", "ball and roller bearings", (
        (2, Stacks(Pallet(Carton(STEEL.of_density(3.0), (250, 400), (120, 240), (200, 330),
                                 mottle=(0.06, 0.2), grain_mm=45, uneven=0.08), (1000, 800),
                          (450, 850)),
                   height=(0.5, 0.9), fitted=4, gap_mm=(10, 200), side_gap_mm=(0, 150),
                   ragged=(0, 0.3))),
        (1, Stacks(Crate(Carton(STEEL.of_density(2.4), (600, 900), (300, 500), (500, 700),
                                mottle=(0.2, 0.4), grain_mm=110)),
                   height=(0.3, 0.8), fitted=4, gap_mm=(30, 250), side_gap_mm=(0, 120),
                   ragged=(0, 0.3))),
    ), short=0.9),
    Goods("8501", "electric motors and generators", (
        (2, Stacks(Pallet(Carton(WINDINGS.of_density(1.6), (300, 580), (220, 380), (250, 390),
                                 mottle=(0.3, 0.5), grain_mm=120, headspace=(0, 0.1)),
                          (1200, 800), (600, 1200)),
                   height=(0.5, 0.97), fitted=4, gap_mm=(10, 150), ragged=(0, 0.3))),
        (1, Spread(Crate(Machine((900, 2000), (800, 1500), (700, 1200), (1, 3), (0.3, 0.6))),
                   abreast=(1, 2), alike=0.3, most=8)),
    ), short=0.7),
    Goods("8502", "generating sets", (
        (1, Spread(Engine((1600, 3200), (1200, 1900), (800, 1150), turned=0.0), abreast=(1, 2),
                   alike=0.7, most=6)),
        (1, Stacks(Boxed(Engine((550, 720), (480, 600), (450, 560)), 20), height=(0.7, 0.98),
                   fitted=4,
                   gap_mm=(5, 60), ragged=(0, 0.3))),
    ), short=0.4),
    Goods("8516", "ovens, kettles and irons", (
        (3, Stacks(Carton(SMALL_APPLIANCES.of_density(0.21), (420, 620), (280, 420), (350, 480),
                          mottle=(0.25, 0.5), grain_mm=100, uneven=0.02),
                   height=(0.8, 0.99), gap_mm=(2, 25), ragged=(0, 0.2))),
        (1, Sections((
            (1, Stacks(Carton(SMALL_APPLIANCES.of_density(0.24), (350, 640), (250, 480),
                              (300, 500), mottle=(0.2, 0.5), grain_mm=80, uneven=0.1),
                       height=(0.6, 0.98), ragged=(0, 0.4))),
        ), parts=(2, 6), filled=(0.7, 1.0))),
    ), short=0.15),
    Goods("8536", "switches and plugs", (
        (1, Stacks(Pallet(Carton(PLASTICS_AND_BOARDS.of_density(0.42), (350, 590), (200, 350),
                                 (280, 390), mottle=(0.06, 0.2), grain_mm=40, uneven=0.06),
                          (1200, 1000), (900, 1800)),
                   height=(0.6, 1.0), fitted=4, length=(0.5, 1), gap_mm=(10, 120),
                   ragged=(0, 0.3))),
        (1, Stacks(Carton(PLASTICS_AND_BOARDS.of_density(0.4), (350, 500), (220, 350), (280, 380),
                          mottle=(0.06, 0.25), grain_mm=40, uneven=0.1),
                   height=(0.5, 0.95), fitted=4, length=(0.5, 1), ragged=(0, 0.4))),
    ), short=0.4),
    Goods("8712", "bicycles", (
        (1, Stacks(Carton(BICYCLES.of_density(0.075), (1350, 1500), (720, 820), (180, 260),
                          mottle=(0.4, 0.8), grain_mm=110),
                   height=(0.8, 1.0), gap_mm=(5, 50), ragged=(0, 0.2))),
        (3, Stacks(Boxed(Bicycle(), 5), height=(0.85, 1.0), gap_mm=(5, 50), ragged=(0, 0.2))),
    ), short=0.1),
    Goods("9405", "lamps and lighting fittings", (
        (2, Sections((
            (2, Stacks(Carton(LAMPS.of_density(0.14), (400, 800), (280, 550), (320, 550),
                              mottle=(0.15, 0.4), grain_mm=70, uneven=0.1),
                       height=(0.7, 0.99), ragged=(0, 0.3))),
            (1, Stacks(Carton(LAMPS.of_density(0.2), (600, 1300), (150, 320), (250, 400),
                              mottle=(0.1, 0.35), grain_mm=60, uneven=0.05),
                       height=(0.7, 0.99), ragged=(0, 0.3))),
        ), parts=(1, 5), filled=(0.8, 1.0))),
    ), short=0.15),
    Goods("9506", "equipment for gymnastics and sport", (
        # Weights, benches, machines taken apart.
        (2, Sections((
            (1, Stacks(Pallet(Carton(STEEL.of_density(2.2), (350, 580), (80, 200), (350, 480),
                                     mottle=(0.1, 0.3), grain_mm=90), (1200, 1000), (400, 800)),
                       height=(0.3, 0.7), gap_mm=(20, 120), ragged=(0, 0.3))),
            (2, Stacks(Carton(STEEL.of_density(0.35), (900, 1900), (180, 400), (350, 750),
                              mottle=(0.3, 0.6), grain_mm=80, uneven=0.05),
                       height=(0.6, 0.97), ragged=(0, 0.3))),
            (1, Stacks(FlatPack(), height=(0.4, 0.9), ragged=(0, 0.3))),
        ), parts=(2, 5), filled=(0.8, 1.0))),
        (1, Stacks(Carton(POLYETHYLENE.of_density(0.11), (500, 900), (350, 600), (400, 600),
                          mottle=(0.1, 0.35), grain_mm=90),
                   height=(0.85, 1.0), ragged=(0, 0.2))),
    ), short=0.3),
)
# fmt: on
