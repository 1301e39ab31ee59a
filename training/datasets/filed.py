"""Pairs of scans that `riac simulate pair` wrote, laid over each other: as fine as sites file them.

    riac simulate pair --out lots --count 1200 --tampered 0.4 --same-class 0.5 --seed 43
    python -m training.datasets.filed fine --lots lots

`training.datasets.pairs` makes many pairs of scans with coarser elements, for networks that find
changes. What else is known of a pair weighs less against what these say than it should there: they
are surer than they will be in service. So a judge learns from pairs of both kinds. A lot is one
file: its pair, and if it is honest its entry with the exit of another of the same goods.
Some six lots a second on two cores.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from training.datasets.changes import (
    Origin,
    PairSample,
    laid,
    laid_over,
    prepared,
    to_sample,
    write_samples,
)
from training.datasets.files import Making, make_files
from training.datasets.lots import KIND_OF, look_alike
from training.evaluate.journeys import LOOK_ALIKE, Lot, look_alikes, read_lots
from training.simulator.fraud import FraudKind
from training.simulator.parallel import cores


def make_samples(pairs: Sequence[Lot]) -> tuple[PairSample, ...]:
    """Make the samples of pairs with one entry; none where a picture cannot be used."""
    return tuple(sample for lot in pairs if (sample := _sample(lot)) is not None)


def _sample(lot: Lot) -> PairSample | None:
    entry, exit_ = (prepared(path.read_bytes(), edges=None) for path in (lot.entry, lot.exit_))
    if entry is None or exit_ is None:
        return None
    overlay = laid(entry, exit_)
    scanners = " ".join(lot.scanners)
    if lot.frauds == (LOOK_ALIKE,):
        return look_alike(overlay, origin=f"{Origin.LOOK_ALIKE} {scanners}")
    kind = next((KIND_OF[each] for each in map(FraudKind, lot.frauds) if each in KIND_OF), "")
    changed = None
    if kind and lot.mask is not None:
        mask = cv2.imread(str(lot.mask), cv2.IMREAD_GRAYSCALE)
        assert mask is not None
        changed = laid_over(np.asarray(mask) > 0, overlay)
    return to_sample(overlay, changed, kind=kind, origin=f"{Origin.JOURNEY} {scanners}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write samples; those that are there already are kept, so that it can be stopped."""
    parser = argparse.ArgumentParser(
        prog="python -m training.datasets.filed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="where to write *.npz")
    parser.add_argument("--lots", type=Path, required=True, help="what `riac simulate pair` wrote")
    parser.add_argument("--jobs", type=int, default=cores(), help="processes")
    given = parser.parse_args(arguments)
    lots = read_lots(given.lots)
    others = {each.entry: each for each in look_alikes([lot for lot in lots if lot.honest])}
    work = []
    for number, lot in enumerate(lots):
        alike = others.get(lot.entry)
        pairs = (lot,) if alike is None else (lot, alike)
        work.append((pairs, given.folder / f"filed-{number:06d}.npz"))
    make_files(Making(make_samples, write_samples), work, folder=given.folder, jobs=given.jobs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
