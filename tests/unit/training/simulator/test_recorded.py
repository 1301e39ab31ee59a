"""Traffic of recorded scans: labels hold, entries go in as they are, and none is replayed."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from riac.decision import PassageRole
from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from riac.scan import FaultCode
from serve.api.schemas import DeclarationBody, ScanMetadata
from training.simulator.recorded import (
    DECK,
    RecordedTraffic,
    read_recordings,
    recorded_references,
)
from training.simulator.scanning import Scanner, encode_jpeg, expose
from training.simulator.scenarios import Scenario
from training.simulator.trucks import Truck, build_scene

SCANNER = Scanner(size_px=(600, 240))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay phantoms out as recorded scans are: crops with a heading, one whole truck."""
    root = tmp_path_factory.mktemp("recorded")
    (root / "goods").mkdir()
    (root / "scans").mkdir()
    rows = []
    for seed, (heading, seen, reference) in enumerate(
        [
            *(("4011", "as_declared", "no"), ("5201", "as_declared", "no")),
            *(("4011", "as_declared", "yes"), ("5201", "as_declared", "yes"), ("", "empty", "yes")),
            *(("4011", "empty", "no"), ("5201", "undecided", "no"), ("4804", "as_declared", "bad")),
        ]
    ):
        exposure = expose(build_scene(Truck(heading, seed=seed)), SCANNER, seed=seed)
        levels = cv2.imdecode(np.frombuffer(encode_jpeg(exposure, SCANNER), np.uint8), 0)
        assert levels is not None
        x0, y0, x1, y1 = (round(edge) for edge in exposure.container_px.as_tuple())
        name = f"g{seed}.jpg"
        cv2.imwrite(str(root / "goods" / name), levels[y0:y1, x0:x1])
        faulty = "yes" if reference == "bad" else "no"
        chosen = "yes" if reference == "yes" else "no"
        rows.append([name, heading, seen, faulty, chosen, "grey"])
    _write(
        root / "goods" / "goods.csv",
        ["file", "declared_hs4", "seen", "faulty", "reference", "render"],
        rows,
    )
    whole = expose(build_scene(Truck("", seed=40)), SCANNER, seed=1)
    (root / "scans" / "s0.jpg").write_bytes(encode_jpeg(whole, SCANNER))
    box = " ".join(f"{edge:.0f}" for edge in whole.container_px.as_tuple())
    _write(
        root / "scans" / "scans.csv",
        ["file", "width_px", "height_px", "container_boxes_xyxy_px", "load"],
        [["s0.jpg", "600", "240", box, "empty"], ["s1.jpg", "600", "240", box, "loaded"]],
    )
    return root


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as table:
        csv.writer(table).writerows([header, *rows])


def test_faulty_and_undecided_pictures_do_not_travel(folder: Path) -> None:
    recordings = read_recordings(folder)
    assert {scan.path.name for scan in recordings.loaded} == {"g0.jpg", "g1.jpg"}
    assert {scan.path.name for scan in recordings.empty} == {"g5.jpg", "s0.jpg"}
    assert [reference.hs_code for reference in recorded_references(recordings)] == [
        "4011",
        "5201",
        "",
    ]


def test_a_folder_with_too_little_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "goods").mkdir()
    text = (folder / "goods" / "goods.csv").read_text(encoding="utf-8")
    (tmp_path / "goods" / "goods.csv").write_text("\n".join(text.splitlines()[:2]), "utf-8")
    with pytest.raises(ValueError, match="got 1, 0 and 0"):
        read_recordings(tmp_path)


@pytest.mark.parametrize("scenario", sorted(set(DECK)))
def test_what_is_sent_fits_the_contract(folder: Path, scenario: Scenario) -> None:
    traffic = RecordedTraffic(read_recordings(folder), seed=2)
    sent = traffic.consignment(scenario, number=7)
    declared = DeclarationBody.model_validate(sent.declaration)
    for passage in sent.passages:
        assert ScanMetadata.model_validate(passage.metadata).declaration_number == declared.number
        if scenario is Scenario.TRUNCATED:
            assert _is_cut_short(passage.picture)
        else:
            assert read_scan(passage.picture, name=passage.file_name).display_rendered


def _is_cut_short(picture: bytes) -> bool:
    try:
        faults = read_scan(picture).faults
    except ScanUnreadableError as error:
        faults = error.faults
    return any(fault.code is FaultCode.TRUNCATED for fault in faults)


def test_no_picture_is_sent_twice_unless_it_is_replayed(folder: Path) -> None:
    deck = [scenario for scenario in DECK if scenario is not Scenario.REPLAYED]
    traffic = RecordedTraffic(read_recordings(folder), seed=3)
    pictures = [
        passage.picture
        for sent in traffic.consignments(len(deck), deck=deck)
        for passage in sent.passages
    ]
    assert len(set(pictures)) == len(pictures)
    entry, leaving = traffic.consignment(Scenario.REPLAYED, number=99).passages
    assert entry.picture == leaving.picture
    assert leaving.role is PassageRole.EXIT


def test_an_entry_is_the_file_as_it_was_recorded(folder: Path) -> None:
    sent = RecordedTraffic(read_recordings(folder), seed=4).consignment(
        Scenario.HONEST_IMPORT, number=1
    )
    files = {path.read_bytes() for path in (folder / "goods").glob("*.jpg")}
    assert sent.passages[0].picture in files
