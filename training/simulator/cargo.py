"""Cargo by HS heading, packed into a hold as such goods travel. No container, no detector.

Each packer takes densities from ordinary goods (g/cm3 of the packed good), so that masses and
attenuations follow from the same numbers; shapes vary with the generator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from training.simulator.canvas import Areal, Canvas, Material, smooth_noise
from training.simulator.vehicle import INNER_WIDTH_CM

_organic, _steel = Material.ORGANIC, Material.STEEL


@dataclass(frozen=True, slots=True)
class Hold:
    """Room to pack, mm of the scene."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Length along the container."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Clear height."""
        return self.y1 - self.y0


Packer = Callable[[Canvas, Hold, np.random.Generator], None]


DEEP = 3
"""Rows of cartons across the width of 2.35 m; their gaps do not line up, so that slits from floor
to roof, which would look like the gap between two containers, are closed."""


@dataclass(frozen=True, slots=True)
class Goods:
    """A heading this simulator can pack."""

    heading: str
    description: str
    packer: Packer
    reefer: bool = False


def _uniform(generator: np.random.Generator, low: float, high: float) -> float:
    return float(generator.uniform(low, high))


# --- shapes ------------------------------------------------------------------------------


def _block(
    canvas: Canvas,
    x: tuple[float, float],
    y: tuple[float, float],
    *,
    density: float,
    generator: np.random.Generator,
    grain_mm: float = 60.0,
    mottle: float = 0.06,
    crown_mm: float = 0.0,
) -> None:
    """Add a box of goods across the whole width, mottled, with a crowned (softened) top."""
    columns, rows = canvas.cells(x[1] - x[0], y[1] - y[0] + crown_mm)
    grain = canvas.cells(grain_mm)[0]
    values = 1 + mottle * smooth_noise((rows, columns), cells=(grain, grain), generator=generator)
    values *= np.float32(density * INNER_WIDTH_CM)
    if crown_mm > 0:
        across = np.linspace(-1, 1, columns, dtype=np.float32)
        edge = crown_mm * (1 - np.sqrt(np.maximum(0, 1 - across**2 * 0.96)))
        depth = np.arange(rows, dtype=np.float32)[:, None] * canvas.pitch_mm - edge
        # The surface lies at different heights across the width: it fades in.
        values *= np.clip(depth / (crown_mm * 0.8), 0, 1)
    canvas.patch(x[0], y[1] + crown_mm, np.maximum(values, 0), _organic)


def _carton(
    canvas: Canvas, x: tuple[float, float], y: tuple[float, float], areal: float, edge: float
) -> None:
    """Add one layer of cartons: content, and board seen edge-on at its faces."""
    canvas.box((x[0] + 6, y[0] + 5, x[1] - 6, y[1] - 5), areal, _organic)
    canvas.box((x[0], y[0], x[1], y[0] + 6), edge, _organic)
    canvas.box((x[0], y[0], x[0] + 7, y[1]), edge, _organic)


def _pallet(canvas: Canvas, x: tuple[float, float], y: float) -> float:
    """Add a wooden pallet; return the height of its deck."""
    canvas.box((x[0], y + 122, x[1], y + 144), 70.0, _organic)
    canvas.box((x[0], y, x[1], y + 22), 45.0, _organic)
    for left in (x[0], (x[0] + x[1]) / 2 - 72, x[1] - 145):
        canvas.box((left, y + 22, left + 145, y + 122), 40.0, _organic)
    return y + 144


def _lattice(
    canvas: Canvas,
    x: tuple[float, float],
    y: tuple[float, float],
    spacing_mm: float,
    areal: float,
) -> Areal:
    """Return round fruit in staggered rows: (H, W) areal density, paths through spheres."""
    columns, rows = canvas.cells(x[1] - x[0], y[1] - y[0])
    down = np.arange(rows, dtype=np.float32)[:, None] * canvas.pitch_mm / (spacing_mm * 0.9)
    across = np.arange(columns, dtype=np.float32)[None, :] * canvas.pitch_mm / spacing_mm
    across = across + np.floor(down) % 2 / 2
    squared = (down % 1 - 0.5) ** 2 + (across % 1 - 0.5) ** 2
    path: Areal = areal * np.sqrt(np.maximum(1 - squared / 0.36**2, 0))
    return path.astype(np.float32)


def _columns(
    hold: Hold, width: tuple[float, float], gap: tuple[float, float], g: np.random.Generator
) -> list[tuple[float, float]]:
    """Share the length of the hold among stacks of like width, with gaps between."""
    nominal, x, spans = _uniform(g, *width), hold.x0 + _uniform(g, 10, 80), []
    while x + nominal < hold.x1:
        wide = nominal * _uniform(g, 0.97, 1.03)
        spans.append((x, min(x + wide, hold.x1)))
        x += wide + _uniform(g, *gap)
    return spans


def _cylinder(
    canvas: Canvas,
    x: tuple[float, float],
    y: tuple[float, float],
    *,
    areal_per_cm: float,
    core_mm: float = 0.0,
) -> None:
    """Add an upright cylinder: the chord through it at each column, less that of its core."""
    columns, rows = canvas.cells(x[1] - x[0], y[1] - y[0])
    radius = (x[1] - x[0]) / 2
    offset = np.linspace(-radius, radius, columns, dtype=np.float32)
    chord = 2 * np.sqrt(np.maximum(radius**2 - offset**2, 0))
    chord -= 2 * np.sqrt(np.maximum((core_mm / 2) ** 2 - offset**2, 0))
    values: Areal = np.repeat((chord / 10 * np.float32(areal_per_cm))[None, :], rows, axis=0)
    canvas.patch(x[0], y[1], values, _organic)


# --- headings ----------------------------------------------------------------------------


def _frozen_beef(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    density, layer = _uniform(g, 0.50, 0.72), _uniform(g, 140, 180)
    top = hold.height * _uniform(g, 0.72, 0.88)
    for x in _columns(hold, (520, 620), (15, 70), g):
        y, lean = hold.y0, 0.0
        while y < hold.y0 + top - g.uniform(0, 260):
            lean += _uniform(g, -14, 14)
            fill = density * _uniform(g, 0.75, 1.1)
            span = (x[0] + lean, x[1] + lean - _uniform(g, 0, 60))
            _block(
                canvas, span, (y, y + layer - 8), density=fill, generator=g, grain_mm=90, mottle=0.3
            )
            y += layer * _uniform(g, 0.97, 1.05)


def _poultry(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    density, layer = _uniform(g, 0.42, 0.55), _uniform(g, 110, 140)
    top = hold.y0 + hold.height * _uniform(g, 0.82, 0.93)
    for x in _columns(hold, (360, 430), (18, 45), g):
        y = hold.y0
        while y + layer < top:
            _block(canvas, x, (y, y + layer - 14), density=density, generator=g, mottle=0.08)
            canvas.box((x[0] + 20, y + layer - 14, x[1] - 20, y + layer), density * 130, _organic)
            y += layer


def _citrus(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    fruit, areal = _uniform(g, 70, 95), _uniform(g, 62, 84)
    top = hold.y0 + hold.height * _uniform(g, 0.80, 0.92)
    for x in _columns(hold, (960, 1040), (30, 90), g):
        deck = _pallet(canvas, x, hold.y0)
        canvas.box((x[0], deck, x[1], top), areal, _organic)
        canvas.patch(x[0], top, _lattice(canvas, x, (deck, top), fruit, areal * 0.45), _organic)
        for y in np.arange(deck, top, 270):
            canvas.box((x[0], float(y), x[1], float(y) + 10), 12.0, _organic)


def _bulk(density: tuple[float, float], shape: str) -> Packer:
    def pack(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
        columns, rows = canvas.cells(hold.width, hold.height)
        u = np.linspace(0, 1, columns)
        if shape == "liner":
            # Blown in from the doors: full to the roof, falling toward one end.
            fall = _uniform(g, 3, 7)
            surface = _uniform(g, 0.86, 0.95) - _uniform(g, 0.25, 0.5) * u**fall
            surface = surface if g.random() < 0.5 else surface[::-1]
        else:
            peaks = int(g.integers(1, 6))
            centres = (np.arange(peaks) + g.uniform(0.3, 0.7, peaks)) / peaks
            slope = hold.width / hold.height * np.tan(np.radians(_uniform(g, 28, 36)))
            heights = g.uniform(0.55, 0.85, peaks)
            cones = heights[:, None] - slope * np.abs(u[None, :] - centres[:, None])
            surface = np.maximum(cones.max(axis=0), _uniform(g, 0.1, 0.35))
        ripple = smooth_noise((2, columns), cells=(1, max(8, columns // 40)), generator=g)[0]
        smooth = cv2.GaussianBlur(
            (surface + 0.01 * ripple).astype(np.float32)[None, :], (0, 0), columns / 120
        )[0]
        height = np.arange(rows, 0, -1, dtype=np.float32)[:, None] / rows
        # The heap is higher along the middle of the width than at the walls: it fades in.
        values = np.clip((smooth[None, :] - height) / _uniform(g, 0.08, 0.16), 0, 1)
        values *= np.float32(_uniform(g, *density) * INNER_WIDTH_CM)
        canvas.patch(hold.x0, hold.y1, values.astype(np.float32), _organic)

    return pack


def _big_bags(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    density, height = _uniform(g, 0.40, 0.55), hold.height * _uniform(g, 0.45, 0.62)
    for x in _columns(hold, (900, 1060), (12, 50), g):
        top = hold.y0 + height * _uniform(g, 0.94, 1.05)
        _block(
            canvas, x, (hold.y0, top), density=density, generator=g, crown_mm=_uniform(g, 190, 280)
        )


def _sacks(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    density, layer = _uniform(g, 0.50, 0.66), _uniform(g, 130, 170)
    top = hold.height * _uniform(g, 0.72, 0.9)
    for x in _columns(hold, (640, 780), (5, 30), g):
        y, end = hold.y0, hold.y0 + top * _uniform(g, 0.9, 1.02)
        while y < end:
            lean = _uniform(g, -22, 22)
            span = (x[0] + lean, x[1] + lean)
            crown = layer * 0.35
            _block(
                canvas, span, (y, y + layer - crown), density=density, generator=g, crown_mm=crown
            )
            y += layer * 0.92


def _drums(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    tiers, full = int(g.integers(1, 3)), _uniform(g, 0.62, 0.92)
    for x in _columns(hold, (585, 600), (8, 30), g):
        y = hold.y0
        for _ in range(tiers):
            # Four drums stand behind each other: three to four chords in one ray.
            _cylinder(canvas, x, (y + 12, y + 870 * full), areal_per_cm=0.88 * 3.6)
            canvas.box((x[0], y, x[1], y + 876), 2.2, _steel)
            for hoop in (y, y + 290, y + 585, y + 864):
                canvas.box((x[0], hoop, x[1], hoop + 14), 12.0, _steel)
            y += 900 + _uniform(g, 5, 25)


def _tyres(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    radius, wall = _uniform(g, 270, 420), _uniform(g, 38, 60)
    top = hold.y0 + hold.height * _uniform(g, 0.8, 0.95)
    step = radius * _uniform(g, 0.62, 0.85)
    for cx in np.arange(hold.x0 + radius, hold.x1 - radius, radius * _uniform(g, 1.2, 1.7)):
        y = hold.y0 + radius * 0.5
        while y + radius * 0.4 < top:
            squash = _uniform(g, 0.35, 0.75)
            for _ in range(2):
                shift = _uniform(g, -0.12, 0.12) * radius
                centre = (float(cx) + shift, y + radius * 0.1)
                outer = (radius, radius * squash)
                canvas.ring(centre, outer, wall, 8.0, _organic)
                canvas.ring(centre, outer, 14, 3.0, _steel)
                canvas.ring(centre, (radius * 0.62, radius * squash * 0.6), 16, 5.0, _steel)
            y += step * 0.72


def _reels(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    tall, density = _uniform(g, 0.8, 1.15) * 1000, _uniform(g, 0.50, 0.66)
    for x in _columns(hold, (1000, 1230), (15, 60), g):
        y = hold.y0
        while y + tall < hold.y1:
            _cylinder(canvas, x, (y, y + tall), areal_per_cm=density * 2, core_mm=100)
            y += tall + 18


def _bales(density: tuple[float, float], width: tuple[float, float]) -> Packer:
    def pack(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
        packed, height = _uniform(g, *density), hold.height * _uniform(g, 0.80, 0.94)
        shortfall = int(g.integers(0, 3))
        spans = _columns(hold, width, (14, 45), g)
        for index, x in enumerate(spans):
            low = 0.62 if index >= len(spans) - shortfall else 1.0
            top = hold.y0 + height * low * _uniform(g, 0.97, 1.02)
            _block(canvas, x, (hold.y0, top - 90), density=packed, generator=g, crown_mm=90)
            for strap in np.linspace(x[0] + 60, x[1] - 60, 4):
                canvas.box((float(strap), hold.y0, float(strap) + 6, top - 80), 1.2, _steel)

    return pack


def _tiles(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    for x in _columns(hold, (950, 1200), (30, 140), g):
        deck = _pallet(canvas, x, hold.y0)
        top = deck + _uniform(g, 600, 900)
        _block(canvas, x, (deck, top), density=1.05, generator=g, grain_mm=30, mottle=0.15)
        for slab in np.arange(x[0] + 40, x[1] - 60, 110):
            _block(
                canvas,
                (float(slab), float(slab) + 80),
                (top, top + _uniform(g, 10, 60)),
                density=0.9,
                generator=g,
            )
        canvas.ring(((x[0] + x[1]) / 2, top), ((x[1] - x[0]) / 2, 160), 10, 2.0, _organic)


def _engines(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    for x in _columns(hold, (1000, 1300), (120, 320), g):
        deck = _pallet(canvas, x, hold.y0)
        height, middle = _uniform(g, 950, 1350), (x[0] + x[1]) / 2
        canvas.box((x[0] + 120, deck + 180, x[1] - 150, deck + height * 0.8), 42.0, _steel)
        canvas.box((x[0] + 180, deck + 40, x[1] - 250, deck + 200), 20.0, _steel)
        for bore in np.linspace(x[0] + 220, x[1] - 260, 4):
            canvas.box(
                (float(bore), deck + height * 0.45, float(bore) + 90, deck + height * 0.78),
                -18.0,
                _steel,
            )
            canvas.box(
                (float(bore), deck + height * 0.8, float(bore) + 70, deck + height), 22.0, _steel
            )
        canvas.ring((x[1] - 130, deck + 340), (190, 190), 55, 70.0, _steel)
        canvas.disc((x[0] + 110, deck + height * 0.5), 120, 30.0, _steel)
        canvas.beam((x[0] + 60, deck), (middle, deck + height), 40, 14.0, _steel)


def _appliances(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    tall, areal, wide = _uniform(g, 560, 900), _uniform(g, 9, 16), _uniform(g, 620, 760)
    for _ in range(DEEP):
        for x in _columns(hold, (wide, wide), (10, 40), g):
            y = hold.y0
            while y + tall < hold.y1:
                _carton(canvas, x, (y, y + tall), areal / DEEP, 3.0)
                canvas.box((x[0] + 60, y + 80, x[1] - 60, y + tall - 90), 1.7, _steel)
                canvas.box((x[0] + 90, y + 90, x[0] + 260, y + 210), 12.0, _steel)
                centre = ((x[0] + x[1]) / 2, y + tall * 0.55)
                canvas.ring(centre, (tall * 0.22, tall * 0.22), 16, 5.0, _steel)
                y += tall + 12


def _furniture(canvas: Canvas, hold: Hold, g: np.random.Generator) -> None:
    for _ in range(DEEP):
        for x in _columns(hold, (500, 1500), (10, 60), g):
            y = hold.y0
            while y < hold.y1 - 350:
                tall = min(_uniform(g, 250, 800), hold.y1 - y)
                _carton(canvas, x, (y, y + tall), _uniform(g, 5, 14) / DEEP, 4.0)
                for board in np.linspace(x[0] + 50, x[1] - 80, int(g.integers(2, 6))):
                    canvas.box(
                        (float(board), y + 20, float(board) + 18, y + tall - 20), 10.0, _organic
                    )
                y += tall + 10


GOODS: Mapping[str, Goods] = {
    goods.heading: goods
    for goods in (
        Goods("0202", "Frozen boneless beef in cartons", _frozen_beef, reefer=True),
        Goods("0207", "Frozen poultry cuts in cartons", _poultry, reefer=True),
        Goods("0805", "Fresh citrus fruit on pallets", _citrus, reefer=True),
        Goods("0901", "Green coffee in a bulk liner", _bulk((0.42, 0.52), "liner")),
        Goods("1202", "Groundnuts in big bags", _big_bags),
        Goods("1701", "Sugar in 50 kg sacks", _sacks),
        Goods("2304", "Soya oilcake in bulk", _bulk((0.5, 0.62), "heap")),
        Goods("2710", "Lubricating oil in drums", _drums),
        Goods("4011", "New pneumatic tyres", _tyres),
        Goods("4804", "Kraft paper in reels", _reels),
        Goods("5201", "Raw cotton in bales", _bales((0.33, 0.45), (980, 1100))),
        Goods("6309", "Worn clothing in small bales", _bales((0.16, 0.24), (480, 600))),
        Goods("6907", "Ceramic tiles on pallets", _tiles),
        Goods("8408", "Diesel engines on pallets", _engines),
        Goods("8450", "Household washing machines in cartons", _appliances),
        Goods("9403", "Furniture in flat and made-up cartons", _furniture),
    )
}
"""What can be packed, by HS heading."""


def pack(canvas: Canvas, heading: str, hold: Hold, *, generator: np.random.Generator) -> None:
    """Add a load of a heading to the hold.

    Raises:
        KeyError: the heading is not in `GOODS`.
    """
    GOODS[heading].packer(canvas, hold, generator)


def mass_kg(cargo: Canvas) -> float:
    """Return what a canvas weighs."""
    cell_cm2 = (cargo.pitch_mm / 10) ** 2
    return float(cargo.organic.sum() + cargo.steel.sum()) * cell_cm2 / 1000
