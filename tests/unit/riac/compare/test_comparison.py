from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riac.compare import compare
from riac.finding import ComparisonVerdict, Factor
from riac.scan import Box, Fault, FaultCode, Picture, Severity, intersection_over_union

from . import phantom


def with_box(attenuation: Picture, *, strength: float = 0.9) -> tuple[Picture, Box]:
    """Put a box of 30 cm into the air over the cargo; returns its place in the frame."""
    changed = attenuation.copy()
    changed[30:60, 300:330] += strength
    return changed, Box(300, 30, 330, 60)


def test_the_same_load_at_another_speed_matches() -> None:
    load = phantom.cargo()
    entry = phantom.prepared(phantom.photographed(load, seed=1), sha256="a")
    exit_ = phantom.prepared(phantom.photographed(phantom.driven(load), seed=2), sha256="b")
    comparison = compare(entry, exit_)
    assert comparison.verdict is ComparisonVerdict.MATCH
    assert comparison.same_score is not None
    assert comparison.same_score > 0.5
    assert comparison.same_probability is None
    assert comparison.mirrored is False
    assert not comparison.replayed
    assert not any(score.finding for score in comparison.factors.values())
    assert comparison.regions == ()


def test_a_mirrored_and_darker_picture_of_the_same_load_matches() -> None:
    load = phantom.cargo()
    turned = 1.12 * phantom.driven(load, speed=0.85)[:, ::-1] ** 1.05
    entry = phantom.prepared(phantom.photographed(load, seed=1), sha256="a")
    exit_ = phantom.prepared(phantom.photographed(turned, seed=2), sha256="b")
    comparison = compare(entry, exit_)
    assert comparison.verdict is ComparisonVerdict.MATCH
    assert comparison.mirrored is True


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_box_put_in_is_found_in_both_files(*, mirrored: bool) -> None:
    load = phantom.cargo()
    changed, box = with_box(load)
    exit_load = changed[:, ::-1] if mirrored else changed
    entry = phantom.prepared(phantom.photographed(load, seed=1), sha256="a")
    exit_ = phantom.prepared(phantom.photographed(exit_load, seed=2), sha256="b")
    comparison = compare(entry, exit_)
    assert comparison.verdict is ComparisonVerdict.MISMATCH
    assert comparison.mirrored is mirrored
    strongest = comparison.regions[0]
    turned = Box(phantom.COLUMNS - box.x1, box.y0, phantom.COLUMNS - box.x0, box.y1)
    expected_entry = entry.rectified[0].box_to_file(box)
    expected_exit = exit_.rectified[0].box_to_file(turned if mirrored else box)
    assert strongest.entry_box_px is not None
    assert strongest.exit_box_px is not None
    assert intersection_over_union(strongest.entry_box_px, expected_entry) > 0.5
    assert intersection_over_union(strongest.exit_box_px, expected_exit) > 0.5
    assert comparison.factors[Factor.VOLUME].finding
    assert strongest.mass_change_kg is None


def test_mass_is_told_where_pitch_and_energy_are_known() -> None:
    load = np.minimum(phantom.cargo(), 2.0)
    changed, box = with_box(load, strength=0.5)
    entry, exit_ = (
        phantom.prepared(phantom.photographed(a, seed=s, noise=0.001), sha256=str(s), bits=16)
        for s, a in enumerate((load, changed))
    )
    comparison = compare(entry, exit_)
    # Attenuation 0.5 of cellulose at a third of 6 MeV, on 30 by 30 cells of 2 by 2 pixels of 5 mm.
    expected_kg = 0.5 / 0.0470 * box.area * (1.0 * 1.0) / 1000
    mass = comparison.regions[0].mass_change_kg
    assert mass is not None
    assert mass == pytest.approx(expected_kg, rel=0.2)


def test_another_load_does_not_match() -> None:
    entry = phantom.prepared(phantom.photographed(phantom.cargo(1), seed=1), sha256="a")
    exit_ = phantom.prepared(phantom.photographed(phantom.cargo(2), seed=2), sha256="b")
    comparison = compare(entry, exit_)
    assert comparison.verdict is ComparisonVerdict.MISMATCH
    assert comparison.same_score is not None
    assert comparison.same_score < 0.1


def test_black_pictures_are_inconclusive() -> None:
    load = phantom.cargo() + 0.0
    load[20:-18, 15:-15] = 7.0
    entry = phantom.prepared(phantom.photographed(load, seed=1), sha256="a")
    exit_ = phantom.prepared(phantom.photographed(load, seed=2), sha256="b")
    comparison = compare(entry, exit_)
    assert comparison.verdict is ComparisonVerdict.INCONCLUSIVE
    assert comparison.visible_fraction is not None
    assert comparison.visible_fraction < 0.15


def test_an_unusable_scan_is_unreadable() -> None:
    scan = phantom.prepared(phantom.photographed(phantom.cargo(), seed=1), sha256="a")
    fault = Fault(FaultCode.BLACK, Severity.FATAL, "nothing passes")
    comparison = compare(scan, replace(scan, faults=(fault,)))
    assert comparison.verdict is ComparisonVerdict.UNREADABLE
    assert comparison.same_score is None
    assert comparison.faults == (fault,)


@given(speed=st.floats(0.8, 1.25), seed=st.integers(2, 2**16), mirrored=st.booleans())
@settings(max_examples=8, deadline=None)
def test_the_same_load_matches_whichever_scan_came_first(
    speed: float, seed: int, *, mirrored: bool
) -> None:
    load = phantom.cargo(seed)
    driven = phantom.driven(load, speed=speed)
    again = driven[:, ::-1] if mirrored else driven
    first = phantom.prepared(phantom.photographed(load, seed=1), sha256="a")
    second = phantom.prepared(phantom.photographed(again, seed=2), sha256="b")
    for comparison in (compare(first, second), compare(second, first)):
        assert comparison.verdict is ComparisonVerdict.MATCH
        assert comparison.mirrored is mirrored


def test_what_is_put_in_for_one_order_is_taken_out_for_the_other() -> None:
    load = np.minimum(phantom.cargo(), 2.0)
    changed, _ = with_box(load, strength=0.5)
    less, more = (
        phantom.prepared(phantom.photographed(a, seed=s, noise=0.001), sha256=str(s), bits=16)
        for s, a in enumerate((load, changed))
    )
    gained, lost = (c.regions[0].mass_change_kg for c in (compare(less, more), compare(more, less)))
    assert gained is not None
    assert lost is not None
    assert gained > 0 > lost
    assert lost == pytest.approx(-gained, rel=0.2)


def test_a_change_nobody_could_see_lowers_what_is_visible() -> None:
    load = phantom.cargo()
    load[110:230, 200:440] = 7.0
    hidden = load.copy()
    hidden[150:180, 300:330] += 1.0
    entry, exit_ = (
        phantom.prepared(phantom.photographed(a, seed=s), sha256=str(s))
        for s, a in enumerate((load, hidden))
    )
    clear = phantom.cargo()
    seen = compare(
        phantom.prepared(phantom.photographed(clear, seed=3), sha256="c"),
        phantom.prepared(phantom.photographed(clear, seed=4), sha256="d"),
    ).visible_fraction
    comparison = compare(entry, exit_)
    assert comparison.verdict is ComparisonVerdict.MATCH
    assert comparison.visible_fraction is not None
    assert seen is not None
    assert comparison.visible_fraction < seen - 0.15
