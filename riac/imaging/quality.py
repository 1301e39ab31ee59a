"""What is wrong with a picture, and what physics allows to be mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from riac.imaging.attenuation import EIGHT_BIT_FLOOR
from riac.imaging.dose import (
    DOSE_KNOWN,
    Profile,
    air_above,
    bands,
    clipped_share,
    deviation,
    dose,
    evened,
    is_striped,
)
from riac.imaging.frame import LocatedContainer, RectifiedContainer
from riac.imaging.lines import bright_columns, dead_rows, filled
from riac.imaging.polarity import looks_inverted
from riac.imaging.stretches import POST_TRANSMISSION
from riac.scan import EnergyPlane, Fault, FaultCode, Picture, Severity, View

BLACK_MEDIAN = 0.02
BLACK_BRIGHTEST = 0.15
"""A scan with a container in it has a roof, walls or air brighter than this."""
MOST_DEAD_FRACTION = 0.02
"""Of the rows; with more dead ones too much is guessed."""
MOST_OPAQUE_FRACTION = 0.6
"""Of the hold. Real loads are opaque over a fifth to a quarter; beyond this hardly any is seen."""
MOST_BURNT_FRACTION = 0.5
"""Of the hold at full scale, under a roof: not even steel walls are told from air."""
MOST_EVENED = 0.07
"""Of the dose, its fluctuation up to which stripes of a display picture are divided out. Dividing
by air is exact for power laws, nearly so near white for other curves. Of simulated pulses that
fluctuate by 4 to 10 %, seen as 1 to 8 %, at most 1.8 to 2.8 % are left where transmission is above
0.3: of ten honest pairs told to be alike without stripes, ten are with them evened, none or one
with them left. Of 15 % 4 to 5 % are left."""
EDGE_PX = 2.0
ROOF_SEEN = 0.985
"""Transmission of a roof's rows below which there is one: corrugated steel along its plane leaves
less than 0.94 (`riac.imaging.air.AIR_AT_LEAST`), JPEG moves full scale by a level or two."""
ROOFLESS_BURNT_FRACTION = 0.1
"""Of the hold at full scale, where the roof is too: steel is not told from air, so neither are
light goods. Flat racks have no roof; they are doubted with the others, as nothing here tells them
apart. None of 138 real scans shows its roof so bright."""
POST_ZONE = (0.03, 0.2)
"""Of a container's height, under its roof."""
POST_WITHIN = 0.06
"""Of its height, from the edge of the picture: a corner post is 160 mm wide."""
POST_DARKER = 0.75
"""Of the wall's transmission at most lets a post through."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A view with its repairs applied, and what was found."""

    view: View
    faults: tuple[Fault, ...]


def assess(view: View, *, display_rendered: bool) -> Assessed:
    """Name what is wrong with a view as a picture, and mend what can be.

    Args:
        view: planes of transmission, as read.
        display_rendered: grey levels were made for a screen: dose can be divided out of them only
            as far as what air shows holds for darker levels too.
    """
    if _is_black(view.transmission):
        return Assessed(
            view,
            (Fault(FaultCode.BLACK, Severity.FATAL, "nothing passes anywhere in the picture"),),
        )
    faults: list[Fault] = []
    if looks_inverted(view.transmission):
        view = _mapped(view, lambda picture: 1 - picture)
        faults.append(
            Fault(FaultCode.INVERTED, Severity.REPAIRED, "air was dark; levels turned round")
        )
    view, found = _dead_rows_mended(view)
    faults += found
    view, found = _discharges_mended(view)
    faults += found
    view, found = _dose_evened(view, display_rendered=display_rendered)
    faults += found
    return Assessed(view, tuple(faults))


def assess_hold(rectified: RectifiedContainer) -> tuple[Fault, ...]:
    """Name what leaves too little to see of a container."""
    rows, columns = rectified.transmission.shape
    hold = rectified.transmission[rows // 20 : rows - rows // 8, columns // 40 : -columns // 40]
    opaque = float((hold <= EIGHT_BIT_FLOOR).mean())
    roof = rectified.transmission[: rows // 20, columns // 40 : -columns // 40].min(axis=0)
    seen = float(np.median(roof)) < ROOF_SEEN
    burnt = float((hold >= 1).mean())
    if opaque > MOST_OPAQUE_FRACTION:
        detail = f"nothing passes through {opaque:.0%} of the hold"
        return (Fault(FaultCode.SATURATED, Severity.DOUBTFUL, detail),)
    if seen and burnt > MOST_BURNT_FRACTION:
        detail = f"{burnt:.0%} of the hold is at full scale"
        return (Fault(FaultCode.SATURATED, Severity.DOUBTFUL, detail),)
    if not seen and burnt > ROOFLESS_BURNT_FRACTION:
        detail = f"the roof and {burnt:.0%} of the hold are at full scale"
        return (Fault(FaultCode.SATURATED, Severity.DOUBTFUL, detail),)
    return ()


def assess_framing(view: View, container: LocatedContainer) -> tuple[Fault, ...]:
    """Name a picture of a whole vehicle that begins or ends within the container."""
    picture = view.transmission
    if container.whole_picture:
        return ()
    quad = container.quad_px
    sides = [
        side
        for side, cut, seen, roof in (
            ("left", quad[:, 0].min() <= EDGE_PX, picture, quad[0, 1]),
            ("right", quad[:, 0].max() >= len(picture[0]) - EDGE_PX, picture[:, ::-1], quad[1, 1]),
        )
        if cut and not _begins_with_post(seen, roof=float(roof), high=container.height_px)
    ]
    if not sides:
        return ()
    detail = f"the container reaches the {' and the '.join(sides)} edge of the picture"
    return (Fault(FaultCode.TRUNCATED, Severity.DOUBTFUL, detail),)


def _begins_with_post(picture: Picture, *, roof: float, high: float) -> bool:
    """Say whether a corner post is the first thing of a picture: the container ends with it.

    Looked for under the roof, over most loads, where a wall is far brighter than its post.
    """
    rows = slice(max(0, round(roof + POST_ZONE[0] * high)), round(roof + POST_ZONE[1] * high))
    width = max(4, round(POST_WITHIN * high))
    profile = np.median(picture[rows, : 3 * width], axis=0) if rows.stop > rows.start else None
    if profile is None or len(profile) < 3 * width:
        return False
    post, wall = float(profile[:width].min()), float(np.median(profile[width:]))
    return post < POST_TRANSMISSION and post < POST_DARKER * wall


def _is_black(picture: Picture) -> bool:
    thinned = picture[::4, ::4]
    if 2 * np.count_nonzero(thinned < BLACK_MEDIAN) < thinned.size:
        return False
    return (
        float(np.median(thinned)) < BLACK_MEDIAN
        and float(np.percentile(thinned, 95)) < BLACK_BRIGHTEST
    )


def _dead_rows_mended(view: View) -> tuple[View, list[Fault]]:
    dead = dead_rows(view.transmission)
    count = int(dead.sum())
    if count == 0:
        return view, []
    if count > MOST_DEAD_FRACTION * len(dead):
        return view, [Fault(FaultCode.DEAD_ROWS, Severity.DOUBTFUL, f"{count} dead detector rows")]
    mended = _mapped(view, lambda picture: filled(picture, dead))
    detail = f"{count} dead detector rows filled from those beside them"
    return mended, [Fault(FaultCode.DEAD_ROWS, Severity.REPAIRED, detail)]


def _discharges_mended(view: View) -> tuple[View, list[Fault]]:
    bright = bright_columns(view.transmission)
    count = int(bright.sum())
    if count == 0:
        return view, []
    relative = dose(view.transmission)
    if relative is not None and is_striped(relative, view.transmission):
        # Stripes make every other column brighter than those beside it.
        return view, []
    if count > MOST_DEAD_FRACTION * len(bright):
        detail = f"discharges in {count} columns"
        return view, [Fault(FaultCode.STRIPED, Severity.DOUBTFUL, detail)]
    mended = _mapped(view, lambda picture: np.ascontiguousarray(filled(picture.T, bright).T))
    detail = f"{count} columns with discharges filled from those beside them"
    return mended, [Fault(FaultCode.STRIPED, Severity.REPAIRED, detail)]


def _dose_evened(view: View, *, display_rendered: bool) -> tuple[View, list[Fault]]:
    relative = dose(view.transmission)
    if relative is None:
        return view, []
    dark, striped = bands(relative), is_striped(relative, view.transmission)
    faults = []
    if dark:
        where = ", ".join(f"{first} to {last}" for first, last in dark[:5])
        severity = Severity.DOUBTFUL if display_rendered else Severity.REPAIRED
        faults.append(Fault(FaultCode.BANDED, severity, f"too little dose in columns {where}"))
    if striped:
        faults.append(_stripes(relative, display_rendered=display_rendered))
    if not faults or (dark and display_rendered):
        return view, faults
    return _mapped_by_own_dose(view), faults


def _stripes(relative: Profile, *, display_rendered: bool) -> Fault:
    """Say how far dividing by what the air shows takes stripes out."""
    detail = "the dose jumps from pulse to pulse"
    if clipped_share(relative) > DOSE_KNOWN:
        detail += ", and air at full scale does not show how far"
        return Fault(FaultCode.STRIPED, Severity.DOUBTFUL, detail)
    if display_rendered and deviation(relative) > MOST_EVENED:
        detail += f" by {deviation(relative):.0%}, too far for a display picture to be evened"
        return Fault(FaultCode.STRIPED, Severity.DOUBTFUL, detail)
    return Fault(FaultCode.STRIPED, Severity.REPAIRED, f"{detail}; divided out by the air above")


def _mapped_by_own_dose(view: View) -> View:
    """Divide by dose, each energy by its own."""

    def even(picture: Picture) -> Picture:
        air = air_above(picture)
        return picture if air is None else evened(picture, air)

    return _mapped(view, even)


def _mapped(view: View, change: Callable[[Picture], Picture]) -> View:
    planes = tuple(
        EnergyPlane(change(plane.transmission).astype(np.float32, copy=False), plane.energy_kev)
        for plane in view.planes
    )
    return replace(view, planes=planes)
