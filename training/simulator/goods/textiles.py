"""Rubber, wood, paper and textiles: chapters 40 to 63."""

from __future__ import annotations

from training.simulator.goods.goods import Goods
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Roll, Soft
from training.simulator.physics.materials import CELLULOSE, PAPER, RUBBER, WATER, mixture
from training.simulator.scene.solids import Shape

# fmt: off
COTTON = mixture("raw cotton", 1.5, ((CELLULOSE, 0.92), (WATER, 0.08)))

MATERIALS_AND_TEXTILES = (
    Goods("4011", "new pneumatic tyres", (
        (2, Stacks(
            Roll(RUBBER.packed(0.55), (560, 700), (170, 260), (0.55, 0.62), Shape.DRUM_Y),
            height=(0.85, 1.0), gap_mm=(0, 10), lean_mm=(2, 20))),
        (1, Stacks(
            Roll(RUBBER.packed(0.6), (950, 1080), (260, 380), (0.5, 0.58), Shape.DRUM_Z),
            height=(0.8, 1.0), gap_mm=(0, 20))),
    ), short=0.1),
    Goods("4804", "kraft paper in reels", (
        (2, Stacks(
            Roll(PAPER.of_density(0.75), (1000, 1250), (700, 1500), (0.06, 0.1), Shape.DRUM_Y),
            height=(0.6, 0.98), gap_mm=(0, 30), lean_mm=(0, 0))),
        (1, Stacks(
            Roll(PAPER.of_density(0.75), (900, 1150), (900, 2200), (0.06, 0.1), Shape.DRUM_Z),
            height=(0.4, 0.9), gap_mm=(0, 20), most_layers=2)),
    ), short=0.5),
    Goods("5201", "cotton, not carded or combed", (
        # Compressed bales of 217 to 227 kg, flat or on end.
        (1, Stacks(
            Soft(COTTON.of_density(0.44), (900, 1050), (480, 560), (1300, 1420), (6, 10),
                 uneven=0.03, straps=8),
            height=(0.85, 1.0), gap_mm=(2, 40), lean_mm=(2, 15))),
        (1, Stacks(
            Soft(COTTON.of_density(0.42), (520, 620), (1350, 1450), (700, 1050), (5, 9),
                 uneven=0.03, straps=6),
            height=(0.5, 1.0), gap_mm=(2, 60), lean_mm=(2, 15))),
    ), short=0.1),
)
# fmt: on
