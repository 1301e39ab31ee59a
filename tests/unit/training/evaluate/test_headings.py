"""Simulated references ask for their headings, and declared as others they are doubted."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from riac.errors import LibraryError
from training.evaluate.figure import Progress
from training.evaluate.headings import REFERENCES, measure_headings
from training.simulator.references import references


def folder_of(folder: Path, *, each: int) -> Path:
    rows = ["path,hs_code"]
    for made in references(each=each, headings=["0207", "4011"]):
        (folder / made.name).write_bytes(made.picture)
        rows.append(f"{made.name},{made.hs_code}")
    (folder / "refs.csv").write_text("\n".join(rows) + "\n")
    return folder


def test_plainly_different_goods_are_found_and_false_codes_doubted(tmp_path: Path) -> None:
    section = measure_headings(folder_of(tmp_path, each=REFERENCES + 3), Progress())
    figures = {figure.name: figure for figure in section.figures}
    assert figures["heading top-1, macro, simulated"].value == 1.0
    assert figures["heading top-1, macro, simulated"].count == 2 * (REFERENCES + 3)
    assert figures["misdeclared: AUROC against honest, simulated"].value == 1.0
    assert figures["unknown goods: AUROC against known, by their best likeness"].value == 1.0
    assert {row["heading"] for row in section.rows} == {"0207", "4011"}


def test_too_few_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="two headings or more"):
        measure_headings(folder_of(tmp_path, each=REFERENCES), Progress())


def test_a_picture_that_cannot_be_used_never_finds_its_heading(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, each=REFERENCES + 1)
    blank = np.full((300, 900), 255, np.uint8)
    cv2.imwrite(str(folder / "blank.png"), blank)
    (folder / "torn.png").write_bytes(b"no picture")
    with (folder / "refs.csv").open("a") as stream:
        stream.write("blank.png,0207\ntorn.png,4011\n")
    section = measure_headings(folder, Progress())
    figures = {figure.name: figure for figure in section.figures}
    found = figures["heading top-1, macro, simulated"]
    assert found.count == 2 * (REFERENCES + 2)
    assert found.value == pytest.approx((REFERENCES + 1) / (REFERENCES + 2))
