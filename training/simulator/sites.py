"""Border sites and the scanners they work with: what a site files of a scene."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from training.simulator.faulty import spoiled_exposure
from training.simulator.pictures import file_measured
from training.simulator.scanners.faults import ScanFault
from training.simulator.scanners.fleet import individual
from training.simulator.scanners.profile import ScannerProfile, load_profile
from training.simulator.scanning import Scanner, expose, scan
from training.simulator.trucks import Scene

ENTRY_SITES = ("karachi", "port-qasim", "gwadar")
EXIT_SITES = ("torkham", "chaman", "sost")
CLASSES: Mapping[str, str] = {
    "karachi": "gantry-6-4mv",
    "port-qasim": "relocatable-4mv",
    "gwadar": "mobile-6mv",
    "torkham": "portal-9-6mv",
    "chaman": "mobile-6mv",
    "sost": "relocatable-4mv",
}
"""Invented: which class of scanner stands where is not public. All look from the side."""
TWO_ENERGIES = frozenset({"karachi", "torkham"})
"""These send the neutral package with two energies, the others one 16-bit TIFF."""


@cache
def site_scanner(site: str, seed: int) -> ScannerProfile:
    """Return the one scanner of a site: it differs from its class, and is the same all day."""
    generator = np.random.default_rng([seed & 0xFFFFFFFF, *site.encode()])
    return individual(load_profile(CLASSES[site]), generator=generator)


def scanned_at_site(
    scene: Scene,
    site: str,
    *,
    day_seed: int,
    generator: np.random.Generator,
    inverted: bool = False,
    fault: ScanFault | None = None,
) -> tuple[bytes, str]:
    """Scan with the site's own scanner; returns the file and its suffix.

    Args:
        scene: what goes through.
        site: one of `CLASSES`.
        day_seed: of the fleet.
        generator: of this passage.
        inverted: export with the scale turned about; such files have one energy.
        fault: of the machine.
    """
    profile = site_scanner(site, day_seed)
    number = list(CLASSES).index(site)
    exposure = scan(scene, profile, generator=generator, scanner_seed=day_seed * 10 + number)
    if inverted:
        exposure = exposure.single_energy()
    if fault is not None:
        exposure = spoiled_exposure(exposure, fault, generator=generator)
    picture = file_measured(exposure, inverted=inverted)
    return picture.content, picture.suffix


def scanned_small(
    scene: Scene,
    site: str,
    *,
    generator: np.random.Generator,
    inverted: bool = False,
    fault: ScanFault | None = None,
) -> tuple[bytes, str]:
    """Scan with a scanner made to measure, for demonstrations: the same physics, fewer pixels.

    Args:
        scene: what goes through.
        site: one of `CLASSES`.
        generator: of this passage and of the scanner.
        inverted: export with the scale turned about; such files have one energy.
        fault: of the machine.
    """
    # A package states its polarity, so that only a plain picture can be inverted.
    two = site in TWO_ENERGIES and not inverted
    scanner = Scanner(
        energies_kev=(6000.0, 3500.0) if two else (6000.0,),
        pitch_mm=(float(generator.uniform(6.0, 9.5)), float(generator.uniform(4.4, 4.9))),
        photons=float(generator.uniform(30_000, 90_000)),
        speed_error=float(generator.uniform(0.01, 0.05)),
        tilt_mm_per_m=float(generator.uniform(-7, 7)),
        mirrored=bool(generator.random() < 0.4),
    )
    exposure = expose(scene, scanner, seed=int(generator.integers(2**31)))
    if fault is not None:
        exposure = spoiled_exposure(exposure, fault, generator=generator)
    picture = file_measured(exposure, inverted=inverted)
    return picture.content, picture.suffix
