"""Stone, ceramics, glass and base metals: chapters 68 to 83.

Densities of metals and minerals: CRC Handbook of Chemistry and Physics. Sizes and weights of
coils, bundles, ingots and crates: GDV Transport Information Service (tis-gdv.de), "Steel", "Metals"
and "Building materials", and the CTU Code (IMO/ILO/UNECE, 2014), annex 7.
"""

from __future__ import annotations

from training.simulator.goods.glazing import Leaning
from training.simulator.goods.goods import Goods
from training.simulator.goods.metal_units import Bundle, Coil, Ingots, RodCoil, Sheets
from training.simulator.goods.placing import Scrap, Spread
from training.simulator.goods.stowage import Stacks
from training.simulator.goods.units import Carton, Crate, Drum, Pallet, Soft
from training.simulator.physics.materials import (
    ALUMINIUM,
    CALCITE,
    CERAMIC,
    COPPER,
    GLASS,
    LEAD,
    QUARTZ,
    STEEL,
    ZINC,
    mixture,
)
from training.simulator.scene.containers import ContainerKind
from training.simulator.scene.solids import Shape

# fmt: off
GRANITE = mixture("granite", 2.68, ((QUARTZ, 0.65), (CERAMIC, 0.35)))
BRASS = mixture("brass", 8.5, ((COPPER, 0.63), (ZINC, 0.37)))
GALVANISED = mixture("galvanised steel", 7.83, ((STEEL, 0.96), (ZINC, 0.04)))
DIE_CASTINGS = mixture("die-cast fittings", 1.1, ((ZINC, 0.6), (STEEL, 0.3), (ALUMINIUM, 0.1)))

OPEN_OR_DRY = ((2.0, ContainerKind.DRY), (1.0, ContainerKind.OPEN_TOP))
RACK_OR_DRY = ((2.0, ContainerKind.DRY), (1.0, ContainerKind.FLAT_RACK))
SEA_LENGTHS = (5400.0, 5880.0)
LONG_LENGTHS = (7000.0, 11990.0)

METALS = (
    Goods("7204", "ferrous waste and scrap", (
        (3, Scrap(STEEL, (0.5, 1.3))),
        # Shredded: fist-sized, even.
        (1, Scrap(STEEL, (0.9, 1.5), piece_mm=(40, 220), pieces=(1500, 2500))),
        # Cut plate and sections.
        (1, Scrap(STEEL, (0.6, 1.2), piece_mm=(250, 1500), thickness_mm=(8, 60))),
    ), containers=OPEN_OR_DRY, short=0.75),
    Goods("7208", "flat steel, hot-rolled, in coils", (
        (3, Spread(Coil(STEEL, (1000, 1500), (900, 1500)), alike=0.6)),
        (1, Spread(Coil(STEEL, (1000, 1500), (950, 1500), Shape.DRUM_X), alike=0.6)),
        (1, Spread(Coil(STEEL, (900, 1150), (250, 600)), abreast=(2, 3), alike=0.7)),
    ), containers=RACK_OR_DRY, short=0.9),
    Goods("7210", "flat steel, coated", (
        (2, Spread(Coil(GALVANISED, (950, 1350), (900, 1250)), alike=0.5)),
        (1, Spread(Coil(GALVANISED, (950, 1350), (900, 1250), Shape.DRUM_X), alike=0.5)),
        (2, Spread(Coil(GALVANISED, (900, 1200), (700, 1250), Shape.DRUM_Y), abreast=(1, 2))),
        # Cut to length: corrugated or plain sheets in packs on bearers.
        (2, Stacks(
            Sheets(GALVANISED, (2000, 3600), (250, 500), (900, 1200), (0.25, 0.9), 5, (60, 90)),
            height=(0.3, 0.8), gap_mm=(20, 200), side_gap_mm=(0, 120), lean_mm=(0, 15))),
    ), short=0.85),
    Goods("7213", "wire rod of steel, in irregular coils", (
        (2, Stacks(
            RodCoil(STEEL, (1050, 1160), (1000, 1900), Shape.DRUM_X),
            height=(0.5, 0.98), gap_mm=(10, 160), lean_mm=(5, 40), side_gap_mm=(0, 60),
            ragged=(0, 0.4))),
        (1, Stacks(
            RodCoil(STEEL, (1050, 1160), (700, 1100), Shape.DRUM_Y),
            height=(0.5, 0.98), gap_mm=(5, 120), lean_mm=(5, 30), ragged=(0, 0.4))),
    ), short=0.85),
    Goods("7214", "bars and rods of steel", (
        (3, Stacks(
            Bundle(STEEL, SEA_LENGTHS, (150, 320), (250, 500), (10, 40)),
            height=(0.2, 0.6), lean_mm=(5, 60), side_gap_mm=(0, 60), ragged=(0, 0.4))),
        (1, Stacks(
            Bundle(STEEL, SEA_LENGTHS, (200, 350), (250, 500), (50, 150)),
            height=(0.2, 0.6), lean_mm=(5, 60), side_gap_mm=(0, 60), ragged=(0, 0.4))),
        (1, Stacks(
            Bundle(STEEL, LONG_LENGTHS, (150, 300), (250, 450), (10, 60)),
            height=(0.2, 0.5), length=(1, 1), lean_mm=(5, 60), side_gap_mm=(0, 100))),
    ), containers=OPEN_OR_DRY, short=0.8),
    Goods("7304", "seamless tubes of steel", (
        (3, Stacks(
            Bundle(STEEL, LONG_LENGTHS, (300, 520), (350, 600), (60, 170), (0.08, 0.25)),
            height=(0.4, 0.95), length=(1, 1), lean_mm=(5, 60), side_gap_mm=(0, 60))),
        (2, Stacks(
            Bundle(STEEL, SEA_LENGTHS, (250, 450), (300, 560), (40, 120), (0.12, 0.4)),
            height=(0.3, 0.9), lean_mm=(5, 60), side_gap_mm=(0, 60), ragged=(0, 0.4))),
        # Line pipe, one by one.
        (1, Stacks(
            Bundle(STEEL, LONG_LENGTHS, (340, 560), (330, 520), (330, 520), (0.04, 0.09)),
            height=(0.6, 0.98), length=(1, 1), lean_mm=(5, 60), side_gap_mm=(0, 40))),
    ), containers=OPEN_OR_DRY, short=0.35),
    Goods("7306", "welded tubes and hollow sections of steel", (
        (2, Stacks(
            Bundle(GALVANISED, SEA_LENGTHS, (250, 600), (300, 700), (20, 80), (0.06, 0.16)),
            height=(0.5, 0.98), lean_mm=(5, 50), side_gap_mm=(0, 50), ragged=(0, 0.3))),
        (1, Stacks(
            Bundle(GALVANISED, LONG_LENGTHS, (300, 500), (300, 600), (40, 110), (0.05, 0.12)),
            height=(0.5, 0.98), length=(1, 1), lean_mm=(5, 60), side_gap_mm=(0, 50))),
    ), short=0.5),
    Goods("7308", "structures of steel", (
        (2, Stacks(
            Bundle(GALVANISED, (4000, 11500), (250, 600), (400, 1100), (90, 260), (0.03, 0.1)),
            height=(0.5, 0.95), length=(0.8, 1), gap_mm=(20, 300), lean_mm=(20, 200),
            side_gap_mm=(0, 120), ragged=(0.1, 0.5))),
        (1, Stacks(
            Sheets(GALVANISED, (1800, 5800), (200, 600), (800, 1150), (0.1, 0.5), 15, (60, 90)),
            height=(0.4, 0.9), gap_mm=(50, 300), lean_mm=(5, 60), ragged=(0.1, 0.5))),
    ), containers=(
        (1.0, ContainerKind.DRY), (1.0, ContainerKind.FLAT_RACK), (1.0, ContainerKind.OPEN_TOP),
    ), short=0.2),
    Goods("7318", "screws, bolts and nuts of steel", (
        (3, Stacks(
            Pallet(Carton(STEEL.of_density(3.3), (270, 320), (110, 170), (190, 240),
                          mottle=(0.04, 0.12), grain_mm=25, uneven=0.08),
                   (800, 800), (600, 950)),
            height=(0.6, 0.95), fitted=4, gap_mm=(10, 120), side_gap_mm=(0, 200), ragged=(0, 0.3))),
        (1, Stacks(
            Pallet(Drum(STEEL.of_density(3.4), (280, 320), (330, 420), wall_mm=0.6,
                        full=(0.7, 0.95)),
                   (1000, 1000), (500, 1000)),
            height=(0.6, 0.95), fitted=4, gap_mm=(10, 150), side_gap_mm=(0, 100))),
    ), short=0.9),
    Goods("7403", "refined copper, cathodes", (
        (3, Stacks(
            Sheets(COPPER, (920, 1020), (220, 420), (920, 1020), (0.75, 0.92), 12, (0, 10)),
            height=(0.1, 0.3), gap_mm=(50, 260), side_gap_mm=(0, 250), most_layers=1)),
        (1, Spread(
            Sheets(COPPER, (920, 1020), (250, 520), (920, 1020), (0.75, 0.92), 14, (60, 90)),
            abreast=(1, 2), evenness=(0.5, 30))),
    ), short=0.97),
    Goods("7404", "copper waste and scrap", (
        (2, Stacks(
            Soft(COPPER.of_density(2.4), (950, 1150), (600, 900), (900, 1100), (6, 10),
                 mottle=(0.12, 0.3), grain_mm=90, straps=4),
            height=(0.3, 0.7), gap_mm=(20, 200), side_gap_mm=(0, 150))),
        (1, Stacks(
            Soft(COPPER.of_density(1.3), (850, 1000), (700, 1000), (850, 1000), (3, 5),
                 mottle=(0.15, 0.35), grain_mm=70, uneven=0.08),
            height=(0.4, 0.9), gap_mm=(20, 200))),
        (1, Scrap(BRASS, (0.8, 1.5), piece_mm=(40, 300), thickness_mm=(2, 40))),
    ), short=0.9),
    Goods("7601", "unwrought aluminium", (
        (3, Stacks(
            Ingots(ALUMINIUM, (680, 780), ((70, 95), (100, 170)), (6, 11)),
            height=(0.3, 0.7), gap_mm=(20, 220), side_gap_mm=(0, 150), ragged=(0, 0.2))),
        # Billets lengthwise, and T-bars or sows.
        (1, Stacks(
            Bundle(ALUMINIUM, (3000, 5800), (330, 760), (450, 800), (150, 260)),
            height=(0.6, 0.95), gap_mm=(20, 200), lean_mm=(5, 30), side_gap_mm=(0, 150))),
        (1, Stacks(
            Ingots(ALUMINIUM, (750, 1050), ((180, 260), (350, 500)), (2, 3)),
            height=(0.3, 0.6), gap_mm=(50, 300), side_gap_mm=(0, 200))),
    ), short=0.75),
    Goods("7602", "aluminium waste and scrap", (
        (2, Stacks(
            Soft(ALUMINIUM.of_density(0.55), (1000, 1300), (650, 1000), (950, 1150), (6, 10),
                 mottle=(0.1, 0.3), grain_mm=90, straps=5, uneven=0.06),
            height=(0.8, 1.0), fitted=4, gap_mm=(5, 80), lean_mm=(5, 30), ragged=(0, 0.4))),
        (1, Scrap(ALUMINIUM, (0.3, 0.7), piece_mm=(60, 600), thickness_mm=(2, 40))),
    ), short=0.3),
    Goods("7801", "unwrought lead", (
        (3, Stacks(
            Ingots(LEAD, (560, 640), ((70, 90), (85, 110)), (4, 7)),
            height=(0.15, 0.3), gap_mm=(80, 500), side_gap_mm=(50, 300), most_layers=1)),
        (1, Spread(
            Ingots(LEAD, (560, 640), ((70, 90), (85, 110)), (4, 7)),
            abreast=(2, 3), evenness=(0.5, 30), alike=1.0)),
    ), short=0.98),
    Goods("7901", "unwrought zinc", (
        (3, Stacks(
            Ingots(ZINC, (430, 560), ((40, 60), (150, 220)), (8, 12)),
            height=(0.2, 0.5), gap_mm=(80, 400), side_gap_mm=(50, 300), most_layers=1)),
        (1, Stacks(
            Ingots(ZINC, (900, 1100), ((250, 320), (420, 520)), (1, 1)),
            height=(0.3, 0.5), gap_mm=(80, 200), side_gap_mm=(50, 200), most_layers=1)),
    ), short=0.97),
    Goods("8207", "interchangeable tools", (
        (1, Stacks(
            Pallet(Carton(STEEL.of_density(2.2), (300, 450), (150, 260), (220, 340),
                          mottle=(0.08, 0.3), grain_mm=45, uneven=0.2, headspace=(0, 0.2)),
                   (1200, 800), (600, 1200)),
            height=(0.3, 0.9), fitted=4, length=(0.5, 1), gap_mm=(20, 160), side_gap_mm=(0, 200),
            ragged=(0, 0.5))),
    ), short=0.75),
    Goods("8302", "fittings of base metal for furniture and doors", (
        (2, Stacks(
            Carton(STEEL.of_density(1.5), (350, 480), (180, 280), (250, 340), mottle=(0.08, 0.25),
                   grain_mm=40, uneven=0.15, headspace=(0, 0.15)),
            height=(0.5, 0.9), gap_mm=(2, 40))),
        (1, Stacks(
            Pallet(Carton(DIE_CASTINGS, (300, 480), (160, 260), (250, 340), mottle=(0.05, 0.2),
                          grain_mm=40, uneven=0.12),
                   (1200, 1000), (800, 1500)),
            height=(0.4, 0.95), gap_mm=(10, 120))),
    ), short=0.6),
)

STONE_AND_GLASS = (
    Goods("6802", "worked stone", (
        (2, Spread(
            Leaning(GRANITE, (2300, 3200), (1300, 1900), (900, 1500), thick_mm=(150, 330)),
            abreast=(1, 1), alike=0.4)),
        (3, Stacks(
            Crate(Sheets(CALCITE.packed(0.98), (900, 1300), (300, 600), (700, 900),
                         (0.85, 0.95), 4, (0, 10)), skids_mm=110),
            height=(0.3, 0.7), fitted=4, gap_mm=(20, 200), side_gap_mm=(0, 100))),
        (1, Stacks(
            Pallet(Soft(GRANITE.packed(0.92), (110, 190), (100, 180), (110, 190), (5, 8),
                        uneven=0.08), (900, 900), (400, 700), film=False),
            height=(0.3, 0.5), fitted=4, gap_mm=(30, 250), side_gap_mm=(0, 100), most_layers=1)),
    ), short=0.9),
    Goods("6907", "ceramic tiles", (
        (3, Stacks(
            Pallet(Carton(CERAMIC.packed(0.86), (300, 620), (120, 340), (300, 420),
                          mottle=(0.01, 0.04), uneven=0.01, headspace=(0, 0.01)),
                   (1200, 900), (600, 1100)),
            height=(0.75, 0.97), fitted=4, gap_mm=(10, 200), side_gap_mm=(0, 200),
            ragged=(0, 0.2))),
        # Large slabs on edge across the container.
        (1, Stacks(
            Crate(Sheets(CERAMIC, (1200, 1700), (300, 500), (1100, 1300), (0.85, 0.97), 2,
                         (0, 10)), skids_mm=120),
            height=(0.7, 0.97), fitted=4, gap_mm=(10, 200), side_gap_mm=(0, 100))),
    ), short=0.93),
    Goods("7005", "float glass in sheets", (
        (3, Spread(
            Leaning(GLASS, (2200, 3300), (1500, 2150), (900, 1500), thick_mm=(150, 330)),
            abreast=(1, 1), alike=0.5)),
        (1, Stacks(
            Crate(Sheets(GLASS, (1300, 2200), (250, 450), (900, 1050), (0.9, 0.98), 3, (0, 10)),
                  slatted=0.4),
            height=(0.3, 0.7), gap_mm=(30, 200), side_gap_mm=(0, 100))),
    ), containers=OPEN_OR_DRY, short=0.85),
)
# fmt: on
