"""Over which thickness two energies tell materials apart."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.physics.dual_energy import ordered, parted
from training.simulator.physics.materials import LEAD, STEEL, WATER
from training.simulator.physics.tables import CLASSES, REGION, interlaced

# Least g/cm2 at which lead comes after iron; up to the most at which a region of 20 x 20 elements
# still parts all neighbours by two standard deviations.
RANGES = {(9.0, 6.0): (8.0, 300.0), (8.0, 4.0): (15.0, 300.0), (6.0, 4.0): (23.0, 260.0)}


@pytest.mark.parametrize(("system", "span"), RANGES.items(), ids=str)
def test_organic_mineral_iron_and_lead_are_in_order(
    system: tuple[float, float], span: tuple[float, float]
) -> None:
    areal = np.linspace(*span, 50)
    pair = interlaced(*system)
    assert (ordered(pair, CLASSES, areal) > 0).all()
    assert (parted(pair, CLASSES, areal, elements=REGION) > 2).all()


@pytest.mark.parametrize("system", RANGES, ids=str)
def test_thin_lead_is_taken_for_something_lighter(system: tuple[float, float]) -> None:
    # Its photoelectric effect weakens the low energy most: P. Lalor and A. Danagoulian,
    # arXiv 2301.05783, find the same two answers at low areal density.
    thin = np.array([1.0, 3.0])
    assert (ordered(interlaced(*system), [STEEL, LEAD], thin) < 0).all()


def test_more_elements_part_materials_better() -> None:
    pair, areal = interlaced(6.0, 4.0), np.array([60.0])
    few, many = (parted(pair, [WATER, STEEL], areal, elements=count)[0, 0] for count in (4, 400))
    assert many == pytest.approx(10 * few)


def test_the_noise_of_the_ratio_is_that_of_drawn_signals() -> None:
    pair, areal = interlaced(9.0, 6.0), np.array([60.0])
    ratio, noise = pair.ratio(STEEL, areal)
    load = (STEEL.basis_g_cm3 / STEEL.density_g_cm3 * 60).astype(np.float32).reshape(3, 1, 1)
    generator = np.random.default_rng(11)
    attenuations = []
    for beam in (pair.high, pair.low):
        signal, variance = (float(each[0, 0]) for each in beam.expected(load))
        drawn = generator.normal(signal, np.sqrt(variance / 1e5), 40_000)
        attenuations.append(-np.log(drawn))
    drawn_ratio = attenuations[1] / attenuations[0]
    assert drawn_ratio.mean() == pytest.approx(ratio[0], abs=0.001)
    assert drawn_ratio.std() == pytest.approx(noise[0], rel=0.02)
