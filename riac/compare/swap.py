"""Swap search: which of many containers' entry scans is an exit scan most like?

Vectors of loads, made once for each entry scan, give a short list in a moment; the comparison of
entry with exit, which looks at the pictures themselves, puts the short list in order. A truck may
have been driven through the other way, so that an exit scan is asked with as it is and turned
around.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from riac.compare.comparison import compare
from riac.finding import ComparisonVerdict
from riac.imaging.frame import PreparedScan
from riac.interior import interior_of
from riac.ports import ChangeDetector, LoadRecogniser, Vectors

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


def either_way(scan: PreparedScan, recogniser: LoadRecogniser) -> Vectors:
    """Return the vectors of a load as a usable scan shows it, and turned around: (2, D) float32.

    Raises:
        ModelError: the recogniser cannot be run.
    """
    interior = interior_of(scan).transmission
    turned = np.ascontiguousarray(interior[:, ::-1])
    return np.concatenate([recogniser.load(each) for each in (interior, turned)])


def search_entries(
    exit_: PreparedScan,
    shown: Vectors,
    *,
    vectors: Vectors,
    entry: Callable[[int], PreparedScan | None],
    detector: ChangeDetector | None = None,
    short_list: int = SHORT_LIST,
) -> tuple[Resemblance, ...]:
    """Find the entry scans most like an exit scan, the likeliest first.

    Args:
        exit_: a usable scan.
        shown: (K, D) float32, unit rows: its load, each way round it may lie (`either_way`).
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
    likeness = (vectors @ shown.T).max(axis=1)
    found = []
    for number in np.argsort(-likeness, kind="stable")[:short_list].tolist():
        scan = entry(number)
        if scan is not None:
            compared = compare(scan, exit_, detector=detector)
            same = compared.same_score or 0.0
            matches = compared.verdict is ComparisonVerdict.MATCH
            found.append(Resemblance(number, float(likeness[number]), same, matches))
    return tuple(sorted(found, key=lambda each: (-each.same_score, -each.likeness)))
