"""Where each point of the entry picture lies in the exit picture.

First `speed_warp` says which way round exit passed, and at which speeds; `align` does the rest.
Four steps in all: a monotone warp along the scan direction (the vehicle's speed), for both
directions of travel; tilt and height; goods that lean or shifted on the road; a smooth residual
flow of a few centimetres. All are too stiff to explain an object away.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compare.curves import interpolated
from riac.compare.edges import Reference, apart_by, reference, told_along
from riac.compare.leaning import leaned
from riac.compare.warping import FINENESS, STRIDE, matching_costs, smoothest_path
from riac.compare.working import ROWS, WorkingView
from riac.ports import Fit
from riac.scan import Picture
from riac.threads import at_once, both

COLUMNS = 512
"""Of the descriptors; a 40-foot container gives 2.4 cm each."""
BANDS = 16
REACH = 72
"""Columns by which the two may be displaced: 14 % of the length, for speed that drifts by 5 %
and for boxes found a few per cent too long or too short."""
STIFFNESS = 0.35
"""Cost of a change of displacement by one state between nodes, per column of the node."""
ENDS_FREE, ENDS_COST = 6.0, 1.5
"""Columns by which the ends of two boxes may miss each other for nothing, and the cost of each
further one, noise units: both boxes end at the same posts, found to a per cent of the length."""
COLUMN_LIMIT_PX = 10.0
"""Of entry: what speed and bounce leave after the warp along the scan direction."""
CORNER_MM = ((40.0, 40.0), (120.0, 120.0))
"""By which the boxes' corners (roof, floor) may miss each other, standard deviation: roofs are
found better than floors, which trailers hide."""
CORNER_SAY = 0.05
"""Of that against all edges of the picture together."""
LIMIT_MM = 30.0
"""The residual flow stays this near to its own smooth trend."""


@dataclass(frozen=True, slots=True)
class SpeedWarp:
    """The way round in which exit lies on entry, and the speeds at which it passed."""

    target: Picture
    """(ROWS, columns of exit) float32, its levels with the distribution of entry's, mirrored where
    exit was driven the other way."""
    along: NDArray[np.float64]
    """(COLUMNS,) exit column of each entry column, both of COLUMNS."""
    cost: float
    """Noise units; for the direction chosen."""
    other_cost: float
    """The same for the other direction."""
    mirrored: bool
    """Whether exit was driven the other way."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The map from entry to exit, both working pictures."""

    map_x: Picture
    """(ROWS, columns of entry) float32, column of the exit picture, after mirroring."""
    map_y: Picture
    """(ROWS, columns of entry) float32, row of the exit picture."""
    speed: SpeedWarp
    shift: Picture
    """(ROWS, columns of entry) float32, pixels by which goods moved within the container."""

    @property
    def mirrored(self) -> bool:
        """Whether exit was driven the other way."""
        return self.speed.mirrored

    def warp(self, exit_picture: Picture, *, border: float = 1.0) -> Picture:
        """Resample an exit picture to the entry picture."""
        turned = exit_picture[:, ::-1] if self.mirrored else exit_picture
        return _remap(np.ascontiguousarray(turned), self.map_x, self.map_y, border=border)

    def fit(self) -> Fit:
        """Return what it took."""
        rows, columns = self.map_x.shape
        # Scanners sample the way differently.
        finer = np.float32(columns / self.speed.target.shape[1])
        return Fit(
            cost=self.speed.cost,
            turned_cost=self.speed.other_cost,
            along=np.subtract(
                (self.map_x + 0.5) * finer - np.float32(0.5),
                np.arange(columns),
                dtype=np.float32,
            ),
            across=np.subtract(self.map_y, np.arange(rows)[:, None], dtype=np.float32),
            moved=self.shift,
        )


def speed_warp(entry: WorkingView, exit_: WorkingView) -> SpeedWarp:
    """Find which way round exit passed and at which speeds."""
    matched = match_histogram(exit_.levels, entry.levels)
    targets = (matched, np.ascontiguousarray(matched[:, ::-1]))
    described = _descriptors(entry.levels, columns=COLUMNS)
    (straight, cost), (turned, turned_cost) = at_once(
        lambda target: _warp_along(described, _descriptors(target, columns=COLUMNS)), *targets
    )
    if turned_cost < cost:
        return SpeedWarp(targets[1], turned, turned_cost, cost, mirrored=True)
    return SpeedWarp(targets[0], straight, cost, turned_cost, mirrored=False)


def align(entry: WorkingView, speed: SpeedWarp) -> Alignment:
    """Find the map from entry to exit, from where the vehicles' speeds brought it."""
    target = speed.target
    map_x, map_y = _initial_map(speed.along, entry.columns, target.shape[1])
    mm, first = entry.row_mm, reference(entry.levels)
    map_x, map_y = _tilted(first, target, map_x, map_y, row_mm=mm)
    map_x, map_y = _refined(first, target, map_x, map_y, row_mm=mm)
    map_x, map_y, shift = leaned(entry.levels, target, map_x, map_y)
    map_x, map_y = _refined(first, target, map_x, map_y, row_mm=mm)
    return Alignment(map_x, map_y, speed, shift=np.abs(shift))


def match_histogram(levels: Picture, reference: Picture) -> Picture:
    """Map levels monotonely so that their distribution is the reference's."""
    own, wanted = _quantiles(levels), _quantiles(reference)
    own += np.arange(own.size) * 1e-6  # saturation gives equal knots
    return interpolated(levels, own, wanted)


def _quantiles(levels: Picture) -> NDArray[np.float64]:
    ordered = np.sort(levels[::2, ::2], axis=None)  # numpy sorts faster than it selects
    places = np.linspace(0, ordered.size - 1, 129)
    return np.interp(places, np.arange(ordered.size), ordered)


# --- speed -------------------------------------------------------------------------------


def _warp_along(
    entry: NDArray[np.float32], exit_: NDArray[np.float32]
) -> tuple[NDArray[np.float64], float]:
    """Return (COLUMNS,) exit column of each entry column, both of COLUMNS, and its mean cost."""
    costs = matching_costs(entry, exit_, REACH)
    away = np.abs(np.arange(costs.shape[1]) / FINENESS - REACH)
    for end in (0, -1):
        costs[end] += (ENDS_COST * np.maximum(away - ENDS_FREE, 0)).astype(np.float32)
    path, cost = smoothest_path(costs, np.float32(STIFFNESS * STRIDE))
    nodes = (np.arange(path.size) + 0.5) * STRIDE - 0.5
    displacement = path / FINENESS - REACH
    kernel = cv2.getGaussianKernel(9, 1.5).ravel()
    smooth = np.convolve(np.pad(displacement, 4, mode="edge"), kernel, mode="valid")
    columns = np.arange(COLUMNS)
    along = columns + np.interp(columns, nodes, smooth)
    return np.maximum.accumulate(along), float(cost / COLUMNS)


def _descriptors(levels: Picture, *, columns: int) -> NDArray[np.float32]:
    """Return (columns, 2 BANDS): mean level and its slope along x, in bands of height."""
    small = cv2.resize(levels, (columns, ROWS), interpolation=cv2.INTER_AREA)
    bands = cv2.resize(small, (columns, BANDS), interpolation=cv2.INTER_AREA)
    bands = cv2.GaussianBlur(bands, (0, 0), 1.0, sigmaY=0.3)
    slope = cv2.Sobel(bands, cv2.CV_32F, 1, 0, ksize=3) * 0.5
    return np.ascontiguousarray(np.vstack([bands, slope]).T)


def _initial_map(
    along: NDArray[np.float64], entry_columns: int, exit_columns: int
) -> tuple[Picture, Picture]:
    columns = (np.arange(entry_columns) + 0.5) / entry_columns * COLUMNS - 0.5
    places = (np.interp(columns, np.arange(COLUMNS), along) + 0.5) / COLUMNS * exit_columns - 0.5
    map_x = np.broadcast_to(places.astype(np.float32), (ROWS, entry_columns)).copy()
    rows = np.arange(ROWS, dtype=np.float32)[:, None]
    return map_x, np.broadcast_to(rows, (ROWS, entry_columns)).copy()


# --- tilt, height and what is left -------------------------------------------------------


def _flow(
    entry: Reference, target: Picture, map_x: Picture, map_y: Picture, *, finest: int = 1
) -> tuple[Picture, Picture, Picture]:
    """Return displacement in x and y still needed (pixels), and the warped exit picture.

    Every step of `finest` halves the rows and columns at which the flow is searched last.
    """
    warped = _remap(target, map_x, map_y, border=entry.brightest)
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    search.setFinestScale(finest)
    dx, dy = cv2.split(search.calc(entry.grey, entry.greyed(warped), None))
    return dx, dy, warped


def _tilted(
    entry: Reference, target: Picture, map_x: Picture, map_y: Picture, *, row_mm: float
) -> tuple[Picture, Picture]:
    """Take out height and tilt: rows move by a bilinear function of place."""
    upright = map_y
    for _ in range(2):
        # A plane over the whole picture needs no fine flow.
        _, dy, warped = _flow(entry, target, map_x, map_y, finest=2)
        weight = told_along(1, entry, warped, apart_by(entry, warped))
        trend = _bilinear_trend(map_y - upright + dy, weight, row_mm=row_mm)
        map_y = upright + trend
    return map_x, map_y


def _bilinear_trend(values: Picture, weight: Picture, *, row_mm: float) -> Picture:
    """Fit a bilinear function of place robustly; far corners must be worth their while."""
    rows, columns = values.shape
    y, x = (np.linspace(-1, 1, size, dtype=np.float32) for size in (rows, columns))
    picked = (slice(None, None, 3), slice(None, None, 3))
    far, along = (each.ravel() for each in np.meshgrid(y[::3], x[::3], indexing="ij"))
    a = np.stack([np.ones_like(along), along, far, along * far], -1)
    b, w = values[picked].ravel(), weight[picked].ravel()
    corners = np.array([[1, -1, -1, 1], [1, 1, -1, -1], [1, -1, 1, -1], [1, 1, 1, 1]], np.float32)
    apart = np.array(CORNER_MM, np.float32).reshape(4, 1) / np.float32(row_mm)
    prior = CORNER_SAY * float(w.sum()) * (corners / apart).T @ (corners / apart)
    fitted = np.zeros(4, np.float32)
    for _ in range(4):
        robust = w / (1 + ((b - a @ fitted) / 2) ** 2)
        normal = (a * robust[:, None]).T @ a + prior + 1e-3 * np.eye(4, dtype=np.float32)
        fitted = np.linalg.solve(normal, (a * robust[:, None]).T @ b).astype(np.float32)
    level, slope, tilt, twist = fitted
    trend: Picture = (level + slope * x)[None, :] + y[:, None] * (tilt + twist * x)[None, :]
    return trend


def _refined(
    entry: Reference, target: Picture, map_x: Picture, map_y: Picture, *, row_mm: float
) -> tuple[Picture, Picture]:
    dx, dy, warped = _flow(entry, target, map_x, map_y)
    apart, limit = apart_by(entry, warped), LIMIT_MM / row_mm
    # Where the flow runs further along than is followed, it has taken one thing for another.
    led = told_along(0, entry, warped, apart) * (np.abs(dx) <= COLUMN_LIMIT_PX)
    # Speed moves whole columns; the vehicle's bounce lifts whole columns. Both are smooth along x.
    along, across = both(
        lambda: _followed(dx, led, sigma=(6.0, 90.0), limit=limit),
        lambda: _followed(dy, told_along(1, entry, warped, apart), sigma=(20.0, 90.0), limit=limit),
    )
    # The flow is in columns of entry, of which exit may have more or fewer.
    return map_x + np.float32(target.shape[1] / map_x.shape[1]) * along, map_y + across


def _followed(
    flow: Picture, weight: Picture, *, sigma: tuple[float, float], limit: float
) -> Picture:
    """Return the flow's trend over columns, and what is left of it within a limit."""
    column = _within(_smoothed(flow, weight, sigma=sigma), COLUMN_LIMIT_PX)
    rest = _within(_smoothed(flow - column, weight, sigma=(24.0, 24.0)), limit)
    followed: Picture = column + rest
    return followed


def _within(values: Picture, limit: float) -> Picture:
    bounded: Picture = np.clip(values, np.float32(-limit), np.float32(limit))
    return bounded


def _smoothed(values: Picture, weight: Picture, *, sigma: tuple[float, float]) -> Picture:
    """Weighted mean over a Gaussian neighbourhood, (x, y) deviations in pixels."""
    # At a quarter of the resolution: the neighbourhoods are far wider than four pixels.
    size = (max(values.shape[1] // 4, 1), max(values.shape[0] // 4, 1))
    small = cv2.resize(values * weight, size, interpolation=cv2.INTER_AREA)
    mass = cv2.resize(weight, size, interpolation=cv2.INTER_AREA)
    blurred = [
        cv2.GaussianBlur(
            p, (0, 0), sigma[0] / 4, sigmaY=sigma[1] / 4, borderType=cv2.BORDER_REPLICATE
        )
        for p in (small, mass)
    ]
    mean = blurred[0] / (blurred[1] + np.float32(0.01))
    full: Picture = cv2.resize(
        mean, (values.shape[1], values.shape[0]), interpolation=cv2.INTER_LINEAR
    )
    return full


def _remap(picture: Picture, map_x: Picture, map_y: Picture, *, border: float) -> Picture:
    warped: Picture = cv2.remap(
        picture,
        map_x,
        map_y,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=border,
    )
    return warped
