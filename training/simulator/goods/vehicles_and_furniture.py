"""Vehicles, furniture, toys and the like: chapters 69, 70, 84, 87 and 94 to 96."""

from __future__ import annotations

from training.simulator.goods.boxed import Boxed
from training.simulator.goods.furniture_units import (
    Basin,
    Cabinet,
    Chair,
    FlatPack,
    Mattress,
    Sofa,
)
from training.simulator.goods.goods import Goods
from training.simulator.goods.machinery import Engine, Machine
from training.simulator.goods.metal_units import Sheets
from training.simulator.goods.motor_vehicles import Car, Motorcycle
from training.simulator.goods.parked import Parked
from training.simulator.goods.placing import Sections, Spread
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Carton, Crate, Pallet, Roll, Soft
from training.simulator.goods.working_vehicles import Excavator, Tractor
from training.simulator.physics.materials import (
    CELLULOSE,
    GLASS,
    POLYETHYLENE,
    POLYURETHANE_FOAM,
    RUBBER,
    STEEL,
    mixture,
)
from training.simulator.scene.containers import ContainerKind

# fmt: off
TOYS = mixture("toys", 1.0, ((POLYETHYLENE, 0.75), (CELLULOSE, 0.2), (STEEL, 0.05)))
NAPPIES = mixture("nappies", 1.0, ((CELLULOSE, 0.6), (POLYETHYLENE, 0.4)))
CAR_PARTS = mixture("parts of cars", 1.0, ((STEEL, 0.75), (POLYETHYLENE, 0.15), (RUBBER, 0.1)))
PANELS = mixture("sandwich panels", 0.13, ((STEEL, 0.7), (POLYURETHANE_FOAM, 0.3)))
OPEN = ((2.0, ContainerKind.DRY), (1.0, ContainerKind.FLAT_RACK), (1.0, ContainerKind.OPEN_TOP))

VEHICLES = (
    Goods("8429", "excavators and bulldozers", (
        (3, Spread(Excavator(), alike=0.5, most=2, evenness=(5, 30))),
        (1, Spread(Excavator((3400, 4600), (1900, 2400), (1200, 1600)), alike=0.5, most=3,
                   evenness=(5, 30))),
    ), containers=OPEN, short=0.15),
    Goods("8701", "tractors", (
        (3, Spread(Tractor(), alike=0.7, most=4, evenness=(5, 30))),
        (1, Sections((
            (2, Spread(Tractor((2700, 3200), (1500, 2000), (1300, 1700)), alike=1.0, most=2)),
            (1, Stacks(Crate(Engine()), height=(0.4, 0.9), gap_mm=(20, 200), ragged=(0, 0.5))),
        ), in_turn=True)),
    ), containers=OPEN, short=0.2),
    Goods("8703", "motor cars", (
        (4, Parked(Car())),
        (1, Parked(Car((3500, 4200), (1400, 1560), (1600, 1750)), (3, 4, 4), 0.7)),
        # One or two with parts loaded behind.
        (1, Sections((
            (2, Parked(Car(), (1,))),
            (1, Stacks(Carton(CAR_PARTS.of_density(0.3), (400, 900), (250, 500), (350, 600),
                              mottle=(0.2, 0.5), grain_mm=90, uneven=0.3, headspace=(0, 0.3)),
                       height=(0.2, 0.8), ragged=(0.1, 0.6))),
        ), in_turn=True)),
    ), short=0.15),
    Goods("8708", "parts of motor vehicles", (
        (2, Sections((
            (2, Stacks(Carton(CAR_PARTS.of_density(0.28), (400, 1200), (250, 600), (350, 800),
                              mottle=(0.15, 0.5), grain_mm=90, uneven=0.25, headspace=(0, 0.3)),
                       height=(0.5, 0.97), ragged=(0, 0.5))),
            (1, Stacks(Pallet(Carton(CAR_PARTS.of_density(0.75), (300, 600), (150, 350),
                                     (250, 450), mottle=(0.1, 0.4), grain_mm=60, uneven=0.2,
                                     headspace=(0, 0.2)), (1200, 1000), (700, 1300)),
                       height=(0.4, 0.97), gap_mm=(10, 120), ragged=(0, 0.4))),
            (1, Stacks(Roll(STEEL.of_density(0.9), (380, 520), (160, 240), (0.2, 0.35)),
                       height=(0.5, 0.95), lean_mm=(2, 20), ragged=(0, 0.4))),
        ), parts=(1, 4), filled=(0.6, 1.0))),
        # Steel stillages of castings and shafts.
        (2, Stacks(Crate(Machine((800, 1200), (600, 900), (700, 1000), (5, 10), (0.05, 0.3)),
                         slatted=0.25),
                   height=(0.6, 0.98), gap_mm=(10, 90), side_gap_mm=(0, 60), ragged=(0, 0.4))),
        # Used: engines, axles and gearboxes on the floor.
        (1, Spread(Engine((600, 1400), (500, 1100), (500, 900)), abreast=(2, 3), alike=0.0,
                   evenness=(20, 60), timber_mm=20)),
    ), short=0.35),
    Goods("8711", "motorcycles", (
        (4, Stacks(Motorcycle(), height=(0.7, 1.0), fitted=4, gap_mm=(5, 90), side_gap_mm=(0, 40),
                   ragged=(0, 0.2))),
        (1, Stacks(Boxed(Motorcycle((1500, 1800), (750, 950), (380, 520)), 10),
                   height=(0.8, 1.0), fitted=4, gap_mm=(5, 50), ragged=(0, 0.2))),
    ), short=0.15),
)

FURNITURE_AND_REST = (
    Goods("6910", "sanitary ware", (
        (3, Stacks(Boxed(Basin(), 20), height=(0.7, 0.97), fitted=4, gap_mm=(2, 40),
                   ragged=(0, 0.3))),
        (1, Stacks(Pallet(Boxed(Basin((380, 560), (350, 420), (360, 480)), 15), (1200, 1000),
                          (1000, 2000)),
                   height=(0.7, 1.0), fitted=4, gap_mm=(10, 120), ragged=(0, 0.2))),
    ), short=0.3),
    Goods("7010", "bottles and jars of glass", (
        # Layers with sheets of board between; necks leave the top of each layer lighter.
        (1, Stacks(
            Pallet(Carton(GLASS.of_density(0.36), (1160, 1190), (210, 330), (960, 990),
                          mottle=(0.03, 0.1), grain_mm=70, uneven=0.01, headspace=(0.05, 0.25)),
                   (1200, 1000), (1100, 2400)),
            height=(0.85, 1.0), fitted=4, gap_mm=(10, 120), lean_mm=(0, 10))),
        (1, Stacks(
            Carton(GLASS.of_density(0.42), (320, 480), (180, 320), (250, 380), mottle=(0.08, 0.2),
                   grain_mm=60, uneven=0.02, headspace=(0, 0.15)),
            height=(0.6, 0.95), fitted=4, gap_mm=(2, 30), ragged=(0, 0.3))),
    ), short=0.3),
    Goods("9401", "seats", (
        (3, Stacks(Sofa(), height=(0.85, 1.0), fitted=4, gap_mm=(10, 90), lean_mm=(5, 40),
                   ragged=(0, 0.3))),
        (2, Stacks(Boxed(Chair(), 10), height=(0.8, 1.0), fitted=4, gap_mm=(2, 40),
                   ragged=(0, 0.2))),
        (1, Sections((
            (1, Stacks(Sofa((800, 1100), (700, 900), (800, 950)), height=(0.8, 1.0), fitted=4,
                       gap_mm=(10, 90), ragged=(0, 0.4))),
            (1, Stacks(Chair(), height=(0.6, 1.0), fitted=4, gap_mm=(5, 60))),
            # Office chairs, taken apart.
            (1, Stacks(Carton(TOYS.of_density(0.17), (580, 680), (300, 380), (560, 650),
                              mottle=(0.3, 0.6), grain_mm=80), height=(0.7, 1.0), fitted=4)),
        ), parts=(2, 4))),
    ), short=0.1),
    Goods("9403", "other furniture", (
        (3, Sections((
            (3, Stacks(FlatPack(), height=(0.5, 0.97), fitted=4, gap_mm=(5, 60), lean_mm=(2, 20),
                       ragged=(0, 0.4))),
            (1, Stacks(Boxed(Cabinet(), 15), height=(0.7, 1.0), fitted=4, gap_mm=(5, 50),
                       ragged=(0, 0.3))),
            (1, Stacks(Boxed(Chair(), 10), height=(0.7, 1.0), fitted=4, gap_mm=(5, 40))),
        ), parts=(1, 5), filled=(0.8, 1.0))),
        (1, Stacks(Pallet(FlatPack((1000, 1190), (70, 160), (400, 780), turned=0.0), (1200, 800),
                          (600, 1200)),
                   height=(0.6, 1.0), fitted=4, gap_mm=(10, 120), ragged=(0, 0.3))),
        (1, Stacks(Boxed(Cabinet((700, 1500), (700, 1200), (450, 700)), 20), height=(0.8, 1.0),
                   fitted=4,
                   gap_mm=(5, 60), ragged=(0, 0.2))),
    ), short=0.15),
    Goods("9404", "mattresses and bedding", (
        (2, Stacks(Mattress(), height=(0.8, 1.0), fitted=4, gap_mm=(2, 40), lean_mm=(0, 15))),
        # Rolled up in vacuum.
        (1, Stacks(
            Roll(mixture("rolled mattress", 0.16, ((POLYURETHANE_FOAM, 0.7), (STEEL, 0.3))),
                 (300, 420), (1000, 1800), (0.05, 0.15), mottle=0.1),
            height=(0.8, 1.0), fitted=4, gap_mm=(0, 30), lean_mm=(2, 20))),
        (1, Stacks(
            Soft(POLYURETHANE_FOAM.of_density(0.09), (500, 800), (300, 500), (450, 650), (2.5, 4),
                 uneven=0.12, mottle=(0.05, 0.15)),
            height=(0.8, 1.0), fitted=4, lean_mm=(10, 50))),
    ), short=0.05),
    Goods("9406", "prefabricated buildings", (
        (1, Stacks(
            Sheets(PANELS, (2800, 5850), (500, 1100), (1000, 1160), (0.96, 1), 5, (60, 90)),
            height=(0.8, 1.0), fitted=4, gap_mm=(10, 120), ragged=(0, 0.2))),
        (1, Sections((
            (2, Stacks(Sheets(PANELS, (2000, 4000), (500, 1100), (1000, 1160), (0.96, 1), 5,
                              (60, 90)), height=(0.6, 1.0), fitted=4, gap_mm=(10, 120),
                              ragged=(0, 0.4))),
            (1, Stacks(Sheets(STEEL, (2000, 3500), (200, 500), (700, 1150), (0.1, 0.4), 15,
                              (60, 90)), height=(0.4, 0.9), fitted=4, gap_mm=(10, 120),
                              ragged=(0, 0.5))),
            (1, Stacks(FlatPack(), height=(0.4, 0.9), fitted=4)),
        ), parts=(2, 3))),
    ), short=0.1),
    Goods("9503", "toys", (
        (2, Sections((
            (3, Stacks(Carton(TOYS.of_density(0.14), (400, 800), (280, 550), (320, 550),
                              mottle=(0.15, 0.45), grain_mm=70, uneven=0.15, headspace=(0, 0.1)),
                       height=(0.7, 0.99), ragged=(0, 0.3))),
            (1, Stacks(Carton(TOYS.of_density(0.22), (350, 600), (250, 400), (300, 450),
                              mottle=(0.1, 0.3), grain_mm=45, uneven=0.1),
                       height=(0.7, 0.99), ragged=(0, 0.3))),
        ), parts=(2, 7), filled=(0.85, 1.0))),
        (1, Stacks(Carton(TOYS.of_density(0.12), (450, 900), (350, 600), (350, 600),
                          mottle=(0.2, 0.5), grain_mm=90, uneven=0.04),
                   height=(0.85, 1.0), ragged=(0, 0.2))),
    ), short=0.1),
    Goods("9619", "nappies and sanitary towels", (
        (2, Stacks(Carton(NAPPIES.of_density(0.17), (400, 650), (280, 480), (300, 450),
                          mottle=(0.02, 0.06), grain_mm=90, uneven=0.02),
                   height=(0.85, 1.0), ragged=(0, 0.15))),
        (1, Stacks(Soft(NAPPIES.of_density(0.19), (500, 750), (280, 420), (380, 500), (5, 9),
                        uneven=0.03, mottle=(0.03, 0.08)),
                   height=(0.85, 1.0), lean_mm=(3, 20))),
        (1, Stacks(Pallet(Carton(NAPPIES.of_density(0.16), (380, 590), (300, 450), (380, 490),
                                 mottle=(0.02, 0.06)), (1200, 1000), (1500, 2300)),
                   height=(0.85, 1.0), gap_mm=(10, 100))),
    ), short=0.05),
)
# fmt: on
