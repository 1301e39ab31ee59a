"""From the evidence on one passage to its decision.

Every rule looks at the evidence and yields its reasons. One reason that refers is enough;
clearing needs that no rule found one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from riac.decision import Decision, DecisionDigests, Outcome, PassageRole, Reason, ReasonCode
from riac.declaration import check_digit_is_right
from riac.finding import AnotherEntry, Check, CheckVerdict, Comparison, ComparisonVerdict
from riac.passage import Passage
from riac.policy.rules import Policy, Rules
from riac.scan import Fault, FaultCode, Severity
from riac.tariff import chapter


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a policy looks at."""

    passage: Passage
    comparison: Comparison | None
    """None when there was nothing to compare."""
    check: Check | None
    """None when there was no picture or no declaration to check."""
    another_entry: AnotherEntry | None = None
    """The likeliest of other containers' entry scans, where they were searched."""


def decide(evidence: Evidence, *, policy: Policy, digests: DecisionDigests) -> Decision:
    """Decide; whatever is missing, doubtful or contradictory refers."""
    passage = evidence.passage
    rules = policy.rules_for(
        regime=passage.declaration.regime if passage.declaration else None,
        site=passage.site,
        chapters={chapter(code) for code in passage.declared_codes},
    )
    reasons = tuple(_reasons(evidence, rules))
    if any(reason.refers for reason in reasons):
        return Decision(Outcome.REFER, reasons, digests)
    return Decision(Outcome.AUTO_CLEAR, (*reasons, _cleared(passage)), digests)


def failed(detail: str, *, digests: DecisionDigests) -> Decision:
    """Refer a passage whose analysis did not come to an end."""
    reason = Reason(ReasonCode.ANALYSIS_FAILED, detail, refers=True)
    return Decision(Outcome.REFER, (reason,), digests)


def _reasons(evidence: Evidence, rules: Rules) -> Iterator[Reason]:
    passage = evidence.passage
    yield from _declaration_reasons(passage)
    yield from _picture_reasons(passage, rules)
    yield from _replay_reasons(evidence)
    yield from _seal_reasons(passage, rules)
    yield from _weight_reasons(passage, rules)
    if passage.role is PassageRole.EXIT:
        yield from _comparison_reasons(evidence, rules)
        yield from _swap_reasons(evidence, rules)
    yield from _goods_reasons(evidence, rules)
    if passage.examination_ordered:
        yield _refer(ReasonCode.POLICY, "an analyst ordered an examination of this passage")
    if not rules.auto_clear:
        yield _refer(ReasonCode.POLICY, "the policy clears nothing automatically here")


def _refer(code: ReasonCode, detail: str) -> Reason:
    return Reason(code, detail, refers=True)


def _cleared(passage: Passage) -> Reason:
    detail = (
        "exit and entry scan match, and the goods agree with the declaration"
        if passage.role is PassageRole.EXIT
        else "the goods agree with the declaration"
    )
    return Reason(ReasonCode.CONSISTENT, detail, refers=False)


def _declaration_reasons(passage: Passage) -> Iterator[Reason]:
    number = passage.container_number
    if not check_digit_is_right(number):
        yield Reason(
            ReasonCode.CHECK_DIGIT, f"{number}: the check digit is wrong (ISO 6346)", refers=False
        )
    if passage.declaration is None:
        yield _refer(ReasonCode.NO_DECLARATION, f"no declaration covers container {number}")
    elif passage.declaration.container(number) is None:
        yield _refer(
            ReasonCode.UNKNOWN_CONTAINER,
            f"container {number} is not in declaration {passage.declaration.number}",
        )


def _picture_reasons(passage: Passage, rules: Rules) -> Iterator[Reason]:
    scan = passage.scan
    faults = passage.scan_faults if scan is None else scan.faults
    if any(fault.code is FaultCode.SEVERAL_CONTAINERS for fault in faults):
        yield _refer(ReasonCode.SEVERAL_CONTAINERS, "the picture shows more than one container")
    if scan is None or not scan.usable:
        yield _refer(ReasonCode.UNUSABLE_SCAN, _described(faults) or "no container to look at")
        return
    doubtful = [
        fault
        for fault in faults
        if fault.severity is Severity.DOUBTFUL
        and fault.code not in (*rules.tolerated_faults, FaultCode.SEVERAL_CONTAINERS)
    ]
    if doubtful:
        yield _refer(ReasonCode.DOUBTFUL_PICTURE, _described(doubtful))
    if scan.scan.display_rendered and not rules.display_rendered:
        yield _refer(
            ReasonCode.DISPLAY_RENDERED,
            "a picture rendered for a screen; the policy clears no such picture here",
        )


def _described(faults: Iterable[Fault]) -> str:
    return "; ".join(f"{fault.code}: {fault.detail}" for fault in faults)


def _replay_reasons(evidence: Evidence) -> Iterator[Reason]:
    passage = evidence.passage
    if passage.replay_of:
        yield _refer(
            ReasonCode.REPLAYED_IMAGE,
            f"the same file was presented at another passage ({', '.join(passage.replay_of)})",
        )
    elif evidence.comparison is not None and evidence.comparison.replayed:
        yield _refer(
            ReasonCode.REPLAYED_IMAGE, "the exit scan is the entry scan's own picture again"
        )


def _seal_reasons(passage: Passage, rules: Rules) -> Iterator[Reason]:
    if passage.role not in (PassageRole.ENTRY, PassageRole.EXIT):
        return
    if not passage.seals:
        if rules.seal_required:
            yield _refer(ReasonCode.SEAL_MISSING, "no seal was recorded at this scan")
        return
    container = passage.declaration and passage.declaration.container(passage.container_number)
    declared = container.seals if container else ()
    for whose, expected in (("declared", declared), ("entry", passage.entry_seals)):
        if expected and set(expected) != set(passage.seals):
            yield _refer(
                ReasonCode.SEAL_DIFFERS,
                f"{whose} seal {', '.join(expected)}, recorded {', '.join(passage.seals)}",
            )


def _weight_reasons(passage: Passage, rules: Rules) -> Iterator[Reason]:
    measured = passage.gross_mass_kg
    if measured is None:
        return
    container = passage.declaration and passage.declaration.container(passage.container_number)
    declared = container.gross_mass_kg if container else None
    for whose, expected in (("declared", declared), ("at entry", passage.entry_gross_mass_kg)):
        if expected and abs(measured - expected) > rules.weight_tolerance_fraction * expected:
            yield _refer(
                ReasonCode.WEIGHT_DIFFERS,
                f"{whose} {expected:,.0f} kg, weighed {measured:,.0f} kg "
                f"({(measured - expected) / expected:+.1%})",
            )


def _comparison_reasons(evidence: Evidence, rules: Rules) -> Iterator[Reason]:
    passage, comparison = evidence.passage, evidence.comparison
    if passage.entry_scan is None and passage.entry_scan_sha256 is None:
        yield _refer(ReasonCode.NO_ENTRY_SCAN, "there is no entry scan to compare with")
    elif passage.entry_scan is None or not passage.entry_scan.usable:
        yield _refer(
            ReasonCode.UNUSABLE_ENTRY_SCAN,
            _described(passage.entry_scan_faults) or "the entry scan shows no container",
        )
    elif comparison is None:
        if passage.compares:
            yield _refer(ReasonCode.ANALYSIS_FAILED, "entry and exit were not compared")
    else:
        yield from _match_reasons(comparison, rules)


def _swap_reasons(evidence: Evidence, rules: Rules) -> Iterator[Reason]:
    another, comparison = evidence.another_entry, evidence.comparison
    if another is None:
        return
    own = (comparison.same_score if comparison else None) or 0.0
    if another.same_score >= rules.min_same_score and another.same_score > own:
        yield _refer(
            ReasonCode.RESEMBLES_ANOTHER_ENTRY,
            f"the exit scan is more like the entry scan of {another.name} (likeness "
            f"{another.same_score:.2f}) than its own ({own:.2f})",
        )


def _match_reasons(comparison: Comparison, rules: Rules) -> Iterator[Reason]:
    score, visible = comparison.same_score, comparison.visible_fraction
    if comparison.verdict is ComparisonVerdict.MISMATCH:
        yield _refer(ReasonCode.MISMATCH, _factors_described(comparison))
    elif comparison.verdict is not ComparisonVerdict.MATCH or score is None:
        yield _refer(ReasonCode.INCONCLUSIVE, "entry and exit could not be told same or different")
    elif score < rules.min_same_score:
        yield _refer(
            ReasonCode.MISMATCH,
            f"likeness {score:.2f} is below the policy's {rules.min_same_score:.2f}",
        )
    if visible is None or visible < rules.min_visible_fraction:
        seen = "an unknown share" if visible is None else f"{visible:.0%}"
        yield _refer(
            ReasonCode.LOW_VISIBILITY,
            f"{seen} of the cargo could be seen through; the policy wants "
            f"{rules.min_visible_fraction:.0%}",
        )


def _factors_described(comparison: Comparison) -> str:
    found = [factor.value for factor, score in comparison.factors.items() if score.finding]
    where = f" in {len(comparison.regions)} region(s)" if comparison.regions else ""
    return f"entry and exit differ: {', '.join(found) or 'as a whole'}{where}"


def _goods_reasons(evidence: Evidence, rules: Rules) -> Iterator[Reason]:
    passage, check = evidence.passage, evidence.check
    if check is None:
        if passage.declaration is not None and passage.scan is not None and passage.scan.usable:
            yield _refer(ReasonCode.ANALYSIS_FAILED, "the goods were not checked")
        return
    declared = ", ".join(passage.declared_codes) or "an empty container"
    match check.verdict:
        case CheckVerdict.CONSISTENT:
            if (check.consistent_score or 0.0) < rules.min_consistent_score:
                yield _refer(
                    ReasonCode.INCONSISTENT_GOODS,
                    f"declared {declared}: agreement {check.consistent_score or 0.0:.2f} is below "
                    f"the policy's {rules.min_consistent_score:.2f}",
                )
        case CheckVerdict.INCONSISTENT:
            yield _refer(
                ReasonCode.INCONSISTENT_GOODS,
                f"declared {declared}; the picture looks like {_best_described(check)}",
            )
        case CheckVerdict.EMPTY:
            yield _refer(
                ReasonCode.DECLARED_BUT_EMPTY, f"declared {declared}; the container is empty"
            )
        case CheckVerdict.UNKNOWN_GOODS:
            yield _refer(
                ReasonCode.UNKNOWN_GOODS,
                f"declared {declared}; nothing in the library looks like the picture",
            )
        case CheckVerdict.LIBRARY_TOO_THIN:
            yield _refer(
                ReasonCode.LIBRARY_TOO_THIN,
                f"too few standard images to judge {declared}",
            )
        case CheckVerdict.UNREADABLE:
            yield _refer(ReasonCode.UNUSABLE_SCAN, _described(check.faults) or "unreadable")


def _best_described(check: Check) -> str:
    if not check.candidates:
        return "something else"
    best = check.candidates[0]
    return f"{best.hs or 'an empty container'} ({best.score:.2f})"
