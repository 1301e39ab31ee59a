"""`riac simulate` as people use it, and what it refuses."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

import serve.cli.__main__ as command
from serve.cli.compare_rows import read_tasks
from serve.cli.simulate import register

QUICK = ("--heading", "4011", "--scanner", "gantry-co60", "--jobs", "1")


def simulated(*arguments: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["simulate", *arguments], env={"COLUMNS": "400"})


def test_scans_are_written_with_their_table(tmp_path: Path) -> None:
    result = simulated("scan", "--out", str(tmp_path), "--count", "1", "--empty", "0", *QUICK)
    assert result.exit_code == 0, result.output
    with (tmp_path / "scans" / "scans.csv").open(newline="", encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream)
    assert row["heading"] == "4011"
    assert (tmp_path / "scans" / row["file"]).is_file()


def test_pairs_are_what_compare_reads(tmp_path: Path) -> None:
    result = simulated(
        "pair", "--out", str(tmp_path), "--count", "1", "--fraud", "insertion", *QUICK
    )
    assert result.exit_code == 0, result.output
    (task,) = read_tasks(tmp_path / "pairs.csv")
    assert task.entry.is_file()
    assert task.exit_.is_file()


def test_references_are_what_the_library_reads(tmp_path: Path) -> None:
    from image_library import read_references

    result = simulated("library", "--out", str(tmp_path), "--each", "1", *QUICK)
    assert result.exit_code == 0, result.output
    read = read_references(tmp_path / "refs.csv")
    assert [reference.hs_code for reference in read] == ["", "4011"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scan", "--heading", "9999"), "heading '9999' is not modelled; the simulator packs 0202"),
        (
            ("scan", "--heading", "4011", "--container", "tank"),
            "4011 (new pneumatic tyres) does not travel in a tank container; allowed: dry",
        ),
        (("scan", "--container", "box"), "expected one of dry, reefer, tank, open_top, flat_rack"),
        (("scan", "--scanner", "toaster"), "expected one of gantry-6-4mv"),
        (("scan", "--scanner", "none.toml"), "none.toml: there is no such file"),
        (("pair", "--fraud", "magic"), "fraud: expected one of insertion, removal"),
        (("traffic", "--share", "magic=1"), "expected SCENARIO=WEIGHT with one of honest_transit"),
        (("traffic", "--share", "swap=lots"), "expected a number after swap="),
        (("traffic", "--on", "yesterday"), "Invalid isoformat string"),
        (("traffic", "--heading", "9999"), "not modelled"),
        (("scan", "--display", "hologram"), "display: expected one of record, analyst"),
    ],
)
def test_nonsense_ends_with_two_and_what_is_allowed(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = simulated(*arguments, "--out", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["scan", "pair", "library", "traffic"])
def test_help_teaches_with_examples(command: str) -> None:
    result = simulated(command, "--help")
    assert f"riac simulate {command} --out" in result.output


def test_the_installed_command_works_with_several_processes(tmp_path: Path) -> None:
    """They import the script that started them; an install puts it under another name."""
    script = tmp_path / "riac"
    shutil.copy(command.__file__, script)
    options = ("--heading", "4011", "--scanner", "gantry-co60", "--jobs", "2", "--count", "2")
    result = subprocess.run(
        [sys.executable, str(script), "simulate", "scan", "--out", str(tmp_path), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    assert len(list((tmp_path / "scans").glob("*.jpg"))) == 2
