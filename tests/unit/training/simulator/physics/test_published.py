"""The model's spectra beside published ones of the same machines."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.physics.materials import LEAD
from training.simulator.physics.published import (
    Reference,
    hardened_alike,
    modelled,
    quality,
    references,
)
from training.simulator.physics.spectra import bremsstrahlung, half_value_layer_mm
from training.simulator.physics.tables import nine_megavolts

LAYERS = ["HVL water mm", "HVL steel mm", "HVL lead mm", "TVL steel mm", "TVL lead mm"]


@pytest.mark.parametrize("reference", references(), ids=lambda reference: reference.title)
def test_half_value_layers_are_the_published_ones(reference: Reference) -> None:
    model, _ = modelled(reference)
    wanted, found = quality(reference.spectrum), quality(model)
    for layer in LAYERS:
        assert found[layer] == pytest.approx(wanted[layer], rel=0.025), layer


@pytest.mark.parametrize("reference", references(), ids=lambda reference: reference.title)
def test_mean_energies_are_the_published_ones(reference: Reference) -> None:
    model, _ = modelled(reference)
    # The measured one has scattered and annihilation photons, which the model leaves out.
    allowed = 0.05 if reference.flattened else 0.06
    assert model.mean_energy_kev == pytest.approx(reference.spectrum.mean_energy_kev, rel=allowed)


def test_9_megavolts_lie_between_6_and_10() -> None:
    between, model, _ = nine_megavolts()
    for name, wanted in between.items():
        assert model[name] == pytest.approx(wanted, rel=0.05), name


def test_hard_6_mev_photons_are_weakened_by_lead_as_was_measured() -> None:
    # "Measurements of 6 MV X-rays. I", its abstract: over six tenth-value layers of lead a narrow
    # beam falls by 0.50 per cm, a tenth-value layer is 46 mm.
    beam, _ = hardened_alike(bremsstrahlung(6000), 134.4)
    layers = half_value_layer_mm(beam, LEAD, transmitted=1e-6) / 6
    assert layers == pytest.approx(46, rel=0.05)
    assert np.log(10) / layers * 10 == pytest.approx(0.50, rel=0.05)
