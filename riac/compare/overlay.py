"""Two scans of one container laid over each other, view by view. Nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from riac.compare.align import Alignment, SpeedWarp, align, speed_warp
from riac.compare.change import Evidence, change_evidence
from riac.compare.working import (
    DISPLAY_NOISE,
    MEASURED_NOISE,
    WorkingView,
    transmission_of,
    working_view,
)
from riac.imaging.frame import PreparedScan, RectifiedContainer
from riac.interior import interior_in
from riac.ports import AlignedPair
from riac.scan import Picture
from riac.threads import at_once


@dataclass(frozen=True, slots=True)
class FacingViews:
    """One view at entry and at exit, and which way round they face each other."""

    entry: WorkingView
    exit: WorkingView
    speed: SpeedWarp

    def interiors(self) -> tuple[Picture, Picture]:
        """Return both interiors as they are, not laid over each other.

        The exit's is turned around where it was driven the other way: (rows, columns) float32,
        transmission, 0 to 1, each of its own size.
        """
        entry, exit_ = (interior_in(each.source).transmission for each in (self.entry, self.exit))
        return entry, np.ascontiguousarray(exit_[:, ::-1]) if self.speed.mirrored else exit_

    def laid(self) -> Overlay:
        """Lay exit over entry."""
        alignment = align(self.entry, self.speed)
        return Overlay(self, alignment, change_evidence(self.entry, self.exit, alignment))


@dataclass(frozen=True, slots=True)
class Overlay:
    """One view at entry and at exit, aligned."""

    views: FacingViews
    alignment: Alignment
    evidence: Evidence
    """In the frame of the entry's working picture."""

    @property
    def entry(self) -> WorkingView:
        """At entry."""
        return self.views.entry

    @property
    def exit(self) -> WorkingView:
        """At exit."""
        return self.views.exit

    def pair(self) -> AlignedPair:
        """Return what a change detector looks at, in the frame of the entry's working picture."""
        noise, evidence = self.exit.noise, self.evidence
        return AlignedPair(
            before=transmission_of(evidence.expected, noise=noise),
            after=transmission_of(evidence.warped, noise=noise),
            difference=evidence.difference,
            weight=evidence.weight,
            fit=self.alignment.fit(),
        )


def facing_views(entry: PreparedScan, exit_: PreparedScan) -> tuple[FacingViews, ...]:
    """Pair the views that two usable scans share, the primary view first."""
    noise = max(_noise(entry), _noise(exit_))
    return tuple(_facing(*pair, noise=noise) for pair in _shared_views(entry, exit_))


def _facing(entry: RectifiedContainer, exit_: RectifiedContainer, *, noise: float) -> FacingViews:
    first, second = at_once(lambda one: working_view(one, noise=noise), entry, exit_)
    return FacingViews(first, second, speed_warp(first, second))


def _shared_views(
    entry: PreparedScan, exit_: PreparedScan
) -> list[tuple[RectifiedContainer, RectifiedContainer]]:
    """Pair views by name; the primary views belong together whatever they are called."""
    pairs = [(entry.rectified[0], exit_.rectified[0])]
    others = {container.view: container for container in exit_.rectified[1:]}
    pairs += [(c, others[c.view]) for c in entry.rectified[1:] if c.view in others]
    return pairs


def _noise(scan: PreparedScan) -> float:
    coarse = scan.scan.display_rendered or scan.scan.bits <= 8
    return DISPLAY_NOISE if coarse else MEASURED_NOISE
