"""By what are tiles told apart? Each statistic alone, each family, all together, and where.

A linear discriminant on ranks answers for several statistics at once, in the classifier's folds:
cheap, and it says more of a cause than a network does. A diagnosis only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.evaluate.figure import auroc
from training.realism.cues import Numbers, cues
from training.realism.pictures import CONTAINER_PX
from training.realism.tiles import FOLDS, TILE_PX, Bools, Tiles

_PICKED = 6
_RIDGE = 1e-2
"""Of the ranks' variance: keeps the discriminant steady where statistics repeat each other."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One statistic: AUROC over 0.5 where real tiles have more of it, and medians."""

    name: str
    auroc: float
    auroc_loaded: float
    auroc_empty: float
    real: float
    simulated: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What gives tiles away."""

    cues: tuple[Cue, ...]
    """The most telling first."""
    together: dict[str, float]
    """AUROC of a linear discriminant by family of statistics, "all" among them."""
    in_order: dict[str, float]
    """The AUROC reached with each statistic and all before it, the one that adds most next."""
    places: dict[str, float]
    """AUROC of that of all, by part of the container."""


def explain(tiles: Tiles) -> Explanation:
    """Measure how far single statistics, families and all of them tell the tiles apart."""
    families = cues(tiles)
    named = {name: values for family in families.values() for name, values in family.items()}
    single = [_cue(name, values, tiles) for name, values in named.items()]
    single.sort(key=lambda cue: -abs(cue.auroc - 0.5))
    together = {
        name: _told(discriminant(list(family.values()), tiles.real, tiles.fold), tiles.real)
        for name, family in families.items()
    }
    scores = discriminant(list(named.values()), tiles.real, tiles.fold)
    together["all"] = _told(scores, tiles.real)
    return Explanation(tuple(single), together, _in_order(named, tiles), by_place(scores, tiles))


def told_apart(tiles: Tiles) -> float:
    """Return the AUROC of a linear discriminant of all statistics."""
    named = [values for family in cues(tiles).values() for values in family.values()]
    return _told(discriminant(named, tiles.real, tiles.fold), tiles.real)


def _in_order(named: dict[str, Numbers], tiles: Tiles) -> dict[str, float]:
    """Pick statistics one by one, each the one that helps those before it most."""
    ranks = {name: _ranks(values) for name, values in named.items()}
    chosen: dict[str, float] = {}
    for _ in range(_PICKED):
        before = [ranks[name] for name in chosen]
        reached = {
            name: _told(
                _fisher(np.stack([*before, of], axis=1), tiles.real, tiles.fold), tiles.real
            )
            for name, of in ranks.items()
            if name not in chosen
        }
        best = max(reached, key=lambda name: reached[name])
        chosen[best] = reached[best]
    return chosen


def by_place(scores: Numbers, tiles: Tiles) -> dict[str, float]:
    """Return the AUROC of scores over tiles of loads, of empties, and of parts of containers."""
    width = np.array([scan.grey.shape[1] for scan in tiles.scans])[tiles.scan]
    end = (tiles.left_px < TILE_PX // 4) | (tiles.left_px + TILE_PX > width - TILE_PX // 4)
    roof, floor = tiles.top_px == 0, tiles.top_px + TILE_PX >= CONTAINER_PX - TILE_PX // 4
    places = {
        "loaded": tiles.loaded,
        "empty": ~tiles.loaded,
        "roof": roof & ~end,
        "middle": ~roof & ~floor & ~end,
        "floor": floor & ~end,
        "ends": end,
    }
    return {
        name: _told(scores[inside], tiles.real[inside])
        for name, inside in places.items()
        if 0 < tiles.real[inside].sum() < inside.sum()
    }


def discriminant(statistics: list[Numbers], real: Bools, fold: NDArray[np.int64]) -> Numbers:
    """Return (N,) Fisher's linear discriminant of ranks, fitted on the other folds."""
    return _fisher(np.stack([_ranks(values) for values in statistics], axis=1), real, fold)


def _fisher(ranks: Numbers, real: Bools, fold: NDArray[np.int64]) -> Numbers:
    """Return the same of (N, S) ranks."""
    scores = np.zeros(len(real))
    for held in range(FOLDS):
        train, test = fold != held, fold == held
        if not test.any() or real[train].all() or not real[train].any():
            continue
        means = [ranks[train & side].mean(axis=0) for side in (real, ~real)]
        centred = np.where(real[train, None], ranks[train] - means[0], ranks[train] - means[1])
        spread = centred.T @ centred / len(centred) + _RIDGE / 12 * np.eye(ranks.shape[1])
        scores[test] = ranks[test] @ np.linalg.solve(spread, means[0] - means[1])
        # Folds have scales of their own; ranks within a fold make them one.
        scores[test] = _ranks(scores[test])
    return scores


def _ranks(values: Numbers) -> Numbers:
    """Return ranks from 0 to 1, ties sharing the middle."""
    ordered = np.sort(values)
    low = np.searchsorted(ordered, values, side="left")
    high = np.searchsorted(ordered, values, side="right")
    return np.asarray((low + high) / (2 * len(values)), np.float64)


def _cue(name: str, values: Numbers, tiles: Tiles) -> Cue:
    loaded = tiles.loaded
    return Cue(
        name,
        _told(values, tiles.real),
        _told(values[loaded], tiles.real[loaded]),
        _told(values[~loaded], tiles.real[~loaded]),
        float(np.median(values[tiles.real])),
        float(np.median(values[~tiles.real])),
    )


def _told(scores: Numbers, real: Bools) -> float:
    return auroc(scores[real].tolist(), scores[~real].tolist())
