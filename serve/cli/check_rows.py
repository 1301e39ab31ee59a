"""What `riac check` reads and writes: rows of SCANS.csv in, JSON Lines out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riac.errors import InvalidDeclarationError, RiacError
from riac.finding import Check, CodeScore
from riac.scan import Box, Fault
from riac.tariff import normalise_hs_code


class WrongUseError(RiacError):
    """The command was called with what it cannot mean; it ends with status 2."""

    code = "wrong_use"


@dataclass(frozen=True, slots=True)
class CheckTask:
    """One scan to check."""

    scan_id: str | None
    path: Path
    declared: tuple[str, ...]
    """Normalised codes; empty = declared empty."""


def read_tasks(path: Path) -> tuple[CheckTask, ...]:
    """Read a CSV with the columns `scan_id,path,declared`; paths are relative to it.

    Raises:
        WrongUseError: the file or a column is missing, or a code is not in the tariff.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            missing = {"scan_id", "path", "declared"} - set(reader.fieldnames or ())
            if missing:
                raise WrongUseError(
                    f"{path}: expected the columns scan_id,path,declared; missing {sorted(missing)}"
                )
            return tuple(_task(row, path=path, line=reader.line_num) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongUseError(f"{path}: {error}") from error


def normalise_codes(codes: Sequence[str], *, where: str) -> tuple[str, ...]:
    """Normalise declared codes.

    Raises:
        WrongUseError: one is not in the tariff.
    """
    try:
        return tuple(normalise_hs_code(code) for code in codes)
    except InvalidDeclarationError as error:
        raise WrongUseError(f"{where}: {error}") from error


def check_row(scan_id: str | None, check: Check, *, seconds: float) -> dict[str, Any]:
    """Return the JSON object of one check."""
    return {
        "scan_id": scan_id,
        "verdict": check.verdict.value,
        "consistent_score": _rounded(check.consistent_score),
        "consistent_probability": _rounded(check.consistent_probability),
        "empty_score": _rounded(check.empty_score),
        "declared": [
            _code_row(each) | {"references": each.references or 0} for each in check.declared
        ],
        "candidates": [_code_row(each) for each in check.candidates],
        "unexplained_fraction": _rounded(check.unexplained_fraction),
        "regions": [
            {
                "box_px": box_row(region.box_px),
                "view": region.view,
                "best": [_code_row(each) for each in region.best],
            }
            for region in check.regions
        ],
        "faults": [fault_row(each) for each in check.faults],
        "seconds": round(seconds, 4),
    }


def fault_row(fault: Fault) -> dict[str, Any]:
    """Return the JSON object of a fault."""
    return {
        "code": fault.code.value,
        "file": fault.file,
        "severity": fault.severity.value,
        "detail": fault.detail,
    }


def box_row(box: Box) -> list[float]:
    """Return x0, y0, x1, y1 to a tenth of a pixel."""
    return [round(value, 1) for value in box.as_tuple()]


def _task(row: dict[str, str | None], *, path: Path, line: int) -> CheckTask:
    where = f"{path.name}, line {line}"
    declared = normalise_codes((row["declared"] or "").split(), where=where)
    return CheckTask(row["scan_id"], path.parent / (row["path"] or ""), declared)


def _code_row(score: CodeScore) -> dict[str, Any]:
    expected = _rounded(score.expected)
    return {"hs": score.hs, "score": _rounded(score.score), "expected": expected}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
