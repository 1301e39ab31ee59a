"""Whether faults of pictures are named: clean scans spoiled in known ways, and as they are.

Where there is a list of goods, its pictures too: those a person called faulty, and the clean ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from riac.imaging import prepare
from riac.scan import Box, Fault, FaultCode, Picture, Severity
from training.evaluate.containers import DrawnScan, read_scans
from training.evaluate.figure import Figure, Progress, Section, mean_figure
from training.evaluate.goods_checking import GoodsPicture, read_goods
from training.simulator.rescan import display_jpeg

STRIDE = 4
"""Every so manieth scan is spoiled in all ways."""
SEED = 20261123
QUALITY = 95
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


Spoil = Callable[[Picture, Box, np.random.Generator], bytes]


def _encoded(picture: Picture) -> bytes:
    return display_jpeg(picture, quality=QUALITY)


def _inverted(picture: Picture, _box: Box, _generator: np.random.Generator) -> bytes:
    return _encoded(1 - picture)


def _black(picture: Picture, _box: Box, generator: np.random.Generator) -> bytes:
    return _encoded(0.01 * generator.random(picture.shape, np.float32))


def _air_only(picture: Picture, _box: Box, generator: np.random.Generator) -> bytes:
    return _encoded(1 - 0.01 * generator.random(picture.shape, np.float32))


def _opaque(picture: Picture, box: Box, _generator: np.random.Generator) -> bytes:
    spoiled = picture.copy()
    rows, columns = _inside(box)
    spoiled[rows, columns] = 0
    return _encoded(spoiled)


def _inside(box: Box) -> tuple[slice, slice]:
    x, y = 0.03 * box.width, 0.06 * box.height
    return (
        slice(round(box.y0 + y), round(box.y1 - 2 * y)),
        slice(round(box.x0 + x), round(box.x1 - x)),
    )


def _cut_file(picture: Picture, _box: Box, _generator: np.random.Generator) -> bytes:
    content = _encoded(picture)
    return content[: len(content) // 2]


def _cut_picture(picture: Picture, box: Box, _generator: np.random.Generator) -> bytes:
    return _encoded(np.ascontiguousarray(picture[:, : round((box.x0 + box.x1) / 2)]))


def _dead_rows(picture: Picture, box: Box, generator: np.random.Generator) -> bytes:
    spoiled = picture.copy()
    rows = generator.integers(round(box.y0) + 10, round(box.y1) - 10, 3)
    spoiled[rows] = 0
    return _encoded(spoiled)


def _striped(picture: Picture, _box: Box, generator: np.random.Generator) -> bytes:
    dose = generator.uniform(0.88, 1.0, (picture.shape[1],)).astype(np.float32)
    return _encoded(picture * dose[None, :])


def _banded(picture: Picture, box: Box, generator: np.random.Generator) -> bytes:
    spoiled = picture.copy()
    first = round(generator.uniform(box.x0, box.x1 - 0.1 * box.width))
    spoiled[:, first : first + round(0.08 * box.width)] *= np.float32(0.6)
    return _encoded(spoiled)


def _two_containers(picture: Picture, box: Box, _generator: np.random.Generator) -> bytes:
    """Put the container beside itself, on one trailer, with a hand's breadth between."""
    x0, x1 = max(0, round(box.x0)), round(box.x1)
    gap = np.ones((len(picture), max(6, round(0.02 * box.width))), np.float32)
    gap[round(box.y1) :] = 0.3
    return _encoded(np.hstack([picture[:, :x1], gap, picture[:, x0:]]))


WAYS: tuple[tuple[str, FaultCode, Spoil], ...] = (
    ("inverted", FaultCode.INVERTED, _inverted),
    ("black", FaultCode.BLACK, _black),
    ("air only", FaultCode.NO_CONTAINER, _air_only),
    ("opaque hold", FaultCode.SATURATED, _opaque),
    ("file cut short", FaultCode.TRUNCATED, _cut_file),
    ("picture ends within the container", FaultCode.TRUNCATED, _cut_picture),
    ("three dead rows", FaultCode.DEAD_ROWS, _dead_rows),
    ("stripes of dose", FaultCode.STRIPED, _striped),
    ("a band of low dose", FaultCode.BANDED, _banded),
    ("two containers", FaultCode.SEVERAL_CONTAINERS, _two_containers),
)


def measure_faults(folder: Path, progress: Progress) -> Section:
    """Measure the naming of faults on `scans/` of a folder laid out as the protocol says."""
    scans = [scan for scan in read_scans(folder / "scans") if len(scan.boxes) == 1]
    spoiled_scans = scans[::STRIDE]
    pictures = _pictures(folder / "goods")
    progress.begin("faults", total=len(scans) + len(spoiled_scans) * len(WAYS) + len(pictures))
    rows: list[tuple[str, Spoiled]] = []
    for scan in scans:
        rows.append(("as it is", Spoiled(scan.path.name, None, _said(scan.path))))
        progress.advance()
    for index, scan in enumerate(spoiled_scans):
        for way, one in _spoiled(scan, index):
            rows.append((way, one))
            progress.advance()
    listed: list[tuple[GoodsPicture, Spoiled]] = []
    for picture in pictures:
        listed.append((picture, Spoiled(picture.path.name, None, _said(picture.path))))
        progress.advance()
    every = rows + [("faulty" if each.faulty else "clean", one) for each, one in listed]
    return Section(
        "faults",
        (*_figures(rows), *_listed_figures(listed)),
        rows=tuple(_row(way, one) for way, one in every),
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


def _spoiled(scan: DrawnScan, index: int) -> Iterator[tuple[str, Spoiled]]:
    picture = read_scan(scan.path).primary.transmission
    for number, (way, fault, spoil) in enumerate(WAYS):
        generator = np.random.default_rng([SEED, index, number])
        content = spoil(picture, scan.boxes[0], generator)
        yield way, Spoiled(scan.path.name, fault, _said(content))


def _said(source: bytes | Path) -> tuple[Fault, ...]:
    try:
        return prepare(read_scan(source)).faults
    except ScanUnreadableError as error:
        return error.faults


def _figures(rows: Sequence[tuple[str, Spoiled]]) -> Iterator[Figure]:
    clean = [one for _, one in rows if one.fault is None]
    yield mean_figure(
        "scans as they are: nothing held up",
        [float(one.quiet) for one in clean],
        note="repaired faults apart; some of the scans do have faults",
    )
    yield mean_figure(
        "spoiled scans: named, all ways",
        [float(one.named) for _, one in rows if one.fault is not None],
        target=NAMED_TARGET,
    )
    for way, _, _ in WAYS:
        yield mean_figure(f"{way}: named", [float(one.named) for name, one in rows if name == way])


def _row(way: str, one: Spoiled) -> dict[str, Any]:
    return {
        "scan": one.scan,
        "way": way,
        "found": [f"{fault.code}: {fault.severity}" for fault in one.found],
    }
