"""The image-domain re-scan model of protocol rescan-1: one picture as a second scanner saw it.

A second passage differs from the first in speed (between scans and within one), direction,
height, tilt and place in the picture, in the scanner's response, and in noise. Ranges are those
of the protocol; where it names none, the constant says what was chosen. Tampering is apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Box, Picture

SPEED_DEVIATION = 0.05
"""Standard deviation of the speed within a scan."""
SPEED_RANGE = (0.8, 1.25)
HEIGHT_RANGE = (0.94, 1.06)
TILT_RANGE_DEG = (-0.7, 0.7)
SHIFT_PX = 20.0
GAIN_RANGE = (0.85, 1.15)
POWER_RANGE = (0.9, 1.1)
JPEG_RANGE = (85, 98)
SPEED_KNOTS = (4, 12)
"""Speed changes over a picture: a truck brakes and pulls in seconds, not within a centimetre."""
NOISE_LEVELS = (0.5, 2.5)
"""Of 255, before JPEG: between a quiet and a tired scanner's display pictures."""
STRIPE_GAIN = (0.002, 0.008)
"""Standard deviation of gain over rows and of dose over columns."""
BLUR_PX = (0.4, 1.0)
DARKEST = 1.0 / 1024
"""Transmission below this is black; keeps the logarithm finite."""


@dataclass(frozen=True, slots=True)
class Rescan:
    """One drawn second passage; applied to a picture it gives the same result every time."""

    along: NDArray[np.float32]
    """(columns of the result,) float32, column of the first picture seen in each column."""
    height: float
    tilt_deg: float
    shift_px: tuple[float, float]
    mirrored: bool
    gain: float
    power: float
    stripe_gain: float
    noise_levels: float
    blur_px: float
    """0 for none."""
    jpeg_quality: int
    seed: int


def draw_rescan(generator: np.random.Generator, *, columns: int) -> Rescan:
    """Draw a second passage of a picture this many columns wide."""
    shift = generator.uniform(-SHIFT_PX, SHIFT_PX, 2)
    return Rescan(
        along=_positions(columns, shift=float(shift[0]), generator=generator),
        height=float(generator.uniform(*HEIGHT_RANGE)),
        tilt_deg=float(generator.uniform(*TILT_RANGE_DEG)),
        shift_px=(float(shift[0]), float(shift[1])),
        mirrored=bool(generator.random() < 0.5),
        gain=float(generator.uniform(*GAIN_RANGE)),
        power=float(generator.uniform(*POWER_RANGE)),
        stripe_gain=float(generator.uniform(*STRIPE_GAIN)),
        noise_levels=float(generator.uniform(*NOISE_LEVELS)),
        blur_px=float(generator.uniform(*BLUR_PX)) if generator.random() < 0.5 else 0.0,
        jpeg_quality=int(generator.integers(JPEG_RANGE[0], JPEG_RANGE[1] + 1)),
        seed=int(generator.integers(2**31)),
    )


def _positions(
    columns: int, *, shift: float, generator: np.random.Generator
) -> NDArray[np.float32]:
    scale = float(np.exp(generator.uniform(*np.log(SPEED_RANGE))))
    count = max(round(columns * scale), 8)
    knots = generator.standard_normal((1, int(generator.integers(*SPEED_KNOTS))))
    speed = cv2.resize(knots, (count, 1), interpolation=cv2.INTER_CUBIC)[0]
    speed /= max(float(speed.std()), 1e-6)
    steps = np.clip(1 + SPEED_DEVIATION * speed, 0.7, 1.3)
    places = np.cumsum(steps) - steps / 2
    along: NDArray[np.float32] = (places / steps.sum() * columns - 0.5 - shift).astype(np.float32)
    return along


def apply_rescan(picture: Picture, rescan: Rescan) -> Picture:
    """Scan a picture again.

    Args:
        picture: (H, W) float32, transmission, 0 to 1, of the whole vehicle.
        rescan: drawn for W columns.

    Returns:
        (H, W') float32, transmission, 0 to 1; air where the first picture did not reach.
    """
    generator = np.random.default_rng(rescan.seed)
    seen = _resampled(picture, rescan)
    attenuation = -np.log(np.maximum(seen, np.float32(DARKEST)))
    seen = np.exp(-np.float32(rescan.gain) * attenuation ** np.float32(rescan.power))
    seen[attenuation >= -np.log(DARKEST) - 1e-3] = 0
    if rescan.blur_px > 0:
        seen = cv2.GaussianBlur(seen, (0, 0), rescan.blur_px)
    rows, columns = seen.shape
    normal = generator.standard_normal
    seen *= 1 + rescan.stripe_gain * normal((rows, 1), dtype=np.float32)
    seen *= 1 + rescan.stripe_gain * normal((1, columns), dtype=np.float32)
    seen += np.float32(rescan.noise_levels / 255) * normal((rows, columns), dtype=np.float32)
    seen = np.clip(seen, 0, 1)
    return np.ascontiguousarray(seen[:, ::-1]) if rescan.mirrored else seen


def _resampled(picture: Picture, rescan: Rescan) -> Picture:
    rows, columns = picture.shape
    map_x = np.broadcast_to(rescan.along, (rows, rescan.along.size)).copy()
    slope = np.tan(np.radians(rescan.tilt_deg))
    centred = np.arange(rows, dtype=np.float32) - rows / 2 - rescan.shift_px[1]
    lean = slope * (rescan.along - columns / 2)
    map_y = (centred[:, None] / rescan.height + rows / 2 + lean[None, :]).astype(np.float32)
    seen: Picture = cv2.remap(
        picture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=1.0
    )
    return seen


def rescanned_mask(mask: NDArray[np.bool_], rescan: Rescan) -> NDArray[np.bool_]:
    """Return where marked pixels (H, W) of the first picture lie in the second, (H, W')."""
    # Beyond the first picture lies air, which no mask marks.
    seen = _resampled(1 - mask.astype(np.float32), rescan) < 0.5
    return np.ascontiguousarray(seen[:, ::-1]) if rescan.mirrored else seen


def rescanned_box(box: Box, rescan: Rescan, *, shape: tuple[int, int]) -> Box:
    """Return the upright box in the second picture around a box of the first.

    Args:
        box: pixels of the first picture.
        rescan: what was applied.
        shape: (H, W) of the first picture.
    """
    rows, columns = shape
    x0, x1 = np.interp([box.x0, box.x1], rescan.along, np.arange(rescan.along.size))
    slope = float(np.tan(np.radians(rescan.tilt_deg)))
    ys = [
        (y - rows / 2 - slope * (x - columns / 2)) * rescan.height + rows / 2 + rescan.shift_px[1]
        for x in (box.x0, box.x1)
        for y in (box.y0, box.y1)
    ]
    if rescan.mirrored:
        x0, x1 = rescan.along.size - x1, rescan.along.size - x0
    return Box(float(x0), min(ys), float(x1), max(ys))


def display_jpeg(picture: Picture, *, quality: int) -> bytes:
    """Encode transmission as the 8-bit JPEG an operator's display would keep."""
    levels = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    done, content = cv2.imencode(".jpg", levels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done, "JPEG encoder of OpenCV refused a grey picture"
    return content.tobytes()
