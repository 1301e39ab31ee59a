"""Which sections run, what a missed target is, and what a report holds."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from training.evaluate.figure import Figure, Section, WorstCase
from training.evaluate.plots import roc_points
from training.evaluate.protocol import Evaluation, evaluate, is_missed
from training.evaluate.report import as_json, table_row, write_report

FIGURE = Figure("found", 0.8, 0.7, 0.9, 10, target=0.9)
UNMEASURED = Figure("lost", math.nan, math.nan, math.nan, 0, target=0.5)
PICTURE = np.zeros((8, 8, 3), np.uint8)


def evaluation(*figures: Figure) -> Evaluation:
    section = Section(
        "pairs",
        figures,
        rows=({"pair": "a", "score": math.nan},),
        curves={"30 cm": ([0.9, 0.8], [0.1, 0.85])},
        worst=(WorstCase("s1", 0.3, "shift <5 px>", PICTURE),),
    )
    return Evaluation(Path(), (section,), ("goods",))


def test_only_what_the_folder_has_is_measured(data_folder: Path) -> None:
    done: list[str] = []
    measured = evaluate(data_folder, on_section=lambda section: done.append(section.name))
    assert "containers" in done
    assert [section.name for section in measured.sections] == done
    assert "goods" in measured.left_out


@pytest.mark.parametrize(
    ("only", "expected"), [("goods", r"goods/goods\.csv"), ("colours", "got colours")]
)
def test_what_cannot_be_measured_is_named(data_folder: Path, only: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        evaluate(data_folder, only=[only])


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"scans/scans\.csv"):
        evaluate(tmp_path)


def test_a_target_is_missed_below_it_and_when_nothing_was_measured() -> None:
    assert is_missed(FIGURE)
    assert is_missed(UNMEASURED)
    assert not is_missed(Figure("found", 0.9, 0.7, 0.9, 10, target=0.9))
    assert not is_missed(Figure("found", 0.1, 0.0, 0.2, 10))
    assert evaluation(FIGURE, UNMEASURED).missed == (FIGURE, UNMEASURED)


def test_a_figure_is_shown_with_its_interval_and_target() -> None:
    assert table_row(FIGURE) == ("found", "0.800", "0.700 - 0.900", "10", "0.900", "MISSED")
    assert table_row(UNMEASURED)[1:3] == ("-", "- - -")


def test_the_json_has_every_row_and_no_nan() -> None:
    document = as_json(evaluation(FIGURE, UNMEASURED))
    assert document["protocol"] == "rescan-1"
    assert document["sections"][0]["rows"] == [{"pair": "a", "score": None}]
    assert document["sections"][0]["figures"][1]["value"] is None
    json.dumps(document, allow_nan=False)


def test_the_page_shows_figures_curves_and_worst_cases(tmp_path: Path) -> None:
    page = write_report(evaluation(FIGURE), tmp_path).read_text(encoding="utf-8")
    assert 'class="missed"' in page
    assert "shift &lt;5 px&gt;" in page
    assert (tmp_path / "pairs-roc.png").stat().st_size > 1000
    assert (tmp_path / "pairs-worst-00.png").exists()
    assert json.loads((tmp_path / "evaluation.json").read_text())["left_out"] == ["goods"]


def test_a_roc_curve_runs_from_nothing_to_everything() -> None:
    false, true = roc_points([0.9, 0.8], [0.1, 0.85])
    assert (false[0], true[0]) == (0.0, 0.0)
    assert (false[-1], true[-1]) == (1.0, 1.0)
    assert np.all(np.diff(false) >= 0)
    assert np.all(np.diff(true) >= 0)
