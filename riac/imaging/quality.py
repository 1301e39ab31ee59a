"""What is wrong with a picture, and what physics allows to be mended. No locating here."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from riac.imaging.polarity import looks_inverted
from riac.scan import EnergyPlane, Fault, FaultCode, Picture, Severity, View

BLACK_MEDIAN = 0.02
BLACK_BRIGHTEST = 0.15
"""A scan with a container in it has a roof, walls or air brighter than this."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A view with its repairs applied, and what was found."""

    view: View
    faults: tuple[Fault, ...]


def assess(view: View, *, display_rendered: bool) -> Assessed:
    """Name what is wrong with a view, and mend what can be.

    Args:
        view: planes of transmission, as read.
        display_rendered: grey levels were made for a screen, and end at 8 bits.
    """
    picture = view.transmission
    if _is_black(picture):
        fault = Fault(FaultCode.BLACK, Severity.FATAL, "nothing passes anywhere in the picture")
        return Assessed(view, (fault,))
    faults: list[Fault] = []
    if looks_inverted(picture):
        view = _mapped(view, _turned_round)
        faults.append(
            Fault(FaultCode.INVERTED, Severity.REPAIRED, "air was dark; levels turned round")
        )
    del display_rendered
    return Assessed(view, tuple(faults))


def _is_black(picture: Picture) -> bool:
    thinned = picture[::4, ::4]
    return (
        float(np.median(thinned)) < BLACK_MEDIAN
        and float(np.percentile(thinned, 95)) < BLACK_BRIGHTEST
    )


def _turned_round(picture: Picture) -> Picture:
    turned: Picture = np.subtract(1.0, picture, dtype=np.float32)
    return turned


def _mapped(view: View, change: object) -> View:
    assert callable(change)
    planes = tuple(EnergyPlane(change(p.transmission), p.energy_kev) for p in view.planes)
    return replace(view, planes=planes)
