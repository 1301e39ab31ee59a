"""Pairs made from phantoms: seeded, measured, and told apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from riac.scan import Box
from training.evaluate.baseline import baseline_change_score
from training.evaluate.figure import Progress, Section
from training.evaluate.pairs import measure_pairs
from training.evaluate.repeats import measure_repeats
from training.simulator.scanning import Scanner, encode_jpeg, expose
from training.simulator.trucks import Truck, build_scene


@pytest.fixture(scope="module")
def section(data_folder: Path) -> Section:
    return measure_pairs(data_folder, Progress(), stride=2)


def test_each_scan_gives_an_honest_and_a_tampered_pair_a_size(section: Section) -> None:
    assert len(section.rows) == 2 * 3 * 2
    assert sum(row["change"] is None for row in section.rows) == 6


def test_a_part_of_the_scans_gives_the_same_pairs(data_folder: Path, section: Section) -> None:
    fewer = measure_pairs(data_folder, Progress(), stride=3, baseline=False)
    keys = ("scan", "size_mm", "change", "grey_levels", "change_score", "mirrored")
    first = [{key: row[key] for key in keys} for row in section.rows if row["scan"] == "p0.jpg"]
    assert [{key: row[key] for key in keys} for row in fewer.rows] == first


def test_visible_changes_score_above_honest_pairs(section: Section) -> None:
    honest = [row["change_score"] for row in section.rows if row["change"] is None]
    large = [
        row["change_score"] for row in section.rows if row["visible"] and row["size_mm"] == 600
    ]
    assert large
    assert min(large) > max(honest)


def test_the_baseline_runs_beside_on_its_share_of_the_scans(section: Section) -> None:
    measured = {row["scan"] for row in section.rows if row["baseline_score"] is not None}
    assert measured == {"p0.jpg"}
    assert any("SIFT baseline" in figure.name for figure in section.figures)


def test_the_baseline_sees_no_change_in_a_copy_and_all_in_noise() -> None:
    exposure = expose(build_scene(Truck("4011", seed=1)), Scanner(pitch_mm=(12.0, 8.0)), seed=1)
    picture, box = exposure.transmissions[0], exposure.container_px
    noise = np.random.default_rng(1).random(picture.shape, np.float32)
    assert baseline_change_score(picture, picture, container=box) < 1
    assert baseline_change_score(picture, noise, container=box) > 100
    blank = np.ones_like(picture)
    assert baseline_change_score(blank, blank, container=Box(0, 0, 9, 9)) == 255


def test_repeats_match_and_look_alikes_do_not(tmp_path: Path) -> None:
    goods, rescans = tmp_path / "goods", tmp_path / "rescans"
    goods.mkdir()
    rescans.mkdir()
    for name, seed, pass_seed in (("a", 1, 1), ("b", 1, 2), ("c", 5, 3)):
        truck = Truck("4011", seed=seed)
        scanner = Scanner(pitch_mm=(12.0, 8.0), gamma=0.6)
        exposure = expose(build_scene(truck), scanner, seed=pass_seed)
        (goods / f"{name}.jpg").write_bytes(encode_jpeg(exposure, scanner))
    (goods / "goods.csv").write_text(
        "file,declared_hs4,seen,faulty,reference,render\n"
        + "".join(f"{name}.jpg,4011,as_declared,no,no,grey\n" for name in "abc"),
        encoding="utf-8",
    )
    (rescans / "rescans.csv").write_text(
        "group,file\nR1,../goods/a.jpg\nR1,../goods/b.jpg\n", encoding="utf-8"
    )
    measured = measure_repeats(tmp_path, Progress())
    values = {figure.name: (figure.value, figure.count) for figure in measured.figures}
    assert values["true repeats matched"] == (1.0, 1)
    assert values["look-alikes of the same heading not matched"] == (1.0, 2)
