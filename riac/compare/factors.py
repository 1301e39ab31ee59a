"""From change evidence to the four factors an analyst judges, with regions in both files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from riac.compare.align import Alignment
from riac.compare.change import Evidence
from riac.compare.mass import mass_change_kg
from riac.compare.working import ROWS, WorkingView
from riac.finding import ChangeRegion, Factor, FactorScore
from riac.scan import Box, Picture, View, intersection

HALF_STRENGTH = 6.0
"""Strength of evidence at which same and changed are equally near. An honest pair's strongest
answer is the extreme of a field of unit deviation: about 4 over the few thousand independent
places of a picture for Gaussian noise; phantoms scanned twice (tests) reach 5.5 at the worst."""
MOST_REGIONS = 8
SMOOTH_PX = 3
EDGE_SHARE, LEAST_EDGE = 0.35, 1.5
"""A change ends where it falls to this share of its middle, or to this many noise units."""
TOLD_SHARE, LEAST_TOLD = 0.7, 0.1
"""The same of a detector's probability: a share of its peak, or a bound. Boxes of 85 simulated
re-scans that no network learned from have a mean IoU with the truth of 0.51 at a share of 0.3, 0.57
at a half, 0.64 at this one."""
FOOT_SHARE = 0.3
"""Of the peak, down to which the same change goes on: no second one begins there."""
MOST_COVERED = 0.5
"""Of the smaller of two places by the other: they are the same change."""
MOST_TOLD = 0.5
"""Of the picture: who says that all of it changed does not say where."""
NEAR_PX = 3
"""The peak of the evidence lies so near to the detector's change, or is another."""
WALL_HEIGHT_FRACTION = 0.6
"""Of the hold; a narrow change as tall as this is a wall, not goods."""


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """A region before it is put into file pixels."""

    box: Box
    """Pixels of the entry's working picture."""
    strength: float
    memberships: dict[Factor, float]

    @property
    def factor(self) -> Factor:
        """The factor it speaks for most."""
        return max(self.memberships, key=lambda f: self.memberships[f])


def change_score(strength: float) -> float:
    """Return 0 (no change) to 1 (certain): 0.5 at HALF_STRENGTH, rising with the evidence."""
    squared = strength * strength
    return squared / (squared + HALF_STRENGTH**2)


def changed_places(
    evidence: Evidence,
    *,
    answers: Picture,
    least: float = HALF_STRENGTH,
    probability: Picture | None = None,
) -> tuple[ChangedPlace, ...]:
    """Return where answers reach the least that counts, strongest first, no change told twice.

    Args:
        evidence: of the pair.
        answers: (H, W) float32, its own, or these weighed by a detector.
        least: strength of a place.
        probability: (H, W) float32, 0 to 1, of the detector, which then says how far each goes.
    """
    answers = answers.copy()
    places: list[ChangedPlace] = []
    while len(places) < MOST_REGIONS:
        y, x = (int(at) for at in np.unravel_index(int(np.argmax(answers)), answers.shape))
        strength = float(answers[y, x])
        if strength < least:
            break
        width, height = (float(evidence.sizes[i, y, x]) for i in (0, 1))
        rows, columns = answers.shape
        box = Box(
            max(x - width / 2, 0.0),
            max(y - height / 2, 0.0),
            min(x + width / 2, float(columns)),
            min(y + height / 2, float(rows)),
        )
        told = foot = None
        if probability is not None:
            told = _told(probability, x=x, y=y, share=TOLD_SHARE)
            foot = _told(probability, x=x, y=y, share=FOOT_SHARE)
        box = told or _grown(evidence, box)
        if not any(_same(box, place.box) for place in places):
            places.append(ChangedPlace(box, strength, _memberships(evidence, box)))
        # A filter answers to a change it only touches: half of its size around the change.
        around = foot or box
        answers[
            int(max(min(around.y0, y) - height / 2, 0)) : int(max(around.y1, y) + height / 2) + 1,
            int(max(min(around.x0, x) - width / 2, 0)) : int(max(around.x1, x) + width / 2) + 1,
        ] = 0
    return tuple(places)


def _same(box: Box, other: Box) -> bool:
    return intersection(box, other) > MOST_COVERED * min(box.area, other.area)


def _told(probability: Picture, *, x: int, y: int, share: float) -> Box | None:
    """Return the box around what a detector takes for the change at a pixel; None for nothing.

    It ends where the probability falls to a share of its peak there.
    """
    near = (
        slice(max(y - NEAR_PX, 0), y + NEAR_PX + 1),
        slice(max(x - NEAR_PX, 0), x + NEAR_PX + 1),
    )
    least = max(LEAST_TOLD, share * float(probability[near].max()))
    changed = (probability >= least).astype(np.uint8)
    _, labels, found, _ = cv2.connectedComponentsWithStats(changed)
    here = labels[near][labels[near] > 0]
    if here.size == 0:
        return None
    left, top, width, height = (int(each) for each in found[np.bincount(here).argmax()][:4])
    if width * height > MOST_TOLD * probability.size:
        return None
    return Box(float(left), float(top), float(left + width), float(top + height))


def _grown(evidence: Evidence, box: Box) -> Box:
    """Return the box around the connected pixels that changed as the middle of a box did."""
    change = cv2.boxFilter(evidence.difference, -1, (SMOOTH_PX, SMOOTH_PX))
    change[evidence.weight == 0] = 0
    inner = change[_pixels(box)]
    # Goods replaced by others change both ways; goods put in or taken out one way.
    one_way = abs(float(inner.mean())) > 0.4 * float(np.abs(inner).mean())
    towards = change * np.sign(inner.mean()) if one_way else np.abs(change)
    inner = towards[_pixels(box)]
    peak = float(np.percentile(inner, 90))
    changed = (towards > max(EDGE_SHARE * peak, LEAST_EDGE)).astype(np.uint8)
    _, labels = cv2.connectedComponents(changed)
    found = labels[_pixels(box)]
    present = np.bincount(found[found > 0])
    if present.size == 0:
        return box
    ys, xs = np.nonzero(labels == int(present.argmax()))
    low_x, high_x = np.percentile(xs, [1, 99])
    low_y, high_y = np.percentile(ys, [1, 99])
    return Box(float(low_x), float(low_y), float(high_x + 1), float(high_y + 1))


def _memberships(evidence: Evidence, box: Box) -> dict[Factor, float]:
    area = _pixels(box)
    expected, seen = evidence.expected[area], evidence.warped[area]
    known = evidence.weight[area] > 0
    if not known.any():
        return {factor: float(factor is Factor.DENSITY) for factor in Factor}
    empty_before = float((expected[known] > evidence.empty_level).mean())
    empty_after = float((seen[known] > evidence.empty_level).mean())
    difference = (seen - expected)[known]
    net = abs(float(difference.mean())) / max(float(np.abs(difference).mean()), 1e-6)
    volume = abs(empty_before - empty_after)
    loaded = 1 - max(empty_before, empty_after)
    return {
        Factor.VOLUME: volume,
        Factor.DENSITY: (1 - volume) * net * (0.5 + 0.5 * loaded),
        Factor.STRUCTURE: _wall_likeness(evidence, box),
        Factor.SUBSTITUTION: (1 - volume) * (1 - net) * (0.5 + 0.5 * loaded),
    }


def _wall_likeness(evidence: Evidence, box: Box) -> float:
    rows = np.nonzero(evidence.hold.any(axis=1))[0]
    tall = box.height / max(float(rows.size), 1.0)
    narrow = box.width < 0.5 * box.height
    return 1.2 * tall if narrow and tall >= WALL_HEIGHT_FRACTION else 0.0


def _pixels(box: Box) -> tuple[slice, slice]:
    x0, y0 = int(box.x0), int(box.y0)
    return (slice(y0, max(int(np.ceil(box.y1)), y0 + 1)), slice(x0, max(int(box.x1), x0 + 1)))


def weighed(answers: Picture, probability: Picture) -> Picture:
    """Weigh answers by a detector's word: the geometric mean of both strengths.

    Args:
        answers: (H, W) float32, of the evidence.
        probability: (H, W) float32, 0 to 1, of the detector.
    """
    bounded = np.clip(probability, 1e-4, 1 - 1e-4)
    told = np.float32(HALF_STRENGTH) * np.sqrt(bounded / (1 - bounded))
    return np.asarray(np.sqrt(np.maximum(answers, 0) * told), np.float32)


def factor_scores(places: Sequence[ChangedPlace], *, score: float) -> dict[Factor, FactorScore]:
    """Score the four factors by the strongest place that speaks for each.

    Args:
        places: strongest first.
        score: of the pair, also when there is no place.
    """
    if not places:
        # Too weak for any place: what there is counts for no factor in particular.
        return {factor: FactorScore(score / 2, finding=False) for factor in Factor}
    scores = dict.fromkeys(Factor, 0.0)
    for place in places:
        most = max(place.memberships.values()) or 1.0
        for factor, membership in place.memberships.items():
            share = membership / most
            scores[factor] = max(scores[factor], change_score(place.strength) * share)
    return {f: FactorScore(score, finding=score >= 0.5) for f, score in scores.items()}


def change_region(
    place: ChangedPlace,
    evidence: Evidence,
    alignment: Alignment,
    *,
    entry: WorkingView,
    exit_: WorkingView,
    view: View,
    measured: bool,
) -> ChangeRegion:
    """Put a place into the pixels of both files.

    Args:
        place: of the entry's working picture.
        evidence: it was found in.
        alignment: of the pair.
        entry: the entry's working picture.
        exit_: the exit's.
        view: of the entry, for pitch and energy.
        measured: True when both pictures hold measured values, so that mass may be told.
    """
    return ChangeRegion(
        factor=place.factor,
        score=change_score(place.strength),
        view=view.name,
        entry_box_px=entry.box_to_file(place.box),
        exit_box_px=_exit_box(place.box, alignment, exit_),
        mass_change_kg=(
            mass_change_kg(evidence, _pixels(place.box), entry=entry, view=view)
            if measured
            else None
        ),
    )


def _exit_box(box: Box, alignment: Alignment, exit_: WorkingView) -> Box | None:
    area = _pixels(box)
    x, y = alignment.map_x[area], alignment.map_y[area]
    found = Box(
        float(np.clip(x.min(), 0, exit_.columns)),
        float(np.clip(y.min(), 0, ROWS)),
        float(np.clip(x.max() + 1, 0, exit_.columns)),
        float(np.clip(y.max() + 1, 0, ROWS)),
    )
    if found.width < 1 or found.height < 1:
        return None
    if alignment.mirrored:
        found = Box(exit_.columns - found.x1, found.y0, exit_.columns - found.x0, found.y1)
    return exit_.box_to_file(found)
