"""Fit how goods of each heading are expected to measure on simulated loads; write the weights file.

    python -m training.datasets.goods loads --count 5160 --seed 909
    python -m training.fit_goods_expectation loads models/weights/goods-expectation-1.json

Prints the SHA-256 for `models/registry.toml`; some five minutes on two cores. Every load is
measured as a standard image is, by the released descriptor, so it is to be run again when that is
fitted anew. Linear discriminant analysis: the mean of each heading, and one covariance within
headings for all. Headings kept for asking (`unseen_headings`) are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from rich.progress import track

from models import GoodsDescriptor, load_measures
from models.expectation import DEFINITION, Discriminant, ExpectationWeights, Expected
from riac.explaining import loaded_slabs
from riac.ports import Vectors
from training.datasets.goods import GoodsSample
from training.fitting import as_seen, load_files, run_fit, seen_headings, shrunk
from training.simulator.parallel import cores, in_order

FEWEST = 10
"""Pictures of a heading: of fewer, the mean is that of a few ways of stowing."""
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """One picture of goods."""

    heading: str
    whole: Vectors
    """(1, measures)."""
    slabs: Vectors
    """(loaded slabs, measures)."""


def measured(sample: GoodsSample, measures: GoodsDescriptor) -> Measured | None:
    """Measure a sample and its loaded slabs; None where no goods are seen."""
    interior, loading = as_seen(sample)
    if loading.empty:
        return None
    picture = interior.transmission
    vectors = measures.embed(picture, slabs=loaded_slabs(picture, loading))
    return Measured(sample.heading, vectors[:1], vectors[1:])


def fit(pictures: Iterable[Measured]) -> ExpectationWeights:
    """Fit on pictures of two headings or more; headings with too few are left out.

    Raises:
        ValueError: fewer than two headings have enough.
    """
    kept = list(pictures)
    names, counts = np.unique([each.heading for each in kept], return_counts=True)
    headings = names[counts >= FEWEST].tolist()
    if len(headings) < 2:
        raise ValueError(
            f"expected {FEWEST} pictures or more of two headings or more, "
            f"got {len(headings)} such headings"
        )
    wholes = discriminants(headings, [(each.heading, each.whole) for each in kept])
    slabs = discriminants(headings, [(each.heading, each.slabs) for each in kept])
    return ExpectationWeights(
        definition=DEFINITION,
        headings=tuple(
            Expected(heading=heading, whole=whole, slab=slab)
            for heading, whole, slab in zip(headings, wholes, slabs, strict=True)
        ),
    )


def discriminants(
    headings: Sequence[str], pictures: Sequence[tuple[str, Vectors]]
) -> list[Discriminant]:
    """Return ln p(v | heading) of each, but for what all share: v C^-1 m - m C^-1 m / 2.

    Args:
        headings: whose.
        pictures: a heading, and vectors of it, (any number, measures).
    """
    of = {each: np.concatenate([v for h, v in pictures if h == each]) for each in headings}
    means = {each: rows.mean(axis=0, dtype=np.float64) for each, rows in of.items()}
    residuals = np.concatenate([rows - means[each] for each, rows in of.items()])
    covariance = shrunk(residuals.T @ residuals / len(residuals))
    directions = {each: np.linalg.solve(covariance, mean) for each, mean in means.items()}
    return [
        Discriminant(
            direction=tuple(directions[each].round(DIGITS).tolist()),
            offset=round(float(-directions[each] @ means[each] / 2), DIGITS),
        )
        for each in headings
    ]


def _read(folders: Sequence[Path]) -> Iterator[Measured]:
    files = load_files(folders)
    made = in_order(_of_file, files, jobs=cores())
    for found in track(made, total=len(files), description="measuring"):
        yield from found


def _of_file(file: Path) -> list[Measured]:
    kept = seen_headings(file)
    return [found for each in kept if (found := measured(each, _measures())) is not None]


@lru_cache(maxsize=1)
def _measures() -> GoodsDescriptor:
    """One of each process."""
    return load_measures()


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, write, and print the digest."""
    program = "python -m training.fit_goods_expectation"
    return run_fit(program, __doc__, lambda loads: fit(_read(loads)), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
