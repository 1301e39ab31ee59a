"""Chords of rays through solids: the compiled part of `projection`.

Within the fan's plane u runs along the detectors and v away from the source, which lies at u =
`source_u`, v = 0. A ray is u = source_u + slope * v. A body's cross-section at x is the tuple
(u_low, u_high, v_near, v_far); its rows carry u in the fields y0 and y1 and v, from the middle of
the container, in z0 and z1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from riac.compiled import compiled
from training.simulator.scene.solids import Shape

SUBRAYS = 2
"""For each detector element: edges are at most half an element jagged before any blur."""
SLICES = 8
"""Of pillows and heaps along the ray."""
TILE = 512
TILE_PER_GRAIN = 4.0

_DRUM_X, _DRUM_Y, _DRUM_Z = int(Shape.DRUM_X), int(Shape.DRUM_Y), int(Shape.DRUM_Z)
_BOX, _ELLIPSOID, _PILLOW = int(Shape.BOX), int(Shape.ELLIPSOID), int(Shape.PILLOW)
_WEDGE_Y, _WEDGE_Z = int(Shape.WEDGE_Y), int(Shape.WEDGE_Z)
_HEAP, _HEAP_Z = int(Shape.HEAP), int(Shape.HEAP_Z)


@compiled
def add_chords(
    solids: NDArray[np.void],
    surfaces: NDArray[np.float32],
    voids: NDArray[np.float32],
    edges: NDArray[np.float32],
    slopes: NDArray[np.float32],
    source_u: float,
    source_v: float,
    tile: NDArray[np.float32],
    out: NDArray[np.float32],
) -> None:
    """Add to `out` (3, H, W) the areal densities, g/cm2, of all bodies.

    Args:
        solids: (N,) of `SOLID`.
        surfaces: of heaps.
        voids: (M, 6) boxes taken out of every body.
        edges: (W + 1,) along x, rising, mm.
        slopes: (H x SUBRAYS,) of the rays, falling evenly.
        source_u: of the source, mm.
        source_v: from the source to the middle of the container, mm.
        tile: mottle.
        out: areal densities of the basis materials.
    """
    rows, columns = out.shape[1], out.shape[2]
    hit = np.zeros(voids.shape[0], np.bool_)
    lengths, slices = np.zeros(rows, np.float32), np.zeros(SLICES, np.float32)
    for index in range(len(solids)):
        solid = solids[index]
        if solid["x1"] <= max(edges[0], solid["x0"]) or solid["x0"] >= edges[columns]:
            continue
        heap = solid["shape"] in (_HEAP, _HEAP_Z)
        surface = surfaces[solid["surface"] if heap else 0]
        touched = _find_voids(solid, voids, hit)
        _fill_slices(solid, slices)
        # Such a body looks the same from every x: its lengths are worked out once.
        even = solid["shape"] in (_BOX, _DRUM_X) and not touched
        top, bottom = 0, -1
        first = max(np.searchsorted(edges, solid["x0"], side="right") - 1, 0)
        for column in range(first, columns):
            left, right = max(edges[column], solid["x0"]), min(edges[column + 1], solid["x1"])
            if right <= left:
                break
            x = (left + right) / 2
            if bottom < 0 or not even:
                top, bottom = _fill_lengths(
                    solid, surface, slices, x, slopes, source_u, source_v, voids, hit, lengths
                )
            share = (right - left) / (edges[column + 1] - edges[column])
            _add_column(
                solid, lengths, share, x, slopes, source_u, source_v, tile, out, column, top, bottom
            )


@compiled
def _find_voids(solid: Any, voids: NDArray[np.float32], hit: NDArray[np.bool_]) -> bool:
    touched = False
    for index in range(voids.shape[0]):
        x0, x1, u0, u1, v0, v1 = voids[index]
        hit[index] = (
            solid["x0"] < x1
            and solid["x1"] > x0
            and solid["y0"] < u1
            and solid["y1"] > u0
            and solid["z0"] < v1
            and solid["z1"] > v0
        )
        touched = touched or hit[index]
    return touched


@compiled
def _fill_slices(solid: Any, slices: NDArray[np.float32]) -> None:
    """Put the half heights of a pillow's slices, relative to its own, into `slices`."""
    if solid["shape"] == _PILLOW:
        for index in range(SLICES):
            t = abs(2 * (index + 0.5) / SLICES - 1)
            slices[index] = (1 - t ** solid["roundness"]) ** (1 / solid["roundness"])


@compiled
def _fill_lengths(
    solid: Any,
    surface: NDArray[np.float32],
    slices: NDArray[np.float32],
    x: float,
    slopes: NDArray[np.float32],
    source_u: float,
    source_v: float,
    voids: NDArray[np.float32],
    hit: NDArray[np.bool_],
    lengths: NDArray[np.float32],
) -> tuple[int, int]:
    """Put each row's way through a body at x, cm, into `lengths`; return the rows concerned."""
    section = _section(solid, source_v, x)
    u_low, u_high, v_near, v_far = section
    if u_high <= u_low or v_far <= v_near:
        return 0, 0
    steepest = max((u_high - source_u) / v_near, (u_high - source_u) / v_far)
    flattest = min((u_low - source_u) / v_near, (u_low - source_u) / v_far)
    top = _first_ray(slopes, steepest) // SUBRAYS
    bottom = min((_first_ray(slopes, flattest) + SUBRAYS) // SUBRAYS, len(lengths))
    # Slices already soften the edges of these: one ray a row will do.
    rays = 1 if solid["shape"] in (_PILLOW, _HEAP) else SUBRAYS
    for row in range(top, bottom):
        total = 0.0
        for ray in range(rays):
            slope = slopes[row * SUBRAYS + ray]
            chord = _chord(
                solid, surface, slices, slope, source_u, x, section, voids, hit, source_v
            )
            total += chord * np.sqrt(1 + slope * slope)
        lengths[row] = total / rays / 10
    return top, bottom


@compiled
def _first_ray(slopes: NDArray[np.float32], slope: float) -> int:
    """Return the first ray flatter than a slope."""
    step = slopes[0] - slopes[1]
    return min(max(int(np.ceil((slopes[0] - slope) / step)), 0), len(slopes))


@compiled
def _add_column(
    solid: Any,
    lengths: NDArray[np.float32],
    share: float,
    x: float,
    slopes: NDArray[np.float32],
    source_u: float,
    source_v: float,
    tile: NDArray[np.float32],
    out: NDArray[np.float32],
    column: int,
    top: int,
    bottom: int,
) -> None:
    grain = TILE_PER_GRAIN / max(solid["grain_mm"], 1.0)
    # Every body has its own patch of the mottle, and keeps it wherever it moves.
    aside = solid["patch"]
    middle = (solid["z0"] + solid["z1"]) / 2 + source_v
    j = int((x - solid["x0"]) * grain + 1.3 * aside) % TILE
    for row in range(top, bottom):
        length = lengths[row] * share
        if length <= 0:
            continue
        if solid["mottle"] > 0:
            u = source_u + slopes[row * SUBRAYS] * middle
            length *= max(
                0.0, 1 + solid["mottle"] * tile[int((u - solid["y0"]) * grain + aside) % TILE, j]
            )
        for b in range(3):
            if solid["basis"][b] != 0:
                out[b, row, column] += length * solid["basis"][b]


@compiled
def _section(solid: Any, source_v: float, x: float) -> tuple[float, float, float, float]:
    """Return the cross-section of a body at x, v from the source."""
    shape = solid["shape"]
    u_low, u_high = solid["y0"], solid["y1"]
    v_near, v_far = solid["z0"] + source_v, solid["z1"] + source_v
    along = (x - solid["x0"]) / (solid["x1"] - solid["x0"])
    if shape == _WEDGE_Y:
        return u_low + along * solid["low_rise"], u_high + along * solid["high_rise"], v_near, v_far
    if shape == _WEDGE_Z:
        return u_low, u_high, v_near + along * solid["low_rise"], v_far + along * solid["high_rise"]
    t = min(abs(2 * along - 1), 1.0)
    if shape == _PILLOW:
        share = (1 - t ** solid["roundness"]) ** (1 / solid["roundness"])
    elif shape in (_DRUM_Y, _DRUM_Z, _ELLIPSOID):
        share = np.sqrt(1 - t * t)
    else:
        return u_low, u_high, v_near, v_far
    if shape != _DRUM_Y:
        u_low, u_high = _shrunk(u_low, u_high, share)
    if shape != _DRUM_Z:
        v_near, v_far = _shrunk(v_near, v_far, share)
    return u_low, u_high, v_near, v_far


@compiled
def _shrunk(low: float, high: float, share: float) -> tuple[float, float]:
    middle, half = (low + high) / 2, (high - low) / 2 * share
    return middle - half, middle + half


@compiled
def _chord(
    solid: Any,
    surface: NDArray[np.float32],
    slices: NDArray[np.float32],
    slope: float,
    source_u: float,
    x: float,
    section: tuple[float, float, float, float],
    voids: NDArray[np.float32],
    hit: NDArray[np.bool_],
    source_v: float,
) -> float:
    """Return the length of one ray within one body, along v, mm."""
    shape = solid["shape"]
    u_low, u_high, v_near, v_far = section
    if shape in (_PILLOW, _HEAP):
        return _sliced_chord(
            solid, surface, slices, slope, source_u, x, section, voids, hit, source_v
        )
    if shape == _HEAP_Z:
        # From above: the way from the surface to the floor.
        across = (source_u + slope * (v_near + v_far) / 2 - u_low) / (u_high - u_low)
        if across < 0 or across > 1:
            return 0.0
        along = (x - solid["x0"]) / (solid["x1"] - solid["x0"])
        near, far = v_far - _height(surface, along, across), v_far
    elif shape in (_DRUM_X, _ELLIPSOID):
        near, far = _through_ellipse(section, slope, source_u)
    else:
        near, far = _through_box(section, slope, source_u)
    if far <= near:
        return 0.0
    return far - near - _within_voids(near, far, slope, source_u, x, voids, hit, source_v)


@compiled
def _sliced_chord(
    solid: Any,
    surface: NDArray[np.float32],
    slices: NDArray[np.float32],
    slope: float,
    source_u: float,
    x: float,
    section: tuple[float, float, float, float],
    voids: NDArray[np.float32],
    hit: NDArray[np.bool_],
    source_v: float,
) -> float:
    u_low, u_high, v_near, v_far = section
    along = (x - solid["x0"]) / (solid["x1"] - solid["x0"])
    step = (v_far - v_near) / SLICES
    total = 0.0
    for index in range(SLICES):
        if solid["shape"] == _PILLOW:
            low, high = _shrunk(u_low, u_high, slices[index])
        else:
            low, high = u_low, u_low + _height(surface, along, (index + 0.5) / SLICES)
        near = v_near + index * step
        near, far = _through_box((low, high, near, near + step), slope, source_u)
        if far > near:
            total += far - near
            total -= _within_voids(near, far, slope, source_u, x, voids, hit, source_v)
    return total


@compiled
def _height(surface: NDArray[np.float32], along: float, across: float) -> float:
    """Interpolate a surface at shares of its extent along x and z."""
    nx, nz = surface.shape
    fx = min(max(along * nx - 0.5, 0.0), nx - 1.001)
    fz = min(max(across * nz - 0.5, 0.0), nz - 1.001)
    ix, iz = int(fx), int(fz)
    ax, az = fx - ix, fz - iz
    near = surface[ix, iz] * (1 - ax) + surface[ix + 1, iz] * ax
    far = surface[ix, iz + 1] * (1 - ax) + surface[ix + 1, iz + 1] * ax
    return float(near * (1 - az) + far * az)


@compiled
def _through_box(
    section: tuple[float, float, float, float], slope: float, source_u: float
) -> tuple[float, float]:
    """Return where along v a ray enters and leaves a rectangle; the second is less if it misses."""
    u_low, u_high, v_near, v_far = section
    if abs(slope) < 1e-7:
        return (v_near, v_far) if u_low <= source_u <= u_high else (0.0, 0.0)
    a, b = (u_low - source_u) / slope, (u_high - source_u) / slope
    return max(v_near, min(a, b)), min(v_far, max(a, b))


@compiled
def _through_ellipse(
    section: tuple[float, float, float, float], slope: float, source_u: float
) -> tuple[float, float]:
    u_low, u_high, v_near, v_far = section
    u_c, v_c = (u_low + u_high) / 2, (v_near + v_far) / 2
    u_r2, v_r2 = ((u_high - u_low) / 2) ** 2, ((v_far - v_near) / 2) ** 2
    aside = source_u - u_c
    a = slope * slope * v_r2 + u_r2
    b = slope * aside * v_r2 - v_c * u_r2
    root = b * b - a * (aside * aside * v_r2 + (v_c * v_c - v_r2) * u_r2)
    if root <= 0:
        return 0.0, 0.0
    return (-b - np.sqrt(root)) / a, (-b + np.sqrt(root)) / a


@compiled
def _within_voids(
    near: float,
    far: float,
    slope: float,
    source_u: float,
    x: float,
    voids: NDArray[np.float32],
    hit: NDArray[np.bool_],
    source_v: float,
) -> float:
    """Return how much of a chord lies in voids, which do not overlap each other."""
    total = 0.0
    for index in range(voids.shape[0]):
        if not hit[index]:
            continue
        x0, x1, u0, u1, v0, v1 = voids[index]
        if x0 <= x <= x1:
            a, b = _through_box((u0, u1, v0 + source_v, v1 + source_v), slope, source_u)
            total += max(0.0, min(far, b) - max(near, a))
    return total
