"""Square tiles of containers, as many of loaded and of empty ones on both sides, in folds by scan.

Both the classifier and the explanation look at these; nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.realism.pictures import CONTAINER_PX, Container

TILE_PX, STEP_PX = 96, 80
FOLDS = 4
MOST_TILES = 8
"""Of one scan, so that long containers do not outweigh short ones."""
Bools = NDArray[np.bool_]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tiles:
    """N tiles of both sides, and where they come from."""

    grey: NDArray[np.uint8]
    """(N, TILE_PX, TILE_PX)."""
    real: Bools
    """(N,)."""
    loaded: Bools
    """(N,) whether the container is."""
    scan: Indices
    """(N,) which scan a tile is of, numbered over both sides from 0."""
    fold: Indices
    """(N,) 0 to FOLDS - 1; all tiles of a scan share one."""
    top_px: Indices
    """(N,) of the tile in the container."""
    left_px: Indices
    scans: tuple[Container, ...]


def cut_tiles(
    real: Sequence[Container], simulated: Sequence[Container], generator: np.random.Generator
) -> Tiles:
    """Cut up to `MOST_TILES` tiles of each container, drawn from a grid over it.

    Raises:
        ValueError: a side has no tiles of containers that the other has too.
    """
    sides = _balanced(real, simulated, generator)
    scans = (*sides[0], *sides[1])
    grey, scan, places = [], [], []
    for index, container in enumerate(scans):
        for top, left in _places(container, generator):
            grey.append(container.grey[top : top + TILE_PX, left : left + TILE_PX])
            scan.append(index)
            places.append((top, left))
    numbers = np.array(scan, np.int64)
    is_real = numbers < len(sides[0])
    if not is_real.any() or is_real.all():
        raise ValueError("expected loaded or empty containers on both sides, got none alike")
    fold = generator.permutation(len(scans))[numbers] % FOLDS
    where = np.array(places, np.int64)
    loaded = np.array([container.loaded for container in scans])[numbers]
    return Tiles(np.stack(grey), is_real, loaded, numbers, fold, where[:, 0], where[:, 1], scans)


def _places(container: Container, generator: np.random.Generator) -> list[tuple[int, int]]:
    rows = range(0, CONTAINER_PX - TILE_PX + 1, STEP_PX)
    columns = range(0, container.grey.shape[1] - TILE_PX + 1, STEP_PX)
    places = [(y, x) for y in rows for x in columns]
    return [places[i] for i in generator.permutation(len(places))[:MOST_TILES]]


def _balanced(
    real: Sequence[Container], simulated: Sequence[Container], generator: np.random.Generator
) -> tuple[list[Container], list[Container]]:
    """Take as many loaded and as many empty containers from both sides."""
    sides: tuple[list[Container], list[Container]] = ([], [])
    for loaded in (True, False):
        groups = [[each for each in side if each.loaded is loaded] for side in (real, simulated)]
        count = min(len(group) for group in groups)
        for side, group in zip(sides, groups, strict=True):
            side += [group[i] for i in generator.permutation(len(group))[:count]]
    return sides
