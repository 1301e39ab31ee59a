"""Pairs of scans laid over each other, with the truth of what was changed, for change networks.

    python -m training.datasets.pairs pairs --count 6000

Eight tenths come from lots: two loads of the same goods, each through two scanners at entry and
two at exit, half of them with a fraud on the way, and some scans of the one against scans of the
other (`lots`). Two tenths are single simulated scans scanned again by the re-scan model of
pictures, in half of them tampered with by its tamper model (`rescans`). `--shares` draws them
otherwise; `--rare` draws a share of the lots among what is rarely met: seen from above, in tanks,
open tops and on flat racks. The same arguments make the same samples.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from training.datasets.changes import PairSample, write_samples
from training.datasets.files import Making, add_arguments, make_files
from training.datasets.lots import lot_samples, rare_samples
from training.datasets.rescans import rescan_samples

DEFAULT_SHARES = (0.8, 0.2)
"""Of samples: of lots, re-scans."""


class Source(StrEnum):
    """What one task makes; names of files begin with it, and chance with its place here."""

    LOT = "lot"
    RESCAN = "rescan"
    RARE = "rare"


SAMPLES_EACH = {Source.LOT: 12, Source.RESCAN: 3, Source.RARE: 12}
"""Of a task whose pictures can all be used."""
_MAKERS = {Source.LOT: lot_samples, Source.RESCAN: rescan_samples, Source.RARE: rare_samples}


@dataclass(frozen=True, slots=True)
class SampleTask:
    """Which samples to make: equal tasks make equal samples."""

    index: int
    seed: int
    source: Source


def make_samples(task: SampleTask) -> tuple[PairSample, ...]:
    """Make the samples of one task; none where a picture cannot be used."""
    purpose = 6 + list(Source).index(task.source)
    generator = np.random.default_rng([task.seed & 0xFFFFFFFF, purpose, task.index])
    return _MAKERS[task.source](generator)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write samples; those that are there already are kept, so that it can be stopped."""
    parser = argparse.ArgumentParser(
        prog="python -m training.datasets.pairs",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_arguments(parser, count=12_000, of="of samples, about")
    parser.add_argument(
        "--shares",
        type=float,
        nargs=2,
        default=DEFAULT_SHARES,
        metavar=("LOTS", "RESCANS"),
        help="of the samples; default %(default)s",
    )
    parser.add_argument(
        "--rare",
        type=float,
        default=0,
        metavar="SHARE",
        help="of the lots, of what is rarely met; default %(default)s",
    )
    given = parser.parse_args(arguments)
    if not 0 <= given.rare <= 1:
        parser.error(f"--rare: expected a share of 0 to 1, not {given.rare:g}")
    lots, rescans = given.shares
    shares = {
        Source.LOT: lots * (1 - given.rare),
        Source.RESCAN: rescans,
        Source.RARE: lots * given.rare,
    }
    counts = {
        source: round(share * given.count) // SAMPLES_EACH[source]
        for source, share in shares.items()
    }
    tasks = [
        SampleTask(index, given.seed, source)
        for source, count in counts.items()
        for index in range(count)
    ]
    # All kinds throughout, so that a run cut short is of use.
    tasks.sort(key=lambda task: task.index / max(1, counts[task.source]))
    work = [(task, given.folder / f"{task.source}-{task.index:06d}.npz") for task in tasks]
    make_files(Making(make_samples, write_samples), work, folder=given.folder, jobs=given.jobs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
