"""Simulated trucks as the imaging tests need them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.scan import EnergyPlane, Picture, Scan, View
from training.simulator.scanning import Exposure, Scanner, as_scan, expose
from training.simulator.trucks import Truck, build_scene

PITCH_MM = (9.0, 6.0)


@cache
def exposure(heading: str = "0805", *, seed: int = 3) -> Exposure:
    truck = Truck(heading, seed=seed, with_cab=True)
    return expose(build_scene(truck), Scanner(pitch_mm=PITCH_MM), seed=seed)


def picture(heading: str = "0805", *, seed: int = 3) -> Picture:
    """Return transmission, a copy that may be spoiled."""
    return exposure(heading, seed=seed).transmissions[0].copy()


def scan_of(transmission: Picture, *, display_rendered: bool = False) -> Scan:
    view = View("side", (EnergyPlane(transmission),), PITCH_MM)
    return replace(as_scan(exposure()), views=(view,), display_rendered=display_rendered)


def prepared(transmission: Picture, *, display_rendered: bool = False) -> PreparedScan:
    return prepare(scan_of(transmission, display_rendered=display_rendered))
