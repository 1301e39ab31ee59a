"""What `riac locate` reads and writes: rows of SCANS.csv in, JSON Lines out."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import LocatedContainer, PreparedScan
from riac.ports import EdgeReader
from riac.scan import Fault
from serve.cli.check_rows import WrongUseError, box_row, fault_row

COLUMNS = ("scan_id", "path")


@dataclass(frozen=True, slots=True)
class LocateTask:
    """One scan to look for containers in."""

    scan_id: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Located:
    """What was found in it."""

    prepared: PreparedScan | None
    """None when it cannot be read."""
    faults: tuple[Fault, ...]

    @property
    def containers(self) -> tuple[LocatedContainer, ...]:
        """Of every view, the primary one's first."""
        if self.prepared is None:
            return ()
        others = tuple(one.container for one in self.prepared.rectified[1:])
        return self.prepared.containers + others


def read_tasks(path: Path) -> tuple[LocateTask, ...]:
    """Read a CSV with the columns `scan_id,path`; paths are relative to it.

    Raises:
        WrongUseError: the file or a column is missing.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise WrongUseError(
                    f"{path}: expected the columns {','.join(COLUMNS)}; missing {','.join(missing)}"
                )
            # A short row leaves its path empty, which is a missing file and not wrong use.
            return tuple(
                LocateTask(row["scan_id"], path.parent / (row["path"] or "")) for row in reader
            )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongUseError(f"{path}: {error}") from error


def locate(path: Path, *, edges: EdgeReader | None = None) -> Located:
    """Read a scan and find its containers; what cannot be read has none, and says why.

    Raises:
        ModelError: the reader of edges cannot be run.
    """
    try:
        prepared = prepare(read_scan(path), edges=edges)
    except ScanUnreadableError as error:
        return Located(None, _named(error.faults, path))
    return Located(prepared, _named(prepared.faults, path))


def _named(faults: tuple[Fault, ...], path: Path) -> tuple[Fault, ...]:
    return tuple(replace(fault, file=path.name) for fault in faults)


def locate_row(scan_id: str | None, found: Located, *, seconds: float) -> dict[str, Any]:
    """Return one line of the answer, JSON-able."""
    row: dict[str, Any] = {"scan_id": scan_id}
    if found.prepared is None:
        row["verdict"] = "unreadable"
    return row | {
        "containers": [
            {
                "box_px": box_row(one.box_px),
                "quad_px": [[round(float(v), 1) for v in point] for point in one.quad_px],
                "view": one.view,
                "score": round(one.score, 4),
            }
            for one in found.containers
        ],
        "faults": [fault_row(fault) for fault in found.faults],
        "seconds": round(seconds, 4),
    }
