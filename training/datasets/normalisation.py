"""Simulated scans with and without a wrong normalisation to air, as the checker sees them.

    python -m training.datasets.normalisation normalisation --count 1500

Each scan is filed some times, each time for another display, as it is and with another part of
the beam hidden while air was measured. The same arguments make the same samples.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.row_steps import RowSteps, row_steps
from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from riac.imaging.quality import assess
from riac.scan import Picture, Severity
from training.datasets.files import Making, add_arguments, make_files, read_arrays, write_arrays
from training.simulator.faulty import file_spoiled
from training.simulator.pictures import FiledPicture, file_exposure
from training.simulator.plans import Choice, draw_load, draw_profile
from training.simulator.production import Filing, draw_display
from training.simulator.scanners.faults import ScanFault, passing_in_air
from training.simulator.scanners.profile import ScannerProfile
from training.simulator.scanners.style import Family
from training.simulator.scanning import Exposure, scan
from training.simulator.trucks import build_scene

FILED = 3
"""Times that a scan is filed, each with and without the fault."""
MEASURED_SHARE = 0.2
ANY_DISPLAY_SHARE = 0.3
EMPTY_SHARE = 0.2
COARSER = (1.0, 2.2)
"""Picture elements against the scanners' own."""
SEEN = 0.01
"""Mean difference of a row's transmission from which a wrong gain shows in it."""
LEAST_ROWS = 3
"""With fewer that show it, nobody could tell."""


@dataclass(frozen=True, slots=True)
class NormalisationSample:
    """One picture."""

    steps: RowSteps
    stepped: NDArray[np.float32]
    """(H,) the step of the gain into each row, logarithm, 0 where none shows."""
    wrong: bool
    scanner: str


@dataclass(frozen=True, slots=True)
class NormalisationTask:
    """Which samples to make: equal tasks make equal samples."""

    index: int
    seed: int


def make_samples(task: NormalisationTask) -> tuple[NormalisationSample, ...]:
    """Make the samples of one scan."""
    generator = np.random.default_rng([task.seed & 0xFFFFFFFF, 12, task.index])
    choice = Choice(empty_share=EMPTY_SHARE, coarser=float(generator.uniform(*COARSER)))
    seed = int(generator.integers(1 << 31))
    load = draw_load(choice, seed=seed, generator=generator)
    profile = draw_profile(choice, generator=generator)
    exposure = scan(build_scene(load.truck), profile, generator=generator, scanner_seed=seed)
    return tuple(
        sample for _ in range(FILED) for sample in _with_and_without(exposure, profile, generator)
    )


def _with_and_without(
    exposure: Exposure, profile: ScannerProfile, generator: np.random.Generator
) -> Iterator[NormalisationSample]:
    chance = int(generator.integers(1 << 31))
    rows = exposure.transmissions[0].shape[0]
    gain = -np.log(passing_in_air(rows, np.random.default_rng(chance)))
    style = draw_display(exposure, profile, _drawn_filing(generator), generator)
    as_it_is = file_exposure(exposure, style, profile=profile)
    wrong = file_spoiled(
        exposure,
        ScanFault.WRONG_NORMALISATION,
        style=style,
        profile=profile,
        generator=np.random.default_rng(chance),
    )
    clean, spoiled = _seen(as_it_is), _seen(wrong)
    if clean is None:
        return
    none = np.zeros(len(clean), np.float32)
    yield NormalisationSample(row_steps(clean), none, wrong=False, scanner=profile.name)
    if spoiled is None or clean.shape != spoiled.shape:
        return
    shows = np.abs(spoiled - clean).mean(axis=1) > SEEN
    if int(shows.sum()) < LEAST_ROWS:
        return
    filed = gain[_rows_filed(as_it_is, rows)]
    step = np.diff(filed, prepend=filed[:1])
    seen_beside = shows | np.roll(shows, 1)
    stepped = np.where(seen_beside, step, 0).astype(np.float32)
    yield NormalisationSample(row_steps(spoiled), stepped, wrong=True, scanner=profile.name)


def _rows_filed(picture: FiledPicture, rows: int) -> NDArray[np.intp]:
    """Return (H,) of which row of the scan each row of the file is, beside the scan the last."""
    every = np.tile(np.arange(1, rows + 1)[:, None], (1, 2))
    low, high = (
        picture.labels(part.astype(np.uint8)).max(axis=1).astype(np.intp)
        for part in (every % 256, every // 256)
    )
    return np.asarray((low + 256 * high - 1) % rows, np.intp)


def _drawn_filing(generator: np.random.Generator) -> Filing:
    if generator.random() < MEASURED_SHARE:
        return Filing(rendered=False)
    return Filing(family=None if generator.random() < ANY_DISPLAY_SHARE else Family.RECORD)


def _seen(picture: FiledPicture) -> Picture | None:
    """Return a picture as the service sees it, read and repaired; None where it is useless."""
    try:
        read = read_scan(picture.content)
    except ScanUnreadableError:
        return None
    assessed = assess(read.primary, display_rendered=read.display_rendered)
    if any(fault.severity is Severity.FATAL for fault in assessed.faults):
        return None
    return assessed.view.transmission


def write_samples(path: Path, samples: Sequence[NormalisationSample]) -> None:
    """Write the samples of one task."""
    write_arrays(
        path,
        [
            (
                {
                    "steps": np.rint(each.steps * 255).astype(np.uint8),
                    "stepped": each.stepped,
                },
                {"wrong": each.wrong, "scanner": each.scanner},
            )
            for each in samples
        ],
    )


def read_samples(path: Path) -> Iterator[NormalisationSample]:
    """Read the samples of one task."""
    for (steps, stepped), about in read_arrays(path, "steps", "stepped"):
        yield NormalisationSample(steps.astype(np.float32) / np.float32(255), stepped, **about)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write samples; those that are there already are kept, so that it can be stopped."""
    parser = argparse.ArgumentParser(
        prog="python -m training.datasets.normalisation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_arguments(parser, count=1500, of="of scans")
    given = parser.parse_args(arguments)
    work = [
        (NormalisationTask(index, given.seed), given.folder / f"scan-{index:06d}.npz")
        for index in range(given.count)
    ]
    make_files(Making(make_samples, write_samples), work, folder=given.folder, jobs=given.jobs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
