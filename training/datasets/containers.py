"""Simulated scans with the true box of their container, and what is found without a network.

    python -m training.datasets.containers containers --count 2000

All kinds of containers, the rare ones more often than they travel; filed in all the ways scanners
file. Each goes the way of every scan (reading, repairing, finding), so that a network that mends
what was found sees what is found in service. Some two a second on two cores; the same arguments
make the same samples.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import Quad
from riac.scan import Box, intersection_over_union
from training.datasets.files import (
    Making,
    add_arguments,
    make_files,
    read_arrays,
    write_arrays,
)
from training.simulator.plans import Choice
from training.simulator.production import Filing, Made, ScanTask, make_scan
from training.simulator.scanners.style import Family
from training.simulator.scene.containers import ContainerKind

KIND_SHARE = 0.4
"""Of scans, of a kind of container drawn evenly; the others as goods travel, mostly dry."""
EMPTY_SHARE = 0.3
MEASURED_SHARE = 0.15
"""Filed as measured values in 16 bit."""
ANY_DISPLAY_SHARE = 0.35
"""Of the others, displayed in any way; the rest as scanners file by themselves."""
COARSER = (1.5, 2.2)
"""Picture elements against the scanners' own: a container still has some 300 rows."""
MOST_ROWS, MOST_COLUMNS = 480, 1600
"""Of the pictures kept."""
LEAST_OVERLAP = 0.5
"""What is found and overlaps the true box less is another thing."""


@dataclass(frozen=True, slots=True)
class ContainerSample:
    """One scan; places in pixels of its picture."""

    picture: NDArray[np.uint8]
    """(rows, columns), transmission in 255 levels, repaired as it is in service."""
    box: Box
    """Around the container, as it truly stands."""
    found: Quad | None
    """Without a network; None where nothing is found there."""
    kind: str
    """Of the container, and its length."""
    scanner: str


@dataclass(frozen=True, slots=True)
class ContainerTask:
    """Which sample to make: equal tasks make equal samples."""

    index: int
    seed: int
    coarser: tuple[float, float] = COARSER


def scan_task(task: ContainerTask) -> ScanTask:
    """Draw what is scanned, and as what it is filed."""
    generator = np.random.default_rng([task.seed & 0xFFFFFFFF, 9, task.index])
    kinds = tuple(ContainerKind)
    drawn = generator.random() < KIND_SHARE
    choice = Choice(
        container=kinds[int(generator.integers(len(kinds)))] if drawn else None,
        empty_share=EMPTY_SHARE,
        coarser=float(generator.uniform(*task.coarser)),
    )
    family = None if generator.random() < ANY_DISPLAY_SHARE else Family.RECORD
    rendered = bool(generator.random() >= MEASURED_SHARE)
    return ScanTask(task.index, task.seed, choice, Filing(rendered, family))


def make_samples(task: ContainerTask) -> tuple[ContainerSample, ...]:
    """Make the sample of one task; none where the picture cannot be used."""
    return sample_of(make_scan(scan_task(task)))


def sample_of(made: Made) -> tuple[ContainerSample, ...]:
    """Return the sample of one simulated scan; none where its picture cannot be used."""
    content = made.files[made.row["file"]]
    prepared = prepare(read_scan(content))
    if any(fault.severity == "fatal" and fault.code != "no_container" for fault in prepared.faults):
        return ()
    transmission = prepared.scan.primary.transmission
    height, width = transmission.shape
    size = (min(width, MOST_COLUMNS), min(height, MOST_ROWS))
    small = cv2.resize(transmission, size, interpolation=cv2.INTER_AREA)
    scale = np.array([size[0] / width, size[1] / height])
    truth = [float(edge) for edge in made.row["container_boxes_xyxy_px"].split()]
    box = Box(*truth)
    near = [
        one
        for one in prepared.containers
        if intersection_over_union(one.box_px, box) >= LEAST_OVERLAP and not one.whole_picture
    ]
    best = max(near, key=lambda one: intersection_over_union(one.box_px, box), default=None)
    return (
        ContainerSample(
            np.rint(np.clip(small, 0, 1) * 255).astype(np.uint8),
            Box(*(np.array(truth) * np.tile(scale, 2)).tolist()),
            None if best is None else best.quad_px * scale,
            str(made.row["container"]),
            str(made.row["scanner"]),
        ),
    )


def write_samples(path: Path, samples: Sequence[ContainerSample]) -> None:
    """Write the samples of one task."""
    write_arrays(
        path,
        [
            (
                {
                    "picture": each.picture,
                    "box": np.array(each.box.as_tuple()),
                    "found": np.empty((0, 2)) if each.found is None else each.found,
                },
                {"kind": each.kind, "scanner": each.scanner},
            )
            for each in samples
        ],
    )


def read_samples(path: Path) -> Iterator[ContainerSample]:
    """Read the samples of one task."""
    for (picture, box, found), about in read_arrays(path, "picture", "box", "found"):
        quad = found if len(found) else None
        yield ContainerSample(picture, Box(*box.tolist()), quad, **about)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write samples; those that are there already are kept, so that it can be stopped."""
    parser = argparse.ArgumentParser(
        prog="python -m training.datasets.containers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_arguments(parser, count=2000, of="of scans")
    parser.add_argument("--first", type=int, default=0, help="number of the first scan")
    parser.add_argument(
        "--coarser",
        type=float,
        nargs=2,
        default=COARSER,
        metavar=("LEAST", "MOST"),
        help="picture elements against the scanners' own; default %(default)s",
    )
    given = parser.parse_args(arguments)
    coarser = (given.coarser[0], given.coarser[1])
    work = [
        (ContainerTask(index, given.seed, coarser), given.folder / f"scan-{index:06d}.npz")
        for index in range(given.first, given.first + given.count)
    ]
    make_files(Making(make_samples, write_samples), work, folder=given.folder, jobs=given.jobs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
