"""Phantoms spoiled in every way: the fault is named, and clean ones are held up by none."""

from __future__ import annotations

from pathlib import Path

from training.evaluate.faults import measure_faults
from training.evaluate.figure import Progress
from training.evaluate.spoiling import STRANGE_WAYS, WAYS


def test_faults_of_phantoms_are_named_and_none_where_there_is_none(data_folder: Path) -> None:
    section = measure_faults(data_folder, Progress())
    values = {figure.name: figure.value for figure in section.figures}
    assert values.pop("scans as they are: nothing held up") == 1.0
    assert values.pop("spoiled scans: named, all ways") == 1.0
    named = {name for name in values if name.endswith(": named")}
    assert named == {f"{way}: named" for way, _, _ in WAYS}
    assert {name for name in named if values[name] < 1.0} == set()
    assert len(section.rows) == 3 + len(WAYS) + len(STRANGE_WAYS)


def test_strange_pictures_are_abstained_from_and_others_are_not(data_folder: Path) -> None:
    """The detector is told by its word alone here: noise is beyond any bound."""
    section = measure_faults(data_folder, Progress())
    values = {figure.name: figure.value for figure in section.figures}
    assert values["scans as they are: not abstained from"] == 1.0
    assert values["noise: abstained from"] == 1.0
    assert values["clouds: abstained from"] == 1.0


def test_pictures_called_faulty_are_counted_apart_from_clean_ones(
    data_folder: Path, tmp_path: Path
) -> None:
    scans = (data_folder / "scans").resolve()
    (tmp_path / "scans").symlink_to(scans)
    (tmp_path / "goods").mkdir()
    rows = ["file,declared_hs4,seen,faulty,reference,render"]
    for name, content, faulty in (
        ("clean.jpg", (scans / "p0.jpg").read_bytes(), "no"),
        ("cut.jpg", (scans / "p0.jpg").read_bytes()[:2000], "yes"),
    ):
        (tmp_path / "goods" / name).write_bytes(content)
        rows.append(f"{name},0805,as_declared,{faulty},no,grey")
    (tmp_path / "goods" / "goods.csv").write_text("\n".join(rows) + "\n")
    section = measure_faults(tmp_path, Progress())
    values = {figure.name: (figure.value, figure.count) for figure in section.figures}
    assert values["pictures of goods called faulty: held up"] == (1.0, 1)
    assert values["clean grey pictures of goods: nothing held up"] == (1.0, 1)
