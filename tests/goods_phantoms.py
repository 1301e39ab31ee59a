"""Containers drawn with a known load, in the container frame: (rows, columns) transmission."""

from __future__ import annotations

import numpy as np

from riac.imaging.frame import LocatedContainer, PreparedScan, RectifiedContainer
from riac.scan import Box, EnergyPlane, Fault, Picture, Scan, View

ROWS, COLUMNS = 200, 480
WALLS = 0.85
CARGO = 0.02


def empty_container(*, walls: float = WALLS, columns: int = COLUMNS) -> Picture:
    """Draw posts, roof, floor with cross members, and walls with thin seams."""
    picture = np.full((ROWS, columns), walls, np.float32)
    picture[:, ::40] *= np.float32(0.8)
    picture[75:78] *= np.float32(0.75)
    picture[:4] *= np.float32(0.4)
    picture[-30:] *= np.float32(0.6)
    picture[-30:, ::12] *= np.float32(0.4)
    for post in (slice(0, 10), slice(columns - 10, columns)):
        picture[:, post] *= np.float32(0.2)
    return picture


def stacked_cartons(
    *, seed: int, height: float = 0.85, width: int = 14, walls: float = WALLS
) -> Picture:
    """Draw narrow straight stacks with a level top: cartons."""
    picture, generator = empty_container(walls=walls), np.random.default_rng(seed)
    top = round((1 - height) * ROWS)
    for left in range(14, COLUMNS - 14 - width, width + 2):
        here = top + int(generator.integers(0, 4))
        picture[here:-30, left : left + width] = CARGO + 0.03 * generator.random(
            (ROWS - 30 - here, width), np.float32
        )
    return picture


def big_bags(*, seed: int, height: float = 0.7, walls: float = WALLS) -> Picture:
    """Draw wide bags with domed tops that fade in."""
    picture, generator = empty_container(walls=walls), np.random.default_rng(seed)
    rows = np.arange(ROWS)[:, None]
    for left in range(16, COLUMNS - 60, 46):
        across = np.linspace(-1, 1, 42)[None, :]
        top = (1 - height) * ROWS + generator.uniform(-4, 4) + 18 * across**4 + 10 * across**2
        depth = np.clip((rows - top) / 24, 0, 1)
        bag = picture[:, left : left + 42]
        picture[:, left : left + 42] = np.where(
            rows < ROWS - 30, bag * np.exp(-4 * depth), bag
        ).astype(np.float32)
    return picture


def prepared(transmission: Picture, *, faults: tuple[Fault, ...] = ()) -> PreparedScan:
    """Wrap a drawn container as if read and rectified; it lies at (10, 5) in its file."""
    rows, columns = transmission.shape
    box = Box(10.0, 5.0, 10.0 + columns, 5.0 + rows)
    quad = np.array(
        [[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]], np.float64
    )
    container = LocatedContainer(box, quad, "top", 1.0)
    to_file = np.array([[1, 0, 10], [0, 1, 5], [0, 0, 1]], np.float64)
    rectified = RectifiedContainer((transmission,), to_file, "top", 13.0, container)
    view = View("top", (EnergyPlane(transmission),))
    scan = Scan((view,), sha256="0" * 64, source_format="png")
    return PreparedScan(scan, (container,), (rectified,), faults)
