"""The detector's formulas against photons followed one by one through the crystal."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from training.simulator.physics.attenuation import cross_sections
from training.simulator.physics.detectors import CADMIUM_TUNGSTATE, Detector

Values = NDArray[np.float64]

REST_KEV = 510.999
LINE = Detector(CADMIUM_TUNGSTATE, 30.0, width_mm=5.0)
GRID_KEV = np.geomspace(1.5, 10_000, 900)


def rates_per_mm() -> Values:
    """Return (3, E) photoelectric, incoherent and pair interactions per mm at `GRID_KEV`."""
    total = np.zeros((3, len(GRID_KEV)))
    for symbol, fraction in CADMIUM_TUNGSTATE.mass_fractions.items():
        parts = cross_sections(symbol, GRID_KEV)
        for row, process in enumerate(("photoelectric", "incoherent", "pair")):
            total[row] += fraction * parts[process] * CADMIUM_TUNGSTATE.density_g_cm3 / 10
    return total


def compton_cosines(energies: Values, generator: np.random.Generator) -> Values:
    """Draw cosines of the scattering angle by rejection from Klein and Nishina's formula."""
    cosines = np.empty_like(energies)
    left = np.arange(len(energies))
    while len(left):
        tried = generator.uniform(-1, 1, len(left))
        kept = 1 / (1 + energies[left] / REST_KEV * (1 - tried))
        density = kept**2 * (kept + 1 / kept - (1 - tried**2)) / 2
        accepted = generator.random(len(left)) < density
        cosines[left[accepted]] = tried[accepted]
        left = left[~accepted]
    return cosines


def turned(directions: Values, cosines: Values, generator: np.random.Generator) -> Values:
    """Return (N, 3) directions at these angles to the first, evenly around them."""
    helper = np.where(np.abs(directions[:, :1]) < 0.9, [[1.0, 0, 0]], [[0, 1.0, 0]])
    across = np.cross(directions, helper)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    around = generator.uniform(0, 2 * np.pi, len(cosines))[:, None]
    sideways = np.cos(around) * across + np.sin(around) * np.cross(directions, across)
    sines = np.sqrt(np.clip(1 - cosines**2, 0, 1))
    return np.asarray(cosines[:, None] * directions + sines[:, None] * sideways)


def deposits(energy_kev: float, photons: int, generator: np.random.Generator) -> Values:
    """Return (photons,) keV that each leaves with its offspring; electrons stay where they are."""
    rates = rates_per_mm()
    left = np.zeros(photons)
    owner = np.arange(photons)
    energy = np.full(photons, energy_kev)
    place = np.column_stack([generator.uniform(-2.5, 2.5, (photons, 2)), np.zeros(photons)])
    direction = np.tile([0.0, 0.0, 1.0], (photons, 1))
    while len(owner):
        each = np.stack([np.interp(energy, GRID_KEV, row) for row in rates])
        place = place + direction * generator.exponential(1 / each.sum(axis=0))[:, None]
        inside = (np.abs(place[:, :2]) <= 2.5).all(axis=1) & (place[:, 2] >= 0)
        inside &= place[:, 2] <= 30
        owner, energy, place, direction = (
            part[inside] for part in (owner, energy, place, direction)
        )
        each = each[:, inside]
        choice = generator.random(len(owner)) * each.sum(axis=0)
        photoelectric = choice < each[0]
        pair = choice >= each[0] + each[1]
        np.add.at(left, owner[photoelectric], energy[photoelectric])
        np.add.at(left, owner[pair], energy[pair] - 2 * REST_KEV)
        compton = ~photoelectric & ~pair
        cosines = compton_cosines(energy[compton], generator)
        after = energy[compton] / (1 + energy[compton] / REST_KEV * (1 - cosines))
        np.add.at(left, owner[compton], energy[compton] - after)
        isotropic = generator.normal(size=(int(pair.sum()), 3))
        isotropic /= np.linalg.norm(isotropic, axis=1, keepdims=True)
        scattered = turned(direction[compton], cosines, generator)
        direction = np.concatenate([scattered, isotropic, -isotropic])
        place = np.concatenate([place[compton], place[pair], place[pair]])
        owner = np.concatenate([owner[compton], owner[pair], owner[pair]])
        energy = np.concatenate([after, np.full(2 * len(isotropic), REST_KEV)])
        alive = energy > 2.0
        owner, energy, place, direction = (
            part[alive] for part in (owner, energy, place, direction)
        )
    return left


@pytest.mark.parametrize("energy_kev", [150.0, 511.0, 1250.0, 3000.0, 6000.0])
def test_mean_and_mean_square_are_those_of_single_photons(energy_kev: float) -> None:
    drawn = deposits(energy_kev, 20_000, np.random.default_rng(2))
    mean, square = (float(each[0]) for each in LINE.deposited([energy_kev]))
    # 20,000 photons give the mean within 0.7 %.
    assert mean == pytest.approx(drawn.mean(), rel=0.065)
    assert square == pytest.approx((drawn**2).mean(), rel=0.08)
