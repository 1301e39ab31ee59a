"""`riac locate` as a person and as a program use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import pytest
import typer
from typer.testing import CliRunner, Result

from riac.scan import Box, intersection_over_union
from serve.cli.locate import register
from training.simulator.scanning import Scanner, encode_tiff, expose
from training.simulator.trucks import Truck, build_scene


@pytest.fixture(scope="module")
def truck(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Box]:
    exposure = expose(build_scene(Truck("0805", seed=1)), Scanner(pitch_mm=(12.0, 8.0)), seed=1)
    path = tmp_path_factory.mktemp("scans") / "truck.tif"
    path.write_bytes(encode_tiff(exposure))
    return path, exposure.container_px


def located(*arguments: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["locate", *arguments])


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_list_of_scans_gives_a_line_each_in_its_order(truck: tuple[Path, Box]) -> None:
    path, true_box = truck
    table = path.parent / "scans.csv"
    (path.parent / "noise.png").write_bytes(b"no picture")
    table.write_text("scan_id,path\na,truck.tif\nb,absent.tif\nc,noise.png\n", encoding="utf-8")
    result = located("--scans", str(table))
    assert result.exit_code == 0
    first, absent, noise = rows(result)
    assert list(first) == ["scan_id", "containers", "faults", "seconds"]
    (container,) = first["containers"]
    assert list(container) == ["box_px", "quad_px", "view", "score"]
    assert intersection_over_union(Box(*container["box_px"]), true_box) > 0.9
    assert [row["scan_id"] for row in (absent, noise)] == ["b", "c"]
    for row in (absent, noise):
        assert row["verdict"] == "unreadable"
        assert row["containers"] == []
        assert row["faults"][0]["code"] == "unreadable"
        assert row["faults"][0]["severity"] == "fatal"


def test_a_scan_is_shown_and_drawn(truck: tuple[Path, Box], tmp_path: Path) -> None:
    result = located(str(truck[0]), "--pictures", str(tmp_path / "drawn"))
    assert result.exit_code == 0
    assert "container" in result.stdout
    (drawn,) = (tmp_path / "drawn").iterdir()
    assert cv2.imread(str(drawn)) is not None


@pytest.mark.parametrize(
    "arguments", [(), ("a.tif", "--scans", "b.csv"), ("--scans", "absent.csv")]
)
def test_wrong_use_ends_with_status_2(arguments: tuple[str, ...]) -> None:
    result = located(*arguments)
    assert result.exit_code == 2
    assert "riac locate" in result.stderr
