"""`riac library` and `riac check` as a person uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import pytest
import typer
from typer.testing import CliRunner

from serve.cli import check, library
from training.simulator.references import references

HEADINGS = ["0207", "4804"]
CHECK_FIELDS = [
    "scan_id",
    "verdict",
    "consistent_score",
    "consistent_probability",
    "empty_score",
    "declared",
    "candidates",
    "unexplained_fraction",
    "regions",
    "faults",
    "seconds",
]
"""Of one row, in this order: the contract of the command."""


def _run(*arguments: str | Path) -> tuple[int, str, str]:
    app = typer.Typer()
    check.register(app)
    library.register(app)
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    return result.exit_code, result.stdout, result.stderr


def _rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four pictures of each heading and of empty containers; a list of the first three."""
    folder = tmp_path_factory.mktemp("pictures")
    lines = ["path,hs_code"]
    for each in references(each=4, headings=HEADINGS):
        (folder / each.name).write_bytes(each.picture)
        if not each.name.endswith("-03.jpg"):
            lines.append(f"{each.name},{each.hs_code}")
    (folder / "refs.csv").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture(scope="module")
def built(pictures: Path) -> Path:
    folder = pictures / "library"
    status, text, _ = _run("library", "build", folder, "--from", pictures / "refs.csv")
    assert status == 0
    assert text.startswith("9 standard images, snapshot ")
    return folder


def test_stats_count_by_code_and_name_the_snapshot(built: Path) -> None:
    status, text, _ = _run("library", "stats", built, "--json")
    counted = json.loads(text)
    assert status == 0
    assert counted["codes"] == {"": 3, "0207": 3, "4804": 3}
    snapshot = (built / "current").read_text()
    assert counted["digest"].startswith(snapshot)
    assert (built / "snapshots" / snapshot / "manifest.json").is_file()


def test_a_scan_finds_its_like_and_a_sheet_is_drawn(built: Path, pictures: Path) -> None:
    sheet = pictures / "sheet.png"
    scan = pictures / "4804-03.jpg"
    options = ("--limit", "3", "--json", "--out", sheet)
    status, text, _ = _run("library", "search", built, scan, *options)
    rows = _rows(text)
    assert status == 0
    assert [row["hs"] for row in rows[:2]] == ["4804"] * 2
    assert len(rows) == 3
    assert rows == sorted(rows, key=lambda row: -row["similarity"])
    drawn = cv2.imread(str(sheet), cv2.IMREAD_GRAYSCALE)
    assert drawn is not None
    # Three rows of pictures with captions: the scan, two like it, one more.
    assert drawn.shape[0] == 3 * (160 + 22 + 6)


def test_adding_the_same_pictures_again_changes_nothing(pictures: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.csv"
    few.write_text(f"path,hs_code\n{pictures / '0207-00.jpg'},0207\n")
    more = tmp_path / "more.csv"
    more.write_text(f"path,hs_code\n{pictures / '4804-00.jpg'},4804\n")
    folder = tmp_path / "library"
    first = _run("library", "build", folder, "--from", few)[1]
    assert _run("library", "add", folder, "--from", few)[1] == first
    assert _run("library", "renew", folder)[1] == first
    status, text, _ = _run("library", "add", folder, "--from", more)
    assert (status, text.split()[0]) == (0, "2")
    assert len(list((folder / "snapshots").iterdir())) == 2


def test_a_single_snapshot_is_neither_added_to_nor_renewed(built: Path, pictures: Path) -> None:
    snapshot = built / "snapshots" / (built / "current").read_text()
    for command in (("add", snapshot, "--from", pictures / "refs.csv"), ("renew", snapshot)):
        status, _, errors = _run("library", *command)
        assert status == 1
        assert "never changes" in errors


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("gone.jpg,0207", "bad.csv, line 2"),
        ("refs.csv,0207", "bad.csv, line 2"),
        ("0207-00.jpg,9999", "bad.csv, line 2"),
        (",0207", "expected a path"),
    ],
)
def test_an_unusable_reference_is_named_and_nothing_is_built(
    pictures: Path, line: str, told: str, tmp_path: Path
) -> None:
    listed = pictures / "bad.csv"
    listed.write_text(f"path,hs_code\n{line}\n")
    status, _, errors = _run("library", "build", tmp_path / "new", "--from", listed)
    assert status == 1
    assert told in errors
    assert list(tmp_path.iterdir()) == []


def test_every_row_of_the_list_is_answered_in_its_order(built: Path, pictures: Path) -> None:
    listed = pictures / "scans.csv"
    listed.write_text(
        "scan_id,path,declared\n"
        "honest,4804-03.jpg,480442\n"
        "false,4804-03.jpg,0207\n"
        "hidden,empty-03.jpg,0207 4804\n"
        "vacant,empty-03.jpg,\n"
        "thin,4804-03.jpg,5201\n"
        "gone,gone.jpg,0207\n"
    )
    status, text, _ = _run("check", "--scans", listed, "--library", built)
    rows = _rows(text)
    assert status == 0
    assert all(list(row) == CHECK_FIELDS for row in rows)
    assert {row["scan_id"]: row["verdict"] for row in rows} == {
        "honest": "consistent",
        "false": "inconsistent",
        "hidden": "empty",
        "vacant": "consistent",
        "thin": "library_too_thin",
        "gone": "unreadable",
    }
    honest, false = rows[:2]
    assert honest["declared"][0]["hs"] == "480442"
    assert honest["declared"][0]["references"] == 3
    assert honest["candidates"][0]["hs"] == "4804"
    assert honest["unexplained_fraction"] == 0.0
    assert honest["consistent_probability"] is None
    assert false["regions"][0]["best"][0]["hs"] == "4804"
    assert set(false["regions"][0]) == {"box_px", "view", "best"}
    assert rows[-1]["faults"][0]["code"] == "unreadable"


def test_without_a_library_empty_or_loaded_is_told(pictures: Path) -> None:
    status, text, _ = _run("check", pictures / "empty-03.jpg", "--declared-empty", "--json")
    assert status == 0
    assert _rows(text)[0]["verdict"] == "consistent"
    loaded = _run("check", pictures / "4804-03.jpg", "--declared", "4804", "--json")[1]
    assert _rows(loaded)[0]["verdict"] == "library_too_thin"
    assert _rows(loaded)[0]["empty_score"] < 0.5


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["4804-03.jpg"],
        ["4804-03.jpg", "--declared", "999999"],
        ["4804-03.jpg", "--declared", "4804", "--declared-empty"],
        ["4804-03.jpg", "--declared", "4804", "--library", "nowhere"],
        ["--scans", "refs.csv"],
        ["4804-03.jpg", "--scans", "refs.csv"],
    ],
)
def test_wrong_use_is_explained_with_status_2(
    pictures: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pictures)
    status, text, errors = _run("check", *arguments)
    assert (status, text) == (2, "")
    assert errors.startswith("riac check: ")
