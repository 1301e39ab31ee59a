"""`riac evaluate` as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from serve.cli.evaluate import register

LIST = "file,width_px,height_px,container_boxes_xyxy_px,load\nbroken.jpg,9,9,0 0 5 5,loaded\n"


def command() -> typer.Typer:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return app


def folder_with_one_broken_scan(folder: Path) -> Path:
    (folder / "scans").mkdir()
    (folder / "scans" / "broken.jpg").write_bytes(b"no picture")
    (folder / "scans" / "scans.csv").write_text(LIST, encoding="utf-8")
    return folder


def evaluated(folder: Path, *options: str) -> tuple[int, str]:
    arguments = ["evaluate", "--data", str(folder), "--only", "containers", *options]
    result = CliRunner().invoke(command(), arguments)
    return result.exit_code, result.stdout


def test_a_missed_target_is_told_and_fails_only_when_asked_to(tmp_path: Path) -> None:
    folder = folder_with_one_broken_scan(tmp_path)
    status, text = evaluated(folder)
    assert status == 0
    assert "Missed: container box, mean IoU, one container: 0.000, wanted 0.9" in text
    assert evaluated(folder, "--strict")[0] == 1


def test_json_goes_to_standard_output_alone(tmp_path: Path) -> None:
    status, text = evaluated(folder_with_one_broken_scan(tmp_path), "--json")
    assert status == 0
    assert json.loads(text)["sections"][0]["name"] == "containers"


def test_a_folder_that_is_not_laid_out_right_is_wrong_use(tmp_path: Path) -> None:
    result = CliRunner().invoke(command(), ["evaluate", "--data", str(tmp_path)])
    assert result.exit_code == 2
    assert "scans/scans.csv" in result.stderr
