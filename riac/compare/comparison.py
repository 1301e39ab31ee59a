"""Entry against exit, from two prepared scans to one comparison."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from riac.compare.align import Alignment
from riac.compare.change import Evidence
from riac.compare.factors import (
    HALF_STRENGTH,
    ChangedPlace,
    change_region,
    change_score,
    changed_places,
    factor_scores,
    weighed,
)
from riac.compare.overlay import FacingViews, Overlay, facing_views
from riac.compare.replay import is_replay
from riac.finding import ChangeRegion, Comparison, ComparisonVerdict, Factor, FactorScore
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.ports import ChangeDetector, PictureChecks
from riac.scan import EnergyPlane, Fault, FaultCode, Scan, View
from riac.threads import both

CHANGED_SCORE = 0.5
"""From here on a pair is reported as a mismatch."""
LEAST_VISIBLE_FRACTION = 0.15
"""Where less of the hold can be seen, seeing no change says nothing."""


@dataclass(frozen=True, slots=True)
class _ViewComparison:
    """What one view says."""

    alignment: Alignment
    evidence: Evidence
    score: float
    """0 the same load, 1 another."""
    factors: dict[Factor, FactorScore]
    regions: tuple[ChangeRegion, ...]


def compare(
    entry: PreparedScan, exit_: PreparedScan, *, detector: ChangeDetector | None = None
) -> Comparison:
    """Compare two prepared scans of one container.

    With a detector its word counts beside the evidence; without one the evidence alone. A scan
    that cannot be used gives the verdict `unreadable`; a copy of the entry scan gives
    `inconclusive`, as nothing was seen of the container at exit, and so does a match with a scan
    that is unlike all the models were fitted on.

    Raises:
        ModelError: the detector cannot be run.
    """
    faults = entry.faults + exit_.faults
    if not (entry.usable and exit_.usable):
        return Comparison(ComparisonVerdict.UNREADABLE, None, None, None, None, faults=faults)
    measured = not (entry.scan.display_rendered or exit_.scan.display_rendered)
    facing = facing_views(entry, exit_)
    # Laying one over the other leaves cores idle.
    overlays, (likenesses, replayed) = both(
        lambda: [each.laid() for each in facing],
        lambda: (
            [_likeness(each, detector) for each in facing],
            is_replay(entry, exit_, mirrored=facing[0].speed.mirrored),
        ),
    )
    views = [
        _judged(
            overlay,
            measured=measured,
            view=_view_named(entry, overlay.entry.source.view),
            detector=detector,
            likeness=likeness,
        )
        for overlay, likeness in zip(overlays, likenesses, strict=True)
    ]
    primary = views[0]
    score = max(view.score for view in views)
    same_score = 1 - score
    visible = primary.evidence.visible_fraction
    if replayed:
        same_score = min(same_score, 0.5)
    regions = sorted((r for view in views for r in view.regions), key=lambda r: -r.score)
    return Comparison(
        verdict=_verdict(score, visible, replayed=replayed, abstains=_unfamiliar(faults)),
        same_score=same_score,
        same_probability=None,
        visible_fraction=visible,
        mirrored=primary.alignment.mirrored,
        factors=_strongest_factors(views),
        regions=tuple(regions),
        replayed=replayed,
        faults=faults,
    )


def warm_up(*, detector: ChangeDetector | None = None, checks: PictureChecks | None = None) -> None:
    """Compile or load the kernels, and ask the networks once, so that no request waits for them.

    Raises:
        ModelError: a network cannot be run.
    """
    scan = prepare(_drawn_scan(), checks=checks)
    compare(scan, scan, detector=detector)


def _drawn_scan() -> Scan:
    """Return a scan of a container full of noise, on a trailer, with air around it."""
    picture = np.ones((256, 768), np.float32)
    hold, trailer = (slice(40, 180), slice(128, 640)), (slice(180, 200), slice(128, 640))
    picture[hold] = np.random.default_rng(0).uniform(0.2, 0.6, picture[hold].shape)
    picture[trailer] = 0.7
    view = View("", (EnergyPlane(picture),))
    return Scan((view,), sha256="", source_format="", display_rendered=True, bits=8)


def _unfamiliar(faults: tuple[Fault, ...]) -> bool:
    return any(fault.code is FaultCode.UNFAMILIAR for fault in faults)


def _verdict(score: float, visible: float, *, replayed: bool, abstains: bool) -> ComparisonVerdict:
    if replayed:
        return ComparisonVerdict.INCONCLUSIVE
    if score >= CHANGED_SCORE:
        return ComparisonVerdict.MISMATCH
    if visible < LEAST_VISIBLE_FRACTION or abstains:
        return ComparisonVerdict.INCONCLUSIVE
    return ComparisonVerdict.MATCH


def _likeness(views: FacingViews, detector: ChangeDetector | None) -> float:
    return math.nan if detector is None else detector.likeness(*views.interiors())


def _judged(
    overlay: Overlay,
    *,
    measured: bool,
    view: View,
    detector: ChangeDetector | None,
    likeness: float,
) -> _ViewComparison:
    evidence = overlay.evidence
    score, answers, probability = change_score(evidence.strength), evidence.answers, None
    if detector is not None:
        judgement = detector.judge(overlay.pair(), strength=evidence.strength, likeness=likeness)
        score, probability = judgement.score, judgement.probability
        answers = weighed(answers, probability)
    places: tuple[ChangedPlace, ...] = ()
    if score >= CHANGED_SCORE:
        # What is referred is shown: where no place is strong by itself, the strongest.
        least = min(HALF_STRENGTH, float(answers.max()))
        places = changed_places(evidence, answers=answers, least=least, probability=probability)
    regions = tuple(
        change_region(
            place,
            evidence,
            overlay.alignment,
            entry=overlay.entry,
            exit_=overlay.exit,
            view=view,
            measured=measured,
        )
        for place in places
    )
    factors = factor_scores(places, score=score)
    return _ViewComparison(overlay.alignment, evidence, score, factors, regions)


def _view_named(scan: PreparedScan, name: str) -> View:
    named = [view for view in scan.scan.views if view.name == name]
    return named[0] if named else scan.scan.primary


def _strongest_factors(views: list[_ViewComparison]) -> dict[Factor, FactorScore]:
    return {
        factor: max((view.factors[factor] for view in views), key=lambda score: score.score)
        for factor in Factor
    }
