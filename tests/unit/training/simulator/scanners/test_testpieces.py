from __future__ import annotations

from typing import Any

import pytest

from tests.unit.training.simulator.scanners.two_line_beam import TwoLineBeam
from training.simulator.scanners.profile import ScannerProfile, load_profile
from training.simulator.scanners.testpieces import (
    Rig,
    contrast_mm,
    penetration_mm,
    resolution_mm,
    wire_mm,
)


def rig(**changes: Any) -> Rig:
    stated = load_profile("mobile-6mv").model_dump()
    for name, value in changes.items():
        part = next(
            part for part in ("beam", "noise", "detector", "geometry") if name in stated[part]
        )
        stated[part][name] = value
    return Rig(ScannerProfile.model_validate(stated), (TwoLineBeam(),))


def test_more_photons_penetrate_more_and_show_thinner_plates_and_wires() -> None:
    few, many = (
        rig(photons=(photons,), electronic_sd=0.0, offset_error_sd=0.0)
        for photons in (1_000.0, 50_000.0)
    )
    assert penetration_mm(many) > penetration_mm(few) + 40
    assert contrast_mm(many, behind_mm=100.0) < 0.6 * contrast_mm(few, behind_mm=100.0)
    assert wire_mm(many) < 0.6 * wire_mm(few)


def test_electronic_noise_ends_penetration_where_the_signal_drowns_in_it() -> None:
    quiet = rig(photons=(1e7,), electronic_sd=0.0, offset_error_sd=0.0)
    loud = rig(photons=(1e7,), electronic_sd=3e-3, offset_error_sd=0.0)
    reached = penetration_mm(loud)
    assert reached < penetration_mm(quiet) - 50
    # A patch of 30 mm averages some 30 elements: told at 3 x 3e-3 / sqrt(30) = 1.6e-3 of air,
    # which the harder line alone (40 % of photons, 67 % of energy, 0.284 / cm) has at 212 mm.
    assert reached == pytest.approx(212, abs=15)


def test_bars_are_resolved_no_finer_than_elements_and_blur_allow() -> None:
    none = {"focal_spot_sigma_mm": 0.0, "aperture_sigma_mm": 0.0, "along_sigma_mm": 0.0}
    sharp = resolution_mm(rig(**none, afterglow_share=0.0))
    soft = resolution_mm(rig(focal_spot_sigma_mm=6.0))
    pitches = rig().pitch_mm()
    for found, pitch in zip(sharp, pitches, strict=True):
        assert 0.9 * pitch < found < 1.5 * pitch
    assert all(wide > narrow for wide, narrow in zip(soft, sharp, strict=True))


def test_a_second_energy_changes_no_figure_where_lines_are_as_close() -> None:
    one = rig(pulse_rate_hz=100.0)
    two = rig(pulse_rate_hz=200.0, endpoint_kev=(6000.0, 4000.0), photons=(70_000.0, 50_000.0))
    assert two.pitch_mm() == one.pitch_mm()
    assert resolution_mm(two) == resolution_mm(one)
    assert wire_mm(two) == pytest.approx(wire_mm(one), rel=0.05)


def test_pieces_stand_on_the_axis_of_a_beam_that_softens_beside_it() -> None:
    even, softer = (rig(softening=softening) for softening in (0.0, 0.1))
    assert penetration_mm(softer) == penetration_mm(even)
    assert contrast_mm(softer, behind_mm=100.0) == contrast_mm(even, behind_mm=100.0)
