"""An exit scan is found among many entry scans, by its vector and by its picture."""

from __future__ import annotations

import numpy as np
import pytest

from riac.compare.swap import either_way, search_entries
from riac.imaging.frame import PreparedScan
from riac.ports import Vectors
from riac.scan import Picture

from . import phantom

ENTRIES = [
    phantom.prepared(phantom.photographed(phantom.cargo(seed), seed=seed), sha256=f"entry {seed}")
    for seed in (1, 2, 3)
]
EXIT = phantom.prepared(
    phantom.photographed(phantom.driven(phantom.cargo(2)), seed=9), sha256="exit"
)
ALIKE = np.array([[1, 0], [0.96, 0.28], [0.8, 0.6]], np.float32)
"""Vectors by which the first entry is taken for it, before the pictures are looked at."""
OWN = np.array([[1, 0]], np.float32)


def test_pictures_put_the_short_list_in_order() -> None:
    found = search_entries(EXIT, OWN, vectors=ALIKE, entry=ENTRIES.__getitem__)
    assert found[0].number == 1
    assert [each.matches for each in found] == [True, False, False]
    assert found[0].likeness < max(each.likeness for each in found)


def test_only_the_short_list_is_read() -> None:
    read: list[int] = []

    def entry(number: int) -> PreparedScan:
        read.append(number)
        return ENTRIES[number]

    search_entries(EXIT, OWN, vectors=ALIKE, entry=entry, short_list=2)
    assert read == [0, 1]


def test_an_entry_that_is_gone_is_passed_over() -> None:
    found = search_entries(EXIT, OWN, vectors=ALIKE, entry=lambda _: None)
    assert found == ()


def test_nothing_is_found_among_none() -> None:
    none = np.zeros((0, 1), np.float32)
    assert search_entries(EXIT, OWN, vectors=none, entry=ENTRIES.__getitem__) == ()


def test_a_load_driven_through_the_other_way_is_listed_by_how_alike_it_is_turned_around() -> None:
    ways = np.array([[0, 1], [0.8, 0.6]], np.float32)
    found = search_entries(EXIT, ways, vectors=ALIKE, entry=ENTRIES.__getitem__, short_list=1)
    (first,) = found
    assert first.number == 2
    assert first.likeness == pytest.approx(1)


class Sides:
    """Recognises loads by what they attenuate on the left and on the right."""

    name, digest, runs_on = "sides", "", "numpy"

    def load(self, interior: Picture) -> Vectors:
        seen = 1 - interior
        half = seen.shape[1] // 2
        sides = np.array([[seen[:, :half].sum(), seen[:, half:].sum()]], np.float32)
        return np.asarray(sides / np.linalg.norm(sides), np.float32)


def test_a_scan_is_asked_with_both_ways_round() -> None:
    one, turned = either_way(EXIT, Sides())
    np.testing.assert_allclose(one, turned[::-1], atol=0.01)
    assert one[0] != pytest.approx(one[1], abs=0.01)
