"""The fine grain of one picture at its own scale: noise, how it hangs together, JPEG blocks.

Noise is in grey levels. It is measured where the picture is flat, by grey level and on empty
containers' walls. A figure that a picture does not give is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

import cv2
import numpy as np
from numpy.typing import NDArray

from training.realism.pictures import Container
from training.realism.structure import wall

_FEW = 2000
"""Pixels: fewer give no level."""
_WIDE, _ROWS = 100, 20
"""Flat pixels of a row, and such rows, that show lines along the rows."""
_QUIET = 12
"""Grey levels: a greater step between neighbours is an edge of something."""
_SURROUND_PX = 9
_FLAT = 1.5
"""Grey levels a pixel: the greatest slope of a flat place, after a blur over `_SURROUND_PX`."""
_RANGES = {
    "wall": (150, 246),
    "bright": (150, 246),
    "middle": (60, 150),
    "dark": (15, 60),
    "black": (3, 15),
}
"""Grey levels: over them a display clips. The wall is the part of an empty container that shows
two side walls alone; the others are looked for everywhere inside."""
_SPREAD = np.sqrt(1.0 - 1.0 / _SURROUND_PX**2)
"""What a white noise keeps when its surroundings' mean is taken from it."""
Picture = NDArray[np.float32]
Mask = NDArray[np.bool_]


def inside(container: Container, *, part: str) -> Picture:
    """Return the container's part of the picture, rim excluded, or of it the wall."""
    if part == "wall":
        return np.asarray(wall(container), np.float32)
    x0, y0, x1, y1 = container.box
    rim = round(0.08 * (y1 - y0))
    return np.asarray(container.picture[y0 + rim : y1 - rim, x0 + rim : x1 - rim], np.float32)


@lru_cache(maxsize=8)
def grain(container: Container, part: str) -> tuple[Picture, Mask]:
    """Return the picture less its surroundings' mean, and where it is flat and of the range."""
    picture = inside(container, part=part)
    slow = cv2.blur(picture, (_SURROUND_PX, _SURROUND_PX))
    across, down = cv2.Sobel(slow, -1, 1, 0, scale=1 / 8), cv2.Sobel(slow, -1, 0, 1, scale=1 / 8)
    low, high = _RANGES[part]
    flat = (np.hypot(across, down) < _FLAT) & (slow > low) & (slow < high)
    return np.asarray(picture - slow, np.float32), np.asarray(flat, np.bool_)


def noise(container: Container, *, part: str) -> float:
    """Return the standard deviation of the grain."""
    rest, flat = grain(container, part)
    return float(rest[flat].std() / _SPREAD) if flat.sum() > _FEW else float("nan")


def finest(container: Container, *, part: str, axis: int) -> float:
    """Return the deviation of the second differences down (0) or along (1), of white noise 1 to 1.

    A corrugation or a gap is slow beside it.
    """
    picture = inside(container, part=part)
    _, flat = grain(container, part)
    if flat.sum() <= _FEW:
        return float("nan")
    kernel = np.array([[1.0, -2.0, 1.0]]) / np.sqrt(6)
    second = cv2.filter2D(picture, -1, kernel if axis == 1 else kernel.T)
    return float(second[flat].std())


def hanging_together(container: Container, *, part: str, axis: int) -> float:
    """Return the grain's correlation with itself one pixel down (0) or along (1)."""
    rest, flat = grain(container, part)
    both = flat & np.roll(flat, 1, axis)
    if both.sum() <= _FEW or not rest[both].any():
        return float("nan")
    return float((rest * np.roll(rest, 1, axis))[both].mean() / (rest**2)[both].mean())


def row_lines(container: Container, *, part: str) -> float:
    """Return the deviation of the steps of rows' means, which white noise makes small."""
    picture = inside(container, part=part)
    _, flat = grain(container, part)
    both = flat[1:] & flat[:-1]
    counts = both.sum(axis=1)
    enough = counts >= _WIDE
    if enough.sum() < _ROWS:
        return float("nan")
    steps = np.where(both, np.diff(picture, axis=0), 0).sum(axis=1)[enough] / counts[enough]
    return float(steps.std() / np.sqrt(2))


def equal_neighbours(container: Container, *, part: str, axis: int) -> float:
    """Return the share of flat pixels as grey as the one before: JPEG swallows noise."""
    _, flat = grain(container, part)
    if flat.sum() <= _FEW:
        return float("nan")
    picture = inside(container, part=part)
    return float((picture == np.roll(picture, 1, axis))[flat].mean())


def blockiness(container: Container) -> float:
    """Return how much greater steps between JPEG blocks are than those within them, less one."""
    x0, y0, x1, y1 = container.box
    steps = np.abs(np.diff(container.picture[y0:y1, x0:x1].astype(np.float32), axis=1))
    quiet = steps < _QUIET
    columns = np.arange(x0, x1 - 1)
    at, middle = (columns + 1) % 8 == 0, (columns + 1) % 8 == 4
    edges, rest = steps[:, at][quiet[:, at]], steps[:, middle][quiet[:, middle]]
    if rest.size < _FEW or rest.mean() == 0:
        return float("nan")
    return float(edges.mean() / rest.mean() - 1)


def _of(part: str) -> dict[str, Callable[[Container], float]]:
    return {
        f"noise, {part}": partial(noise, part=part),
        f"finest noise along, {part}": partial(finest, part=part, axis=1),
        f"finest noise down, {part}": partial(finest, part=part, axis=0),
        f"lag-1 correlation along, {part}": partial(hanging_together, part=part, axis=1),
        f"lag-1 correlation down, {part}": partial(hanging_together, part=part, axis=0),
        f"row lines, {part}": partial(row_lines, part=part),
        f"equal neighbours along, {part}": partial(equal_neighbours, part=part, axis=1),
        f"equal neighbours down, {part}": partial(equal_neighbours, part=part, axis=0),
    }


ANY: Mapping[str, Callable[[Container], float]] = {"blockiness": blockiness}
EMPTY: Mapping[str, Callable[[Container], float]] = _of("wall")
LOADED: Mapping[str, Callable[[Container], float]] = {
    name: of for part in ("bright", "middle", "dark", "black") for name, of in _of(part).items()
}
