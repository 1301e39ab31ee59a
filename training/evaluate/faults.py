"""Whether faults of pictures are named: clean scans spoiled in known ways, and as they are.

Simulated scans that were filed with a fault of the machine beside themselves are measured by their
truth (`machine_faults`). Some scans are made so strange that no fault has a name for it: of these
the models should abstain. Where there is a list of goods, its pictures too: those a person called
faulty, and the clean ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models import load_checks
from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from riac.imaging import prepare
from riac.ports import PictureChecks
from riac.scan import Fault, FaultCode, Severity
from training.evaluate.containers import DrawnScan, read_scans
from training.evaluate.figure import Figure, Progress, Section, mean_figure
from training.evaluate.goods_checking import GoodsPicture, read_goods
from training.evaluate.machine_faults import (
    Told,
    machine_figures,
    machine_rows,
    read_machine_scans,
    told,
)
from training.evaluate.spoiling import STRANGE_WAYS, WAYS

STRIDE, MOST_SPOILED = 4, 35
"""Every so manieth scan is spoiled in all ways; no more than so many."""
SEED = 20261123
NAMED_TARGET, RECOGNISED_TARGET, QUIET_TARGET = 0.97, 0.9, 0.98


@dataclass(frozen=True, slots=True)
class Spoiled:
    """One spoiled scan, and what was said of it."""

    scan: str
    fault: FaultCode | None
    """What was done to it; None = nothing."""
    found: tuple[Fault, ...]

    @property
    def named(self) -> bool:
        """True when what was done is among what was said."""
        return any(fault.code is self.fault for fault in self.found)

    @property
    def abstained(self) -> bool:
        """True when nothing would be concluded from it."""
        return any(
            fault.code is FaultCode.UNFAMILIAR or fault.severity is Severity.FATAL
            for fault in self.found
        )

    @property
    def quiet(self) -> bool:
        """True when nothing was said that would hold the scan up."""
        return all(fault.severity is Severity.REPAIRED for fault in self.found)

    @property
    def clear(self) -> bool:
        """True when nothing was said against the picture but that it shows two containers."""
        return all(
            fault.severity is Severity.REPAIRED or fault.code is FaultCode.SEVERAL_CONTAINERS
            for fault in self.found
        )


def measure_faults(
    folder: Path, progress: Progress, *, checks: PictureChecks | None = None
) -> Section:
    """Measure the naming of faults on `scans/` of a folder laid out as the protocol says.

    Args:
        folder: holds `scans/` and perhaps `goods/`.
        progress: told of each picture.
        checks: the released ones by default.
    """
    checks = checks or load_checks()
    scans = [scan for scan in read_scans(folder / "scans") if len(scan.boxes) == 1]
    machine_scans = read_machine_scans(folder / "scans")
    spoiled_scans = scans[:: max(STRIDE, -(-len(scans) // MOST_SPOILED))]
    pictures = _pictures(folder / "goods")
    spoilings = len(spoiled_scans) * (len(WAYS) + len(STRANGE_WAYS))
    progress.begin(
        "faults", total=max(len(scans), 2 * len(machine_scans)) + spoilings + len(pictures)
    )
    rows: list[tuple[str, Spoiled]] = []
    strange: list[tuple[str, Spoiled]] = []
    of_machines: list[Told] = []
    for machine_scan in machine_scans:
        of_machines.append(told(machine_scan, lambda path: _said(path, checks)))
        progress.advance()
        progress.advance()
    for scan in scans if not machine_scans else ():
        rows.append(("as it is", Spoiled(scan.path.name, None, _said(scan.path, checks))))
        progress.advance()
    for index, scan in enumerate(spoiled_scans):
        for way, one in _spoiled(scan, index, checks):
            rows.append((way, one))
            progress.advance()
        for way, one in _made_strange(scan, index, checks):
            strange.append((way, one))
            progress.advance()
    listed: list[tuple[GoodsPicture, Spoiled]] = []
    for picture in pictures:
        listed.append((picture, Spoiled(picture.path.name, None, _said(picture.path, checks))))
        progress.advance()
    every = rows + strange + [("faulty" if each.faulty else "clean", one) for each, one in listed]
    return Section(
        "faults",
        (
            *_figures(rows),
            *_strange_figures(strange),
            *_listed_figures(listed),
            *machine_figures(of_machines),
        ),
        rows=(
            *(_row(way, one) for way, one in every),
            *(row for one in of_machines for row in machine_rows(one)),
        ),
    )


def _pictures(folder: Path) -> tuple[GoodsPicture, ...]:
    """Read the pictures of goods a person called faulty, and the clean grey ones."""
    if not (folder / "goods.csv").is_file():
        return ()
    return tuple(each for each in read_goods(folder) if each.faulty or each.render == "grey")


def _listed_figures(listed: Sequence[tuple[GoodsPicture, Spoiled]]) -> Iterator[Figure]:
    if not listed:
        return
    yield mean_figure(
        "pictures of goods called faulty: held up",
        [float(not one.quiet) for each, one in listed if each.faulty],
        target=RECOGNISED_TARGET,
    )
    yield mean_figure(
        "clean grey pictures of goods: nothing held up",
        [float(one.quiet) for each, one in listed if not each.faulty],
        target=QUIET_TARGET,
        note="repaired faults apart; two containers in one picture are held up rightly",
    )
    yield mean_figure(
        "clean grey pictures of goods: nothing wrong with the picture named",
        [float(one.clear) for each, one in listed if not each.faulty],
        note="as before, but for pictures whose only fault is to show two containers",
    )


def _spoiled(scan: DrawnScan, index: int, checks: PictureChecks) -> Iterator[tuple[str, Spoiled]]:
    picture = read_scan(scan.path).primary.transmission
    for number, (way, fault, spoil) in enumerate(WAYS):
        generator = np.random.default_rng([SEED, index, number])
        content = spoil(picture, scan.boxes[0], generator)
        yield way, Spoiled(scan.path.name, fault, _said(content, checks))


def _made_strange(
    scan: DrawnScan, index: int, checks: PictureChecks
) -> Iterator[tuple[str, Spoiled]]:
    picture = read_scan(scan.path).primary.transmission
    for number, (way, spoil) in enumerate(STRANGE_WAYS):
        generator = np.random.default_rng([SEED, index, len(WAYS) + number])
        content = spoil(picture, scan.boxes[0], generator)
        yield way, Spoiled(scan.path.name, FaultCode.UNFAMILIAR, _said(content, checks))


def _said(source: bytes | Path, checks: PictureChecks) -> tuple[Fault, ...]:
    try:
        return prepare(read_scan(source), checks=checks).faults
    except ScanUnreadableError as error:
        return error.faults


def _figures(rows: Sequence[tuple[str, Spoiled]]) -> Iterator[Figure]:
    clean = [one for _, one in rows if one.fault is None]
    if clean:
        yield mean_figure(
            "scans as they are: nothing held up",
            [float(one.quiet) for one in clean],
            note="repaired faults apart; some of the scans do have faults",
        )
        yield mean_figure(
            "scans as they are: not abstained from",
            [float(not one.abstained) for one in clean],
        )
    yield mean_figure(
        "spoiled scans: named, all ways",
        [float(one.named) for _, one in rows if one.fault is not None],
        target=NAMED_TARGET,
    )
    for way, _, _ in WAYS:
        yield mean_figure(f"{way}: named", [float(one.named) for name, one in rows if name == way])


def _strange_figures(strange: Sequence[tuple[str, Spoiled]]) -> Iterator[Figure]:
    yield mean_figure(
        "strange pictures: abstained from, all ways",
        [float(one.abstained) for _, one in strange],
        note="called unlike all that is known, or not usable",
    )
    for way, _ in STRANGE_WAYS:
        abstained = [float(one.abstained) for name, one in strange if name == way]
        yield mean_figure(f"{way}: abstained from", abstained)


def _row(way: str, one: Spoiled) -> dict[str, Any]:
    return {
        "scan": one.scan,
        "way": way,
        "found": [f"{fault.code}: {fault.severity}" for fault in one.found],
    }
