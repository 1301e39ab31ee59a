"""Wood, pulp, paper and books: chapters 44 to 49.

Densities of timber at 12 % moisture: Forest Products Laboratory, Wood Handbook (FPL-GTR-282, 2021),
chapter 5; green logs hold up to their own weight of water. Bales and reels: GDV Transport
Information Service (tis-gdv.de), "Paper", "Waste paper", "Cellulose".
"""

from __future__ import annotations

from training.simulator.goods.goods import Goods
from training.simulator.goods.metal_units import Sheets
from training.simulator.goods.placing import Sections
from training.simulator.goods.settling import Logs
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.timber import Boards
from training.simulator.goods.units import Carton, Crate, Pallet, Roll, Soft
from training.simulator.physics.materials import CELLULOSE, PAPER, WATER, WOOD, mixture
from training.simulator.scene.containers import ContainerKind
from training.simulator.scene.solids import Shape

# fmt: off
GREEN_WOOD = mixture("green wood", 0.85, ((WOOD, 0.62), (WATER, 0.38)))
HARDWOOD = WOOD.of_density(0.72)
SOFTWOOD = WOOD.of_density(0.48)
PULP = mixture("chemical pulp", 0.8, ((CELLULOSE, 0.9), (WATER, 0.1)))

WOOD_AND_PAPER = (
    Goods("4403", "wood in the rough", (
        (3, Logs(GREEN_WOOD, (220, 650))),
        (2, Logs(SOFTWOOD.of_density(0.7), (140, 320), filled=(0.6, 0.97))),
        # Squared logs.
        (1, Stacks(
            Boards(GREEN_WOOD, (2500, 5800), (320, 600), (300, 600), (250, 560), 0.0, (0, 500)),
            height=(0.5, 0.95), lean_mm=(5, 90), ragged=(0.1, 0.5), side_gap_mm=(0, 40))),
    ), containers=((4.0, ContainerKind.DRY), (1.0, ContainerKind.OPEN_TOP)), short=0.4),
    Goods("4407", "wood sawn lengthwise", (
        (3, Stacks(
            Boards(SOFTWOOD, (2900, 5950), (500, 1150), (950, 1150)),
            height=(0.75, 0.98), fitted=4, gap_mm=(5, 120), lean_mm=(5, 50), ragged=(0, 0.3))),
        (2, Stacks(
            Boards(HARDWOOD, (1800, 4200), (450, 900), (900, 1150), (26, 80), 0.6, (50, 700)),
            height=(0.6, 0.95), fitted=4, gap_mm=(20, 250), lean_mm=(5, 60), ragged=(0.1, 0.5))),
        (1, Sections((
            (1, Stacks(Boards(HARDWOOD, (1800, 3300), (300, 700), (700, 1150)),
                       height=(0.4, 0.95), fitted=4, gap_mm=(20, 200), ragged=(0.1, 0.6))),
            (1, Stacks(Boards(SOFTWOOD, (1800, 5000), (400, 900), (900, 1150)),
                       height=(0.6, 0.95), fitted=4, gap_mm=(20, 200), ragged=(0.1, 0.4))),
        ), parts=(2, 4))),
    ), short=0.15),
    Goods("4410", "particle board", (
        (1, Stacks(
            Sheets(WOOD.of_density(0.66), (2440, 2800), (450, 900), (1150, 1170), (0.95, 1), 3,
                   (70, 100)),
            height=(0.6, 0.97), fitted=4, gap_mm=(10, 160), lean_mm=(0, 12), ragged=(0, 0.3))),
        (1, Stacks(
            Sheets(WOOD.of_density(0.7), (1830, 2075), (350, 750), (1150, 1170), (0.95, 1), 3,
                   (70, 100)),
            height=(0.6, 0.97), fitted=4, gap_mm=(10, 160), lean_mm=(0, 12), ragged=(0, 0.3))),
    ), short=0.2),
    Goods("4412", "plywood", (
        (3, Stacks(
            Sheets(WOOD.of_density(0.58), (2440, 2500), (350, 1000), (1140, 1170), (0.9, 1), 6,
                   (70, 100)),
            height=(0.7, 0.98), fitted=4, gap_mm=(10, 200), lean_mm=(0, 25), ragged=(0, 0.4))),
        (1, Stacks(
            Sheets(WOOD.of_density(0.65), (1220, 1525), (350, 900), (1140, 1170), (0.9, 1), 8,
                   (70, 100)),
            height=(0.6, 0.98), fitted=4, gap_mm=(10, 160), lean_mm=(0, 25), ragged=(0, 0.4))),
    ), short=0.15),
    Goods("4703", "chemical wood pulp", (
        # Units of six or eight wired bales of 200 to 250 kg.
        (3, Stacks(
            Soft(PULP.of_density(0.78), (760, 860), (420, 500), (560, 640), (8, 12), uneven=0.02,
                 mottle=(0.01, 0.03), straps=4),
            height=(0.5, 0.95), fitted=4, gap_mm=(2, 40), lean_mm=(1, 10))),
        (1, Stacks(
            Roll(PULP.of_density(0.62), (1000, 1250), (700, 1200), (0.06, 0.1)),
            height=(0.5, 0.98), fitted=4, gap_mm=(0, 40), lean_mm=(0, 5))),
    ), short=0.2),
    Goods("4707", "waste paper and paperboard", (
        (3, Stacks(
            Soft(PAPER.of_density(0.42), (1050, 1250), (680, 1100), (1050, 1150), (5, 9),
                 uneven=0.06, mottle=(0.06, 0.15), grain_mm=110, straps=5),
            height=(0.85, 1.0), fitted=4, gap_mm=(5, 90), lean_mm=(8, 50), ragged=(0, 0.4))),
        (1, Stacks(
            Soft(PAPER.of_density(0.58), (1100, 1400), (700, 800), (1080, 1160), (5, 9),
                 uneven=0.05, mottle=(0.04, 0.12), grain_mm=90, straps=6),
            height=(0.8, 1.0), fitted=4, gap_mm=(5, 90), lean_mm=(8, 40), ragged=(0, 0.4))),
        (1, Stacks(
            Soft(PAPER.of_density(0.36), (650, 850), (500, 600), (700, 1100), (4, 7),
                 uneven=0.08, mottle=(0.08, 0.2), grain_mm=90, straps=3),
            height=(0.7, 0.98), fitted=4, gap_mm=(5, 60), lean_mm=(8, 50), ragged=(0, 0.5))),
    ), short=0.05),
    Goods("4802", "uncoated writing paper", (
        # Cartons of five reams on pallets.
        (2, Stacks(
            Pallet(Carton(PAPER.of_density(0.76), (305, 320), (255, 275), (218, 230),
                          mottle=(0.0, 0.01), uneven=0.01, headspace=(0, 0.03)),
                   (1200, 800), (850, 1650)),
            height=(0.4, 0.95), fitted=4, gap_mm=(5, 80), side_gap_mm=(0, 60), ragged=(0, 0.2))),
        # Large sheets on pallets, and small reels.
        (1, Stacks(
            Sheets(PAPER.of_density(0.85), (860, 1020), (700, 1250), (640, 760), (0.96, 1), 3,
                   (100, 130)),
            height=(0.5, 0.95), fitted=4, gap_mm=(5, 120), side_gap_mm=(0, 60), ragged=(0, 0.3))),
        (1, Stacks(
            Roll(PAPER.of_density(0.82), (700, 1150), (420, 1400), (0.06, 0.1)),
            height=(0.5, 0.98), fitted=4, gap_mm=(0, 50), lean_mm=(0, 3))),
    ), short=0.5),
    Goods("4804", "kraft paper in reels", (
        (2, Stacks(
            Roll(PAPER.of_density(0.75), (1000, 1250), (700, 1500), (0.06, 0.1), Shape.DRUM_Y),
            height=(0.6, 0.98), fitted=4, gap_mm=(0, 30), lean_mm=(0, 0))),
        (1, Stacks(
            Roll(PAPER.of_density(0.75), (900, 1150), (900, 2200), (0.06, 0.1), Shape.DRUM_Z),
            height=(0.4, 0.9), fitted=4, gap_mm=(0, 20), most_layers=2)),
    ), short=0.5),
    Goods("4819", "cartons, boxes and bags of paper", (
        # Folded flat, strapped, on pallets up to the roof.
        (2, Stacks(
            Pallet(Carton(CELLULOSE.of_density(0.24), (550, 1150), (150, 300), (380, 780),
                          mottle=(0.01, 0.05), uneven=0.06, headspace=(0, 0.08)),
                   (1200, 1000), (1200, 2200)),
            height=(0.75, 1.0), fitted=4, gap_mm=(10, 120), ragged=(0, 0.2))),
        (1, Stacks(
            Carton(PAPER.of_density(0.28), (380, 620), (280, 450), (300, 450), mottle=(0.02, 0.08),
                   uneven=0.08),
            height=(0.7, 0.97), fitted=4, gap_mm=(2, 30), ragged=(0, 0.3))),
    ), short=0.1),
    Goods("4901", "printed books", (
        (2, Stacks(
            Pallet(Carton(PAPER.of_density(0.78), (280, 460), (180, 300), (220, 320),
                          mottle=(0.02, 0.08), grain_mm=45, uneven=0.06, headspace=(0, 0.15)),
                   (1200, 800), (700, 1450)),
            height=(0.4, 0.95), fitted=4, length=(0.5, 1), gap_mm=(5, 160), side_gap_mm=(0, 80),
            ragged=(0, 0.4))),
        (1, Sections((
            (1, Stacks(Carton(PAPER.of_density(0.72), (280, 450), (180, 300), (220, 340),
                              mottle=(0.03, 0.12), grain_mm=45, uneven=0.12, headspace=(0, 0.2)),
                       height=(0.3, 0.8), fitted=4, gap_mm=(2, 30), ragged=(0, 0.4))),
        ), parts=(1, 4), filled=(0.5, 1.0))),
        (1, Stacks(
            Crate(Carton(PAPER.of_density(0.7), (900, 1100), (600, 900), (700, 900),
                         mottle=(0.03, 0.1))),
            height=(0.4, 0.9), fitted=4, gap_mm=(20, 120), ragged=(0, 0.3))),
    ), short=0.6),
)
# fmt: on
