"""Fit the goods descriptor's ranges and map on simulated loads, and write its weights file.

    python -m training.datasets.goods goods --count 5500
    python -m training.fit_goods_descriptor goods models/weights/goods-descriptor-3.json

Prints the SHA-256 for `models/registry.toml`; some five minutes on one core. Each picture is
measured whole and by one of its slabs, shown as displays might (attenuation times 0.5 to 2.2,
blur). The range of a measure is what 94 % of all cover. The map is that of linear discriminant
analysis: it makes round how loads of one heading differ, and shrinks directions that tell no
headings apart. Headings kept for asking (`unseen_headings`) are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from rich.progress import track

from models.descriptor import DEFINITION, DescriptorWeights, Range, in_ranges
from models.measures import measure
from models.preprocessing import ModelInput
from riac.scan import Picture
from training.datasets.goods import GoodsSample, read_samples, unseen_headings
from training.fitting import discriminant, load_files, run_fit

SEED = 3
COVERED = (3.0, 97.0)
"""Percentiles of the simulated loads."""
TONES = (0.5, 2.2)
SLAB = 0.75
"""Width of a slab, in heights."""
LEAST_FILLED, TRIES = 0.4, 4
"""A slab shows at least so much of the whole's mean attenuation, or is drawn anew."""
DIGITS = 5


def fit(samples: Iterable[GoodsSample], *, seed: int = SEED) -> DescriptorWeights:
    """Fit on simulated loads of two headings or more.

    Raises:
        ValueError: there are fewer headings.
    """
    specification = ModelInput()
    generator = np.random.default_rng(seed)
    names: tuple[str, ...] = ()
    values, headings = [], []
    for sample in samples:
        for picture in _shown(sample.attenuation, specification, generator):
            measures = measure(picture)
            names = tuple(each.name for each in measures)
            values.append([each.value for each in measures])
            headings.append(sample.heading)
    if len(set(headings)) < 2:
        raise ValueError(f"expected loads of two headings or more, got {len(set(headings))}")
    measured = np.array(values)
    low, high = np.percentile(measured, COVERED, axis=0).round(DIGITS)
    width = np.maximum(high - low, 10.0**-DIGITS)
    placed = in_ranges(measured, low=low, width=width)
    centre, projection = discriminant(placed, np.array(headings))
    ranges = zip(names, low.tolist(), (low + width).tolist(), strict=True)
    return DescriptorWeights(
        definition=DEFINITION,
        input=specification,
        ranges=tuple(Range(name=name, low=start, high=stop) for name, start, stop in ranges),
        centre=tuple(centre.round(DIGITS).tolist()),
        projection=tuple(tuple(row) for row in projection.round(DIGITS).tolist()),
    )


def _shown(
    attenuation: Picture, specification: ModelInput, generator: np.random.Generator
) -> Iterator[Picture]:
    """Draw a load, and a slab of it, as some display might."""
    size = (round(attenuation.shape[1] * specification.rows / len(attenuation)), specification.rows)
    whole: Picture = cv2.resize(attenuation, size, interpolation=cv2.INTER_LINEAR)
    for picture in (whole, _slab(whole, generator)):
        tone = np.float32(np.exp(generator.uniform(*np.log(TONES))))
        shown = np.clip(picture * tone, 0, 1)
        if generator.random() < 0.5:
            shown = cv2.GaussianBlur(shown, (0, 0), float(generator.uniform(0.3, 1.5)))
        yield np.asarray(shown, np.float32)


def _slab(whole: Picture, generator: np.random.Generator) -> Picture:
    wide = min(round(SLAB * len(whole)), whole.shape[1])
    slab = whole
    for _ in range(TRIES):
        start = int(generator.integers(0, whole.shape[1] - wide + 1))
        slab = whole[:, start : start + wide]
        if slab.mean() >= LEAST_FILLED * whole.mean():
            break
    return np.ascontiguousarray(slab)


def _read(folders: Sequence[Path]) -> Iterator[GoodsSample]:
    left_out = set(unseen_headings())
    for file in track(load_files(folders), description="measuring"):
        yield from (each for each in read_samples(file) if each.heading not in left_out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, write, and print the digest."""
    program = "python -m training.fit_goods_descriptor"
    return run_fit(program, __doc__, lambda loads: fit(_read(loads)), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
