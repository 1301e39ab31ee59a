"""Mass that came or went, where pitch and energy of the scan are known."""

from __future__ import annotations

import numpy as np

from riac.compare.change import Evidence
from riac.compare.working import ROWS, WorkingView, transmission_of
from riac.scan import View

TABLE_KEV = (100.0, 300.0, 500.0, 1000.0, 1500.0, 2000.0, 3000.0)
TABLE_CM2_G = (0.1608, 0.1128, 0.0922, 0.0673, 0.0548, 0.0470, 0.0375)
"""Cellulose, total mass attenuation (NIST XCOM, C6H10O5 by weights of its elements): most cargo.
Steel takes 10 % less at these energies, so a mass of steel is told 10 % too small."""
EFFECTIVE_ENERGY_FRACTION = 1 / 3
"""Of a bremsstrahlung end point: the usual rule for the mean of a filtered linac spectrum."""
LEAST_KNOWN_FRACTION = 0.7
"""Of a region; where more is black its mass can't be told."""


def mass_change_kg(
    evidence: Evidence,
    area: tuple[slice, slice],
    *,
    entry: WorkingView,
    view: View,
) -> float | None:
    """Return the mass that came (positive) or went in an area, None where it can't be told.

    Args:
        evidence: of the pair.
        area: rows and columns of the entry's working picture.
        entry: the entry's working picture.
        view: of the entry's scan, for pitch and energy.
    """
    energy = view.planes[0].energy_kev
    known = evidence.weight[area] > 0
    if view.pixel_pitch_mm is None or energy is None or known.mean() < LEAST_KNOWN_FRACTION:
        return None
    before, after = (
        np.maximum(transmission_of(levels[area], noise=entry.noise), entry.noise)
        for levels in (evidence.expected, evidence.warped)
    )
    change = np.where(known, np.log(before) - np.log(after), 0)
    coefficient = np.interp(energy * EFFECTIVE_ENERGY_FRACTION, TABLE_KEV, TABLE_CM2_G)
    grams = float(change.sum()) / float(coefficient) * _pixel_cm2(entry, view.pixel_pitch_mm)
    return grams / 1000


def _pixel_cm2(entry: WorkingView, pitch_mm: tuple[float, float]) -> float:
    """Area of a working pixel, by the map from frame to file."""
    rows, columns = entry.source.transmission.shape
    to_file = entry.source.to_file_px
    # Rectification is nearly a scaling: its linear part gives the area everywhere.
    scale = abs(float(np.linalg.det(to_file[:2, :2]))) / float(to_file[2, 2]) ** 2
    file_pixels = scale * (rows / ROWS) * (columns / entry.columns)
    return float(file_pixels * pitch_mm[0] * pitch_mm[1] / 100)
