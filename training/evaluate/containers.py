"""How well containers are found: `scans/scans.csv`, boxes drawn by people."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models import load_edges
from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.ports import EdgeReader
from riac.scan import Box, intersection_over_union
from training.evaluate.figure import Figure, Progress, Section, WorstCase, mean_figure

IOU_TARGET = 0.965
WORST_SHOWN = 12
GOOD_IOU, CLOSE_IOU, CLOSE_TARGET = 0.8, 0.9, 0.98
"""A container counts as found when its box overlaps the drawn one by so much."""

_DRAWN, _FOUND = (80, 200, 80), (60, 60, 230)


@dataclass(frozen=True, slots=True)
class DrawnScan:
    """One row of `scans.csv`."""

    path: Path
    boxes: tuple[Box, ...]
    load: str


@dataclass(frozen=True, slots=True)
class LocatedScan:
    """What was found in one of them."""

    drawn: DrawnScan
    found: tuple[Box, ...]
    ious: tuple[float, ...]
    """Of each drawn box with the best found one."""
    framed_ious: tuple[float, ...]
    """The same of the boxes comparison and check work in, whose edges no network read."""
    prepared: PreparedScan | None

    @property
    def mean_iou(self) -> float:
        """Over the drawn boxes."""
        return float(np.mean(self.ious))


def read_scans(folder: Path) -> tuple[DrawnScan, ...]:
    """Read `scans.csv` of a folder.

    Raises:
        FileNotFoundError: it is not there.
        ValueError: a row is not what the protocol says.
    """
    with (folder / "scans.csv").open(newline="", encoding="utf-8-sig") as rows:
        return tuple(_drawn(folder, row) for row in csv.DictReader(rows))


def _drawn(folder: Path, row: dict[str, str]) -> DrawnScan:
    boxes = [each.split() for each in row["container_boxes_xyxy_px"].split(";") if each.strip()]
    if not boxes or any(len(each) != 4 for each in boxes):
        raise ValueError(f"{row['file']}: expected boxes as 'x0 y0 x1 y1', ';' between several")
    return DrawnScan(
        path=folder / row["file"],
        boxes=tuple(Box(*(float(number) for number in each)) for each in boxes),
        load=row.get("load", ""),
    )


def measure_containers(folder: Path, progress: Progress) -> Section:
    """Measure container finding on `scans/` of a folder laid out as the protocol says."""
    scans = read_scans(folder / "scans")
    located = list(_located(scans, load_edges(), progress))
    single = [one for one in located if len(one.drawn.boxes) == 1]
    several = [one for one in located if len(one.drawn.boxes) > 1]
    worst = sorted(single, key=lambda one: one.mean_iou)[:WORST_SHOWN]
    return Section(
        "containers",
        tuple(_figures(single, several)),
        rows=tuple(_row(one) for one in located),
        worst=tuple(_worst(one) for one in worst),
    )


def _located(
    scans: tuple[DrawnScan, ...], edges: EdgeReader, progress: Progress
) -> Iterator[LocatedScan]:
    progress.begin("containers", total=len(scans))
    for scan in scans:
        prepared = _prepared(scan.path, edges)
        found, framed = _boxes(prepared), _boxes(_prepared(scan.path, None))
        ious, framed_ious = (_ious(scan.boxes, boxes) for boxes in (found, framed))
        yield LocatedScan(scan, found, ious, framed_ious, prepared)
        progress.advance()


def _prepared(path: Path, edges: EdgeReader | None) -> PreparedScan | None:
    try:
        return prepare(read_scan(path, name=path.name), edges=edges)
    except ScanUnreadableError:
        return None


def _boxes(prepared: PreparedScan | None) -> tuple[Box, ...]:
    return () if prepared is None else tuple(one.box_px for one in prepared.containers)


def _ious(drawn: Sequence[Box], found: Sequence[Box]) -> tuple[float, ...]:
    return tuple(
        max((intersection_over_union(box, other) for other in found), default=0.0) for box in drawn
    )


def _figures(single: list[LocatedScan], several: list[LocatedScan]) -> Iterator[Figure]:
    yield mean_figure(
        "container box, mean IoU, one container",
        [one.mean_iou for one in single],
        target=IOU_TARGET,
        note="as `riac locate` places them",
    )
    yield mean_figure(
        "the same, as compared and checked",
        [float(np.mean(one.framed_ious)) for one in single],
        note="comparison and check do not ask the network for edges",
    )
    yield mean_figure(
        f"found with IoU {CLOSE_IOU} or more, one container",
        [float(one.mean_iou >= CLOSE_IOU) for one in single],
        target=CLOSE_TARGET,
    )
    yield mean_figure(
        f"found with IoU {GOOD_IOU} or more, one container",
        [float(one.mean_iou >= GOOD_IOU) for one in single],
    )
    yield mean_figure(
        "taken for one container, one container", [float(len(one.found) == 1) for one in single]
    )
    if several:
        yield mean_figure(
            "container box, mean IoU, several containers", [one.mean_iou for one in several]
        )
        yield mean_figure(
            "taken for several, several containers", [float(len(one.found) > 1) for one in several]
        )


def _row(one: LocatedScan) -> dict[str, Any]:
    return {
        "file": one.drawn.path.name,
        "drawn": [box.as_tuple() for box in one.drawn.boxes],
        "found": [box.as_tuple() for box in one.found],
        "iou": list(one.ious),
        "faults": [str(fault.code) for fault in one.prepared.faults] if one.prepared else [],
    }


def _worst(one: LocatedScan) -> WorstCase:
    return WorstCase(
        name=one.drawn.path.name,
        score=one.mean_iou,
        detail=f"IoU {one.mean_iou:.3f}; green drawn, red found",
        picture=_shown(one),
    )


def _shown(one: LocatedScan) -> NDArray[np.uint8]:
    if one.prepared is None:
        return np.zeros((64, 64, 3), np.uint8)
    grey = (one.prepared.scan.primary.transmission * 255).astype(np.uint8)
    picture = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    for boxes, colour in ((one.drawn.boxes, _DRAWN), (one.found, _FOUND)):
        for box in boxes:
            x0, y0, x1, y1 = (round(edge) for edge in box.as_tuple())
            cv2.rectangle(picture, (x0, y0), (x1, y1), colour, 3)
    scale = min(1.0, 900 / picture.shape[1])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)
