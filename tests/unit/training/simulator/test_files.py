"""Folders hold what their tables say, and the same bytes however many processes wrote them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from riac.formats import read_scan
from riac.scan import Box, intersection_over_union
from training.simulator.faulty import MACHINE_FAULTS, unseen_fractions
from training.simulator.files import Run, write_library, write_pairs, write_scans
from training.simulator.fraud import FraudKind
from training.simulator.plans import Choice
from training.simulator.production import Filing
from training.simulator.scanners.style import DisplayStyle, Family
from training.simulator.scanning import Scanner, expose
from training.simulator.trucks import Truck, build_scene

QUICK = Choice(headings=("4011", "0901"), scanners=("gantry-co60",), empty_share=0.0)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_one_process_and_two_write_the_same_bytes(tmp_path: Path) -> None:
    for jobs in (1, 2):
        write_scans(Run(tmp_path / str(jobs), seed=5, jobs=jobs), count=3, choice=QUICK)
    one, two = (_bytes(tmp_path / str(jobs)) for jobs in (1, 2))
    assert len(one) == 4
    assert one == two


def test_another_seed_writes_other_scans(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_scans(Run(tmp_path / str(seed), seed=seed), count=1, choice=QUICK)
    one, two = (_bytes(tmp_path / str(seed)) for seed in (1, 2))
    assert one["scans/s000000.jpg"] != two["scans/s000000.jpg"]


def test_the_table_of_scans_says_what_the_pictures_show(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    run = Run(tmp_path, seed=3, progress=lambda done, count: told.append((done, count)))
    filing = Filing(family=Family.SCREENSHOT)
    write_scans(run, count=2, choice=QUICK, filing=filing)
    assert told == [(1, 2), (2, 2)]
    rows = _rows(tmp_path / "scans" / "scans.csv")
    assert len(rows) == 2
    for row in rows:
        picture = cv2.imread(str(tmp_path / "scans" / row["file"]))
        assert picture is not None
        assert picture.shape[:2] == (int(row["height_px"]), int(row["width_px"]))
        x0, y0, x1, y1 = map(int, row["container_boxes_xyxy_px"].split())
        assert 0 <= x0 < x1 <= picture.shape[1]
        assert 0 <= y0 < y1 <= picture.shape[0]
        assert row["load"] == "loaded"
        assert row["heading"] in QUICK.headings
        assert int(row["cargo_kg"]) > 100


def test_measured_values_open_as_such(tmp_path: Path) -> None:
    choice = Choice(headings=("4011",), scanners=("gantry-6-4mv",), empty_share=0.0)
    write_scans(Run(tmp_path, seed=4), count=1, choice=choice, filing=Filing(rendered=False))
    (row,) = _rows(tmp_path / "scans" / "scans.csv")
    path = tmp_path / "scans" / row["file"]
    scan = read_scan(path.read_bytes(), name=path.name)
    assert len(scan.primary.planes) == 2
    assert not scan.display_rendered


def test_a_shared_container_comes_with_labels_that_add_up(tmp_path: Path) -> None:
    choice = Choice(headings=("4011", "5201", "4804"), scanners=("gantry-co60",), empty_share=0,
                    items=3)  # fmt: skip
    write_scans(Run(tmp_path, seed=6), count=1, choice=choice)
    (row,) = _rows(tmp_path / "scans" / "scans.csv")
    assert set(row["heading"].split()) == set(choice.headings)
    labels = cv2.imread(str(tmp_path / "scans" / row["labels"]), cv2.IMREAD_GRAYSCALE)
    assert labels is not None
    assert labels.shape == (int(row["height_px"]), int(row["width_px"]))
    shares = [float(each) for each in row["item_fractions"].split()]
    assert sum(shares) == pytest.approx(1, abs=1e-3)
    for item, share in enumerate(shares, start=1):
        assert np.mean(labels[labels > 0] == item) == pytest.approx(share, abs=0.02)


def test_pairs_carry_the_truth_of_what_was_done(tmp_path: Path) -> None:
    write_pairs(
        Run(tmp_path, seed=2), count=2, tampered=1.0, kinds=[FraudKind.FALSE_WALL], choice=QUICK
    )
    rows = _rows(tmp_path / "pairs.csv")
    assert [row["pair_id"] for row in rows] == ["p000000", "p000001"]
    for row in rows:
        truth = json.loads((tmp_path / "truth" / f"{row['pair_id']}.json").read_text())
        (fraud,) = truth["frauds"]
        assert fraud["kind"] == "false_wall"
        assert fraud["factor"] == "structure"
        assert truth["tampered"]
        assert truth["mass_change_kg"] == fraud["mass_change_kg"] != 0
        for role in ("entry", "exit"):
            assert (tmp_path / row[role]).is_file()
            seen = truth[role]
            mask = cv2.imread(str(tmp_path / "truth" / seen["mask"]), cv2.IMREAD_GRAYSCALE)
            assert mask is not None
            assert mask.shape == (seen["height_px"], seen["width_px"])
            assert mask.any()
            x0, _, x1, _ = seen["container_box_px"]
            assert np.flatnonzero(mask.any(axis=0)).min() >= x0 - 1
            assert np.flatnonzero(mask.any(axis=0)).max() <= x1 + 1
            around = Box(*map(float, cv2.boundingRect(mask)))
            around = Box(around.x0, around.y0, around.x0 + around.x1, around.y0 + around.y1)
            best = max(intersection_over_union(around, Box(*b)) for b in seen["boxes_px"])
            assert best > 0.5


def test_honest_pairs_have_no_fraud_and_no_mask(tmp_path: Path) -> None:
    write_pairs(Run(tmp_path, seed=2), count=1, tampered=0.0, choice=QUICK)
    truth = json.loads((tmp_path / "truth" / "p000000.json").read_text())
    assert not truth["tampered"]
    assert truth["frauds"] == truth["entry"]["boxes_px"] == []
    assert list((tmp_path / "truth").glob("*.png")) == []


def test_both_scanners_of_a_pair_can_be_of_one_class(tmp_path: Path) -> None:
    choice = replace(QUICK, scanners=("gantry-co60", "mobile-6mv", "portal-6mv", "van-450kv"))
    write_pairs(Run(tmp_path, seed=2), count=4, tampered=0.0, same_class=1.0, choice=choice)
    truths = [json.loads(path.read_text()) for path in (tmp_path / "truth").glob("*.json")]
    assert len(truths) == 4
    assert all(truth["entry"]["scanner"] == truth["exit"]["scanner"] for truth in truths)


def test_references_name_their_code_and_empty_ones_none(tmp_path: Path) -> None:
    write_library(Run(tmp_path, seed=1), each=1, choice=QUICK)
    rows = _rows(tmp_path / "refs.csv")
    assert sorted(row["hs_code"] for row in rows) == ["", "0901", "4011"]
    assert all((tmp_path / row["path"]).is_file() for row in rows)


def test_scans_are_filed_a_second_time_with_a_fault_and_the_first_stays_as_it_was(
    tmp_path: Path,
) -> None:
    for name, spoiled in (("plain", False), ("spoiled", True)):
        write_scans(Run(tmp_path / name, seed=5), count=9, choice=QUICK, spoiled=spoiled)
    plain, both = (_bytes(tmp_path / name / "scans") for name in ("plain", "spoiled"))
    rows = _rows(tmp_path / "spoiled" / "scans" / "scans.csv")
    assert {row["fault"] for row in rows} == {str(fault) for fault in MACHINE_FAULTS}
    for row in rows:
        assert both[row["file"]] == plain[row["file"]]
        assert both[row["spoiled"]] != plain[row["file"]]
        assert 0 <= float(row["black_fraction"]) <= 1
        assert float(row["dose_deviation"]) == 0.0  # an isotope's dose is even


def test_what_a_display_hides_of_a_hold_is_told_by_its_window() -> None:
    truck = Truck("4011", seed=1)
    exposure = expose(build_scene(truck), Scanner(pitch_mm=(14.0, 10.0)), seed=1)
    black, white = unseen_fractions(exposure, DisplayStyle(black=0.0, white=1.2))
    assert white == 0.0
    assert unseen_fractions(exposure, DisplayStyle(black=0.3, white=1.2))[0] > black
    whites = [
        unseen_fractions(exposure, DisplayStyle(black=0.0, white=white))[1] for white in (0.2, 0.3)
    ]
    assert whites[0] > whites[1] > 0
