"""Single scanners of a class: no two are built, set up and worn alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from training.simulator.scanners.profile import ScannerProfile, load_profile

SHARES: Mapping[str, float] = {
    "mobile-6mv": 0.24,
    "portal-6mv": 0.16,
    "gantry-6-4mv": 0.15,
    "portal-9-6mv": 0.12,
    "relocatable-4mv": 0.1,
    "top-9mv": 0.1,
    "gantry-co60": 0.08,
    "van-450kv": 0.05,
}
"""Of classes among the scanners of a border service. Chosen: linacs of 4 to 9 MV prevail (Chen et
al., AIP Conf. Proc. 1099 (2009) 574), isotopes and tubes remain."""

# Relative spread, as standard deviation of the logarithm. Chosen: a site sets up its scanner as the
# ground allows, sources lose output, crystals and electronics age.
_SPREAD: Mapping[tuple[str, str], float] = {
    ("geometry", "source_height_mm"): 0.06,
    ("geometry", "speed_m_s"): 0.12,
    ("detector", "focal_spot_sigma_mm"): 0.15,
    ("detector", "aperture_sigma_mm"): 0.12,
    ("detector", "along_sigma_mm"): 0.15,
    ("detector", "afterglow_share"): 0.4,
    ("noise", "electronic_sd"): 0.3,
    ("noise", "offset_error_sd"): 0.4,
    ("noise", "gain_error_sd"): 0.8,
    ("noise", "dose_sd"): 0.3,
    ("noise", "scatter_share"): 0.4,
    ("passage", "tilt_sd_mm_per_m"): 0.3,
    ("passage", "bounce_sd_mm"): 0.4,
}
_OUTPUT_SPREAD = 0.3
"""Of photons, all energies of a source together."""
_FURTHEST = 2.0
"""Standard deviations at which the spread is cut: what is worse gets repaired."""


def draw_scanner(
    generator: np.random.Generator, *, names: Sequence[str] | None = None
) -> ScannerProfile:
    """Draw one scanner: its class, then how it differs from it.

    Args:
        generator: of chance.
        names: of the classes to choose from; without it all.

    Raises:
        ValueError: a class is not modelled.
    """
    allowed = list(SHARES if names is None else names)
    for name in allowed:
        load_profile(name)
    weights = np.array([SHARES.get(name, 0.1) for name in allowed])
    chosen = allowed[int(generator.choice(len(allowed), p=weights / weights.sum()))]
    return individual(load_profile(chosen), generator=generator)


def individual(profile: ScannerProfile, *, generator: np.random.Generator) -> ScannerProfile:
    """Return a single scanner of the class of a profile, under the same name."""
    stated: dict[str, Any] = profile.model_dump()
    for (part, field), spread in _SPREAD.items():
        stated[part][field] *= _factor(spread, generator)
    output = _factor(_OUTPUT_SPREAD, generator)
    stated["beam"]["photons"] = tuple(count * output for count in profile.beam.photons)
    return ScannerProfile.model_validate(stated)


def _factor(spread: float, generator: np.random.Generator) -> float:
    return float(np.exp(spread * np.clip(generator.standard_normal(), -_FURTHEST, _FURTHEST)))
