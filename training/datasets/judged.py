"""What pair judges conclude from, with the truth: statistics of pairs the networks judged.

    python -m training.datasets.judged judged --pairs pairs

The pairs (`training.datasets.pairs`) must be others than the networks learned on, the load network
among them: of those they are surer than they will be in service. 12,000 pairs take a quarter of an
hour on two cores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from models import ChangeEnsemble, LoadNetwork, load_change_networks, load_recogniser
from models.change_input import CHANNELS
from models.pair_statistics import DEFINITION, Statistics, pair_statistics
from training.datasets.changes import KINDS, Origin, PairSample
from training.datasets.changes import read_samples as read_pairs
from training.datasets.files import Making, make_from_files, read_arrays, write_arrays

WHOLE = 0.5
"""Share of the columns where something is seen: where goods were exchanged in more of them, the
whole load was. Few changes lie between a third and four fifths."""
ABOUT = ("changed", "whole", "visible", "origin", "definition")


@dataclass(frozen=True, slots=True)
class JudgedSample:
    """One pair."""

    statistics: Statistics
    changed: bool
    """Tampered with, or another load."""
    whole: bool
    """The whole load is another."""
    visible: bool
    """Whether what was changed can be seen in the pictures."""
    origin: str
    definition: int = DEFINITION
    """Of the statistics."""


@cache
def _networks() -> ChangeEnsemble:
    cv2.setNumThreads(1)
    return ChangeEnsemble(load_change_networks())


@cache
def _recogniser() -> LoadNetwork:
    return load_recogniser()


def judged(file: Path) -> tuple[JudgedSample, ...]:
    """Ask the networks and the recogniser about the pairs of one file."""
    return tuple(_judged(pair) for pair in read_pairs(file))


def _judged(pair: PairSample) -> JudgedSample:
    inputs = pair.inputs.astype(np.float32)
    (told,) = _networks().ask([inputs], strengths=[pair.strength])
    alike = pair.origin.startswith(Origin.LOOK_ALIKE)
    return JudgedSample(
        pair_statistics(
            inputs,
            told,
            strength=pair.strength,
            fit=pair.fit,
            likeness=_recogniser().likeness(*pair.interiors),
        ),
        changed=pair.tampered,
        whole=alike or _substituted(pair) > WHOLE,
        visible=alike or pair.visible,
        origin=pair.origin,
    )


def _substituted(pair: PairSample) -> float:
    """Return in what share of the columns where something is seen goods were exchanged."""
    seen = (pair.inputs[CHANNELS.index("visibility")] > 0).any(axis=0)
    exchanged = (pair.mask == 1 + KINDS.index("substitution")).any(axis=0)
    return float(exchanged[seen].mean()) if seen.any() else 0.0


def write_samples(path: Path, samples: Sequence[JudgedSample]) -> None:
    """Write the samples of one file of pairs."""
    write_arrays(
        path,
        [
            ({"statistics": each.statistics}, {key: getattr(each, key) for key in ABOUT})
            for each in samples
        ],
    )


def read_samples(path: Path) -> Iterator[JudgedSample]:
    """Read them.

    Raises:
        ValueError: they were made by other statistics.
    """
    for (statistics,), about in read_arrays(path, "statistics"):
        if about["definition"] != DEFINITION:
            raise ValueError(f"{path}: made by another definition of the statistics: make it anew")
        yield JudgedSample(statistics, **about)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write samples; those that are there already are kept, so that it can be stopped."""
    return make_from_files(
        Making(judged, write_samples),
        arguments,
        name="judged",
        description=__doc__,
        option="pairs",
        of="pairs",
        pattern="*-*.npz",
    )


if __name__ == "__main__":
    raise SystemExit(main())
