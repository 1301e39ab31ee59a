"""A library that grows finds more, and a query's own lot never answers for it."""

from __future__ import annotations

import csv

import pytest

from training.evaluate.figure import Progress, Section
from training.evaluate.growth import measure_growth
from training.simulator.references import references

CARTONS, TYRES = "0207", "4011"
EACH = 11


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory) -> Section:
    """Eleven loads of each of two goods; the first cartons are filed twice as scanned again."""
    folder = tmp_path_factory.mktemp("growth")
    (folder / "goods").mkdir()
    (folder / "rescans").mkdir()
    rows = []
    for each in references(each=EACH, headings=[CARTONS, TYRES]):
        if each.hs_code:
            (folder / "goods" / each.name).write_bytes(each.picture)
            rows.append([each.name, each.hs_code, "as_declared", "no", "no", "grey"])
    with (folder / "goods" / "goods.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["file", "declared_hs4", "seen", "faulty", "reference", "render"])
        writer.writerows(rows)
    lines = ["group,file", *(f"A,../goods/{CARTONS}-{number:02d}.jpg" for number in (0, 1))]
    (folder / "rescans" / "rescans.csv").write_text("\n".join(lines) + "\n")
    return measure_growth(folder, Progress())


def test_the_curve_ends_with_all_others(section: Section) -> None:
    values = {figure.name: figure for figure in section.figures}
    end = values["heading top-1, macro, all others"]
    assert end.value > 0.9
    assert end.count == 2 * EACH
    assert 0.7 < values["heading top-1, macro, 3 standard images"].value <= end.value


def test_more_standard_images_refer_fewer_of_the_honest(section: Section) -> None:
    values = {figure.name: figure.value for figure in section.figures}
    referred = "honest goods referred where 96% of false codes are, "
    few, end = (values[referred + each] for each in ("3 standard images", "all others"))
    assert 0 <= end <= few < 0.4


def test_scans_of_one_load_do_not_answer_for_each_other(section: Section) -> None:
    left_out = {row["file"]: row["left_out"] for row in section.rows}
    assert f"{CARTONS}-01.jpg" in left_out[f"{CARTONS}-00.jpg"]
    assert f"{CARTONS}-00.jpg" in left_out[f"{CARTONS}-01.jpg"]
    # Lots are of one heading.
    assert not any(name.startswith(TYRES) for name in left_out[f"{CARTONS}-00.jpg"])
