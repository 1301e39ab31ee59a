"""A scan made ready: assessed, repaired, its containers found and rectified."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from riac.imaging.container import find_containers
from riac.imaging.frame import LocatedContainer, PreparedScan, RectifiedContainer
from riac.imaging.quality import assess, assess_framing, assess_hold
from riac.imaging.rectifying import rectify
from riac.scan import Fault, FaultCode, Picture, Scan, Severity

if TYPE_CHECKING:  # ports speak of what lies above this package
    from riac.ports import EdgeReader, NormalisationChecker, NoveltyDetector, PictureChecks

MISNORMALISED = 0.924
"""Probability above which rows are said to be divided by too little air: no clean one of 450
simulated pictures that were held out of training reaches it, nine in ten spoiled ones do."""


def prepare(
    scan: Scan, *, checks: PictureChecks | None = None, edges: EdgeReader | None = None
) -> PreparedScan:
    """Assess and repair a scan, find its containers and rectify the one to look at.

    With checks, say so where the container is unlike all that models were fitted on, or where rows
    were divided by too little air; with a reader of edges, place the edges of what was found more
    exactly.

    Raises:
        ModelError: a check or the reader of edges cannot be run.
    """
    assessed = [assess(view, display_rendered=scan.display_rendered) for view in scan.views]
    mended = replace(scan, views=tuple(one.view for one in assessed))
    faults = (*scan.faults, *(fault for one in assessed for fault in one.faults))
    black = any(fault.code is FaultCode.BLACK for fault in assessed[0].faults)
    containers = (
        ()
        if black
        else find_containers(mended.primary.transmission, view=mended.primary.name, edges=edges)
    )
    if not containers:
        if not black:
            faults = (*faults, _fault(FaultCode.NO_CONTAINER, Severity.FATAL, "no container found"))
        return PreparedScan(mended, (), (), faults)
    if len(containers) > 1:
        detail = f"{len(containers)} containers in one picture; the longest is looked at"
        faults = (*faults, _fault(FaultCode.SEVERAL_CONTAINERS, Severity.DOUBTFUL, detail))
    chosen = max(containers, key=lambda one: one.box_px.width)
    rectified = [rectify(mended.primary, chosen)]
    faults = (*faults, *assess_framing(mended.primary, chosen), *assess_hold(rectified[0]))
    if checks is not None and checks.novelty is not None:
        faults = (*faults, *_assess_novelty(rectified[0], checks.novelty))
    # Crops leave out the air and the vehicle, by which a gain of rows is told from goods.
    if checks is not None and checks.normalisation is not None and not chosen.whole_picture:
        faults = (
            *faults,
            *_assess_normalisation(mended.primary.transmission, checks.normalisation),
        )
    for view in mended.views[1:]:
        other = _longest(find_containers(view.transmission, view=view.name, edges=edges))
        if other is None:
            detail = f"no container found in view {view.name}"
            faults = (*faults, _fault(FaultCode.NO_CONTAINER, Severity.DOUBTFUL, detail))
        else:
            rectified.append(rectify(view, other))
    return PreparedScan(mended, containers, tuple(rectified), faults)


def _assess_novelty(rectified: RectifiedContainer, detector: NoveltyDetector) -> tuple[Fault, ...]:
    cropped = rectified.container.whole_picture
    novelty = detector.novelty(rectified.transmission, cropped=cropped)
    if novelty <= 1:
        return ()
    detail = f"unlike all the models were fitted on ({novelty:.1f} times as far as theirs)"
    return (_fault(FaultCode.UNFAMILIAR, Severity.DOUBTFUL, detail),)


def _assess_normalisation(
    transmission: Picture, checker: NormalisationChecker
) -> tuple[Fault, ...]:
    reading = checker.check(transmission)
    if reading.probability <= MISNORMALISED:
        return ()
    clearest = int(np.argmax(reading.rows))
    detail = f"rows were divided by too little air, as at row {clearest}"
    return (_fault(FaultCode.WRONG_NORMALISATION, Severity.DOUBTFUL, detail),)


def _longest(containers: tuple[LocatedContainer, ...]) -> LocatedContainer | None:
    return max(containers, key=lambda one: one.box_px.width, default=None)


def _fault(code: FaultCode, severity: Severity, detail: str) -> Fault:
    return Fault(code, severity, detail)
