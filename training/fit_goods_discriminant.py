"""Fit how all that is seen of goods is weighed, on simulated loads; write the weights file.

    python -m training.datasets.goods loads --count 5160 --seed 909
    python -m training.fit_goods_discriminant loads models/weights/goods-discriminant-1.json

Prints the SHA-256 for `models/registry.toml`; five minutes on two cores for 9,000 loads. They must
be others than the goods network learned from: of those its numbers differ less within a heading
than they will in service. To be run again when the network or the descriptor is another. Headings
kept for asking (`unseen_headings`) are left out. Each picture is taken whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models import GoodsDescriptor, GoodsNetwork, load_goods_network, load_measures
from models.discriminant import DEFINITION, DiscriminantWeights
from models.goods import SEEN
from riac.ports import Vectors
from training.datasets.goods import GoodsSample
from training.fitting import as_seen, discriminant, of_loads, run_fit, seen_headings

SHRINKAGE = 0.1
"""Of the covariance within headings towards a round one."""
WEIGHTS = (1.0, 0.25, 1.0)
"""By how much, in all, vary what the network sees of places, what it sees at heights, and what is
measured, before anything is shrunk. What is seen at heights, less deep in the network, tells new
simulated headings apart, but carries over to real scans less well (`docs/attempts.md`)."""
DIGITS = 4
"""Significant ones, of the weights."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture of goods."""

    heading: str
    seen: Vectors
    """(sum(SEEN),) of the network."""
    placed: NDArray[np.float64]
    """(measures,)."""


def seen_of(sample: GoodsSample, network: GoodsNetwork, measures: GoodsDescriptor) -> Seen | None:
    """Look at a sample as a standard image is looked at; None where no goods are seen."""
    interior, loading = as_seen(sample)
    if loading.empty:
        return None
    picture = interior.transmission
    return Seen(sample.heading, network.seen(picture, ())[0], measures.placed(picture)[0])


def fit(pictures: Iterable[Seen]) -> DiscriminantWeights:
    """Fit on pictures of two headings or more.

    Raises:
        ValueError: there are fewer headings.
    """
    kept = list(pictures)
    headings = np.array([each.heading for each in kept])
    count = len(set(headings.tolist()))
    if count < 2:
        raise ValueError(f"expected loads of two headings or more, got {count}")
    values = np.array([np.concatenate([each.seen, each.placed]) for each in kept])
    blocks = np.split(values, np.cumsum(SEEN), axis=1)
    scales = np.concatenate(
        [
            np.full(block.shape[1], weight / np.sqrt(block.var(axis=0).sum() + 1e-12))
            for block, weight in zip(blocks, WEIGHTS, strict=True)
        ]
    )
    centre, projection = discriminant(values * scales, headings, shrinkage=SHRINKAGE)
    # Between so many headings lie so many directions, less one.
    projection = projection[:, : count - 1] * scales[:, None]
    return DiscriminantWeights(
        definition=DEFINITION,
        seen=sum(SEEN),
        centre=tuple(_short(each) for each in (centre / scales).tolist()),
        projection=tuple(tuple(_short(each) for each in row) for row in projection.tolist()),
    )


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _of_file(file: Path) -> list[Seen]:
    parts = _parts()
    return [found for each in seen_headings(file) if (found := seen_of(each, *parts)) is not None]


@cache
def _parts() -> tuple[GoodsNetwork, GoodsDescriptor]:
    """One of each in every process."""
    return load_goods_network(), load_measures()


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, write, and print the digest."""
    program = "python -m training.fit_goods_discriminant"
    return run_fit(
        program,
        __doc__,
        lambda folders: fit(of_loads(_of_file, folders, description="looking")),
        arguments,
    )


if __name__ == "__main__":
    raise SystemExit(main())
