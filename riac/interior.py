"""The inside of a container: what of a rectified picture shows goods, and how dark its walls are.

The horizontal scale of a scan is the vehicle's speed, but containers are 20 or 40 feet long: the
interior is brought to its true proportions, so that a length means the same in every scan. No
goods are judged here; `riac.loading` says whether there are any.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np

from riac.imaging.frame import PreparedScan, RectifiedContainer
from riac.scan import Box, Picture

POST_FRACTION = 0.05
"""Corner posts, doors and reefer machinery: of the length, at either end."""
ROOF_FRACTION = 0.03
"""Roof rail and sheet: of the height."""
FLOOR_FRACTION = 0.10
"""Floor and cross members: of the height of a located container."""
CROPPED_FLOOR_FRACTION = 0.20
"""The same and the trailer's frame, which pictures cropped by hand include."""
NOMINAL_ASPECTS = (2.45, 4.9)
"""Length over height of the interior: 6,058 and 12,192 mm of 2,896 mm (ISO 668), less margins."""
LONG_ASPECT = 1.6
"""Without a pixel pitch, what is longer is taken for 40 feet: at three times the nominal speed
such a container is still this long."""
WALL_PERCENTILE = 95.0
"""Even in a full container a few pixels look through the walls alone."""
MIN_WALL_TRANSMISSION = 0.35
"""Below this the brightest place is cargo: displays draw walls at 0.45 to 0.9 of white."""
MIN_TRANSMISSION = 0.02
"""About 5 of 255 grey levels: less cannot be told from black in a display picture."""
MAX_ATTENUATION = float(-np.log(MIN_TRANSMISSION))
MARGIN_TRANSMISSION = 0.06
DISPLAY_TONES = (1.0, 1.7, 3.0)
"""Displays draw the same walls from 0.45 to 0.9 of white, attenuating one to five times as much."""


@dataclass(frozen=True, slots=True)
class Interior:
    """The part of a rectified picture in which goods may stand, in its true proportions."""

    transmission: Picture
    """(rows, columns) float32, 0 to 1; a pixel is about as long as it is high."""
    box: Box
    """Where it lies, in pixels of the container frame."""

    def part(self, slab: Slab) -> Box:
        """Return where a slab of it lies, in pixels of the container frame."""
        scale = self.box.width / self.transmission.shape[1]
        left = self.box.x0
        return Box(left + slab.start * scale, self.box.y0, left + slab.stop * scale, self.box.y1)


@dataclass(frozen=True, slots=True)
class Slab:
    """A full-height slice of an interior: columns `start` to `stop` (exclusive)."""

    start: int
    stop: int


def interior_of(scan: PreparedScan) -> Interior:
    """Cut the interior out of the primary view of a usable scan."""
    return interior_in(scan.rectified[0])


def interior_in(view: RectifiedContainer) -> Interior:
    """Cut the interior out of one view."""
    cropped = view.container.whole_picture
    return cut_interior(
        view.transmission,
        pixel_aspect=view.pixel_aspect,
        floor_fraction=CROPPED_FLOOR_FRACTION if cropped else FLOOR_FRACTION,
    )


def cut_interior(
    transmission: Picture,
    *,
    pixel_aspect: float | None = None,
    floor_fraction: float = CROPPED_FLOOR_FRACTION,
) -> Interior:
    """Cut away black margins, posts, roof and floor; stretch the rest to its true length.

    Args:
        transmission: (rows, columns) float32, 0 to 1, the container frame.
        pixel_aspect: length over height of a pixel, where the scan states its pitch.
        floor_fraction: of the height; what lies below is no cargo.
    """
    rows, columns = transmission.shape
    left, right = _without_black_margins(transmission)
    post = POST_FRACTION * (right - left)
    x0, x1 = round(left + post), max(round(right - post), round(left + post) + 1)
    y0, y1 = int(ROOF_FRACTION * rows), max(int((1 - floor_fraction) * rows), 1)
    box = Box(float(x0), float(y0), float(min(x1, columns)), float(y1))
    inside = np.ascontiguousarray(transmission[y0:y1, x0:x1])
    return Interior(_at_true_length(inside, pixel_aspect=pixel_aspect), box)


def wall_transmission(interior: Picture) -> float:
    """Estimate what the empty walls let through on this display, 0 to 1.

    Displays draw the same empty container anywhere from dark grey to white.
    """
    brightest = float(np.percentile(interior, WALL_PERCENTILE))
    return float(np.clip(brightest, MIN_WALL_TRANSMISSION, 1.0))


def cargo_attenuation(interior: Picture) -> Picture:
    """Return attenuation beyond that of the walls, same shape, 0 to `MAX_ATTENUATION`."""
    relative = interior / np.float32(wall_transmission(interior))
    attenuation = -np.log(np.clip(relative, MIN_TRANSMISSION, 1.0))
    return np.asarray(attenuation, np.float32)


def displayed(interior: Picture, *, tone: float) -> Picture:
    """Draw an interior as a display would that shows attenuation `tone` times as strong.

    What lies beyond the walls is darkened, the walls are not: their tone drops out anyway.
    """
    walls = np.float32(wall_transmission(interior))
    relative = np.clip(interior / walls, 0.0, 1.0)
    return np.asarray(walls * relative**tone, np.float32)


def slabs(shape: tuple[int, int], *, per_height: float = 0.75) -> tuple[Slab, ...]:
    """Divide an interior (rows, columns) into full-height slices of like width.

    Goods are stacked, so what tells them apart hangs on the height above the floor: slices of
    the full height keep that, square tiles would lose it.

    Args:
        shape: of the interior.
        per_height: wanted width of a slice as a share of its height.
    """
    rows, columns = shape
    count = int(np.clip(round(columns / max(1.0, per_height * rows)), 1, 8))
    edges = np.linspace(0, columns, count + 1).round().astype(int).tolist()
    return tuple(Slab(a, b) for a, b in itertools.pairwise(edges) if b > a)


def _at_true_length(inside: Picture, *, pixel_aspect: float | None) -> Picture:
    rows, columns = inside.shape
    short, long = NOMINAL_ASPECTS
    if pixel_aspect is None:
        aspect = long if columns / rows > LONG_ASPECT else short
    else:
        stated = columns / rows * pixel_aspect
        aspect = long if stated**2 > short * long else short
    wanted = max(1, round(aspect * rows))
    shrinking = wanted < columns
    stretched: Picture = cv2.resize(
        inside,
        (wanted, rows),
        interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR,
    )
    return stretched


def _without_black_margins(transmission: Picture) -> tuple[int, int]:
    """Find the columns between black bands, which some displays put beside the picture."""
    rows, columns = transmission.shape
    bright = np.percentile(transmission[: int(0.9 * rows) or 1], 90, axis=0) >= MARGIN_TRANSMISSION
    lit = np.flatnonzero(bright)
    # A picture dark for the most part is cargo, not margin.
    if lit.size == 0 or lit[-1] + 1 - lit[0] < columns / 2:
        return 0, columns
    return int(lit[0]), int(lit[-1]) + 1
