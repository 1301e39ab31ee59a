"""The container and the truck that carries it, drawn on a canvas. No cargo.

Dimensions are those of ISO 668 (outer length, width, height), ISO 1161 (corner castings) and of
common road trailers. The fan beam comes from the side and from below the roof, so that the near
and the far top rail stand apart in the picture, with the roof in the band between.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.simulator.canvas import Canvas, Material

STEEL_G_CM3 = 7.85
WOOD_G_CM3 = 0.65
INNER_WIDTH_CM = 235.0
LENGTH_MM = {20: 6058.0, 40: 12192.0}
STANDARD_HEIGHT_MM = 2591.0
HIGH_CUBE_HEIGHT_MM = 2896.0
CASTING_LENGTH_MM, CASTING_HEIGHT_MM = 178.0, 118.0
FLOOR_MM = 160.0
"""Cross-members, plywood and what of their depth the beam's angle shows."""

_steel, _organic = Material.STEEL, Material.ORGANIC


@dataclass(frozen=True, slots=True)
class Shell:
    """Where a container stands, in millimetres of the scene."""

    x0: float
    y0: float
    """Underside above ground."""
    length_ft: int
    high_cube: bool
    reefer: bool

    @property
    def x1(self) -> float:
        """The other end."""
        return self.x0 + LENGTH_MM[self.length_ft]

    @property
    def y1(self) -> float:
        """Upper edge of the top castings."""
        return self.y0 + (HIGH_CUBE_HEIGHT_MM if self.high_cube else STANDARD_HEIGHT_MM)

    @property
    def hold(self) -> tuple[float, float, float, float]:
        """Room for cargo: x0, y0, x1, y1."""
        machine = 520.0 if self.reefer else 90.0
        return (self.x0 + machine, self.y0 + FLOOR_MM, self.x1 - 90.0, self.y1 - 130.0)


def draw_container(canvas: Canvas, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add the steel box, or the insulated one of a reefer."""
    _draw_walls(canvas, shell, generator=generator)
    _draw_floor(canvas, shell, generator=generator)
    _draw_ends(canvas, shell)
    _draw_castings(canvas, shell)
    if shell.reefer:
        _draw_cooling(canvas, shell, generator=generator)


def _draw_walls(canvas: Canvas, shell: Shell, *, generator: np.random.Generator) -> None:
    x0, x1, y0, y1 = shell.x0, shell.x1, shell.y0, shell.y1
    if shell.reefer:
        # Two skins of steel and aluminium each side, 65 mm of foam between.
        canvas.box((x0, y0 + 60, x1, y1 - 40), 2.6, _steel)
        canvas.box((x0, y0 + 60, x1, y1 - 40), 1.2, _organic)
        posts = np.arange(x0 + 450, x1, generator.uniform(580, 640))
    else:
        wall = float(generator.uniform(3.0, 4.4)) / 10 * STEEL_G_CM3
        canvas.box((x0, y0 + 60, x1, y1 - 40), wall, _steel)
        period = float(generator.uniform(270, 285))
        # The slanted flanks of the corrugation stand steeper in the beam than its flats.
        for flank in np.arange(x0 + 120, x1 - 120, period):
            canvas.box((flank, y0 + 120, flank + 68, y1 - 70), 0.55, _steel)
            canvas.box((flank + 60, y0 + 120, flank + 68, y1 - 70), 0.5, _steel)
        posts = np.array([])
    for post in posts:
        canvas.box((post, y0 + 100, post + 40, y1 - 50), 0.9, _steel)
    _draw_roof(canvas, shell, generator=generator)


def _draw_roof(canvas: Canvas, shell: Shell, *, generator: np.random.Generator) -> None:
    x0, x1, y1 = shell.x0, shell.x1, shell.y1
    band = float(generator.uniform(0.16, 0.27)) * (y1 - shell.y0)
    if not shell.reefer:
        canvas.box((x0, y1 - band, x1, y1 - 40), float(generator.uniform(1.2, 2.2)), _steel)
    for rail, weight in ((y1 - 20, 3.0), (y1 - band, 2.2)):
        canvas.box((x0, rail - 60, x1, rail), weight, _steel)
        canvas.box((x0, rail - 60, x1, rail - 52), 3.5, _steel)
        canvas.box((x0, rail - 8, x1, rail), 3.5, _steel)
    for ring in np.arange(x0 + 700, x1 - 500, 1130.0):
        canvas.ring((float(ring), y1 - 95), (32, 32), 12, 6.0, _steel)


def _draw_floor(canvas: Canvas, shell: Shell, *, generator: np.random.Generator) -> None:
    x0, x1, y0 = shell.x0, shell.x1, shell.y0
    if shell.reefer:
        canvas.box((x0, y0 + 20, x1, y0 + FLOOR_MM), 18.0, _steel)
        canvas.box((x0, y0 + 20, x1, y0 + FLOOR_MM), 10.0, _organic)
    else:
        canvas.box((x0, y0 + 40, x1, y0 + FLOOR_MM), 7.0, _steel)
        canvas.box((x0, y0 + 100, x1, y0 + FLOOR_MM), 16.0, _organic)
        canvas.box((x0, y0 + 20, x1, y0 + 40), 18.0, _steel)
    spacing = float(generator.uniform(270, 330))
    for member in np.arange(x0 + 150, x1 - 150, spacing):
        canvas.box((member, y0 + 20, member + 45, y0 + FLOOR_MM - 30), 12.0, _steel)
        canvas.box((member, y0 - 5, member + 9, y0 + FLOOR_MM), 45.0, _steel)


def _draw_ends(canvas: Canvas, shell: Shell) -> None:
    y0, y1 = shell.y0 + 40, shell.y1 - 30
    # The end walls are looked through along their whole width: black lines of their depth.
    canvas.box((shell.x0 + 10, y0, shell.x0 + 42, y1), 85.0, _steel)
    canvas.box((shell.x1 - 62, y0, shell.x1 - 12, y1), 95.0, _steel)
    for left in (shell.x0, shell.x1 - 160):
        canvas.box((left, y0, left + 160, y1), 9.0, _steel)
    for left in (shell.x0 + 150, shell.x1 - 160):
        canvas.box((left, y0, left + 10, y1), 16.0, _steel)


def _draw_castings(canvas: Canvas, shell: Shell) -> None:
    for left in (shell.x0, shell.x1 - CASTING_LENGTH_MM):
        for low in (shell.y0, shell.y1 - CASTING_HEIGHT_MM):
            high = low + CASTING_HEIGHT_MM
            canvas.box((left, low, left + CASTING_LENGTH_MM, high), 70.0, _steel)
            centre = (left + CASTING_LENGTH_MM / 2, (low + high) / 2)
            canvas.ellipse(centre, (40, 30), -45.0, _steel)


def _draw_cooling(canvas: Canvas, shell: Shell, *, generator: np.random.Generator) -> None:
    x0, y0, y1 = shell.x0 + 40, shell.y0 + 150, shell.y1 - 120
    canvas.box((x0, y0, x0 + 420, y1), 5.0, _steel)
    canvas.box((x0 + 400, y0, x0 + 440, y1), 9.0, _steel)
    for _ in range(9):
        centre = (
            x0 + float(generator.uniform(80, 340)),
            float(generator.uniform(y0 + 150, y1 - 150)),
        )
        radius = float(generator.uniform(50, 130))
        canvas.disc(centre, radius, float(generator.uniform(12, 60)), _steel)
    canvas.ring((x0 + 210, y1 - 420), (190, 190), 22, 25.0, _steel)


def draw_truck(
    canvas: Canvas, shell: Shell, *, generator: np.random.Generator, with_cab: bool
) -> None:
    """Add a skeletal trailer under the container, and a tractor before it."""
    front, rear = shell.x0 - generator.uniform(100, 400), shell.x1 + generator.uniform(60, 500)
    _draw_frame(canvas, shell, front=float(front), rear=float(rear), generator=generator)
    # A 20 ft box stands over the axles of a longer trailer as often as not.
    axles = float(rear) - generator.uniform(1300, 2300)
    for index in range(int(generator.integers(2, 4))):
        _draw_wheel(canvas, (float(axles - 1310 * index), 505.0))
    _draw_legs(canvas, x=float(front + generator.uniform(2300, 3000)), top=shell.y0 - 120)
    _draw_tractor(canvas, shell, hitch=float(front) + 900, with_cab=with_cab, generator=generator)


def _draw_frame(
    canvas: Canvas, shell: Shell, *, front: float, rear: float, generator: np.random.Generator
) -> None:
    top = shell.y0 - 6
    neck = front + generator.uniform(2400, 3300)
    deep = float(generator.uniform(300, 420))
    web = [(front, top), (rear, top), (rear, top - 190), (rear - 1200, top - deep)]
    web += [(neck + 500, top - deep), (neck, top - 170), (front, top - 150)]
    canvas.polygon([(float(x), float(y)) for x, y in web], 7.0, _steel)
    for start, end in zip(web, web[1:] + web[:1], strict=True):
        canvas.beam(start, end, 18.0, 30.0, _steel)
    for bolster in np.linspace(front + 150, rear - 200, 5):
        canvas.box((float(bolster), top - 140, float(bolster) + 120, top), 16.0, _steel)
    for hole in np.linspace(neck + 700, rear - 1500, 7):
        canvas.ellipse((float(hole), top - deep * 0.55), (55, 55), -5.0, _steel)
    canvas.box((rear - 60, top - 520, rear, top), 14.0, _steel)


def _draw_wheel(canvas: Canvas, centre: tuple[float, float]) -> None:
    canvas.disc(centre, 505, 26.0, _organic)
    canvas.ring(centre, (505, 505), 60, 26.0, _organic)
    canvas.ring(centre, (300, 300), 26, 55.0, _steel)
    canvas.disc(centre, 280, 14.0, _steel)
    canvas.disc(centre, 110, 70.0, _steel)
    canvas.box((centre[0] - 90, centre[1] + 20, centre[0] + 90, centre[1] + 420), 12.0, _steel)


def _draw_legs(canvas: Canvas, *, x: float, top: float) -> None:
    canvas.box((x, top - 760, x + 110, top), 22.0, _steel)
    canvas.beam((x + 60, top - 600), (x + 700, top - 100), 50, 8.0, _steel)


def _draw_tractor(
    canvas: Canvas, shell: Shell, *, hitch: float, with_cab: bool, generator: np.random.Generator
) -> None:
    deck = shell.y0 - 200.0
    canvas.box((hitch - 4300, deck - 280, hitch + 700, deck - 60), 13.0, _steel)
    for flange in (deck - 280, deck - 75):
        canvas.box((hitch - 4300, flange, hitch + 700, flange + 15), 25.0, _steel)
    canvas.box((hitch - 350, deck - 60, hitch + 350, deck + 60), 38.0, _steel)
    _draw_wheel(canvas, (hitch, 505.0))
    _draw_wheel(canvas, (hitch - 3600, 505.0))
    tank = hitch - float(generator.uniform(1700, 2100))
    canvas.box((tank, 480, tank + 900, 1050), 28.0, _organic)
    canvas.box((tank, 480, tank + 900, 1050), 2.4, _steel)
    if with_cab:
        _draw_cab(canvas, rear=hitch - 2500, floor=deck - 60)


def _draw_cab(canvas: Canvas, *, rear: float, floor: float) -> None:
    front = rear - 2050
    outline = [(front, floor), (rear, floor), (rear, floor + 2150), (front + 420, floor + 2150)]
    outline += [(front + 40, floor + 1200)]
    canvas.polygon(outline, 4.5, _steel)
    for start, end in zip(outline, outline[1:] + outline[:1], strict=True):
        canvas.beam(start, end, 45.0, 14.0, _steel)
    canvas.box((front + 350, floor - 500, rear - 300, floor + 350), 85.0, _steel)
    canvas.box((rear - 700, floor + 350, rear - 250, floor + 1150), 9.0, _organic)
