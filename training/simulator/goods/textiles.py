"""Rubber, hides, textiles, clothing and shoes: chapters 40 to 64.

Densities as packed: GDV Transport Information Service (tis-gdv.de), stowage factors of cotton,
textiles, used clothing and hides; fibres are their polymers (cellulose, polyester, protein).
"""

from __future__ import annotations

from training.simulator.goods.goods import Goods
from training.simulator.goods.hanging import Hanging
from training.simulator.goods.placing import Sections
from training.simulator.goods.settling import Rolls
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Carton, Pallet, Roll, Soft
from training.simulator.physics.materials import (
    ALUMINIUM,
    CELLULOSE,
    POLYETHYLENE,
    PROTEIN,
    RUBBER,
    SALT,
    WATER,
    compound,
    mixture,
)
from training.simulator.scene.solids import Shape

# fmt: off
COTTON = mixture("raw cotton", 1.5, ((CELLULOSE, 0.92), (WATER, 0.08)))
POLYESTER = compound("polyester", "C10H8O4", 1.38)
CLOTH = mixture("cloth", 1.45, ((COTTON, 0.55), (POLYESTER, 0.45)))
WOOL = mixture("wool", 1.3, ((PROTEIN, 0.88), (WATER, 0.12)))
PILE = mixture("carpet", 1.1, ((POLYESTER, 0.4), (WOOL, 0.3), (POLYETHYLENE, 0.3)))
WET_BLUE = mixture("wet-blue hides", 1.15, ((PROTEIN, 0.42), (WATER, 0.53), (SALT, 0.05)))
LUGGAGE = mixture("luggage", 1.0, ((POLYESTER, 0.4), (POLYETHYLENE, 0.4), (ALUMINIUM, 0.2)))
SHOES = mixture("shoes", 1.0, ((RUBBER, 0.45), (PROTEIN, 0.3), (POLYESTER, 0.25)))

TYRES = (
    Goods("4011", "new pneumatic tyres", (
        (2, Stacks(
            Roll(RUBBER.packed(0.55), (560, 700), (170, 260), (0.55, 0.62), Shape.DRUM_Y),
            height=(0.85, 1.0), gap_mm=(0, 10), lean_mm=(2, 20))),
        (1, Stacks(
            Roll(RUBBER.packed(0.6), (950, 1080), (260, 380), (0.5, 0.58), Shape.DRUM_Z),
            height=(0.8, 1.0), gap_mm=(0, 20))),
    ), short=0.1),
)

TEXTILES = (
    Goods("4104", "tanned hides", (
        # Wet blue, folded on pallets under film.
        (3, Stacks(
            Pallet(Soft(WET_BLUE.of_density(0.85), (1150, 1200), (180, 260), (950, 1000), (4, 8),
                        uneven=0.04, mottle=(0.02, 0.07)), (1200, 1000), (700, 1300)),
            height=(0.4, 0.95), fitted=4, gap_mm=(10, 150), ragged=(0, 0.3))),
        # Crust and dry, rolled or baled.
        (1, Stacks(
            Soft(PROTEIN.of_density(0.45), (900, 1200), (400, 700), (600, 900), (3, 6),
                 uneven=0.1, mottle=(0.05, 0.12), straps=3),
            height=(0.5, 0.95), fitted=4, gap_mm=(10, 90), lean_mm=(5, 40), ragged=(0.1, 0.5))),
    ), short=0.7),
    Goods("5201", "cotton, not carded or combed", (
        # Compressed bales of 217 to 227 kg, flat, their long or their short side along.
        (3, Stacks(
            Soft(COTTON.of_density(0.385), (840, 960), (490, 560), (1130, 1170), (5, 10),
                 uneven=0.02, straps=8),
            height=(0.92, 1.0), length=(0.96, 1), gap_mm=(2, 50), lean_mm=(3, 25),
            ragged=(0, 0.05), stepped=0.6)),
        (2, Stacks(
            Soft(COTTON.of_density(0.39), (1340, 1420), (490, 560), (1130, 1170), (6, 12),
                 uneven=0.02, straps=8),
            height=(0.92, 1.0), length=(0.96, 1), gap_mm=(2, 25), lean_mm=(2, 15),
            ragged=(0, 0.05), stepped=0.6)),
        # Both, and bales on end.
        (1, Sections((
            (1, Stacks(Soft(COTTON.of_density(0.385), (840, 960), (490, 560), (1130, 1170), (5, 10),
                            uneven=0.02, straps=8),
                       height=(0.9, 1.0), length=(1, 1), gap_mm=(2, 50), lean_mm=(3, 25),
                       ragged=(0, 0.05))),
            (1, Stacks(Soft(COTTON.of_density(0.385), (1340, 1420), (490, 560), (1130, 1170),
                            (5, 10), uneven=0.02, straps=8),
                       height=(0.9, 1.0), length=(1, 1), gap_mm=(2, 25), lean_mm=(3, 20),
                       ragged=(0, 0.05))),
            (1, Stacks(Soft(COTTON.of_density(0.385), (520, 620), (1300, 1400), (740, 780), (5, 9),
                            uneven=0.03, straps=6),
                       height=(0.5, 1.0), length=(1, 1), gap_mm=(2, 60), lean_mm=(2, 15))),
        ), parts=(2, 3))),
    ), short=0.1),
    Goods("5205", "cotton yarn", (
        # Cones in cartons: rows of hollow cones show as a fine grain.
        (2, Stacks(
            Carton(COTTON.of_density(0.38), (500, 680), (280, 420), (420, 520), mottle=(0.06, 0.14),
                   grain_mm=65, uneven=0.03, headspace=(0, 0.06)),
            height=(0.75, 0.97), fitted=4, gap_mm=(2, 30), ragged=(0, 0.2))),
        (1, Stacks(
            Pallet(Carton(COTTON.of_density(0.40), (380, 600), (250, 400), (380, 500),
                          mottle=(0.06, 0.15), grain_mm=65), (1200, 1000), (1400, 2200)),
            height=(0.8, 1.0), fitted=4, gap_mm=(10, 100))),
        (1, Stacks(
            Soft(COTTON.of_density(0.34), (700, 950), (300, 450), (480, 650), (3, 5),
                 mottle=(0.06, 0.14), grain_mm=70),
            height=(0.7, 0.95), fitted=4, lean_mm=(5, 35))),
    ), short=0.2),
    Goods("5208", "woven fabrics of cotton", (
        (3, Rolls(CLOTH.of_density(0.48), (140, 240), (1450, 1900))),
        (1, Stacks(
            Soft(CLOTH.of_density(0.5), (900, 1150), (380, 550), (550, 750), (5, 9), uneven=0.05,
                 straps=4),
            height=(0.6, 0.95), gap_mm=(5, 60), lean_mm=(3, 25), ragged=(0, 0.4))),
        (1, Stacks(
            Carton(CLOTH.of_density(0.42), (500, 700), (280, 420), (380, 480), mottle=(0.03, 0.1),
                   uneven=0.1),
            height=(0.6, 0.97), gap_mm=(2, 30), ragged=(0, 0.4))),
    ), short=0.3),
    Goods("5407", "woven fabrics of synthetic yarn", (
        (3, Rolls(POLYESTER.of_density(0.5), (120, 220), (1480, 1650), used=(0.5, 1.0))),
        (1, Rolls(POLYESTER.of_density(0.45), (180, 320), (1500, 2300), lengthwise=1.0)),
    ), short=0.25),
    Goods("5503", "synthetic staple fibres", (
        (1, Stacks(
            Soft(POLYESTER.of_density(0.30), (1050, 1200), (800, 1150), (720, 1100), (6, 10),
                 uneven=0.03, mottle=(0.02, 0.06), straps=6),
            height=(0.85, 1.0), fitted=4, gap_mm=(2, 60), lean_mm=(2, 20), ragged=(0, 0.2))),
        (1, Stacks(
            Soft(POLYESTER.of_density(0.33), (680, 760), (1050, 1250), (1000, 1120), (6, 10),
                 uneven=0.03, mottle=(0.02, 0.06), straps=4),
            height=(0.85, 1.0), fitted=4, gap_mm=(2, 60), lean_mm=(2, 20))),
    ), short=0.05),
    Goods("5702", "woven carpets", (
        (2, Rolls(PILE.of_density(0.28), (300, 600), (3600, 4200), 0.15, (60, 110),
                  lengthwise=1.0)),
        (1, Rolls(PILE.of_density(0.3), (150, 350), (1500, 2300), 0.25, (30, 80), lengthwise=0.4)),
        (1, Stacks(
            Soft(PILE.of_density(0.4), (1300, 1800), (400, 600), (700, 1000), (4, 8), uneven=0.045),
            height=(0.5, 0.95), fitted=4, gap_mm=(10, 90), lean_mm=(5, 40), ragged=(0.1, 0.5))),
    ), short=0.2),
    Goods("6109", "T-shirts, knitted", (
        (3, Stacks(
            Carton(COTTON.of_density(0.30), (550, 620), (220, 420), (360, 420), mottle=(0.02, 0.08),
                   grain_mm=80, uneven=0.05, headspace=(0, 0.08)),
            height=(0.6, 0.98), length=(0.5, 1), gap_mm=(2, 25), ragged=(0, 0.3))),
        (2, Sections((
            (2, Stacks(Carton(COTTON.of_density(0.28), (480, 640), (200, 420), (340, 460),
                              mottle=(0.02, 0.10), uneven=0.1, headspace=(0, 0.12)),
                       height=(0.5, 0.98), ragged=(0, 0.4))),
            (1, Stacks(Carton(COTTON.of_density(0.2), (560, 620), (380, 450), (380, 420),
                              mottle=(0.03, 0.12), uneven=0.15, headspace=(0, 0.15)),
                       height=(0.4, 0.98), ragged=(0, 0.4))),
        ), parts=(2, 6), filled=(0.6, 1.0))),
        (1, Hanging(COTTON.of_density(0.09), drop_mm=(650, 850))),
    ), short=0.15),
    Goods("6203", "men's suits, jackets and trousers", (
        (2, Hanging(CLOTH.of_density(0.12), drop_mm=(750, 1020))),
        (1, Hanging(CLOTH.of_density(0.13), drop_mm=(1020, 1400))),
        (2, Sections((
            (1, Stacks(Carton(CLOTH.of_density(0.32), (560, 620), (250, 420), (380, 440),
                              mottle=(0.03, 0.10), grain_mm=90, uneven=0.08, headspace=(0, 0.1)),
                       height=(0.5, 0.98), ragged=(0, 0.3))),
            (1, Stacks(Carton(CLOTH.of_density(0.36), (500, 600), (200, 350), (350, 420),
                              mottle=(0.03, 0.10), grain_mm=90, uneven=0.08),
                       height=(0.5, 0.98), ragged=(0, 0.3))),
        ), parts=(1, 5), filled=(0.5, 1.0))),
    ), short=0.15),
    Goods("6305", "sacks and bags for packing", (
        (2, Stacks(
            Soft(POLYETHYLENE.of_density(0.42), (900, 1150), (450, 700), (700, 1000), (5, 9),
                 uneven=0.06, mottle=(0.03, 0.08), straps=4),
            height=(0.7, 1.0), fitted=4, gap_mm=(5, 80), lean_mm=(5, 30), ragged=(0, 0.3))),
        (1, Stacks(
            Pallet(Soft(POLYETHYLENE.of_density(0.38), (1050, 1150), (120, 260), (1050, 1150),
                        (4, 8), uneven=0.05), (1100, 1100), (1000, 2200)),
            height=(0.8, 1.0), fitted=4, gap_mm=(10, 100))),
    ), short=0.3),
    Goods("6309", "worn clothing", (
        (3, Stacks(
            Soft(CLOTH.of_density(0.38), (600, 850), (330, 520), (450, 600), (4, 7), uneven=0.08,
                 mottle=(0.06, 0.16), grain_mm=90, straps=2),
            height=(0.8, 1.0), fitted=4, gap_mm=(2, 40), lean_mm=(5, 50), ragged=(0, 0.3))),
        (1, Stacks(
            Soft(CLOTH.of_density(0.42), (1050, 1200), (700, 1000), (1050, 1150), (5, 9),
                 uneven=0.05, mottle=(0.05, 0.14), grain_mm=100, straps=5),
            height=(0.7, 1.0), fitted=4, gap_mm=(5, 80), lean_mm=(5, 30), ragged=(0, 0.4))),
        (1, Stacks(
            Soft(CLOTH.of_density(0.24), (700, 950), (250, 420), (500, 700), (2.4, 3.5),
                 uneven=0.12, mottle=(0.08, 0.2), grain_mm=110),
            height=(0.7, 1.0), fitted=4, lean_mm=(15, 70), collapsed=0.3)),
    ), short=0.05),
    Goods("4202", "suitcases and bags", (
        # Nested in each other: shells, handles and castors.
        (2, Stacks(
            Carton(LUGGAGE.of_density(0.09), (480, 800), (480, 720), (300, 420), mottle=(0.1, 0.3),
                   grain_mm=90, uneven=0.03),
            height=(0.8, 1.0), gap_mm=(2, 30), ragged=(0, 0.2))),
        (1, Sections((
            (1, Stacks(Carton(LUGGAGE.of_density(0.13), (400, 700), (280, 500), (300, 480),
                              mottle=(0.08, 0.25), uneven=0.1),
                       height=(0.7, 0.99), ragged=(0, 0.3))),
        ), parts=(1, 5), filled=(0.7, 1.0))),
    ), short=0.1),
    Goods("5101", "wool", (
        (2, Stacks(
            Soft(WOOL.of_density(0.34), (720, 800), (680, 780), (1100, 1170), (4, 8), uneven=0.04,
                 mottle=(0.04, 0.1), straps=4),
            height=(0.8, 1.0), fitted=4, gap_mm=(2, 60), lean_mm=(3, 25), ragged=(0, 0.1))),
        # Dumped to double density.
        (1, Stacks(
            Soft(WOOL.of_density(0.58), (680, 760), (500, 620), (720, 780), (5, 9), uneven=0.03,
                 mottle=(0.03, 0.08), straps=5),
            height=(0.7, 1.0), fitted=4, gap_mm=(2, 60), lean_mm=(3, 20), ragged=(0, 0.2))),
    ), short=0.3),
    Goods("5303", "jute", (
        (1, Stacks(
            Soft(CELLULOSE.of_density(0.48), (1150, 1300), (430, 520), (480, 560), (5, 9),
                 uneven=0.04, mottle=(0.03, 0.09), straps=4),
            height=(0.8, 1.0), fitted=4, gap_mm=(2, 50), lean_mm=(3, 25), ragged=(0, 0.2))),
    ), short=0.2),
    Goods("5607", "twine, cordage and nets", (
        (1, Stacks(
            Soft(POLYETHYLENE.of_density(0.35), (600, 900), (350, 550), (600, 850), (2.6, 4.5),
                 uneven=0.1, mottle=(0.08, 0.2), grain_mm=70),
            height=(0.7, 1.0), lean_mm=(8, 40), ragged=(0, 0.3))),
        (1, Stacks(
            Roll(POLYETHYLENE.of_density(0.45), (350, 600), (250, 450), (0.15, 0.35), Shape.DRUM_Y,
                 0.06), height=(0.7, 1.0), gap_mm=(0, 30), lean_mm=(2, 20), ragged=(0, 0.3))),
    ), short=0.4),
    Goods("6006", "knitted fabrics", (
        (2, Rolls(COTTON.of_density(0.36), (220, 380), (1150, 1900), 0.12)),
        (1, Stacks(
            Soft(COTTON.of_density(0.3), (1000, 1500), (220, 350), (260, 380), (2.4, 3.5),
                 uneven=0.045, mottle=(0.04, 0.1)),
            height=(0.7, 1.0), lean_mm=(5, 30), ragged=(0, 0.3))),
    ), short=0.25),
    Goods("6302", "bed linen and towels", (
        (3, Stacks(
            Carton(COTTON.of_density(0.27), (480, 650), (300, 480), (380, 480), mottle=(0.02, 0.09),
                   grain_mm=90, uneven=0.05, headspace=(0, 0.08)),
            height=(0.7, 0.99), gap_mm=(2, 25), ragged=(0, 0.3))),
        (1, Stacks(
            Soft(COTTON.of_density(0.38), (700, 1000), (400, 600), (500, 700), (5, 9), uneven=0.05,
                 straps=2),
            height=(0.7, 1.0), gap_mm=(2, 50), lean_mm=(3, 25), ragged=(0, 0.3))),
    ), short=0.15),
    Goods("6402", "footwear of rubber or plastics", (
        (2, Stacks(
            Carton(SHOES.of_density(0.14), (500, 700), (320, 450), (350, 480), mottle=(0.1, 0.25),
                   grain_mm=60, uneven=0.05),
            height=(0.8, 0.99), gap_mm=(2, 25), ragged=(0, 0.2))),
        (1, Stacks(
            Soft(RUBBER.of_density(0.24), (600, 850), (350, 500), (450, 600), (3, 5), uneven=0.08,
                 mottle=(0.12, 0.3), grain_mm=80),
            height=(0.8, 1.0), lean_mm=(5, 35), ragged=(0, 0.2))),
    ), short=0.1),
    Goods("6403", "footwear with leather uppers", (
        # Twelve pairs in boxes: the soles show as a fine grain.
        (3, Stacks(
            Carton(SHOES.of_density(0.17), (580, 720), (340, 480), (360, 480), mottle=(0.14, 0.3),
                   grain_mm=55, uneven=0.06, headspace=(0, 0.03)),
            height=(0.8, 0.98), length=(0.6, 1), gap_mm=(2, 25), ragged=(0, 0.25))),
        (1, Sections((
            (1, Stacks(Carton(SHOES.of_density(0.2), (500, 720), (300, 480), (320, 480),
                              mottle=(0.12, 0.35), grain_mm=60, uneven=0.12),
                       height=(0.6, 0.98), ragged=(0, 0.35))),
        ), parts=(2, 5), filled=(0.6, 1.0))),
    ), short=0.1),
)
# fmt: on
