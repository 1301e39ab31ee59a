from __future__ import annotations

import numpy as np
import pytest

from training.simulator.scanners.passages import draw_passage, even_passage
from training.simulator.scanners.profile import load_profile

PROFILE = load_profile("mobile-6mv")


def test_speed_differs_within_and_between_scans_as_stated() -> None:
    passages = [
        draw_passage(PROFILE, span_mm=(-1000.0, 15000.0), generator=np.random.default_rng(seed))
        for seed in range(40)
    ]
    pitches = [passage.column_pitch_mm / PROFILE.column_pitch_mm for passage in passages]
    assert 0.79 < min(pitches) < 0.9
    assert 1.1 < max(pitches) < 1.26
    steps = [np.diff(passage.column_edges_mm) for passage in passages]
    within = [float((step / step.mean()).std()) for step in steps]
    # Spline-like interpolation and clipping leave it within a fifth of the 5 % stated.
    assert np.median(within) == pytest.approx(PROFILE.passage.speed_sd, rel=0.2)
    # Smooth: neighbouring steps differ by far less than steps at large.
    assert max(float(np.abs(np.diff(step)).max() / step.mean()) for step in steps) < 0.01


def test_the_whole_span_is_scanned_and_positions_rise() -> None:
    passage = draw_passage(PROFILE, span_mm=(-500.0, 9000.0), generator=np.random.default_rng(5))
    edges = passage.column_edges_mm
    assert edges[0] == pytest.approx(-500.0)
    assert edges[-1] == pytest.approx(9000.0)
    assert np.all(np.diff(edges) > 0)


def test_a_mirrored_passage_counts_columns_from_the_other_end() -> None:
    drawn = [
        draw_passage(PROFILE, span_mm=(0.0, 8000.0), generator=np.random.default_rng(seed))
        for seed in range(20)
    ]
    assert {passage.mirrored for passage in drawn} == {False, True}
    for passage in drawn:
        first, last = passage.column_of(0.0), passage.column_of(8000.0)
        ends = (passage.columns, 0) if passage.mirrored else (0, passage.columns)
        assert (first, last) == pytest.approx(ends, abs=1e-6)


def test_height_and_tilt_vary_from_vehicle_to_vehicle() -> None:
    lifts = [
        draw_passage(PROFILE, span_mm=(0.0, 16000.0), generator=np.random.default_rng(seed)).lift_mm
        for seed in range(60)
    ]
    heights = np.array([lift.mean() for lift in lifts])
    tilts = np.array([np.polyfit(np.linspace(0, 16, len(lift)), lift, 1)[0] for lift in lifts])
    # 60 draws know a standard deviation to about 10 %.
    assert heights.std() == pytest.approx(PROFILE.passage.height_sd_mm, rel=0.35)
    assert tilts.std() == pytest.approx(PROFILE.passage.tilt_sd_mm_per_m, rel=0.35)


def test_an_even_passage_is_even() -> None:
    passage = even_passage(PROFILE, columns=50)
    assert np.allclose(np.diff(passage.column_edges_mm), PROFILE.column_pitch_mm)
    assert not passage.lift_mm.any()


def test_a_span_that_does_not_rise_is_refused() -> None:
    with pytest.raises(ValueError, match="two rising positions"):
        draw_passage(PROFILE, span_mm=(5.0, 5.0), generator=np.random.default_rng(0))
