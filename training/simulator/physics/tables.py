"""The figures of docs/simulator-physics.md as tables: model beside what is published."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.beam import Beam
from training.simulator.physics.detectors import CADMIUM_TUNGSTATE, Detector
from training.simulator.physics.dual_energy import Interlaced, ordered, parted
from training.simulator.physics.materials import (
    ALUMINIUM,
    COPPER,
    LEAD,
    POLYETHYLENE,
    STEEL,
    WATER,
    Material,
    mass_attenuation,
)
from training.simulator.physics.published import hardened_alike, modelled, quality, references
from training.simulator.physics.spectra import bremsstrahlung, half_value_layer_mm

Values = NDArray[np.float64]

# NIST Standard Reference Database 126 (J. H. Hubbell and S. M. Seltzer, version 1.4): cm2/g.
SLAB_KEV = (100.0, 200.0, 500.0, 1000.0, 2000.0, 3000.0, 6000.0, 8000.0)
SLABS: Mapping[str, tuple[Material, tuple[float, ...]]] = {
    "C": (
        Material("graphite", 1.7, {"C": 1.0}),
        (0.1514, 0.1229, 0.08715, 0.06361, 0.04442, 0.03562, 0.02469, 0.02154),
    ),
    "Al": (ALUMINIUM, (0.1704, 0.1223, 0.08445, 0.06146, 0.04324, 0.03541, 0.02655, 0.02437)),
    "Fe": (
        Material("iron", 7.874, {"Fe": 1.0}),
        (0.3717, 0.1460, 0.08414, 0.05995, 0.04265, 0.03621, 0.03057, 0.02991),
    ),
    "Pb": (LEAD, (5.549, 0.9985, 0.1614, 0.07102, 0.04606, 0.04234, 0.04391, 0.04675)),
    "water": (WATER, (0.1707, 0.1370, 0.09687, 0.07072, 0.04942, 0.03969, 0.02770, 0.02429)),
}
"""Materials and mass attenuation coefficients at `SLAB_KEV`."""

CLASSES = (POLYETHYLENE, ALUMINIUM, STEEL, LEAD)
"""Organic, mineral, iron, lead."""
REGION = 400
"""Picture elements in each region compared: 20 x 20, about 8 cm square."""
AREAL = np.concatenate([np.arange(0.5, 20, 0.25), np.arange(20, 321, 2.0)])
"""g/cm2."""


@cache
def interlaced(high_mv: float, low_mv: float) -> Interlaced:
    """Return a usual system of two energies: 3 mm copper, 30 mm CdWO4, 100,000 photons each."""
    detector = Detector(CADMIUM_TUNGSTATE, 30.0)
    high, low = (
        Beam.of(bremsstrahlung(1000 * energy, filters=[(COPPER, 3.0)]), detector)
        for energy in (high_mv, low_mv)
    )
    return Interlaced(high, low, 1e5, 1e5)


SYSTEMS = ((9.0, 6.0), (8.0, 4.0), (6.0, 4.0))
"""MV: portals; Ogorodnikov and Petrunin's; gantries."""


def slabs() -> Iterator[str]:
    """Yield the attenuation of slabs at single energies beside NIST's."""
    yield "| slab | keV | mu/rho NIST | here | off % | T 1 mm | T 30 mm | T 300 mm |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, (material, known) in SLABS.items():
        here = mass_attenuation(material, SLAB_KEV)
        for energy, wanted, found in zip(SLAB_KEV, known, here, strict=True):
            passed = [
                f"{np.exp(-found * material.density_g_cm3 * mm / 10):.3g}" for mm in (1, 30, 300)
            ]
            yield _row(
                name, f"{energy:g}", f"{wanted:g}", f"{found:.4g}", _percent(found, wanted), *passed
            )


def qualities() -> Iterator[str]:
    """Yield mean energies and layers of published spectra beside the model's."""
    yield "| spectrum | " + " | ".join(quality(references()[0].spectrum)) + " | copper mm |"
    yield "|---|---|---|---|---|---|---|---|"
    for reference in references():
        model, copper_mm = modelled(reference)
        wanted, found = quality(reference.spectrum), quality(model)
        yield _row(reference.title, *(f"{value:.3g}" for value in wanted.values()), "")
        yield _row("model", *(f"{value:.3g}" for value in found.values()), f"{copper_mm:.0f}")
        yield _row("off %", *(_percent(found[name], wanted[name]) for name in wanted), "")
    between, model_9, copper_mm = nine_megavolts()
    yield _row("9 MV, between Mohan's", *(f"{value:.3g}" for value in between.values()), "")
    yield _row("model", *(f"{value:.3g}" for value in model_9.values()), f"{copper_mm:.0f}")
    yield _row("off %", *(_percent(model_9[name], between[name]) for name in between), "")


def nine_megavolts() -> tuple[Mapping[str, float], Mapping[str, float], float]:
    """Return what lies between Mohan's 6 and 10 MV at 9 MV, the model's, and its copper in mm.

    Interpolated on the logarithm of the energy: no narrow-beam figures of a 9 MV machine were
    found.
    """
    six, ten = (
        quality(each.spectrum)
        for each in references()
        if each.title in ("6 MV, Mohan", "10 MV, Mohan")
    )
    share = np.log(9 / 6) / np.log(10 / 6)
    between = {name: float(six[name] + share * (ten[name] - six[name])) for name in six}
    model, copper_mm = hardened_alike(bremsstrahlung(9000), between["HVL water mm"])
    return between, quality(model), copper_mm


def cargo_beams() -> Iterator[str]:
    """Yield the layers of this simulator's own beams."""
    yield "| MV | copper mm | mean MeV | HVL steel mm | HVL lead mm | TVL steel mm | TVL lead mm |"
    yield "|---|---|---|---|---|---|---|"
    for megavolts in (4.0, 6.0, 9.0):
        for copper_mm in (0.0, 3.0, 10.0):
            beam = bremsstrahlung(1000 * megavolts, filters=[(COPPER, copper_mm)])
            yield _row(
                f"{megavolts:g}",
                f"{copper_mm:g}",
                f"{beam.mean_energy_kev / 1000:.2f}",
                *(f"{half_value_layer_mm(beam, metal):.1f}" for metal in (STEEL, LEAD)),
                *(
                    f"{half_value_layer_mm(beam, metal, transmitted=0.1):.1f}"
                    for metal in (STEEL, LEAD)
                ),
            )


def discrimination() -> Iterator[str]:
    """Yield over which thickness two energies order the materials, and tell them apart."""
    yield "| MV | neighbours | in order | 2 sigma apart, 20 x 20 elements | 2 sigma, 3 x 3 |"
    yield "|---|---|---|---|---|"
    names = [f"{light.name}, {heavy.name}" for light, heavy in itertools.pairwise(CLASSES)]
    for high_mv, low_mv in SYSTEMS:
        pair = interlaced(high_mv, low_mv)
        findings = [ordered(pair, CLASSES, AREAL) > 0]
        findings += [parted(pair, CLASSES, AREAL, elements=count) > 2 for count in (REGION, 9)]
        for index, name in enumerate(names):
            yield _row(f"{high_mv:g}/{low_mv:g}", name, *(span(holds[index]) for holds in findings))
        yield _row(
            f"{high_mv:g}/{low_mv:g}",
            "all",
            *(span(np.asarray(holds.all(axis=0))) for holds in findings),
        )


def span(holds: NDArray[np.bool_]) -> str:
    """Return the longest run of `AREAL` over which something holds, in g/cm2, as text."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], holds.astype(np.int8), [0]])))
    if not len(edges):
        return "nowhere"
    starts, ends = edges[::2], edges[1::2]
    longest = int(np.argmax(ends - starts))
    return f"{AREAL[starts[longest]]:g} to {AREAL[ends[longest] - 1]:g}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _percent(found: float, wanted: float) -> str:
    return f"{100 * (found / wanted - 1):+.2f}"
