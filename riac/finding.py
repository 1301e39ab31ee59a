"""What the system noticed: factors, regions, comparison and check results."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from riac.scan import Box, Fault


class Factor(StrEnum):
    """The four factors an analyst judges (Afghan-transit SOP of 17 November 2025)."""

    VOLUME = "volume"
    DENSITY = "density"
    STRUCTURE = "structure"
    SUBSTITUTION = "substitution"


class ComparisonVerdict(StrEnum):
    """What the machine concluded from entry against exit."""

    MATCH = "match"
    MISMATCH = "mismatch"
    INCONCLUSIVE = "inconclusive"
    UNREADABLE = "unreadable"


class CheckVerdict(StrEnum):
    """What the machine concluded from a scan against its declaration."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    EMPTY = "empty"
    UNKNOWN_GOODS = "unknown_goods"
    LIBRARY_TOO_THIN = "library_too_thin"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FactorScore:
    """One factor: 0 no change to 1 certain change, and whether it is a finding."""

    score: float
    finding: bool


@dataclass(frozen=True, slots=True)
class ChangeRegion:
    """A place where entry and exit differ; boxes are pixels of each file as stored."""

    factor: Factor
    score: float
    view: str
    entry_box_px: Box | None
    exit_box_px: Box | None
    mass_change_kg: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Entry against exit."""

    verdict: ComparisonVerdict
    same_score: float | None
    """0 to 1, higher = same; None only when unreadable."""
    same_probability: float | None
    """None until calibrated."""
    visible_fraction: float | None
    mirrored: bool | None
    factors: dict[Factor, FactorScore] = field(default_factory=dict)
    regions: tuple[ChangeRegion, ...] = ()
    replayed: bool = False
    """True when exit shows the very same picture (or its very noise) as entry."""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class AnotherEntry:
    """The entry scan, of another container, that an exit scan is most like."""

    name: str
    """Whose it is, for a person."""
    same_score: float
    """0 to 1, as of a comparison."""


@dataclass(frozen=True, slots=True)
class CodeScore:
    """How much an HS code explains, 0 to 1."""

    hs: str
    score: float
    expected: float = 0.0
    """Of the score, owed to how such goods are expected to look, not to standard images."""
    references: int | None = None
    nearest: tuple[str, ...] = ()
    """Identifiers of the nearest standard images, best first."""


@dataclass(frozen=True, slots=True)
class GoodsRegion:
    """A part of the cargo no declared code explains."""

    box_px: Box
    view: str
    best: tuple[CodeScore, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A scan against its declared codes."""

    verdict: CheckVerdict
    consistent_score: float | None
    consistent_probability: float | None
    empty_score: float | None
    """0 loaded to 1 empty."""
    declared: tuple[CodeScore, ...] = ()
    candidates: tuple[CodeScore, ...] = ()
    unexplained_fraction: float | None = None
    regions: tuple[GoodsRegion, ...] = ()
    faults: tuple[Fault, ...] = ()
