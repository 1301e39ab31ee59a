"""A loaded scan finds itself again among the others."""

from __future__ import annotations

from pathlib import Path

from training.evaluate.figure import Progress
from training.evaluate.swaps import RESCANS_EACH, measure_swaps


class Counting(Progress):
    total = done = 0

    def begin(self, name: str, *, total: int) -> None:
        self.total = total

    def advance(self) -> None:
        self.done += 1


def test_each_loaded_scan_is_found_again(data_folder: Path) -> None:
    progress = Counting()
    section = measure_swaps(data_folder, progress)
    # Two of the three are loaded.
    assert progress.done == progress.total == 2 * RESCANS_EACH
    first = section.figures[0]
    assert (first.name, first.value, first.count) == ("right entry scan first", 1.0, 4)
    assert "among 2 loaded scans" in first.note
    assert all(row["taken_for"] == row["scan"] for row in section.rows)
