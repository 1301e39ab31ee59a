"""Simulated scans are judged by the simulator's truth: what they have is named, no more is held."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from riac.scan import Fault, FaultCode, Severity
from training.evaluate.faults import measure_faults
from training.evaluate.figure import Progress
from training.evaluate.machine_faults import (
    MachineScan,
    Told,
    machine_figures,
    read_machine_scans,
    told,
)
from training.simulator.files import Run, write_scans
from training.simulator.plans import Choice
from training.simulator.scanners.faults import ScanFault

CLEAN, SPOILED = Path("clean.jpg"), Path("spoiled.jpg")
SCAN = MachineScan(
    CLEAN, SPOILED, ScanFault.STRIPED, black_fraction=0.1, white_fraction=0.0, dose_deviation=0.004
)
OPAQUE = Fault(FaultCode.SATURATED, Severity.DOUBTFUL, "")
STRIPED = Fault(FaultCode.STRIPED, Severity.DOUBTFUL, "")
MENDED = Fault(FaultCode.DEAD_ROWS, Severity.REPAIRED, "")


@pytest.mark.parametrize(
    ("scan", "said", "quiet", "right"),
    [
        (SCAN, (), True, True),
        (SCAN, (MENDED,), True, True),
        (SCAN, (OPAQUE,), False, False),
        (replace(SCAN, black_fraction=0.7), (OPAQUE,), False, True),
        (replace(SCAN, white_fraction=0.6), (OPAQUE,), False, True),
        (replace(SCAN, black_fraction=0.7), (OPAQUE, STRIPED), False, True),
        (replace(SCAN, black_fraction=0.7), (STRIPED,), False, False),
        (replace(SCAN, dose_deviation=0.03), (STRIPED,), False, True),
    ],
)
def test_a_clean_scan_is_held_up_rightly_only_by_what_it_has(
    scan: MachineScan, said: tuple[Fault, ...], *, quiet: bool, right: bool
) -> None:
    one = told(scan, {CLEAN: said, SPOILED: ()}.__getitem__)
    assert (one.quiet, one.right, one.named) == (quiet, right, False)


def test_a_fault_of_the_machine_counts_as_named_by_its_code_alone() -> None:
    assert Told(SCAN, (), (STRIPED,)).named
    assert not Told(SCAN, (), (OPAQUE,)).named
    another = replace(SCAN, fault=ScanFault.WRONG_NORMALISATION)
    assert not Told(another, (), (STRIPED,)).named


def test_a_spoiled_scan_that_is_held_up_for_another_reason_is_recognised() -> None:
    assert Told(SCAN, (), (STRIPED,)).recognised
    assert Told(SCAN, (), (OPAQUE,)).recognised
    assert not Told(SCAN, (OPAQUE,), ()).recognised


def test_figures_count_each_way_and_every_fault() -> None:
    another = replace(SCAN, fault=ScanFault.WRONG_NORMALISATION)
    every = [Told(SCAN, (), (STRIPED,)), Told(SCAN, (OPAQUE,), ()), Told(another, (), ())]
    figures = {figure.name: (figure.value, figure.count) for figure in machine_figures(every)}
    for what in ("named", "named or held up"):
        share, count = figures[f"simulated scans, machine at fault: {what}, all ways"]
        assert share == pytest.approx(1 / 3)
        assert count == 3
    assert figures["machine at fault, striped: named"] == (0.5, 2)
    assert figures["machine at fault, wrong_normalisation: named or held up"] == (0.0, 1)
    quiet, count = figures["simulated scans as they are: nothing held up"]
    assert quiet == pytest.approx(2 / 3)
    assert count == 3
    assert list(machine_figures([])) == []


def test_simulated_scans_are_measured_with_the_others(tmp_path: Path) -> None:
    choice = Choice(headings=("4011",), scanners=("gantry-co60",), empty_share=0.0)
    write_scans(Run(tmp_path, seed=5), count=4, choice=choice, spoiled=True)
    scans = read_machine_scans(tmp_path / "scans")
    assert [scan.fault for scan in scans] == [
        ScanFault.INVERTED,
        ScanFault.SATURATED,
        ScanFault.BLACK,
        ScanFault.DEAD_ROWS,
    ]
    section = measure_faults(tmp_path, Progress())
    values = {figure.name: figure.value for figure in section.figures}
    assert values["machine at fault, inverted: named"] == 1.0
    assert values["machine at fault, black: named"] == 1.0
    assert "scans as they are: nothing held up" not in values
    assert {row["way"] for row in section.rows} >= {"simulated", "machine: dead_rows"}
