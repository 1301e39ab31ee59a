"""A scan against its declared codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from riac.explaining import (
    Evidence,
    SlabEvidence,
    code_score,
    evidence_level,
    gather_evidence,
    outside,
)
from riac.finding import Check, CheckVerdict, CodeScore, GoodsRegion
from riac.imaging.frame import PreparedScan, RectifiedContainer
from riac.interior import Interior, Slab, interior_of
from riac.loading import judge_loading
from riac.ports import Embedder, StandardImages

REGION_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """Bounds of the check; likenesses are cosines of the embedder in use."""

    min_references: int = 3
    """Standard images a code needs before it is judged by them."""
    likeness_step: float = 0.08
    """A lead this large over the best other code makes the score 0.73, as far behind 0.27: the
    slope of a logistic regression of true against false codes of simulated loads (20 headings
    with 3 or 5 standard images each: 0.076 to 0.092)."""
    lapse: float = 0.02
    """Of honest loads, that are like anything but their standard images (another stowage): no
    likeness makes a score surer than by half of this. Of simulated ones a twentieth trail by 0.2
    to 0.3."""
    unknown_likeness: float = 0.45
    """Goods less like everything in the library than this are unknown to it: 2 to 4 % of simulated
    loads of goods it knows are."""
    tolerated_lead: float = 0.04
    """By so little may an undeclared code lead, in the whole or in a slab, before it contradicts
    the declaration: half a step."""
    unexplained_fraction: float = 0.5
    """More of the cargo than this unexplained is inconsistent, whatever the whole looks like."""


DEFAULT_LIMITS = CheckLimits()


def check(
    scan: PreparedScan,
    *,
    declared: Sequence[str],
    declared_empty: bool = False,
    embedder: Embedder | None = None,
    library: StandardImages | None = None,
    limits: CheckLimits = DEFAULT_LIMITS,
) -> Check:
    """Check a prepared scan; without embedder and library only empty or loaded is judged.

    A container declared empty is judged as such, whatever codes its declaration lists for
    others. Goods that nothing was declared for are inconsistent.

    Raises:
        LibraryError: the library was made with another embedder.
        ModelError: the embedder cannot be run.
    """
    if not scan.usable:
        return Check(CheckVerdict.UNREADABLE, None, None, None, faults=scan.faults)
    container = scan.rectified[0]
    interior = interior_of(scan)
    loading = judge_loading(interior)
    if declared_empty or loading.empty:
        return _check_emptiness(
            loading.empty_score,
            declared=() if declared_empty else declared,
            declared_empty=declared_empty,
            scan=scan,
            limits=limits,
        )
    if embedder is None or library is None:
        return _too_thin(declared, empty_score=loading.empty_score, scan=scan)
    evidence = gather_evidence(interior, loading, embedder=embedder, library=library)
    levels = {
        code: evidence_level(code, library=library, at_least=limits.min_references)
        for code in dict.fromkeys(declared)
    }
    known = {code: level for code, level in levels.items() if level is not None}
    lead = _lead(evidence, tuple(known.values()), limits=limits)
    unexplained = _unexplained_slabs(evidence, tuple(known.values()), limits=limits)
    fraction = _loaded_share(unexplained, evidence)
    scores = {
        code: code_score(evidence, level, references=library.references(level), hs=code)
        if level
        else CodeScore(code, 0.0, references=0)
        for code, level in levels.items()
    }
    judged = declared and len(known) == len(levels)
    return Check(
        verdict=_verdict(
            evidence, lead, fraction, judged=bool(judged), declared=declared, limits=limits
        ),
        consistent_score=_agreement(lead, limits=limits) if judged else None,
        consistent_probability=None,
        empty_score=loading.empty_score,
        declared=tuple(scores.values()),
        candidates=evidence.ranked(),
        unexplained_fraction=fraction if judged or not declared else None,
        regions=_regions(unexplained, evidence, interior=interior, container=container),
        faults=scan.faults,
    )


def _check_emptiness(
    empty_score: float,
    *,
    declared: Sequence[str],
    declared_empty: bool,
    scan: PreparedScan,
    limits: CheckLimits,
) -> Check:
    empty = empty_score >= 0.5
    if declared_empty:
        verdict = CheckVerdict.CONSISTENT if empty else CheckVerdict.INCONSISTENT
        score = empty_score
    else:
        verdict = CheckVerdict.EMPTY
        # Were there something after all, it would be like nothing that was declared.
        score = (1 - empty_score) * _agreement(-np.inf, limits=limits)
    return Check(
        verdict=verdict,
        consistent_score=score,
        consistent_probability=None,
        empty_score=empty_score,
        declared=tuple(CodeScore(code, 0.0) for code in declared),
        unexplained_fraction=0.0 if empty else 1.0,
        faults=scan.faults,
    )


def _too_thin(declared: Sequence[str], *, empty_score: float, scan: PreparedScan) -> Check:
    return Check(
        verdict=CheckVerdict.LIBRARY_TOO_THIN,
        consistent_score=None,
        consistent_probability=None,
        empty_score=empty_score,
        declared=tuple(CodeScore(code, 0.0, references=0) for code in declared),
        faults=scan.faults,
    )


def _verdict(
    evidence: Evidence,
    lead: float,
    fraction: float,
    *,
    judged: bool,
    declared: Sequence[str],
    limits: CheckLimits,
) -> CheckVerdict:
    if not declared:
        return CheckVerdict.INCONSISTENT
    if not judged:
        return CheckVerdict.LIBRARY_TOO_THIN
    # What is expected chooses between headings; it makes goods like none of them no liker.
    alike = (evidence.likeness(each, expecting=False) for each in evidence.headings())
    best = max(alike, default=0.0)
    if best < limits.unknown_likeness:
        return CheckVerdict.UNKNOWN_GOODS
    if lead >= -limits.tolerated_lead and fraction <= limits.unexplained_fraction:
        return CheckVerdict.CONSISTENT
    return CheckVerdict.INCONSISTENT


def _lead(evidence: Evidence, prefixes: Sequence[str], *, limits: CheckLimits) -> float:
    """How much more like the declared goods it is than like the best others, in likeness."""
    others = outside(evidence.headings(), prefixes)
    # With nothing else to be like, the declared goods must still beat a stranger.
    best_other = max((evidence.likeness(each) for each in others), default=limits.unknown_likeness)
    return evidence.likeness(*prefixes) - best_other


def _unexplained_slabs(
    evidence: Evidence, prefixes: Sequence[str], *, limits: CheckLimits
) -> tuple[SlabEvidence, ...]:
    others = outside(evidence.headings(), prefixes)
    return tuple(
        each
        for each in evidence.slabs
        if each.near.best(others) - each.near.best(prefixes) > limits.tolerated_lead
    )


def _loaded_share(unexplained: Sequence[SlabEvidence], evidence: Evidence) -> float:
    def columns(pieces: Sequence[SlabEvidence]) -> int:
        return sum(each.slab.stop - each.slab.start for each in pieces)

    return columns(unexplained) / max(1, columns(evidence.slabs))


def _regions(
    unexplained: Sequence[SlabEvidence],
    evidence: Evidence,
    *,
    interior: Interior,
    container: RectifiedContainer,
) -> tuple[GoodsRegion, ...]:
    """Join neighbouring unexplained slabs into regions, in pixels of the file."""
    runs: list[list[SlabEvidence]] = []
    for each in unexplained:
        if runs and runs[-1][-1].slab.stop == each.slab.start:
            runs[-1].append(each)
        else:
            runs.append([each])
    regions = []
    for run in runs:
        box = interior.part(Slab(run[0].slab.start, run[-1].slab.stop))
        of_run = Evidence(run[0].near, tuple(run), evidence.references)
        best = of_run.ranked()[:REGION_CANDIDATES]
        regions.append(GoodsRegion(container.box_to_file(box), container.view, best))
    return tuple(regions)


def _agreement(lead: float, *, limits: CheckLimits) -> float:
    """Turn a lead in likeness into a score, 0 to 1, never surer than likeness can be."""
    told = 1 / (1 + np.exp(-lead / limits.likeness_step))
    return float(limits.lapse / 2 + (1 - limits.lapse) * told)
