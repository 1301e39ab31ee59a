"""Boxes drawn by people against boxes found."""

from __future__ import annotations

from pathlib import Path

import pytest

from riac.scan import Box
from training.evaluate.containers import measure_containers, read_scans
from training.evaluate.figure import Progress


class Counted(Progress):
    def __init__(self) -> None:
        self.total = self.done = 0

    def begin(self, name: str, *, total: int) -> None:
        self.total = total

    def advance(self) -> None:
        self.done += 1


def test_containers_of_phantoms_are_found_and_told_of(data_folder: Path) -> None:
    progress = Counted()
    section = measure_containers(data_folder, progress)
    figures = {figure.name: figure for figure in section.figures}
    iou = figures["container box, mean IoU, one container"]
    assert iou.count == 3
    assert iou.value > 0.9
    assert iou.low <= iou.value <= iou.high
    assert (progress.done, progress.total) == (3, 3)
    assert [row["file"] for row in section.rows] == ["p0.jpg", "p1.jpg", "p2.jpg"]


def test_a_scan_that_cannot_be_read_counts_as_nothing_found(tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    (scans / "scans.csv").write_text(
        "file,width_px,height_px,container_boxes_xyxy_px,load\nbroken.jpg,9,9,0 0 5 5,loaded\n",
        encoding="utf-8",
    )
    section = measure_containers(tmp_path, Progress())
    assert section.figures[0].value == 0.0


def test_several_boxes_of_a_scan_are_read(tmp_path: Path) -> None:
    (tmp_path / "scans.csv").write_text(
        "file,width_px,height_px,container_boxes_xyxy_px,load\na.jpg,9,9,0 1 5 6;7 1 9 6,loaded\n",
        encoding="utf-8",
    )
    (scan,) = read_scans(tmp_path)
    assert scan.boxes == (Box(0, 1, 5, 6), Box(7, 1, 9, 6))


def test_a_box_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scans.csv").write_text(
        "file,width_px,height_px,container_boxes_xyxy_px,load\na.jpg,9,9,0 1 5,loaded\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match=r"a\.jpg"):
        read_scans(tmp_path)
