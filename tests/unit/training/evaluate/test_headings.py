"""Simulated references ask for their headings, and declared as others they are doubted."""

from __future__ import annotations

from pathlib import Path

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
