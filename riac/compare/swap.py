"""Swap search: which of the entry scans still in transit is an exit scan most like?

Vectors of loads, made once for each entry scan, give a short list in a moment; the comparison of
entry with exit, which looks at the pictures themselves, puts the short list in order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from riac.compare.comparison import compare
from riac.imaging.frame import PreparedScan
from riac.ports import ChangeDetector, Vectors

SHORT_LIST = 8
"""Entry scans that are compared."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How like an exit scan one entry scan is."""

    number: int
    """Of the entry scan."""
    likeness: float
    """Cosine of the two loads' vectors, -1 to 1."""
    same_score: float
    """0 to 1, of the comparison; 0 where the pair cannot be compared."""


def search_entries(
    exit_: PreparedScan,
    vector: Vectors,
    *,
    vectors: Vectors,
    entry: Callable[[int], PreparedScan],
    detector: ChangeDetector | None = None,
    short_list: int = SHORT_LIST,
) -> tuple[Resemblance, ...]:
    """Find the entry scans most like an exit scan, the likeliest first.

    Args:
        exit_: a usable scan.
        vector: (1, D) float32, unit, of its load.
        vectors: (N, D) float32, unit rows, of the entry scans' loads.
        entry: returns an entry scan by its number, 0 to N - 1; called for the short list alone.
        detector: as for the comparison.
        short_list: so many are compared and returned.

    Raises:
        ModelError: the detector cannot be run.
    """
    likeness = vectors @ vector[0]
    found = []
    for number in np.argsort(-likeness, kind="stable")[:short_list].tolist():
        same = compare(entry(number), exit_, detector=detector).same_score
        found.append(Resemblance(number, float(likeness[number]), same or 0.0))
    return tuple(sorted(found, key=lambda each: (-each.same_score, -each.likeness)))
