"""Food: chapters 02 to 24.

Composition: USDA FoodData Central, rounded to water, protein, fat and carbohydrate. Bulk densities:
GDV Transport Information Service (tis-gdv.de) stowage factors and carriers' cargo manuals.
"""

from __future__ import annotations

from training.simulator.goods.goods import REEFER, Goods
from training.simulator.goods.stowage import Poured, Stacks
from training.simulator.goods.units import Carton, Pallet, Soft
from training.simulator.physics.materials import (
    CELLULOSE,
    FAT,
    ICE,
    PROTEIN,
    STARCH,
    SUCROSE,
    WATER,
    mixture,
)

# fmt: off
BEEF = mixture("frozen beef", 0.95, ((ICE, 0.68), (PROTEIN, 0.21), (FAT, 0.11)))
POULTRY = mixture("frozen poultry", 0.92, ((ICE, 0.70), (PROTEIN, 0.18), (FAT, 0.12)))
CITRUS = mixture("citrus fruit", 0.95, ((WATER, 0.87), (SUCROSE, 0.10), (CELLULOSE, 0.03)))
BEANS = mixture("green coffee", 1.2, (
    (CELLULOSE, 0.5), (STARCH, 0.15), (PROTEIN, 0.13), (FAT, 0.12), (WATER, 0.1)))
NUTS = mixture("groundnuts", 1.05, ((FAT, 0.48), (PROTEIN, 0.26), (STARCH, 0.2), (WATER, 0.06)))
OILCAKE = mixture("soya meal", 1.25, (
    (PROTEIN, 0.48), (CELLULOSE, 0.38), (WATER, 0.12), (FAT, 0.02)))

FOOD = (
    Goods("0202", "beef, frozen", (
        # Boneless cuts of 20 to 27 kg, stacked by hand on the floor, their tops uneven.
        # Chosen as light as lets a full load of 25 t reach the load line, as it does.
        (3, Stacks(
            Carton(BEEF.packed(0.66), (540, 600), (140, 180), (340, 400), mottle=(0.10, 0.30),
                   grain_mm=90, uneven=0.10, headspace=(0.0, 0.12)),
            height=(0.75, 0.97), gap_mm=(4, 30), lean_mm=(2, 14), ragged=(0.1, 0.4), stepped=0.6)),
        # Quarters on the bone, in stockinette.
        (1, Stacks(
            Soft(BEEF.packed(0.62), (650, 1100), (160, 260), (380, 600), (2.2, 3.0), uneven=0.12,
                 mottle=(0.15, 0.3), grain_mm=110),
            height=(0.7, 0.95), lean_mm=(10, 40), stepped=0.6)),
    ), containers=REEFER, short=0.05),
    Goods("0207", "meat of poultry, frozen", (
        (3, Stacks(
            Carton(POULTRY.packed(0.48), (370, 600), (110, 160), (260, 400), mottle=(0.06, 0.16),
                   grain_mm=70, uneven=0.04, headspace=(0.02, 0.14)),
            height=(0.85, 0.98), gap_mm=(4, 26), lean_mm=(1, 10), ragged=(0.0, 0.3))),
    ), containers=REEFER, short=0.05),
    Goods("0805", "citrus fruit", (
        (4, Stacks(
            Pallet(Carton(CITRUS.packed(0.52), (390, 405), (240, 290), (290, 305),
                          mottle=(0.12, 0.28), grain_mm=75, headspace=(0.05, 0.12)),
                   height_mm=(2100, 2380)),
            height=(0.9, 1.0), gap_mm=(5, 40), lean_mm=(0, 3), ragged=(0, 0.02))),
        (1, Stacks(
            Soft(CITRUS.packed(0.55), (500, 700), (160, 220), (320, 400), mottle=(0.1, 0.2)),
            height=(0.5, 0.8))),
    ), containers=REEFER, short=0.05),
    Goods("0901", "coffee", (
        (2, Poured(BEANS.of_density(0.66), liner=1.0)),
        (2, Stacks(
            Soft(BEANS.of_density(0.64), (820, 950), (180, 240), (560, 640), (3.0, 4.5)),
            height=(0.7, 0.95), gap_mm=(0, 20))),
        (1, Stacks(
            Soft(BEANS.of_density(0.66), (900, 1050), (1050, 1250), (900, 1100), (4, 7),
                 uneven=0.03),
            height=(0.85, 1.0), gap_mm=(10, 80))),
    ), short=0.75),
    Goods("1202", "groundnuts", (
        (2, Stacks(
            Soft(NUTS.of_density(0.64), (1050, 1200), (1000, 1400), (1000, 1150), (3.0, 5.0),
                 uneven=0.04),
            height=(0.8, 1.0), gap_mm=(10, 90), most_layers=2)),
        (3, Stacks(
            Soft(NUTS.of_density(0.62), (600, 850), (130, 190), (420, 520), (3.0, 5.0),
                 uneven=0.08),
            height=(0.6, 0.95), gap_mm=(0, 15), lean_mm=(2, 14), stepped=0.5)),
        (1, Poured(NUTS.of_density(0.64), liner=0.8)),
    ), short=0.6),
    Goods("1701", "cane or beet sugar", (
        (3, Stacks(
            Soft(SUCROSE.of_density(0.88), (780, 900), (150, 190), (480, 560), (3.2, 5.0)),
            height=(0.5, 0.9), gap_mm=(0, 30), lean_mm=(2, 18))),
        (1, Stacks(
            Soft(SUCROSE.of_density(0.87), (950, 1050), (950, 1200), (950, 1100), (4, 7),
                 uneven=0.03),
            most_layers=1)),
        (1, Poured(SUCROSE.of_density(0.86), liner=0.9)),
    ), short=0.8),
    Goods("2304", "soya oilcake", (
        (3, Poured(OILCAKE.of_density(0.60), liner=0.3, repose_deg=(16, 38))),
        (2, Stacks(
            Soft(OILCAKE.of_density(0.58), (1000, 1200), (900, 1600), (1000, 1150), (3, 6)),
            height=(0.6, 1.0), gap_mm=(20, 140), most_layers=2, ragged=(0, 0.3))),
        (1, Stacks(
            Soft(OILCAKE.of_density(0.56), (750, 900), (140, 180), (450, 550), (2.8, 4)),
            height=(0.6, 0.9))),
    ), short=0.3),
)
# fmt: on
