"""What the fits on simulated loads of goods share: a covariance made safe, a weights file."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.json_weights import JsonWeights

SHRINKAGE = 0.05
"""Of a covariance within headings towards a round one."""


def shrunk(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a covariance drawn towards a round one of the same trace, so that it has an inverse.

    Args:
        covariance: (measures, measures).
    """
    count = len(covariance)
    round_share = SHRINKAGE * np.trace(covariance) / count
    return np.asarray((1 - SHRINKAGE) * covariance + round_share * np.eye(count))


def run_fit(
    program: str,
    description: str | None,
    fit: Callable[[Path], JsonWeights],
    arguments: Sequence[str] | None,
) -> int:
    """Fit on a folder of loads, write the weights, print their digest; returns the exit status.

    Args:
        program: as it is called.
        description: for `--help`.
        fit: takes the folder of `training.datasets.goods`.
        arguments: of the command line.
    """
    parser = argparse.ArgumentParser(
        prog=program,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("loads", type=Path, help="folder of training.datasets.goods")
    parser.add_argument("file", type=Path, help="where to write the weights")
    given = parser.parse_args(arguments)
    content = (fit(given.loads).model_dump_json() + "\n").encode()
    given.file.write_bytes(content)
    sys.stdout.write(hashlib.sha256(content).hexdigest() + "\n")
    return 0
