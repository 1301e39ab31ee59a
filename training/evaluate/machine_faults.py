"""Whether faults of the machine are named on simulated scans, whose truth is known.

`riac simulate scan --spoiled` files each scan twice, as it is and with a fault of the machine, and
writes what a picture truly hides: a load that nothing passes through is held up rightly.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riac.imaging.dose import LEAST_STRIPE
from riac.imaging.quality import MOST_BURNT_FRACTION, MOST_OPAQUE_FRACTION
from riac.scan import Fault, FaultCode, Severity
from training.evaluate.figure import Figure, mean_figure
from training.simulator.scanners.faults import CODES, ScanFault

RECOGNISED_TARGET, QUIET_TARGET = 0.97, 0.99
TOLERANCE = 0.05
"""Of the hold: the found container is not the drawn one to a pixel, so a share just below a bound
is measured just above it."""

Say = Callable[[Path], tuple[Fault, ...]]
"""Reads a file and tells what is wrong with it."""


@dataclass(frozen=True, slots=True)
class MachineScan:
    """A simulated scan as it is and with a fault, and what is true of it as it is."""

    clean: Path
    spoiled: Path
    fault: ScanFault
    black_fraction: float
    white_fraction: float
    """Of the hold, that the picture shows as plain black and plain white."""
    dose_deviation: float
    """From pulse to pulse, relative, of the scanner without a fault."""

    def has(self, code: FaultCode) -> bool:
        """Say whether the scan has this fault though nothing was done to it."""
        if code is FaultCode.SATURATED:
            black, white = MOST_OPAQUE_FRACTION - TOLERANCE, MOST_BURNT_FRACTION - TOLERANCE
            return self.black_fraction > black or self.white_fraction > white
        return code is FaultCode.STRIPED and self.dose_deviation > LEAST_STRIPE


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of both files of a scan."""

    scan: MachineScan
    of_clean: tuple[Fault, ...]
    of_spoiled: tuple[Fault, ...]

    @property
    def quiet(self) -> bool:
        """True when nothing was said that holds the clean scan up."""
        return not self._holding()

    @property
    def right(self) -> bool:
        """True when it is not held up, or by a fault that it has; others may come with that."""
        return self.quiet or any(self.scan.has(fault.code) for fault in self._holding())

    @property
    def named(self) -> bool:
        """True when the fault put in is among what was said."""
        return any(fault.code is CODES[self.scan.fault] for fault in self.of_spoiled)

    @property
    def recognised(self) -> bool:
        """True when the fault is named, or the spoiled scan held up for another reason."""
        return self.named or any(
            fault.severity is not Severity.REPAIRED for fault in self.of_spoiled
        )

    def _holding(self) -> list[Fault]:
        return [fault for fault in self.of_clean if fault.severity is not Severity.REPAIRED]


def read_machine_scans(folder: Path) -> tuple[MachineScan, ...]:
    """Read those of `scans.csv` that were filed a second time; none where no column says so."""
    with (folder / "scans.csv").open(newline="", encoding="utf-8-sig") as rows:
        return tuple(
            MachineScan(
                clean=folder / row["file"],
                spoiled=folder / row["spoiled"],
                fault=ScanFault(row["fault"]),
                black_fraction=float(row["black_fraction"]),
                white_fraction=float(row["white_fraction"]),
                dose_deviation=float(row["dose_deviation"]),
            )
            for row in csv.DictReader(rows)
            if row.get("spoiled")
        )


def told(scan: MachineScan, say: Say) -> Told:
    """Hear what is said of both files."""
    return Told(scan, say(scan.clean), say(scan.spoiled))


def machine_figures(every: Sequence[Told]) -> Iterator[Figure]:
    """Return the figures of simulated scans; none where there are no such scans."""
    if not every:
        return
    yield mean_figure(
        "simulated scans as they are: not held up wrongly",
        [float(one.right) for one in every],
        target=QUIET_TARGET,
        note="a hold that is black or white by the simulator's truth is held up rightly",
    )
    yield mean_figure(
        "simulated scans as they are: nothing held up", [float(one.quiet) for one in every]
    )
    yield mean_figure(
        "simulated scans, machine at fault: named, all ways",
        [float(one.named) for one in every],
        target=RECOGNISED_TARGET,
    )
    yield mean_figure(
        "simulated scans, machine at fault: named or held up, all ways",
        [float(one.recognised) for one in every],
        target=RECOGNISED_TARGET,
    )
    for fault in ScanFault:
        of_it = [one for one in every if one.scan.fault is fault]
        if of_it:
            named = [float(one.named) for one in of_it]
            yield mean_figure(f"machine at fault, {fault}: named", named)
            recognised = [float(one.recognised) for one in of_it]
            yield mean_figure(f"machine at fault, {fault}: named or held up", recognised)


def machine_rows(one: Told) -> Iterator[dict[str, Any]]:
    """Return one row for each of the two files."""
    for way, path, found in (
        ("simulated", one.scan.clean, one.of_clean),
        (f"machine: {one.scan.fault}", one.scan.spoiled, one.of_spoiled),
    ):
        said = [f"{fault.code}: {fault.severity}: {fault.detail}" for fault in found]
        yield {
            "scan": path.name,
            "way": way,
            "found": said,
            "black_fraction": one.scan.black_fraction,
            "white_fraction": one.scan.white_fraction,
            "dose_deviation": one.scan.dose_deviation,
        }
