"""What network and measures see of goods, and their headings: samples for the discriminant.

    python -m training.datasets.looked looked --loads loads

The loads (`training.datasets.goods`) must be others than the goods network learned from: of those
its numbers differ less within a heading than they will in service. Empty containers, and headings
kept for asking (`unseen_headings`), are left out. Each picture is taken whole. Some fifty loads a
second on two cores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models import GoodsDescriptor, GoodsNetwork, load_goods_network, load_measures
from riac.ports import Vectors
from training.datasets.files import Making, make_from_files, read_arrays, write_arrays
from training.datasets.goods import GoodsSample
from training.fitting import as_seen, seen_headings


@dataclass(frozen=True, slots=True)
class LookedSample:
    """One picture of goods."""

    seen: Vectors
    """(numbers,) float32, of the goods network."""
    placed: NDArray[np.float32]
    """(measures,): where in its range each lies."""
    heading: str
    load: str
    """Samples of one name show one load."""


def looked(
    sample: GoodsSample, network: GoodsNetwork, measures: GoodsDescriptor
) -> LookedSample | None:
    """Look at a sample as a standard image is looked at; None where no goods are seen."""
    interior, loading = as_seen(sample)
    if loading.empty:
        return None
    picture = interior.transmission
    placed = measures.placed(picture)[0].astype(np.float32)
    return LookedSample(network.seen(picture, ())[0], placed, sample.heading, sample.load)


def make_samples(file: Path) -> tuple[LookedSample, ...]:
    """Look at the samples of one file of loads."""
    parts = _parts()
    return tuple(
        found for each in seen_headings(file) if (found := looked(each, *parts)) is not None
    )


@cache
def _parts() -> tuple[GoodsNetwork, GoodsDescriptor]:
    """One of each in every process."""
    cv2.setNumThreads(1)
    return load_goods_network(), load_measures()


def write_samples(path: Path, samples: Sequence[LookedSample]) -> None:
    """Write the samples of one load."""
    write_arrays(
        path,
        [
            (
                {"seen": each.seen, "placed": each.placed},
                {"heading": each.heading, "load": each.load},
            )
            for each in samples
        ],
    )


def read_samples(path: Path) -> Iterator[LookedSample]:
    """Read the samples of one load."""
    for (seen, placed), about in read_arrays(path, "seen", "placed"):
        yield LookedSample(seen, placed, **about)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write samples; those that are there already are kept, so that it can be stopped."""
    return make_from_files(
        Making(make_samples, write_samples),
        arguments,
        name="looked",
        description=__doc__,
        option="loads",
        of="goods",
        pattern="load-*.npz",
    )


if __name__ == "__main__":
    raise SystemExit(main())
