"""Machines and electrical goods: chapters 84, 85 and 90.

What is in them is in `appliances` and `machinery`; sizes and numbers are those of carriers' and
makers' loading tables, rounded.
"""

from __future__ import annotations

from training.simulator.goods.appliances import (
    CIRCUITS,
    AirConditioner,
    Computer,
    Refrigerator,
    Television,
    WashingMachine,
)
from training.simulator.goods.boxed import Boxed
from training.simulator.goods.drums_of_cable import CableDrum
from training.simulator.goods.goods import Goods
from training.simulator.goods.machinery import (
    Accumulator,
    Engine,
    Machine,
    SolarModules,
    Transformer,
)
from training.simulator.goods.placing import Sections, Spread
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Carton, Crate, Pallet
from training.simulator.physics.materials import (
    ALUMINIUM,
    COPPER,
    GLASS,
    POLYETHYLENE,
    PVC,
    STEEL,
    Material,
    mixture,
)
from training.simulator.scene.containers import ContainerKind
from training.simulator.scene.solids import Shape

# fmt: off
CABLE = mixture("copper cable", 3.6, ((COPPER, 0.62), (PVC, 0.38)))
CABLE_OF_ALUMINIUM = mixture("aluminium cable", 1.9, ((ALUMINIUM, 0.6), (PVC, 0.4)))
PHONES = mixture("telephones", 1.8, ((GLASS, 0.25), (ALUMINIUM, 0.3), (CIRCUITS, 0.25),
                                     (POLYETHYLENE, 0.2)))
GRAPHITE = Material("graphite", 2.2, {"C": 1.0})
LITHIUM_CELLS = mixture("lithium cells", 2.3, ((COPPER, 0.15), (ALUMINIUM, 0.2), (STEEL, 0.25),
                                               (GRAPHITE, 0.2), (POLYETHYLENE, 0.2)))
CASTINGS = mixture("machined parts", 7.2, ((STEEL, 0.8), (ALUMINIUM, 0.2)))
PLASTICS_AND_BOARDS = mixture("small electronics", 1.3, ((POLYETHYLENE, 0.55), (CIRCUITS, 0.25),
                                                        (STEEL, 0.2)))
FLAT_RACK_OR_DRY = ((2.0, ContainerKind.DRY), (1.0, ContainerKind.OPEN_TOP),
                    (1.0, ContainerKind.FLAT_RACK))

MACHINES = (
    Goods("8408", "diesel engines", (
        (2, Stacks(Engine(), height=(0.4, 0.95), fitted=4, gap_mm=(20, 160), side_gap_mm=(0, 80),
                   ragged=(0, 0.4))),
        (2, Stacks(Crate(Engine()), height=(0.5, 0.98), fitted=4, gap_mm=(10, 120),
                   ragged=(0, 0.3))),
        # Used ones, set down close together.
        (1, Spread(Engine((600, 1400), (600, 1200), (500, 900)), abreast=(2, 3), alike=0.0,
                   evenness=(20, 60), timber_mm=20)),
    ), short=0.6),
    Goods("8409", "parts of engines", (
        (2, Stacks(
            Pallet(Carton(CASTINGS.of_density(0.9), (300, 600), (150, 350), (250, 450),
                          mottle=(0.15, 0.45), grain_mm=70, uneven=0.25, headspace=(0, 0.25)),
                   (1200, 800), (600, 1300)),
            height=(0.4, 0.95), fitted=4, length=(0.5, 1), gap_mm=(10, 160), side_gap_mm=(0, 80),
            ragged=(0, 0.5))),
        (1, Sections((
            (1, Stacks(Crate(Carton(CASTINGS.of_density(0.8), (800, 1100), (500, 900), (600, 1000),
                                    mottle=(0.3, 0.6), grain_mm=110, headspace=(0.1, 0.4))),
                       height=(0.4, 0.95), fitted=4, gap_mm=(20, 150), ragged=(0, 0.5))),
            (1, Stacks(Crate(Engine()), height=(0.4, 0.9), fitted=4, gap_mm=(20, 150))),
        ), parts=(2, 4), filled=(0.6, 1.0))),
    ), short=0.6),
    Goods("8415", "air conditioning machines", (
        (4, Stacks(Boxed(AirConditioner(), 25), height=(0.85, 0.99), fitted=4, gap_mm=(2, 25),
                   ragged=(0, 0.15))),
        (1, Sections((
            (2, Stacks(Boxed(AirConditioner(), 25), height=(0.8, 0.99), fitted=4, ragged=(0, 0.3))),
            # Indoor parts: long and light.
            (1, Stacks(Carton(PLASTICS_AND_BOARDS.of_density(0.13), (780, 1000), (260, 340),
                              (200, 280), mottle=(0.1, 0.3), grain_mm=80),
                       height=(0.8, 0.99), fitted=4, ragged=(0, 0.3))),
        ), parts=(2, 3))),
    ), short=0.15),
    Goods("8418", "refrigerators and freezers", (
        (3, Stacks(Boxed(Refrigerator(), 25), height=(0.9, 1.0), fitted=4, gap_mm=(2, 30))),
        (1, Stacks(Boxed(Refrigerator((480, 560), (780, 880), (480, 580)), 25), height=(0.9, 1.0),
                   fitted=4,
                   gap_mm=(2, 30), ragged=(0, 0.2))),
    ), short=0.05),
    Goods("8422", "dishwashing and packing machines", (
        (2, Spread(Crate(Machine((1000, 2600), (1000, 1900), (800, 1600), (2, 6), (0.03, 0.15))),
                   abreast=(1, 2), alike=0.2, most=8)),
        (1, Spread(Machine((1200, 3500), (1100, 2000), (800, 1700), (2, 6), (0.03, 0.15)),
                   alike=0.1, most=6)),
    ), short=0.35),
    Goods("8450", "washing machines", (
        (4, Stacks(Boxed(WashingMachine(), 20), height=(0.85, 1.0), fitted=4, gap_mm=(2, 30),
                   ragged=(0, 0.15))),
        (1, Stacks(Boxed(WashingMachine(), 20), height=(0.3, 0.75), fitted=4, length=(0.3, 0.9),
                   gap_mm=(2, 40), ragged=(0, 0.3))),
    ), short=0.1),
    Goods("8457", "machining centres", (
        (2, Spread(Machine((1800, 3600), (1500, 2250), (1300, 2100), (4, 10), (0.12, 0.4)),
                   alike=0.2, most=4)),
        (1, Spread(Crate(Machine((1600, 2800), (1300, 2000), (1200, 1800), (4, 9), (0.1, 0.35))),
                   alike=0.2, most=4)),
    ), containers=FLAT_RACK_OR_DRY, short=0.5),
    Goods("8471", "data processing machines", (
        (2, Stacks(Boxed(Computer(), 30), height=(0.7, 0.98), fitted=4, length=(0.5, 1),
                   gap_mm=(2, 25),
                   ragged=(0, 0.2))),
        (1, Stacks(
            Pallet(Carton(PLASTICS_AND_BOARDS.of_density(0.28), (380, 500), (280, 340), (300, 380),
                          mottle=(0.1, 0.25), grain_mm=40, uneven=0.02),
                   (1200, 1000), (1200, 2100)),
            height=(0.8, 1.0), fitted=4, length=(0.5, 1), gap_mm=(10, 120))),
        (1, Stacks(Pallet(Boxed(Computer((420, 560), (140, 220), (430, 560)), 20), (1200, 1000),
                          (1000, 2000)),
                   height=(0.7, 1.0), fitted=4, length=(0.5, 1), gap_mm=(10, 120))),
    ), short=0.3),
    Goods("8474", "machines for crushing and mixing minerals", (
        (3, Spread(Machine((1600, 4500), (1200, 2250), (1200, 2200), (4, 10), (0.15, 0.5)),
                   alike=0.1, most=4)),
        (1, Sections((
            (1, Spread(Machine((1200, 2600), (1000, 2000), (900, 2000), (3, 8), (0.1, 0.4)),
                       alike=0.1, most=2)),
            (1, Stacks(Crate(Carton(CASTINGS.of_density(0.9), (800, 1200), (500, 900), (700, 1000),
                                    mottle=(0.3, 0.6), grain_mm=120, headspace=(0.1, 0.4))),
                       height=(0.4, 0.9), gap_mm=(20, 150), ragged=(0, 0.5))),
        ), parts=(2, 3))),
    ), containers=FLAT_RACK_OR_DRY, short=0.35),
    Goods("8504", "transformers and power supplies", (
        (3, Spread(Transformer(), abreast=(1, 2), alike=0.6)),
        (1, Stacks(
            Pallet(Carton(mixture("power supplies", 1.0, ((COPPER, 0.2), (STEEL, 0.4),
                                                         (POLYETHYLENE, 0.4))).of_density(0.55),
                          (300, 500), (180, 320), (250, 380), mottle=(0.1, 0.3), grain_mm=45,
                          uneven=0.08), (1200, 1000), (900, 1800)),
            height=(0.6, 1.0), gap_mm=(10, 120), ragged=(0, 0.3))),
    ), short=0.6),
    Goods("8507", "electric accumulators", (
        (3, Stacks(Pallet(Accumulator(), (1100, 1100), (700, 1150)), height=(0.8, 0.98), fitted=4,
                   gap_mm=(10, 120), side_gap_mm=(0, 120), ragged=(0, 0.3))),
        (1, Stacks(
            Pallet(Carton(LITHIUM_CELLS.of_density(0.85), (350, 580), (150, 300), (280, 380),
                          mottle=(0.05, 0.2), grain_mm=40), (1150, 1100), (800, 1300)),
            height=(0.7, 0.98), fitted=4, gap_mm=(10, 150), ragged=(0, 0.3))),
    ), short=0.85),
    Goods("8517", "telephones", (
        (2, Stacks(
            Pallet(Carton(PHONES.of_density(0.36), (380, 560), (220, 380), (300, 420),
                          mottle=(0.08, 0.2), grain_mm=30, uneven=0.02),
                   (1200, 1000), (1100, 1900)),
            height=(0.7, 1.0), length=(0.4, 1), gap_mm=(10, 150), ragged=(0, 0.2))),
        (1, Sections((
            (1, Stacks(Carton(PLASTICS_AND_BOARDS.of_density(0.22), (350, 600), (250, 420),
                              (280, 450), mottle=(0.1, 0.3), grain_mm=35, uneven=0.1),
                       height=(0.5, 0.97), ragged=(0, 0.3))),
        ), parts=(1, 4), filled=(0.5, 1.0))),
    ), short=0.3),
    Goods("8528", "television receivers", (
        (4, Stacks(Boxed(Television(), 35), height=(0.8, 1.0), gap_mm=(2, 25), lean_mm=(0, 6),
                   ragged=(0, 0.15))),
        (1, Stacks(Pallet(Boxed(Television((1100, 1110), (620, 680), (70, 90), turned=0.0), 30),
                          (1200, 1000), (900, 1100)),
                   height=(0.8, 1.0), gap_mm=(10, 90))),
    ), short=0.1),
    Goods("8541", "photovoltaic modules", (
        (1, Stacks(SolarModules(), height=(0.9, 1.0), fitted=4, gap_mm=(10, 90), lean_mm=(0, 4),
                   side_gap_mm=(0, 60), ragged=(0, 0.05))),
    ), short=0.05),
    Goods("8544", "insulated wire and cable", (
        (3, Spread(CableDrum(CABLE.packed(0.6)), alike=0.5, abreast=(1, 2), evenness=(20, 60))),
        (2, Stacks(CableDrum(CABLE_OF_ALUMINIUM.packed(0.7), (700, 1150), (500, 780)),
                   height=(0.7, 1.0), gap_mm=(5, 60), ragged=(0, 0.4))),
        (1, Spread(CableDrum(CABLE.packed(0.65), (1000, 2100), (700, 1250), Shape.DRUM_X),
                   alike=0.5, evenness=(20, 60))),
        (1, Stacks(
            Pallet(Carton(CABLE.of_density(0.95), (320, 420), (150, 260), (320, 420),
                          mottle=(0.08, 0.2), grain_mm=60), (1200, 1000), (700, 1300)),
            height=(0.5, 0.95), gap_mm=(10, 120), ragged=(0, 0.3))),
    ), short=0.5),
    Goods("9018", "medical instruments and machines", (
        (1, Spread(Crate(Machine((900, 2300), (900, 1800), (800, 1500), (2, 6), (0.03, 0.12))),
                   abreast=(1, 2), alike=0.2, most=8, evenness=(2, 30))),
        (2, Sections((
            (1, Stacks(Carton(PLASTICS_AND_BOARDS.of_density(0.16), (400, 650), (300, 480),
                              (350, 480), mottle=(0.05, 0.25), uneven=0.08),
                       height=(0.6, 0.98), ragged=(0, 0.3))),
            (1, Stacks(Pallet(Carton(POLYETHYLENE.of_density(0.12), (350, 600), (250, 420),
                                     (300, 500), mottle=(0.03, 0.12), uneven=0.05),
                              (1200, 1000), (1300, 2200)),
                       height=(0.8, 1.0), gap_mm=(10, 100))),
        ), parts=(1, 3), filled=(0.6, 1.0))),
    ), short=0.3),
)
# fmt: on
