"""Figures of whole pictures, real beside simulated: air, edges, levels, loads' upper surfaces.

Puts them together with those of `structure` and `grain` into one table. Lengths are in shares of
the container's height or in pixels at `CONTAINER_PX`. A figure that a picture does not give (no
air in it, no free surface) is NaN, and left out of medians and distances.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

import cv2
import numpy as np
from numpy.typing import NDArray

from training.realism import grain, structure
from training.realism.distances import inner, kolmogorov_smirnov
from training.realism.pictures import CONTAINER_PX, Container, Grey

_AIR_GREY = 240
_FEW = 2000
"""Pixels: fewer give no level."""
_FEWEST = 5
"""Pictures: a figure that fewer give is not reported."""
Figure = Callable[[Container], float]


def air_level(container: Container) -> float:
    """Return the median grey level of air."""
    picture, mask = _air(container)
    return float(np.median(picture[mask])) if mask.sum() > _FEW else float("nan")


def air_noise(container: Container) -> float:
    """Return the standard deviation of air from its surroundings, of a clipped display."""
    picture, mask = _air(container)
    if mask.sum() <= _FEW:
        return float("nan")
    rest = picture.astype(np.float32) - cv2.blur(picture.astype(np.float32), (15, 15))
    return float(rest[mask].std())


def edge_width(container: Container) -> float:
    """Return the median 10-90 % width of the end posts' outer edges, px at `CONTAINER_PX`."""
    x0, y0, x1, y1 = container.box
    reach = round(0.06 * (y1 - y0))
    top, bottom = y0 + round(0.25 * (y1 - y0)), y0 + round(0.75 * (y1 - y0))
    widths = []
    for edge, step in ((x0, 1), (x1, -1)):
        if edge - reach < 0 or edge + reach >= container.picture.shape[1]:
            continue
        strip = container.picture[top:bottom, edge - reach : edge + reach][:, ::step]
        widths += [_fall_px(row) for row in strip[::7].astype(np.float64)]
    known = [width for width in widths if np.isfinite(width)]
    return float(np.median(known) * CONTAINER_PX / (y1 - y0)) if known else float("nan")


def level(container: Container, *, percentile: float) -> float:
    """Return a percentile of the grey levels inside."""
    return float(np.percentile(inner(container.grey), percentile))


def grey_between(container: Container, *, low: int, high: int) -> float:
    """Return the share of the inside from one grey level to another, the latter excluded."""
    area = inner(container.grey)
    return float(((area >= low) & (area < high)).mean())


def surface_height(container: Container) -> float:
    """Return the median height of the load's upper surface over the box's lower edge."""
    return float(1 - np.nanmedian(_surface(container)[1])) if _has_surface(container) else np.nan


def surface_softness(container: Container) -> float:
    """Return the median height over which a load darkens from 80 to 30 % of the wall's grey."""
    upper, lower = _surface(container)
    return float(np.nanmedian(lower - upper)) if _has_surface(container) else float("nan")


def surface_steps(container: Container) -> float:
    """Return the mean step of the load's upper surface from column to column."""
    if not _has_surface(container):
        return float("nan")
    return float(np.nanmean(np.abs(np.diff(_surface(container)[1]))))


def _has_surface(container: Container) -> bool:
    return bool(np.isfinite(_surface(container)[1]).mean() > 0.3)


@lru_cache(maxsize=4)
def _surface(container: Container) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (W,) heights down from the top where columns fall to 80 and then 30 % of the wall.

    NaN where a column does not, or starts dark.
    """
    rim = round(0.1 * CONTAINER_PX)
    grey = cv2.medianBlur(container.grey, 3).astype(np.float64)[rim : -round(0.2 * CONTAINER_PX)]
    grey = grey[:, rim:-rim]
    bright = grey[grey > 120]
    if bright.size < _FEW:
        nothing = np.full(grey.shape[1], np.nan)
        return nothing, nothing
    wall = float(np.median(bright))
    dark = grey < 0.3 * wall
    at = np.argmax(dark, axis=0)
    known = dark.any(axis=0) & (at > 3)
    rows = np.arange(len(grey))[:, None]
    over = (grey > 0.8 * wall) & (rows < at[None, :])
    last = len(grey) - 1 - np.argmax(over[::-1], axis=0)
    known &= over.any(axis=0)
    return (
        np.where(known, (last + rim) / CONTAINER_PX, np.nan),
        np.where(known, (at + rim) / CONTAINER_PX, np.nan),
    )


@lru_cache(maxsize=4)
def _air(container: Container) -> tuple[Grey, NDArray[np.bool_]]:
    """Return the picture and where it is air well away from anything, box excluded."""
    picture = container.picture
    x0, y0, x1, y1 = container.box
    bright = (cv2.medianBlur(picture, 5) >= _AIR_GREY).astype(np.uint8)
    bright[y0:y1, x0:x1] = 0
    kernel = np.ones((25, 25), np.uint8)
    return picture, np.asarray(cv2.erode(bright, kernel, borderValue=0), bool)


def _fall_px(row: NDArray[np.float64]) -> float:
    """Return the 10-90 % width of the first fall from air to a post."""
    air = row[: len(row) // 4].mean()
    lowest = int(np.argmax(row <= air - 0.95 * (air - row.min())))
    if air < _AIR_GREY - 10 or row.min() > 0.6 * air or lowest < 2:
        return float("nan")
    dark = row[lowest]
    high, low = air - 0.1 * (air - dark), air - 0.9 * (air - dark)
    return _last_crossing(row[: lowest + 1], low) - _last_crossing(row[: lowest + 1], high)


def _last_crossing(row: NDArray[np.float64], value: float) -> float:
    at = int(np.flatnonzero(row >= value)[-1])
    if at + 1 >= len(row):
        return float(at)
    fall = row[at] - row[at + 1]
    return at + float((row[at] - value) / fall if fall > 0 else 0.0)


_ANY: Mapping[str, Figure] = {
    "air level": air_level,
    "air noise": air_noise,
    "edge width px": edge_width,
    **{f"grey level, {at} %": partial(level, percentile=at) for at in (5, 25, 50, 75, 95)},
    **grain.ANY,
    **structure.ANY,
}
FIGURES: Mapping[bool, Mapping[str, Figure]] = {
    True: {
        **_ANY,
        **grain.LOADED,
        "share of grey 4 to 30": partial(grey_between, low=4, high=30),
        "share of grey 30 to 120": partial(grey_between, low=30, high=120),
        "surface height share": surface_height,
        "surface softness share": surface_softness,
        "surface steps share": surface_steps,
    },
    False: {**_ANY, **grain.EMPTY, **structure.EMPTY, **structure.POSTS},
}
"""What is measured of loaded (True) and of empty containers."""


def appearance(
    real: Sequence[Container], simulated: Sequence[Container], *, loaded: bool
) -> dict[str, dict[str, float]]:
    """Return for each figure both medians, both spreads (IQR) and their KS distance."""
    table = {}
    for name, of in FIGURES[loaded].items():
        sides = [
            np.array([of(each) for each in side if each.loaded is loaded])
            for side in (real, simulated)
        ]
        known = [side[np.isfinite(side)] for side in sides]
        if min(len(side) for side in known) < _FEWEST:
            continue
        iqr = [float(np.subtract(*np.percentile(side, [75, 25]))) for side in known]
        table[name] = {
            "real": float(np.median(known[0])),
            "simulated": float(np.median(known[1])),
            "IQR real": iqr[0],
            "IQR simulated": iqr[1],
            "KS": kolmogorov_smirnov(known[0].tolist(), known[1].tolist()),
        }
    return table
