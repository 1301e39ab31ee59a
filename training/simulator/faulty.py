"""Faults of the machine put into an exposure, and what of a hold a picture shows at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from training.simulator.pictures import FiledPicture, file_exposure
from training.simulator.scanners.acquisition import Acquisition
from training.simulator.scanners.display import tone
from training.simulator.scanners.faults import ON_LEVELS, ScanFault, spoiled, truncated
from training.simulator.scanners.profile import ScannerProfile
from training.simulator.scanners.style import DisplayStyle
from training.simulator.scanning import Exposure

MACHINE_FAULTS: tuple[ScanFault, ...] = (*ON_LEVELS, ScanFault.TRUNCATED)
"""What a scan is spoiled with; being rendered is a matter of filing."""
_WHITE = 60_000
_INNER = (0.025, 0.05, 0.125)
"""Of the container's box that is not its hold: at each end, at the top, at the bottom."""
_BLACK_LEVELS, _WHITE_LEVELS = 1.5, 254.5
"""Of 255, below and above which a display shows nothing but black and white."""


def spoiled_exposure(
    exposure: Exposure, fault: ScanFault, *, generator: np.random.Generator
) -> Exposure:
    """Return what the scanner would have written with a fault.

    Raises:
        ValueError: the fault is not one of levels.
    """
    levels = np.rint(np.stack(exposure.transmissions) * np.float32(_WHITE)).astype(np.uint16)
    seen = spoiled(Acquisition(levels, 0, _WHITE), fault, generator=generator).transmissions()
    return replace(exposure, transmissions=tuple(np.clip(plane, 0, 1) for plane in seen))


def file_spoiled(
    exposure: Exposure,
    fault: ScanFault,
    *,
    style: DisplayStyle | None,
    profile: ScannerProfile,
    generator: np.random.Generator,
) -> FiledPicture:
    """File a scan with a fault: for the screen in a style, or without one as measured."""
    if fault is not ScanFault.TRUNCATED:
        exposure = spoiled_exposure(exposure, fault, generator=generator)
    picture = file_exposure(exposure, style, profile=profile)
    if fault is not ScanFault.TRUNCATED:
        return picture
    return replace(picture, content=truncated(picture.content, generator=generator))


def unseen_fractions(exposure: Exposure, style: DisplayStyle | None) -> tuple[float, float]:
    """Return which shares of the hold a picture shows as plain black and plain white.

    By the truth: the drawn box, the scanner's own values, the display's own curve.
    """
    box = exposure.container_px
    across, top, bottom = _INNER
    hold = exposure.transmissions[0][
        max(0, round(box.y0 + top * box.height)) : round(box.y1 - bottom * box.height),
        max(0, round(box.x0 + across * box.width)) : round(box.x1 - across * box.width),
    ]
    levels = 255.0 * hold if style is None else tone(hold.astype(np.float64), style)
    return float((levels <= _BLACK_LEVELS).mean()), float((levels >= _WHITE_LEVELS).mean())
