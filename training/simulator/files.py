"""The folders that `riac simulate` writes: pictures, tables and truth, from many processes.

scan      scans/scans.csv and its pictures
pair      pairs.csv, pictures/ and truth/ (JSON and masks)
library   refs.csv and pictures/
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from training.simulator.fraud import FraudKind
from training.simulator.parallel import in_order
from training.simulator.plans import ANYTHING, Choice, allowed_headings
from training.simulator.production import (
    RECORDS,
    Filing,
    Made,
    PairTask,
    ScanTask,
    make_pair,
    make_reference,
    make_scan,
)

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


def _silent(_done: int, _all: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Run:
    """How a folder is filled."""

    out: Path
    seed: int = 0
    jobs: int = 1
    progress: Progress = _silent


def write_scans(
    run: Run,
    *,
    count: int,
    choice: Choice = ANYTHING,
    filing: Filing = RECORDS,
    spoiled: bool = False,
) -> None:
    """Write single scans; each with a fault of the machine too where they are to be `spoiled`."""
    folder = run.out / "scans"
    tasks = [ScanTask(index, run.seed, choice, filing, spoiled) for index in range(count)]
    rows = list(_written(run, make_scan, tasks, lambda _name: folder))
    _write_table(folder / "scans.csv", rows)


def write_pairs(
    run: Run,
    *,
    count: int,
    tampered: float = 0.5,
    kinds: Sequence[FraudKind] = (),
    same_class: float = 0.0,
    choice: Choice = ANYTHING,
    filing: Filing = RECORDS,
) -> None:
    """Write pairs of entry and exit.

    Args:
        run: where and how.
        count: of pairs.
        tampered: share of them, drawn for each pair.
        kinds: of fraud to choose from; all that show in pictures where none is named.
        same_class: share of them through two scanners of one class; those of the others are
            drawn apart, and may be of one class by chance.
        choice: of loads and scanners.
        filing: of the pictures.
    """
    allowed = tuple(kinds) or tuple(k for k in FraudKind if k is not FraudKind.BROKEN_SEAL)
    tasks = []
    for index in range(count):
        generator = np.random.default_rng([run.seed & 0xFFFFFFFFFFFF, 5, index])
        kind = allowed[int(generator.integers(len(allowed)))]
        fraud = kind if generator.random() < tampered else None
        alike = bool(generator.random() < same_class)
        tasks.append(PairTask(index, run.seed, choice, filing, fraud, same_class=alike))
    pictures, truth = run.out / "pictures", run.out / "truth"

    def folder_of(name: str) -> Path:
        return truth if name.endswith((".json", "-mask.png")) else pictures

    rows = [
        {**row, "entry": f"pictures/{row['entry']}", "exit": f"pictures/{row['exit']}"}
        for row in _written(run, make_pair, tasks, folder_of)
    ]
    _write_table(run.out / "pairs.csv", rows)


def write_library(
    run: Run, *, each: int, choice: Choice = ANYTHING, filing: Filing = RECORDS
) -> None:
    """Write references: `each` pictures of every heading, and of empty containers."""
    tasks: list[ScanTask] = []
    for heading in ("", *allowed_headings(choice)):
        one = replace(choice, headings=(heading,) if heading else (), items=1,
                      empty_share=0.0 if heading else 1.0)  # fmt: skip
        tasks += [ScanTask(len(tasks) + i, run.seed, one, filing) for i in range(each)]
    folder = run.out / "pictures"
    rows = [
        {**row, "path": f"pictures/{row['path']}"}
        for row in _written(run, make_reference, tasks, lambda _name: folder)
    ]
    _write_table(run.out / "refs.csv", rows)


def _written(
    run: Run,
    make: Callable[[Any], Made],
    tasks: Sequence[Any],
    folder_of: Callable[[str], Path],
) -> Iterator[Mapping[str, Any]]:
    for done, made in enumerate(in_order(make, tasks, jobs=run.jobs), start=1):
        for name, content in made.files.items():
            folder = folder_of(name)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        run.progress(done, len(tasks))
        yield made.row


def _write_table(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]) if rows else ["file"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
