"""Loads of every heading as two scanners saw them, cut to the interior, for embedders of goods.

    python -m training.datasets.goods goods --count 5500

Every load is made once and scanned twice: entry and exit of an honest journey between scanners
drawn apart, so that an embedder can learn what a scanner changes and goods do not. Pictures are
filed in all the ways scanners file them and go the way of every scan (reading, preparing,
cutting), failures included. Headings follow each other, so that a run cut short has all of them.
Some three loads a second on two cores; the same seed makes the same samples.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.preprocessing import ModelInput, to_model_input
from riac.formats import read_scan
from riac.imaging import prepare
from riac.interior import interior_of
from riac.scan import Picture
from training.datasets.files import (
    Making,
    add_arguments,
    make_files,
    read_arrays,
    write_arrays,
)
from training.simulator.goods.catalogue import GOODS
from training.simulator.plans import Choice
from training.simulator.production import Filing, PairTask, make_pair

STORED = ModelInput()
"""Samples are kept as the hand-made measures look at them; networks shrink them further."""
COARSER = (1.8, 2.6)
"""Picture elements against the scanners' own: a container still has some 220 rows."""
MEASURED_SHARE = 0.2
"""Of loads, filed as measured values in 16 bit."""
EMPTY = ""
"""The heading of an empty container."""
UNSEEN_COUNT, UNSEEN_SEED = 20, 4
KEPT = ("0202", "0207", "0805", "0901", "1202", "1701", "2304", "4011", "5201")
"""Never left out: the headings of which real scans are at hand, in which figures on real scans
would otherwise be figures of two questions at once."""


@dataclass(frozen=True, slots=True)
class GoodsSample:
    """One interior."""

    attenuation: Picture
    """(STORED.rows, columns) float32, 0 (as the walls) to 1 (black)."""
    heading: str
    """Four digits; `EMPTY` of an empty container."""
    load: str
    """Samples of one name show one load."""
    scanner: str


@dataclass(frozen=True, slots=True)
class LoadTask:
    """Which load to make: equal tasks make equal samples."""

    index: int
    seed: int


def headings() -> tuple[str, ...]:
    """Return all that can be packed, and the empty container."""
    return (EMPTY, *sorted(GOODS))


def turn_of(file: Path) -> int:
    """Return which turn of all headings a file of loads, or of what is seen of one, belongs to."""
    return int(file.stem.rsplit("-", 1)[1]) // len(headings())


def unseen_headings() -> tuple[str, ...]:
    """Return the headings that training leaves out, to ask how well new goods are told apart.

    Drawn by chance, with a seed that never changes, from all but `KEPT`.
    """
    others = [each for each in sorted(GOODS) if each not in KEPT]
    drawn = np.random.default_rng(UNSEEN_SEED).choice(len(others), UNSEEN_COUNT, replace=False)
    return tuple(others[index] for index in sorted(drawn.tolist()))


def make_samples(task: LoadTask) -> tuple[GoodsSample, ...]:
    """Make the samples of one load: two, or fewer where a picture cannot be used."""
    generator = np.random.default_rng([task.seed & 0xFFFFFFFF, 8, task.index])
    heading = headings()[task.index % len(headings())]
    choice = Choice(
        headings=(heading,) if heading else (),
        empty_share=0.0 if heading else 1.0,
        coarser=float(generator.uniform(*COARSER)),
    )
    rendered = bool(generator.random() >= MEASURED_SHARE)
    made = make_pair(PairTask(task.index, task.seed, choice, Filing(rendered, family=None)))
    truth = json.loads(made.files[f"{made.row['pair_id']}.json"])
    samples = []
    for role in ("entry", "exit"):
        attenuation = interior_input(made.files[made.row[role]])
        if attenuation is not None:
            name = f"{task.seed}-{task.index}"
            samples.append(GoodsSample(attenuation, heading, name, truth[role]["scanner"]))
    return tuple(samples)


def interior_input(content: bytes) -> Picture | None:
    """Cut the interior out of a scan's bytes; None where no container can be used.

    Raises:
        ScanUnreadableError: it is no scan.
    """
    prepared = prepare(read_scan(content))
    if not prepared.usable:
        return None
    return to_model_input(interior_of(prepared).transmission, specification=STORED)


def write_samples(path: Path, samples: Sequence[GoodsSample]) -> None:
    """Write the samples of one load."""
    write_arrays(
        path,
        [
            (
                {"attenuation": np.rint(each.attenuation * 255).astype(np.uint8)},
                {"heading": each.heading, "load": each.load, "scanner": each.scanner},
            )
            for each in samples
        ],
    )


def read_samples(path: Path) -> Iterator[GoodsSample]:
    """Read the samples of one load."""
    for (plane,), about in read_arrays(path, "attenuation"):
        yield GoodsSample(plane.astype(np.float32) / np.float32(255), **about)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write samples; those that are there already are kept, so that it can be stopped."""
    parser = argparse.ArgumentParser(
        prog="python -m training.datasets.goods",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_arguments(parser, count=5500, of="of loads")
    given = parser.parse_args(arguments)
    tasks = [LoadTask(index, given.seed) for index in range(given.count)]
    work = [(task, given.folder / f"load-{task.index:06d}.npz") for task in tasks]
    make_files(Making(make_samples, write_samples), work, folder=given.folder, jobs=given.jobs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
