"""Vegetable products and fats: chapters 07 to 15.

Composition as in `food`; bulk densities after FAO and GDV (tis-gdv.de) tables of stowage factors.
"""

from __future__ import annotations

from training.simulator.goods.food import CITRUS, NUTS
from training.simulator.goods.goods import REEFER, Goods
from training.simulator.goods.liquids import Flexitank
from training.simulator.goods.stowage import Poured, Stacks
from training.simulator.goods.units import Carton, Drum, Pallet, Range, Soft
from training.simulator.physics.materials import (
    CELLULOSE,
    FAT,
    POLYETHYLENE,
    PROTEIN,
    STARCH,
    SUCROSE,
    WATER,
    Material,
    mixture,
)
from training.simulator.scene.containers import ContainerKind

# fmt: off
TUBERS = mixture("potatoes", 1.08, ((WATER, 0.79), (STARCH, 0.18), (CELLULOSE, 0.03)))
GRAIN = mixture("grain", 1.35, ((STARCH, 0.70), (PROTEIN, 0.12), (WATER, 0.13), (FAT, 0.02),
                                (CELLULOSE, 0.03)))
PULSES = mixture("pulses", 1.35, ((STARCH, 0.60), (PROTEIN, 0.24), (WATER, 0.12), (FAT, 0.04)))
DRIED = mixture("dried fruit", 1.35, ((SUCROSE, 0.68), (WATER, 0.20), (CELLULOSE, 0.12)))
LEAF = mixture("dried leaf", 1.3, ((CELLULOSE, 0.75), (PROTEIN, 0.17), (WATER, 0.08)))
SEEDS = mixture("oil seeds", 1.1, ((FAT, 0.45), (PROTEIN, 0.23), (CELLULOSE, 0.24), (WATER, 0.08)))



def sacks(material: Material) -> Stacks:
    """Return sacks of 25 to 60 kg, stacked by hand on the floor."""
    return Stacks(
        Soft(material, (700, 950), (130, 220), (420, 600), (2.8, 4.8)),
        height=(0.5, 0.95), gap_mm=(0, 30), lean_mm=(2, 18))


def big_bags(material: Material, *, layers: int = 2) -> Stacks:
    """Return bags of a cubic metre, standing."""
    return Stacks(
        Soft(material, (900, 1100), (850, 1250), (900, 1150), (3.5, 7), uneven=0.04),
        height=(0.6, 1.0), gap_mm=(10, 120), most_layers=layers, ragged=(0, 0.3))


def palletised_sacks(material: Material) -> Stacks:
    """Return wrapped pallets of sacks."""
    return Stacks(
        Pallet(Soft(material, (390, 600), (110, 170), (330, 400), (3, 5)), height_mm=(900, 1900)),
        height=(0.6, 1.0), gap_mm=(5, 70), lean_mm=(0, 4), ragged=(0, 0.05))


def cartons_on_pallets(content: Material, *, mottle: Range = (0.05, 0.2), grain_mm: float = 60,
                       height_mm: Range = (1500, 2250)) -> Stacks:
    """Return pallets of cartons."""
    return Stacks(
        Pallet(Carton(content, (380, 600), (150, 320), (280, 400), mottle=mottle,
                      grain_mm=grain_mm, headspace=(0.02, 0.15)), height_mm=height_mm),
        height=(0.7, 1.0), gap_mm=(5, 80), lean_mm=(0, 4), ragged=(0, 0.04))


def cartons_on_the_floor(content: Material, *, mottle: Range = (0.05, 0.2),
                         grain_mm: float = 60) -> Stacks:
    """Return cartons stacked by hand."""
    return Stacks(
        Carton(content, (300, 600), (150, 400), (250, 450), mottle=mottle, grain_mm=grain_mm,
               headspace=(0.02, 0.15)),
        height=(0.6, 0.97), gap_mm=(2, 40), lean_mm=(1, 12), ragged=(0.0, 0.3))


PLANTS = (
    Goods("0701", "potatoes", (
        (2, sacks(TUBERS.packed(0.62))), (1, big_bags(TUBERS.packed(0.6))),
    ), containers=((2.0, ContainerKind.REEFER), (1.0, ContainerKind.DRY)), short=0.1),
    Goods("0703", "onions and garlic", (
        (2, sacks(TUBERS.packed(0.5))),
        (1, cartons_on_pallets(TUBERS.packed(0.45), mottle=(0.15, 0.3), grain_mm=70)),
    ), containers=REEFER, short=0.05),
    Goods("0713", "dried pulses", (
        (3, sacks(PULSES.of_density(0.80))), (1, Poured(PULSES.of_density(0.82), liner=0.9)),
        (1, big_bags(PULSES.of_density(0.80))),
    ), short=0.85),
    Goods("0802", "almonds, walnuts and pistachios", (
        (2, cartons_on_pallets(NUTS.of_density(0.55), mottle=(0.03, 0.08), grain_mm=20)),
        (1, sacks(NUTS.of_density(0.50))),
    ), short=0.4),
    Goods("0803", "bananas", (
        (1, Stacks(
            Pallet(Carton(CITRUS.packed(0.42), (480, 520), (230, 250), (380, 400),
                          mottle=(0.15, 0.3), grain_mm=90, headspace=(0.05, 0.15)),
                   height_mm=(2050, 2350)),
            height=(0.9, 1.0), gap_mm=(0, 40), lean_mm=(0, 3), ragged=(0, 0.02))),
    ), containers=REEFER, short=0.02),
    Goods("0804", "dates and figs", (
        (2, cartons_on_the_floor(DRIED.of_density(0.75), mottle=(0.03, 0.1))),
        (1, sacks(DRIED.of_density(0.70))),
    ), short=0.5),
    Goods("0806", "raisins", (
        (2, cartons_on_pallets(DRIED.of_density(0.72), mottle=(0.02, 0.06), grain_mm=30)),
        (1, cartons_on_the_floor(DRIED.of_density(0.70), mottle=(0.02, 0.06), grain_mm=30)),
    ), short=0.6),
    Goods("0808", "apples and pears", (
        (1, cartons_on_pallets(CITRUS.packed(0.5), mottle=(0.12, 0.25), grain_mm=70,
                               height_mm=(2000, 2350))),
    ), containers=REEFER, short=0.02),
    Goods("0902", "tea", (
        (2, cartons_on_pallets(LEAF.of_density(0.36), mottle=(0.01, 0.04))),
        (2, Stacks(
            Soft(LEAF.of_density(0.38), (700, 800), (220, 320), (480, 560), (4, 7), uneven=0.03),
            height=(0.7, 0.97), gap_mm=(0, 25))),
    ), short=0.3),
    Goods("0910", "spices", (
        (2, sacks(LEAF.of_density(0.48))),
        (1, cartons_on_the_floor(LEAF.of_density(0.42), mottle=(0.02, 0.08))),
    ), short=0.6),
    Goods("1001", "wheat", (
        (2, Poured(GRAIN.of_density(0.77), liner=0.9)), (1, sacks(GRAIN.of_density(0.76))),
    ), short=0.9),
    Goods("1006", "rice", (
        (4, sacks(GRAIN.of_density(0.82))), (1, palletised_sacks(GRAIN.of_density(0.82))),
        (1, Poured(GRAIN.of_density(0.80), liner=0.9)),
    ), short=0.9),
    Goods("1101", "wheat flour", (
        (2, sacks(GRAIN.of_density(0.60))), (2, palletised_sacks(GRAIN.of_density(0.62))),
    ), short=0.7),
    Goods("1207", "oil seeds", (
        (2, sacks(SEEDS.of_density(0.62))), (1, big_bags(SEEDS.of_density(0.60))),
    ), short=0.8),
    Goods("1301", "gums and resins", (
        (1, sacks(mixture("gum", 1.4, ((CELLULOSE, 1.0),)).of_density(0.7))),
        (1, Stacks(Drum(CELLULOSE.of_density(0.7), (380, 480), (600, 800), POLYETHYLENE, 3.0))),
    ), short=0.7),
    Goods("1404", "vegetable fibres and coir", (
        (1, Stacks(
            Soft(CELLULOSE.of_density(0.30), (700, 1100), (400, 700), (500, 800), (4, 8), straps=3),
            height=(0.7, 1.0), gap_mm=(5, 60))),
    ), short=0.1),
    Goods("1511", "palm oil", (
        (2, Flexitank(FAT.of_density(0.89))), (1, Stacks(Drum(FAT.of_density(0.89)))),
    ), short=1.0),
    Goods("1512", "sunflower oil", (
        (2, Flexitank(FAT.of_density(0.92))),
        (2, cartons_on_pallets(FAT.of_density(0.62), mottle=(0.12, 0.3), grain_mm=85)),
    ), short=0.8),
)
# fmt: on
