"""A decision on one container passage, with its reasons and the digests of what made it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class PassageRole(StrEnum):
    """Why the container was scanned."""

    ENTRY = "entry"
    EXIT = "exit"
    IMPORT = "import"
    EXPORT = "export"


class Outcome(StrEnum):
    """What the clearance system is told."""

    AUTO_CLEAR = "auto_clear"
    REFER = "refer"


class ReasonCode(StrEnum):
    """Why; each reason also says it in a sentence."""

    NO_DECLARATION = "no_declaration"
    NO_ENTRY_SCAN = "no_entry_scan"
    UNUSABLE_SCAN = "unusable_scan"
    UNUSABLE_ENTRY_SCAN = "unusable_entry_scan"
    DOUBTFUL_PICTURE = "doubtful_picture"
    DISPLAY_RENDERED = "display_rendered"
    SEVERAL_CONTAINERS = "several_containers"
    MISMATCH = "mismatch"
    INCONCLUSIVE = "inconclusive"
    LOW_VISIBILITY = "low_visibility"
    REPLAYED_IMAGE = "replayed_image"
    RESEMBLES_ANOTHER_ENTRY = "resembles_another_entry"
    INCONSISTENT_GOODS = "inconsistent_goods"
    UNKNOWN_GOODS = "unknown_goods"
    DECLARED_BUT_EMPTY = "declared_but_empty"
    LIBRARY_TOO_THIN = "library_too_thin"
    SEAL_MISSING = "seal_missing"
    SEAL_DIFFERS = "seal_differs"
    WEIGHT_DIFFERS = "weight_differs"
    CHECK_DIGIT = "check_digit"
    UNKNOWN_CONTAINER = "unknown_container"
    ANALYSIS_FAILED = "analysis_failed"
    POLICY = "policy"
    CONSISTENT = "consistent"


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a decision."""

    code: ReasonCode
    detail: str
    refers: bool
    """True when this alone sends the passage to an analyst; False for a warning."""


@dataclass(frozen=True, slots=True)
class DecisionDigests:
    """What the decision was made from and with; SHA-256, hexadecimal, sorted where many."""

    inputs: dict[str, str] = field(default_factory=dict)
    """`scan`, `entry_scan`, `declaration`."""
    code: str = ""
    models: dict[str, str] = field(default_factory=dict)
    policy: str = ""
    library: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Auto-clear or refer, for one passage."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    digests: DecisionDigests
