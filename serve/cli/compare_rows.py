"""What `riac compare` reads and writes: rows of PAIRS.csv in, JSON Lines out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer

from riac.compare import compare
from riac.errors import ScanUnreadableError
from riac.finding import Comparison, ComparisonVerdict, Factor
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.ports import ChangeDetector, PictureChecks
from riac.scan import Box, Fault
from riac.threads import at_once

COLUMNS = ("pair_id", "entry", "exit")


@dataclass(frozen=True, slots=True)
class PairTask:
    """One pair to compare."""

    pair_id: str | None
    entry: Path
    exit_: Path


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """A pair, what was read of it, and what came out."""

    entry: PreparedScan | None
    exit_: PreparedScan | None
    comparison: Comparison


def read_tasks(path: Path) -> tuple[PairTask, ...]:
    """Read a CSV with the columns `pair_id,entry,exit`; paths are relative to it.

    Raises:
        typer.BadParameter: the file cannot be read or a column is missing.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise typer.BadParameter(
                    f"{path}: expected the columns {','.join(COLUMNS)}; missing {','.join(missing)}"
                )
            return tuple(_task(row, path.parent) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise typer.BadParameter(f"{path}: {error}") from error


def _task(row: dict[str, Any], folder: Path) -> PairTask:
    # A short row leaves its cells empty; an empty name is a missing file, not wrong use.
    return PairTask(row["pair_id"], folder / (row["entry"] or ""), folder / (row["exit"] or ""))


def compare_files(
    task: PairTask,
    *,
    detector: ChangeDetector | None = None,
    checks: PictureChecks | None = None,
) -> ComparedPair:
    """Read, prepare and compare a pair; what cannot be read ends as `unreadable`.

    Raises:
        ModelError: a detector cannot be run.
    """
    (entry, entry_faults), (exit_, exit_faults) = at_once(
        lambda path: _prepared(path, checks), task.entry, task.exit_
    )
    faults = entry_faults + exit_faults
    if entry is None or exit_ is None:
        unreadable = ComparisonVerdict.UNREADABLE
        return ComparedPair(
            entry, exit_, Comparison(unreadable, None, None, None, None, faults=faults)
        )
    found = compare(entry, exit_, detector=detector)
    return ComparedPair(entry, exit_, replace(found, faults=faults))


def _prepared(
    path: Path, checks: PictureChecks | None
) -> tuple[PreparedScan | None, tuple[Fault, ...]]:
    try:
        prepared = prepare(read_scan(path), checks=checks)
    except ScanUnreadableError as error:
        return None, _named(error.faults, path)
    return prepared, _named(prepared.faults, path)


def _named(faults: Sequence[Fault], path: Path) -> tuple[Fault, ...]:
    return tuple(replace(fault, file=path.name) for fault in faults)


def comparison_row(
    pair_id: str | None, comparison: Comparison, *, seconds: float
) -> dict[str, Any]:
    """Return the JSON object of one comparison."""
    return {
        "pair_id": pair_id,
        "verdict": comparison.verdict.value,
        "same_score": _rounded(comparison.same_score),
        "same_probability": _rounded(comparison.same_probability),
        "visible_fraction": _rounded(comparison.visible_fraction),
        "mirrored": comparison.mirrored,
        "factors": {factor.value: _factor_row(comparison, factor) for factor in Factor},
        "regions": [
            {
                "factor": region.factor.value,
                "score": _rounded(region.score),
                "view": region.view,
                "entry_box_px": _box_row(region.entry_box_px),
                "exit_box_px": _box_row(region.exit_box_px),
                "mass_change_kg": _rounded(region.mass_change_kg),
            }
            for region in comparison.regions
        ],
        "faults": [
            {
                "code": fault.code.value,
                "file": fault.file,
                "severity": fault.severity.value,
                "detail": fault.detail,
            }
            for fault in comparison.faults
        ],
        "seconds": round(seconds, 4),
    }


def _factor_row(comparison: Comparison, factor: Factor) -> dict[str, Any]:
    # Unreadable: nothing was scored, and nothing was found.
    found = comparison.factors.get(factor)
    return {
        "score": _rounded(found.score) if found else None,
        "finding": bool(found and found.finding),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _box_row(box: Box | None) -> list[float] | None:
    return None if box is None else [round(edge, 1) for edge in box.as_tuple()]
