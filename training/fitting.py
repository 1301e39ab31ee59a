"""What fits on simulated loads of goods share: pictures, discriminant analysis, weights files."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.json_weights import JsonWeights
from riac.interior import MAX_ATTENUATION, Interior
from riac.loading import Loading, judge_loading
from riac.scan import Box
from training.datasets.goods import EMPTY, GoodsSample, read_samples, unseen_headings

SHRINKAGE = 0.05
"""Of a covariance within headings towards a round one."""

Values = NDArray[np.float64]
"""(pictures, measures)."""


def load_files(folders: Sequence[Path]) -> list[Path]:
    """List the files of loads in folders."""
    return [file for folder in folders for file in sorted(folder.glob("load-*.npz"))]


def seen_headings(file: Path) -> Iterator[GoodsSample]:
    """Read a file's samples, but for empty containers and headings kept for asking."""
    left_out = {EMPTY, *unseen_headings()}
    return (each for each in read_samples(file) if each.heading not in left_out)


def as_seen(sample: GoodsSample) -> tuple[Interior, Loading]:
    """Return the interior a sample was made of, and how it is loaded."""
    transmission = np.exp(-sample.attenuation * np.float32(MAX_ATTENUATION))
    rows, columns = transmission.shape
    interior = Interior(transmission, Box(0.0, 0.0, float(columns), float(rows)))
    return interior, judge_loading(interior)


def shrunk(covariance: Values, *, shrinkage: float = SHRINKAGE) -> Values:
    """Return a covariance drawn towards a round one of the same trace, so that it has an inverse.

    Args:
        covariance: (measures, measures).
        shrinkage: how far, 0 to 1.
    """
    count = len(covariance)
    round_share = shrinkage * np.trace(covariance) / count
    return np.asarray((1 - shrinkage) * covariance + round_share * np.eye(count))


def discriminant(
    values: Values, groups: NDArray[np.str_], *, shrinkage: float = SHRINKAGE
) -> tuple[Values, Values]:
    """Return the centre (measures,) and the map (measures, measures) of discriminant analysis.

    The map makes the covariance within groups round, turns to the directions between groups, the
    most telling first, and weighs each by the share of its variance that lies between groups.

    Args:
        values: of all pictures.
        groups: (pictures,) which each belongs to.
        shrinkage: of the covariance within groups.
    """
    centre = values.mean(axis=0)
    count = values.shape[1]
    within, between = np.zeros((count, count)), np.zeros((count, count))
    for group in np.unique(groups):
        members = values[groups == group]
        middle = members.mean(axis=0)
        within += (members - middle).T @ (members - middle)
        between += len(members) * np.outer(middle - centre, middle - centre)
    within /= len(values)
    between /= len(values)
    spread, axes = np.linalg.eigh(shrunk(within, shrinkage=shrinkage))
    whitening = axes / np.sqrt(spread)
    told, turned = np.linalg.eigh(whitening.T @ between @ whitening)
    told = np.maximum(told, 0)
    projection = whitening @ turned * np.sqrt(told / (told + 1))
    return centre, np.asarray(projection[:, ::-1])


def run_fit(
    program: str,
    description: str | None,
    fit: Callable[[Sequence[Path]], JsonWeights],
    arguments: Sequence[str] | None,
) -> int:
    """Fit on folders of loads, write the weights, print their digest; returns the exit status.

    Args:
        program: as it is called.
        description: for `--help`.
        fit: takes folders of `training.datasets.goods`.
        arguments: of the command line.
    """
    parser = argparse.ArgumentParser(
        prog=program,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "loads", type=Path, nargs="+", help="folder of training.datasets.goods, or several"
    )
    parser.add_argument("file", type=Path, help="where to write the weights")
    given = parser.parse_args(arguments)
    try:
        weights = fit(given.loads)
    except ValueError as error:
        parser.error(str(error))
    content = (weights.model_dump_json() + "\n").encode()
    given.file.write_bytes(content)
    sys.stdout.write(hashlib.sha256(content).hexdigest() + "\n")
    return 0
