"""Two scans of one container laid over each other, view by view. Nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from riac.compare.align import Alignment, align
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
from riac.threads import at_once, both


@dataclass(frozen=True, slots=True)
class Overlay:
    """One view at entry and at exit, aligned."""

    entry: WorkingView
    exit: WorkingView
    alignment: Alignment
    evidence: Evidence
    """In the frame of the entry's working picture."""
    interiors: tuple[Picture, Picture]
    """Of entry and exit as they were scanned: (rows, columns) float32, transmission, 0 to 1."""

    def pair(self) -> AlignedPair:
        """Return what a change detector looks at, in the frame of the entry's working picture."""
        noise, evidence = self.exit.noise, self.evidence
        return AlignedPair(
            before=transmission_of(evidence.expected, noise=noise),
            after=transmission_of(evidence.warped, noise=noise),
            difference=evidence.difference,
            weight=evidence.weight,
            fit=self.alignment.fit(),
            interiors=(self.interiors[0], self._exit_turned_as_entry()),
        )

    def _exit_turned_as_entry(self) -> Picture:
        exit_ = self.interiors[1]
        return np.ascontiguousarray(exit_[:, ::-1]) if self.alignment.mirrored else exit_


def overlays(entry: PreparedScan, exit_: PreparedScan) -> tuple[Overlay, ...]:
    """Lay the views two usable scans share over each other, the primary view first."""
    noise = max(_noise(entry), _noise(exit_))
    return tuple(_overlay(*pair, noise=noise) for pair in _shared_views(entry, exit_))


def _overlay(entry: RectifiedContainer, exit_: RectifiedContainer, *, noise: float) -> Overlay:
    first, second = at_once(lambda one: working_view(one, noise=noise), entry, exit_)
    (alignment, evidence), interiors = both(
        lambda: _laid(first, second),
        # Aligning leaves cores idle.
        lambda: (interior_in(entry).transmission, interior_in(exit_).transmission),
    )
    return Overlay(first, second, alignment, evidence, interiors)


def _laid(entry: WorkingView, exit_: WorkingView) -> tuple[Alignment, Evidence]:
    alignment = align(entry, exit_)
    return alignment, change_evidence(entry, exit_, alignment)


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
