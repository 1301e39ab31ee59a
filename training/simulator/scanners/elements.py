"""The detector elements of one scanner as they are today: gains, offsets, dead ones. No signal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.simulator.scanners.profile import ScannerProfile

DEAD, WORKING, SATURATED = -1, 0, 1


@dataclass(frozen=True, slots=True)
class Elements:
    """One scanner's row of elements; it stays the same from scan to scan until calibrated."""

    gain: NDArray[np.float32]
    """(E, H) about 1: what is left of their differences after calibration, for each energy."""
    offset: NDArray[np.float32]
    """(H,) about 0, shares of the signal in air."""
    state: NDArray[np.int8]
    """(H,) `DEAD`, `WORKING` or `SATURATED`."""


def draw_elements(
    profile: ScannerProfile, *, generator: np.random.Generator, rows: int | None = None
) -> Elements:
    """Draw a scanner's elements.

    Args:
        profile: of the scanner.
        generator: of chance.
        rows: how many; without it as many as the profile states.
    """
    noise, detector = profile.noise, profile.detector
    count = rows or profile.geometry.rows
    energies = len(profile.beam.endpoint_kev)
    boards = generator.standard_normal(-(-count // detector.module_rows))
    shared = np.repeat(boards, detector.module_rows)[:count]
    own = generator.standard_normal(count)
    apart = generator.standard_normal((energies, count))
    # Half of the variance is the element's at any energy, the rest its board's and the energy's.
    unit = np.sqrt(0.5) * own + 0.5 * shared + 0.5 * apart
    fate = generator.random(count)
    state = np.zeros(count, np.int8)
    state[fate < detector.dead_share] = DEAD
    state[fate > 1 - detector.saturated_share] = SATURATED
    return Elements(
        gain=(1 + noise.gain_error_sd * unit).astype(np.float32),
        offset=(noise.offset_error_sd * generator.standard_normal(count)).astype(np.float32),
        state=state,
    )
