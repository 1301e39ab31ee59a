"""Phantoms spoiled in every way: the fault is named, and clean ones are held up by none."""

from __future__ import annotations

from pathlib import Path

from training.evaluate.faults import WAYS, measure_faults
from training.evaluate.figure import Progress


def test_faults_of_phantoms_are_named_and_none_where_there_is_none(data_folder: Path) -> None:
    section = measure_faults(data_folder, Progress())
    values = {figure.name: figure.value for figure in section.figures}
    assert values.pop("scans as they are: nothing held up") == 1.0
    assert set(values) == {f"{way}: named" for way, _, _ in WAYS}
    assert {name for name, value in values.items() if value < 1.0} == set()
    assert len(section.rows) == 3 + len(WAYS)
