"""`riac compare` as a person and as a program use it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from serve.cli.compare import register
from training.simulator.scanning import Scanner, encode_tiff, expose
from training.simulator.trucks import Tampering, TamperingKind, Truck, build_scene

COLUMNS = [
    "pair_id",
    "verdict",
    "same_score",
    "same_probability",
    "visible_fraction",
    "mirrored",
    "factors",
    "regions",
    "faults",
    "seconds",
]
FACTORS = ["volume", "density", "structure", "substitution"]
INSERTION = Tampering(TamperingKind.INSERTION, (0.5, 0.9), (600.0, 400.0))


def write(path: Path, truck: Truck, *, mirrored: bool, seed: int) -> None:
    scanner = Scanner(pitch_mm=(12.0, 8.0), mirrored=mirrored)
    path.write_bytes(encode_tiff(expose(build_scene(truck), scanner, seed=seed)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scans")
    write(folder / "entry.tif", Truck("0805", seed=2, with_cab=True), mirrored=False, seed=1)
    write(folder / "exit.tif", Truck("0805", seed=2, with_cab=True), mirrored=True, seed=2)
    changed = Truck("0805", seed=2, with_cab=True, tampering=(INSERTION,))
    write(folder / "changed.tif", changed, mirrored=False, seed=3)
    (folder / "noise.png").write_bytes(b"no picture")
    return folder


def compared(*arguments: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["compare", *arguments])


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_list_of_pairs_gives_a_line_each_in_its_order(folder: Path) -> None:
    table = folder / "pairs.csv"
    table.write_text(
        "pair_id,entry,exit\n"
        "same,entry.tif,exit.tif\n"
        "put in,entry.tif,changed.tif\n"
        f"twice,entry.tif,{folder / 'entry.tif'}\n"
        "absent,entry.tif,absent.tif\n"
        "noise,noise.png,exit.tif\n",
        encoding="utf-8",
    )
    result = compared("--pairs", str(table))
    assert result.exit_code == 0
    found = rows(result)
    assert [row["pair_id"] for row in found] == ["same", "put in", "twice", "absent", "noise"]
    assert all(list(row) == COLUMNS for row in found)
    assert all(list(row["factors"]) == FACTORS for row in found)
    same, put_in, twice, absent, noise = found
    assert (same["verdict"], same["mirrored"], same["regions"]) == ("match", True, [])
    assert put_in["verdict"] == "mismatch"
    assert put_in["same_score"] < 0.5 < same["same_score"] <= 1
    assert any(factor["finding"] for factor in put_in["factors"].values())
    assert list(put_in["regions"][0]) == [
        "factor",
        "score",
        "view",
        "entry_box_px",
        "exit_box_px",
        "mass_change_kg",
    ]
    assert twice["verdict"] == "inconclusive"
    for row, file in ((absent, "absent.tif"), (noise, "noise.png")):
        assert row["verdict"] == "unreadable"
        assert row["same_score"] is None
        fault = row["faults"][0]
        assert list(fault) == ["code", "file", "severity", "detail"]
        assert (fault["code"], fault["file"], fault["severity"]) == ("unreadable", file, "fatal")


def test_one_pair_gives_one_row_without_an_identifier(folder: Path) -> None:
    result = compared(str(folder / "entry.tif"), str(folder / "exit.tif"), "--json")
    assert result.exit_code == 0
    (row,) = rows(result)
    assert row["pair_id"] is None
    assert row["verdict"] == "match"
    assert row["same_probability"] is None


def test_one_pair_is_shown_with_its_factors(folder: Path) -> None:
    result = compared(str(folder / "entry.tif"), str(folder / "changed.tif"))
    assert result.exit_code == 0
    assert "Verdict: mismatch" in result.stdout
    assert all(name in result.stdout for name in FACTORS)


def test_a_report_holds_both_pictures_and_loads_nothing(folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "pair.html"
    arguments = [str(folder / "entry.tif"), str(folder / "changed.tif")]
    assert compared(*arguments, "--report", str(report)).exit_code == 0
    page = report.read_text(encoding="utf-8")
    sources = re.findall(r'(?:href|src)="([^"]{0,22})', page)
    assert sources == ["data:image/png;base64,"] * 2
    assert "Verdict: mismatch" in page
    assert page.count("<rect") >= 2


def test_a_report_of_an_unreadable_scan_names_the_fault(folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "pair.html"
    arguments = [str(folder / "entry.tif"), str(folder / "noise.png")]
    assert compared(*arguments, "--report", str(report)).exit_code == 0
    page = report.read_text(encoding="utf-8")
    assert "Verdict: unreadable" in page
    assert "unreadable in noise.png" in page


@pytest.mark.parametrize(
    "arguments",
    [(), ("a.tif",), ("a.tif", "b.tif", "--pairs", "c.csv"), ("--pairs", "absent.csv")],
)
def test_wrong_use_ends_with_status_2(arguments: tuple[str, ...]) -> None:
    assert compared(*arguments).exit_code == 2


def test_a_list_without_its_columns_is_wrong_use(tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    table.write_text("pair_id,entry\na,b\n", encoding="utf-8")
    result = compared("--pairs", str(table))
    assert result.exit_code == 2
    assert "exit" in result.output
