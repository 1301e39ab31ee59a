"""Swap search: which of many containers' entry scans is an exit scan most like?

Vectors of loads, made once for each entry scan, give a short list in a moment; the comparison of
entry with exit, which looks at the pictures themselves, puts the short list in order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from riac.compare.comparison import compare
from riac.finding import ComparisonVerdict
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
    matches: bool
    """Whether the comparison called it the same load."""


def search_entries(
    exit_: PreparedScan,
    vector: Vectors,
    *,
    vectors: Vectors,
    entry: Callable[[int], PreparedScan | None],
    detector: ChangeDetector | None = None,
    short_list: int = SHORT_LIST,
) -> tuple[Resemblance, ...]:
    """Find the entry scans most like an exit scan, the likeliest first.

    Args:
        exit_: a usable scan.
        vector: (1, D) float32, unit, of its load.
        vectors: (N, D) float32, unit rows, of the entry scans' loads.
        entry: returns an entry scan by its number, 0 to N - 1, None where it cannot be had; called
            for the short list alone.
        detector: as for the comparison.
        short_list: so many are compared and returned.

    Raises:
        ModelError: the detector cannot be run.
    """
    if not len(vectors):
        return ()
    likeness = vectors @ vector[0]
    found = []
    for number in np.argsort(-likeness, kind="stable")[:short_list].tolist():
        scan = entry(number)
        if scan is not None:
            compared = compare(scan, exit_, detector=detector)
            same = compared.same_score or 0.0
            matches = compared.verdict is ComparisonVerdict.MATCH
            found.append(Resemblance(number, float(likeness[number]), same, matches))
    return tuple(sorted(found, key=lambda each: (-each.same_score, -each.likeness)))
