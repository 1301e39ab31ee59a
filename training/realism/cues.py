"""Statistics of single tiles: levels, gradients, noise by scale, spectrum, JPEG blocks.

Each is a number a tile; together they are what a cheap discriminant can see.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from training.realism.tiles import TILE_PX, Tiles

Numbers = NDArray[np.float64]
_AXES = {"along": 2, "down": 1}
"""Of an (N, TILE_PX, TILE_PX) array."""
_BANDS = (1, 2, 4, 8, 16, 32, 48)
"""Cycles a tile: octaves up to the finest."""
_QUIET = 12
"""Grey levels: a greater step between neighbours is an edge of something."""

_STILL = 0.05
"""Grey levels a step: added on both sides of a ratio, so that black tiles give one."""


def cues(tiles: Tiles) -> dict[str, dict[str, Numbers]]:
    """Return families of statistics, each (N,)."""
    grey = tiles.grey.astype(np.float32)
    return {
        "levels": _levels(grey),
        "gradients": _gradients(grey),
        "noise": _noise(grey),
        "spectrum": _spectrum(grey),
        "blocks": {"blockiness at the file's scale": _blockiness(tiles)},
    }


def _levels(grey: NDArray[np.float32]) -> dict[str, Numbers]:
    flat = grey.reshape(len(grey), -1)
    shares = np.percentile(flat, (5, 25, 50, 75, 95), axis=1)
    found = {f"{at} % level": level for at, level in zip((5, 25, 50, 75, 95), shares, strict=True)}
    return {
        "mean": flat.mean(axis=1),
        "deviation": flat.std(axis=1),
        **found,
        "share of black (0-3)": (flat <= 3).mean(axis=1),
        "share of grey 4-30": ((flat > 3) & (flat <= 30)).mean(axis=1),
        "share of grey 31-120": ((flat > 30) & (flat <= 120)).mean(axis=1),
        "share of white (250 and more)": (flat >= 250).mean(axis=1),
    }


def _gradients(grey: NDArray[np.float32]) -> dict[str, Numbers]:
    found = {}
    for name, axis in _AXES.items():
        steps = np.abs(np.diff(grey, axis=axis)).reshape(len(grey), -1)
        found[f"mean step {name}"] = steps.mean(axis=1)
        found[f"99 % step {name}"] = np.percentile(steps, 99, axis=1)
        found[f"steepest step {name}"] = steps.max(axis=1)
        found[f"share of equal neighbours {name}"] = (steps == 0).mean(axis=1)
    return found


def _noise(grey: NDArray[np.float32]) -> dict[str, Numbers]:
    """Return median second differences by scale, and how neighbouring ones hang together."""
    found = {}
    for name, axis in _AXES.items():
        for scale in (1, 2, 4, 8):
            part = _binned(grey, scale)
            second = np.abs(np.diff(part, n=2, axis=axis)).reshape(len(grey), -1)
            found[f"median 2nd difference {name}, scale {scale}"] = np.median(second, axis=1)
        steps = np.diff(grey, axis=axis)
        steps = np.where(np.abs(steps) < _QUIET, steps, 0)
        both = (_slid(steps, axis, 0) * _slid(steps, axis, 1)).mean(axis=(1, 2))
        power = (steps**2).mean(axis=(1, 2))
        found[f"steps' lag-1 correlation {name}"] = both / (power + 1e-6)
        lines = np.diff(grey, axis=axis).mean(axis=3 - axis)
        found[f"steps of lines' means {name}"] = np.median(np.abs(lines), axis=1)
    return found


def _slid(steps: NDArray[np.float32], axis: int, by: int) -> NDArray[np.float32]:
    kept = steps.shape[axis] - 1
    return np.take(steps, range(by, by + kept), axis=axis)


def _binned(grey: NDArray[np.float32], scale: int) -> NDArray[np.float32]:
    side = TILE_PX // scale
    parts = grey.reshape(len(grey), side, scale, side, scale)
    return np.asarray(parts.mean(axis=(2, 4)), np.float32)


def _spectrum(grey: NDArray[np.float32]) -> dict[str, Numbers]:
    window = np.hanning(TILE_PX)[:, None] * np.hanning(TILE_PX)[None, :]
    centred = (grey - grey.mean(axis=(1, 2), keepdims=True)) * window.astype(np.float32)
    power = np.abs(np.fft.rfft2(centred)) ** 2
    along = power[:, :4, :].mean(axis=1)
    down = power[:, : TILE_PX // 2 + 1, :4].mean(axis=2)
    found = {}
    for name, lines in (("along", along), ("down", down)):
        for low, high in itertools.pairwise(_BANDS):
            band = np.log10(lines[:, low:high].mean(axis=1) + 1e-3)
            found[f"power {name}, {low}-{high} cycles"] = np.asarray(band, np.float64)
    return found


def _blockiness(tiles: Tiles) -> Numbers:
    """Return steps at the file's eighth columns over those between, less one, of each tile."""
    found = []
    for index, top, left in zip(tiles.scan, tiles.top_px, tiles.left_px, strict=True):
        container = tiles.scans[index]
        x0, y0, x1, y1 = container.box
        tall, wide = container.grey.shape
        rows = y0 + (y1 - y0) * top // tall, y0 + (y1 - y0) * (top + TILE_PX) // tall
        columns = x0 + (x1 - x0) * left // wide, x0 + (x1 - x0) * (left + TILE_PX) // wide
        part = container.picture[slice(*rows), slice(*columns)].astype(np.float32)
        steps = np.abs(np.diff(part, axis=1))
        quiet = steps < _QUIET
        eighth = (np.arange(columns[0], columns[0] + steps.shape[1]) + 1) % 8
        edges, rest = (
            (steps * quiet)[:, eighth == place].sum() / max(quiet[:, eighth == place].sum(), 1)
            for place in (0, 4)
        )
        found.append((edges + _STILL) / (rest + _STILL) - 1)
    return np.array(found, np.float64)
