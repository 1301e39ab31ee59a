"""Fit the novelty detector on simulated scans, and write its weights file.

    riac simulate scan --out scans --count 1200 --seed 5
    python -m training.fit_novelty scans/scans models/weights/novelty-detector-1.json

Prints the SHA-256 for `models/registry.toml`. Every picture goes the way of every scan (reading,
preparing); its container is measured as it is and once more as a poorer picture of it: fewer
rows, a stronger JPEG. The same for two crops about it, as made by hand. The bound is the distance
that one in two hundred of them passes, each measured against those of the other folds. A minute
on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from rich.progress import track

from models.novelty import (
    COLUMNS,
    DEFINITION,
    ROWS,
    Gaussian,
    NoveltyWeights,
    Values,
    distances,
    measure,
    standardised,
)
from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from riac.imaging import prepare
from riac.scan import Box, Picture
from training.simulator.parallel import cores, in_order

SHRINKAGE = 0.05
"""Of the correlations towards none: a direction in which scans hardly vary says little."""
FOLDS = 10
BEYOND = 0.005
"""Of simulated pictures, that are to lie beyond the bound."""
ROWS_SEEN = (64, 192)
"""Of a poorer picture, drawn evenly on a logarithmic scale."""
QUALITIES = (50, 95)
"""Of its JPEG."""
DIGITS = 6
FEWEST = 100
CROP_LEFT, CROP_RIGHT = (-0.02, 0.01), (-0.01, 0.02)
"""Where crops end, beyond the container's ends, in its lengths."""
CROP_TOP, CROP_BOTTOM = (-0.06, 0.01), (-0.02, 0.2)
"""The same above and below, in its heights: with air, with the trailer's frame."""
CROPPED_MARGIN = 1.8
"""On the bound of crops, which pass through hands that no simulation knows. Chosen by the real
crops at hand: of 235 clean ones a sixth lie beyond 1, none beyond 1.65."""
SUFFIXES = frozenset({".jpg", ".png", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class Measured:
    """The statistics of one scan's container."""

    located: tuple[tuple[float, ...], ...]
    """As it was found, and as a poorer picture of it."""
    cropped: tuple[tuple[float, ...], ...]
    """The same of crops about it."""


def measured(path: Path) -> Measured | None:
    """Measure the container of a file; None where there is none."""
    try:
        prepared = prepare(read_scan(path))
    except ScanUnreadableError:
        return None
    if not prepared.usable or prepared.rectified[0].container.whole_picture:
        return None
    found = prepared.rectified[0]
    picture, box = prepared.scan.primary.transmission, found.container.box_px
    digest = hashlib.sha256(path.name.encode()).digest()
    generator = np.random.default_rng(int.from_bytes(digest[:4], "big"))
    crops = [_crop(picture, box, generator) for _ in range(2)]
    return Measured(
        located=_statistics(found.transmission, _poorer(found.transmission, generator)),
        cropped=_statistics(crops[0], _poorer(crops[1], generator)),
    )


def fit(*, located: Values, cropped: Values) -> NoveltyWeights:
    """Fit on the statistics of (pictures, statistics), neighbours of one file following each other.

    Raises:
        ValueError: there are too few.
    """
    return NoveltyWeights(
        definition=DEFINITION,
        names=tuple(each.name for each in measure(np.zeros((ROWS, COLUMNS), np.float32))),
        located=_fitted(located, margin=1.0),
        cropped=_fitted(cropped, margin=CROPPED_MARGIN),
    )


def _fitted(values: Values, *, margin: float) -> Gaussian:
    if len(values) < FEWEST:
        raise ValueError(f"expected {FEWEST} pictures or more with a container, got {len(values)}")
    fold = np.arange(len(values)) * FOLDS // len(values)
    told = np.zeros(len(values))
    for number in range(FOLDS):
        told[fold == number] = _distances(values[fold != number], values[fold == number])
    mean, deviation, precision = _gaussian(values)
    return Gaussian(
        mean=tuple(mean.round(DIGITS).tolist()),
        deviation=tuple(deviation.round(DIGITS).tolist()),
        precision=tuple(tuple(row) for row in precision.round(DIGITS).tolist()),
        bound=round(margin * float(np.quantile(told, 1 - BEYOND)), DIGITS),
    )


def _gaussian(values: Values) -> tuple[Values, Values, Values]:
    mean, deviation = values.mean(axis=0), values.std(axis=0) + 10.0**-DIGITS
    correlation = np.cov(standardised(values, mean=mean, deviation=deviation).T)
    shrunk = (1 - SHRINKAGE) * correlation + SHRINKAGE * np.eye(len(mean))
    return np.asarray(mean), np.asarray(deviation), np.asarray(np.linalg.inv(shrunk), np.float64)


def _distances(fitted: Values, asked: Values) -> Values:
    mean, deviation, precision = _gaussian(fitted)
    return distances(standardised(asked, mean=mean, deviation=deviation), precision)


def _statistics(*pictures: Picture) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(each.value for each in measure(one)) for one in pictures)


def _crop(picture: Picture, box: Box, generator: np.random.Generator) -> Picture:
    """Cut a container out as people do: not quite along its edges."""
    left, right = (generator.uniform(*each) * box.width for each in (CROP_LEFT, CROP_RIGHT))
    top, bottom = (generator.uniform(*each) * box.height for each in (CROP_TOP, CROP_BOTTOM))
    rows = slice(max(0, round(box.y0 + top)), round(box.y1 + bottom))
    columns = slice(max(0, round(box.x0 + left)), round(box.x1 + right))
    return picture[rows, columns]


def _poorer(picture: Picture, generator: np.random.Generator) -> Picture:
    rows = round(float(np.exp(generator.uniform(*np.log(ROWS_SEEN)))))
    size = (max(2, round(picture.shape[1] * rows / len(picture))), rows)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    grey = np.rint(np.clip(small, 0, 1) * 255).astype(np.uint8)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(generator.integers(*QUALITIES))]
    stored = cv2.imdecode(cv2.imencode(".jpg", grey, quality)[1], cv2.IMREAD_GRAYSCALE)
    assert stored is not None, "it was encoded here"
    return np.asarray(stored, np.float32) / np.float32(255)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.fit_novelty",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("scans", type=Path, help="folder of scans, as riac simulate scan writes it")
    parser.add_argument("out", type=Path, help="weights file to write")
    parser.add_argument("--jobs", type=int, default=cores(), help="processes")
    given = parser.parse_args(arguments)
    files = sorted(each for each in given.scans.glob("*") if each.suffix.lower() in SUFFIXES)
    made = in_order(measured, files, jobs=given.jobs)
    seen = [each for each in track(made, total=len(files), description="scans") if each]
    try:
        weights = fit(
            located=np.array([one for each in seen for one in each.located]),
            cropped=np.array([one for each in seen for one in each.cropped]),
        )
    except ValueError as error:
        parser.error(str(error))
    content = weights.model_dump_json().encode()
    given.out.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    bounds = f"{weights.located.bound:.2f}, of crops {weights.cropped.bound:.2f}"
    sys.stdout.write(f"{len(seen)} scans, bound {bounds}\nsha256 {digest}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
