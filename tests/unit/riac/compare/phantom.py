"""A drawn container with cargo, of which every answer is known."""

from __future__ import annotations

import cv2
import numpy as np

from riac.imaging.frame import LocatedContainer, PreparedScan, RectifiedContainer
from riac.scan import Box, EnergyPlane, Picture, Scan, View

ROWS, COLUMNS = 256, 640
ROW_MM = 2591 / ROWS


def cargo(seed: int = 1) -> Picture:
    """Attenuation of a container 40 feet long with stacks of unequal height and density."""
    generator = np.random.default_rng(seed)
    attenuation = np.full((ROWS, COLUMNS), 0.12, np.float32)
    attenuation[:6] += 0.8
    attenuation[-18:] += 0.9
    attenuation[:, :8] += 1.5
    attenuation[:, -8:] += 1.5
    left = 20
    while left < COLUMNS - 80:
        width = int(generator.integers(30, 70))
        height = int(generator.integers(90, 200))
        strength = float(generator.uniform(0.5, 1.6))
        stack = (slice(ROWS - 18 - height, ROWS - 18), slice(left, left + width))
        texture = generator.standard_normal((height, width)).astype(np.float32)
        attenuation[stack] += strength * (1 + 0.25 * cv2.GaussianBlur(texture, (0, 0), 2.5) * 3)
        left += width + int(generator.integers(3, 14))
    blurred: Picture = cv2.GaussianBlur(np.maximum(attenuation, 0.05), (0, 0), 0.8)
    return blurred


def emptied() -> Picture:
    """Attenuation of the container alone."""
    attenuation = cargo()
    attenuation[6:-18, 8:-8] = 0.12
    blurred: Picture = cv2.GaussianBlur(attenuation, (0, 0), 0.8)
    return blurred


def photographed(attenuation: Picture, *, seed: int, noise: float = 0.006) -> Picture:
    """Transmission with noise."""
    generator = np.random.default_rng(seed)
    picture = np.exp(-attenuation) + noise * generator.standard_normal(attenuation.shape)
    return np.clip(picture, 0, 1).astype(np.float32)


def prepared(transmission: Picture, *, sha256: str, bits: int = 8) -> PreparedScan:
    """A scan that is its container, at twice the size of the frame and moved by (100, 50)."""
    rows, columns = transmission.shape
    to_file = np.array([[2.0, 0, 100], [0, 2.0, 50], [0, 0, 1]])
    box = Box(100, 50, 100 + 2 * columns, 50 + 2 * rows)
    quad = np.array(
        [[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]], np.float64
    )
    located = LocatedContainer(box, quad, "side", 1.0)
    frame = RectifiedContainer((transmission,), to_file, "side", 2591 / rows, located)
    whole = np.ones((2 * rows + 100, 2 * columns + 200), np.float32)
    doubled = cv2.resize(transmission, (2 * columns, 2 * rows), interpolation=cv2.INTER_CUBIC)
    whole[50 : 50 + 2 * rows, 100 : 100 + 2 * columns] = doubled
    plane = EnergyPlane(whole, energy_kev=6000.0)
    view = View("side", (plane,), pixel_pitch_mm=(5.0, 5.0))
    scan = Scan((view,), sha256, "png", display_rendered=bits == 8, bits=bits)
    return PreparedScan(scan, (located,), (frame,), ())


def driven(attenuation: Picture, *, speed: float = 1.15, wobble: float = 0.05) -> Picture:
    """The same load at another speed, which also changes within the scan."""
    rows, columns = attenuation.shape
    count = round(columns * speed)
    steps = 1 + wobble * np.sin(np.linspace(0, 9, count))
    along = (np.cumsum(steps) - steps / 2) / steps.sum() * columns - 0.5
    map_x = np.broadcast_to(along.astype(np.float32), (rows, count)).copy()
    map_y = np.broadcast_to(np.arange(rows, dtype=np.float32)[:, None], (rows, count)).copy()
    moved: Picture = cv2.remap(
        attenuation, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return moved
