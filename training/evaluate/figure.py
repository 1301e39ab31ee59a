"""A measured figure with its bootstrap interval, and the statistics behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the benchmark's table."""

    name: str
    value: float
    low: float
    high: float
    """Bounds of the 95 % bootstrap interval."""
    count: int
    """How many scans, pairs or queries it was measured on."""
    target: float | None = None
    """At least this, where a target is set."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorstCase:
    """A case to look at, with the picture that shows it."""

    name: str
    score: float
    detail: str
    picture: NDArray[np.uint8]
    """(H, W, 3) uint8, blue green red."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the benchmark: figures, curves, worst cases, and every row behind them."""

    name: str
    figures: tuple[Figure, ...]
    rows: tuple[dict[str, Any], ...] = ()
    """JSON-able, one for each scan, pair or query."""
    curves: dict[str, tuple[Sequence[float], Sequence[float]]] = field(default_factory=dict)
    """ROC curves by name: (scores of the positives, scores of the negatives)."""
    worst: tuple[WorstCase, ...] = ()


class Progress:
    """What a section reports to; the default says nothing."""

    def begin(self, name: str, *, total: int) -> None:
        """Start a bar."""

    def advance(self) -> None:
        """Count one piece of work."""


Measure = Callable[[Path, Progress], Section]
"""A section's function: the folder laid out as the protocol says, and where to report."""


Scores = Sequence[float] | NDArray[np.float64]


def auroc(positives: Scores, negatives: Scores) -> float:
    """Area under the ROC curve: the chance that a positive scores above a negative.

    Ties count half (Mann-Whitney U divided by the number of pairs).
    """
    high, low = np.asarray(positives, float), np.asarray(negatives, float)
    if high.size == 0 or low.size == 0:
        return float("nan")
    low = np.sort(low)
    below = np.searchsorted(low, high, side="left")
    ties = np.searchsorted(low, high, side="right") - below
    return float((below + 0.5 * ties).mean() / low.size)


def bootstrap(
    statistic: Callable[[NDArray[np.intp]], float], *, count: int, seed: int = 1
) -> tuple[float, float]:
    """Percentile bootstrap interval of a statistic of `count` cases.

    Args:
        statistic: takes (count,) indices of the cases drawn, with repeats, and returns the figure.
        count: number of cases.
        seed: of the draws, so that the same rows give the same interval.
    """
    if count == 0:
        return (float("nan"), float("nan"))
    generator = np.random.default_rng(seed)
    draws = [statistic(generator.integers(0, count, count)) for _ in range(RESAMPLES)]
    if np.isnan(draws).all():
        return (float("nan"), float("nan"))
    tail = (1 - CONFIDENCE) / 2 * 100
    low, high = np.nanpercentile(draws, [tail, 100 - tail])
    return (float(low), float(high))


def mean_figure(
    name: str, values: Sequence[float], *, target: float | None = None, note: str = ""
) -> Figure:
    """Return the mean of per-case values (such as 0/1 for wrong/right) with its interval."""
    cases = np.asarray(values, float)
    low, high = bootstrap(lambda drawn: float(cases[drawn].mean()), count=len(cases))
    value = float(cases.mean()) if len(cases) else float("nan")
    return Figure(name, value, low, high, len(cases), target, note)


def macro_figure(
    name: str,
    values: Sequence[float],
    groups: Sequence[str],
    *,
    at_least: int = 1,
    target: float | None = None,
    note: str = "",
) -> Figure:
    """Return the mean over groups of each group's mean, with its interval.

    Args:
        name: of the figure.
        values: (N,) of each case.
        groups: (N,) the group of each case.
        at_least: groups with fewer cases are left out.
        target: at least this.
        note: for the table.
    """
    names, counts = np.unique(np.asarray(groups, str), return_counts=True)
    wanted = names[counts >= at_least]
    kept = np.isin(np.asarray(groups, str), wanted)
    cases, of = np.asarray(values, float)[kept], np.asarray(groups, str)[kept]

    def macro(drawn: NDArray[np.intp]) -> float:
        means = [cases[drawn][of[drawn] == each] for each in wanted]
        return float(np.mean([each.mean() for each in means if len(each)]))

    if len(cases) == 0:
        return Figure(name, float("nan"), float("nan"), float("nan"), 0, target, note)
    low, high = bootstrap(macro, count=len(cases))
    return Figure(name, macro(np.arange(len(cases))), low, high, len(cases), target, note)


def auroc_figure(
    name: str,
    positives: Sequence[float],
    negatives: Sequence[float],
    *,
    target: float | None = None,
    note: str = "",
) -> Figure:
    """Return the AUROC of two sets of scores with its interval; both sets are redrawn."""
    scores = np.concatenate([np.asarray(positives, float), np.asarray(negatives, float)])
    is_positive = np.arange(len(scores)) < len(positives)

    def drawn_auroc(drawn: NDArray[np.intp]) -> float:
        return auroc(scores[drawn][is_positive[drawn]], scores[drawn][~is_positive[drawn]])

    low, high = bootstrap(drawn_auroc, count=len(scores))
    value = auroc(positives, negatives)
    return Figure(name, value, low, high, len(scores), target, note)


def caught_figure(
    name: str,
    positives: Sequence[float],
    negatives: Sequence[float],
    *,
    false_share: float,
    target: float | None = None,
) -> Figure:
    """Return the share of positives above the score that `false_share` of negatives exceed.

    Both sets are redrawn for the interval, the bound with them.
    """
    scores = np.concatenate([np.asarray(positives, float), np.asarray(negatives, float)])
    is_positive = np.arange(len(scores)) < len(positives)

    def caught(drawn: NDArray[np.intp]) -> float:
        high, low = scores[drawn][is_positive[drawn]], scores[drawn][~is_positive[drawn]]
        if high.size == 0 or low.size == 0:
            return float("nan")
        # The highest score that leaves at most this share of the negatives above it.
        allowed = int(false_share * low.size)
        bound = np.sort(low)[low.size - 1 - allowed]
        return float((high > bound).mean())

    low, high = bootstrap(caught, count=len(scores))
    return Figure(name, caught(np.arange(len(scores))), low, high, len(scores), target)
