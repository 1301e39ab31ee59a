"""The command measures two folders and refuses bad ones; the tables hold every figure."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from tests.unit.training.realism.phantoms import empty, loaded
from training.realism.__main__ import main
from training.realism.explanation import Cue, Explanation
from training.realism.report import appearance_table, explanation_table


def _folder(path: Path, *, noise: float, first_seed: int) -> Path:
    path.mkdir()
    rows = ["file,container_boxes_xyxy_px,load"]
    drawn = [empty(seed=first_seed + i, noise=noise) for i in range(5)]
    drawn += [loaded(seed=first_seed + i) for i in range(5)]
    for index, container in enumerate(drawn):
        cv2.imwrite(str(path / f"{index}.png"), container.picture)
        box = " ".join(str(edge) for edge in container.box)
        rows.append(f"{index}.png,{box},{'loaded' if container.loaded else 'empty'}")
    (path / "scans.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_folders_are_measured_and_printed_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real = _folder(tmp_path / "real", noise=2, first_seed=0)
    simulated = _folder(tmp_path / "simulated", noise=4, first_seed=20)
    given = ["--real", str(real), "--simulated", str(simulated), "--quick", "--explain", "--json"]
    assert main(given) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["appearance"]["empty"]["noise, wall"]["KS"] == 1
    assert found["distances"]["empty"]["aspect, KS"] == 0
    assert found["explanation"]["places"]["empty"] > 0.9
    assert found["classifier"] == {}


def test_the_widest_apart_is_printed_first() -> None:
    near = {"real": 1.0, "simulated": 1.0, "IQR real": 0.0, "IQR simulated": 0.0, "KS": 0.0}
    printed = appearance_table({"near": near, "far": {**near, "KS": 1.0}}, title="empty")
    assert [line.split()[0] for line in printed.splitlines()] == ["empty", "far", "near"]


def test_an_explanation_is_printed_whole() -> None:
    found = Explanation(
        (Cue("mean", 0.9, 0.8, 0.7, 10.0, 20.0),), {"levels": 0.91}, {"mean": 0.92}, {"ends": 0.93}
    )
    printed = explanation_table(found)
    for number in ("0.900", "0.800", "0.700", "20.000", "0.910", "0.920", "0.930"):
        assert number in printed


def test_a_folder_without_a_table_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--real", str(tmp_path), "--simulated", str(tmp_path)]) == 2
    assert "scans.csv" in capsys.readouterr().err
