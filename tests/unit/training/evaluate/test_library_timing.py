"""A library as large as asked is built, and a scan is checked against it."""

from __future__ import annotations

from training.evaluate.library_timing import time_check


def test_a_check_against_a_small_library_is_timed() -> None:
    (timing,) = time_check(repeats=2, tiles=60)
    assert len(timing.values) == 2
    assert "60 tiles" in timing.name
    assert "standard images of 6 headings" in timing.note
