"""A decision clears only when nothing speaks against it, and says every reason that does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from riac.decision import Decision, DecisionDigests, Outcome, PassageRole, ReasonCode
from riac.declaration import Declaration, DeclaredContainer, GoodsItem, Regime
from riac.finding import (
    AnotherEntry,
    Check,
    CheckVerdict,
    CodeScore,
    Comparison,
    ComparisonVerdict,
    Factor,
    FactorScore,
)
from riac.passage import Passage
from riac.policy import Evidence, Policy, decide, failed, load_policy
from riac.scan import Fault, FaultCode, Severity
from tests.goods_phantoms import prepared, stacked_cartons

NUMBER = "CSQU3054383"
PICTURE = prepared(stacked_cartons(seed=1))
DECLARATION = Declaration(
    number="KAPS-AT-1",
    regime=Regime.TRANSIT,
    items=(GoodsItem("0805"),),
    containers=(DeclaredContainer(NUMBER, seals=("PK1",), gross_mass_kg=20_000.0),),
)
PASSAGE = Passage(
    role=PassageRole.EXIT,
    site="torkham",
    container_number=NUMBER,
    declaration=DECLARATION,
    scan=PICTURE,
    scan_sha256="a" * 64,
    entry_scan=PICTURE,
    entry_scan_sha256="b" * 64,
    seals=("PK1",),
    entry_seals=("PK1",),
    gross_mass_kg=20_100.0,
    entry_gross_mass_kg=19_950.0,
)
MATCH = Comparison(
    verdict=ComparisonVerdict.MATCH,
    same_score=0.9,
    same_probability=None,
    visible_fraction=0.8,
    mirrored=False,
)
CONSISTENT = Check(
    verdict=CheckVerdict.CONSISTENT,
    consistent_score=0.8,
    consistent_probability=None,
    empty_score=0.0,
    declared=(CodeScore("0805", 0.8),),
)


def decided(
    *,
    passage: Passage = PASSAGE,
    comparison: Comparison | None = MATCH,
    check: Check | None = CONSISTENT,
    another: AnotherEntry | None = None,
    policy: Policy | None = None,
) -> Decision:
    return decide(
        Evidence(passage, comparison, check, another),
        policy=policy or load_policy(),
        digests=DecisionDigests(code="c"),
    )


def referring(decision: Decision) -> set[ReasonCode]:
    return {reason.code for reason in decision.reasons if reason.refers}


def with_rules(**changes: Any) -> Policy:
    policy = load_policy()
    return replace(policy, rules=policy.rules.model_copy(update=changes))


def test_a_passage_with_nothing_against_it_is_cleared() -> None:
    decision = decided()
    assert decision.outcome is Outcome.AUTO_CLEAR
    assert [reason.code for reason in decision.reasons] == [ReasonCode.CONSISTENT]
    assert decision.digests.code == "c"


def test_an_entry_needs_no_comparison() -> None:
    entry = replace(PASSAGE, role=PassageRole.ENTRY, entry_scan=None, entry_scan_sha256=None)
    assert decided(passage=entry, comparison=None).outcome is Outcome.AUTO_CLEAR


NO_PICTURE: dict[str, Any] = {"scan": None, "scan_faults": ()}
SPOILED_PASSAGES: list[tuple[dict[str, Any], ReasonCode]] = [
    ({"declaration": None}, ReasonCode.NO_DECLARATION),
    ({"container_number": "MSCU1234566"}, ReasonCode.UNKNOWN_CONTAINER),
    (NO_PICTURE, ReasonCode.UNUSABLE_SCAN),
    ({"entry_scan": None, "entry_scan_sha256": None}, ReasonCode.NO_ENTRY_SCAN),
    ({"entry_scan": None}, ReasonCode.UNUSABLE_ENTRY_SCAN),
    ({"replay_of": ("p1",)}, ReasonCode.REPLAYED_IMAGE),
    ({"examination_ordered": True}, ReasonCode.POLICY),
    ({"seals": ()}, ReasonCode.SEAL_MISSING),
    ({"seals": ("PK2",)}, ReasonCode.SEAL_DIFFERS),
    ({"entry_seals": ("PK9",)}, ReasonCode.SEAL_DIFFERS),
    ({"gross_mass_kg": 21_001.0}, ReasonCode.WEIGHT_DIFFERS),
    ({"gross_mass_kg": 18_900.0}, ReasonCode.WEIGHT_DIFFERS),
    ({"entry_gross_mass_kg": 15_000.0}, ReasonCode.WEIGHT_DIFFERS),
]


@pytest.mark.parametrize(("changes", "code"), SPOILED_PASSAGES)
def test_one_thing_wrong_with_the_passage_refers(changes: dict[str, Any], code: ReasonCode) -> None:
    decision = decided(passage=replace(PASSAGE, **changes))
    assert decision.outcome is Outcome.REFER
    assert code in referring(decision)


SPOILED_COMPARISONS: list[tuple[dict[str, Any], ReasonCode]] = [
    ({"verdict": ComparisonVerdict.MISMATCH}, ReasonCode.MISMATCH),
    ({"verdict": ComparisonVerdict.INCONCLUSIVE}, ReasonCode.INCONCLUSIVE),
    ({"verdict": ComparisonVerdict.UNREADABLE}, ReasonCode.INCONCLUSIVE),
    ({"same_score": 0.49}, ReasonCode.MISMATCH),
    ({"same_score": None}, ReasonCode.INCONCLUSIVE),
    ({"visible_fraction": 0.1}, ReasonCode.LOW_VISIBILITY),
    ({"visible_fraction": None}, ReasonCode.LOW_VISIBILITY),
    ({"replayed": True}, ReasonCode.REPLAYED_IMAGE),
]


@pytest.mark.parametrize(("changes", "code"), SPOILED_COMPARISONS)
def test_one_doubt_about_the_match_refers(changes: dict[str, Any], code: ReasonCode) -> None:
    assert code in referring(decided(comparison=replace(MATCH, **changes)))


@pytest.mark.parametrize(
    ("own", "another", "told"),
    [(0.1, 0.9, True), (None, 0.6, True), (0.1, 0.4, False), (0.9, 0.8, False)],
)
def test_a_load_more_like_another_entry_than_its_own_is_told(
    own: float | None, another: float, *, told: bool
) -> None:
    comparison = replace(MATCH, verdict=ComparisonVerdict.MISMATCH, same_score=own)
    decision = decided(comparison=comparison, another=AnotherEntry("CSQU3054399", another))
    assert (ReasonCode.RESEMBLES_ANOTHER_ENTRY in referring(decision)) is told


SPOILED_CHECKS: list[tuple[dict[str, Any], ReasonCode]] = [
    ({"verdict": CheckVerdict.INCONSISTENT}, ReasonCode.INCONSISTENT_GOODS),
    ({"verdict": CheckVerdict.EMPTY}, ReasonCode.DECLARED_BUT_EMPTY),
    ({"verdict": CheckVerdict.UNKNOWN_GOODS}, ReasonCode.UNKNOWN_GOODS),
    ({"verdict": CheckVerdict.LIBRARY_TOO_THIN}, ReasonCode.LIBRARY_TOO_THIN),
    ({"verdict": CheckVerdict.UNREADABLE}, ReasonCode.UNUSABLE_SCAN),
]


@pytest.mark.parametrize(("changes", "code"), SPOILED_CHECKS)
def test_one_doubt_about_the_goods_refers(changes: dict[str, Any], code: ReasonCode) -> None:
    assert referring(decided(check=replace(CONSISTENT, **changes))) == {code}


def test_evidence_that_was_never_gathered_refers() -> None:
    assert referring(decided(comparison=None)) == {ReasonCode.ANALYSIS_FAILED}
    assert referring(decided(check=None)) == {ReasonCode.ANALYSIS_FAILED}


def test_a_wrong_check_digit_warns_but_does_not_refer() -> None:
    number = "CSQU3054384"
    declaration = replace(DECLARATION, containers=(DeclaredContainer(number, seals=("PK1",)),))
    decision = decided(passage=replace(PASSAGE, container_number=number, declaration=declaration))
    assert decision.outcome is Outcome.AUTO_CLEAR
    assert ReasonCode.CHECK_DIGIT in {reason.code for reason in decision.reasons}


@pytest.mark.parametrize(
    ("code", "severity", "expected"),
    [
        (FaultCode.STRIPED, Severity.DOUBTFUL, set()),
        (FaultCode.BANDED, Severity.REPAIRED, set()),
        (FaultCode.BANDED, Severity.DOUBTFUL, {ReasonCode.DOUBTFUL_PICTURE}),
        (FaultCode.SEVERAL_CONTAINERS, Severity.DOUBTFUL, {ReasonCode.SEVERAL_CONTAINERS}),
        (FaultCode.BLACK, Severity.FATAL, {ReasonCode.UNUSABLE_SCAN}),
    ],
)
def test_a_fault_of_the_picture_refers_unless_mended_or_tolerated(
    code: FaultCode, severity: Severity, expected: set[ReasonCode]
) -> None:
    spoiled = replace(PICTURE, faults=(Fault(code, severity, "seen"),))
    assert expected <= referring(decided(passage=replace(PASSAGE, scan=spoiled)))
    assert bool(expected) == bool(referring(decided(passage=replace(PASSAGE, scan=spoiled))))


def test_a_display_picture_clears_only_where_the_policy_says_so() -> None:
    rendered = replace(PICTURE, scan=replace(PICTURE.scan, display_rendered=True))
    passage = replace(PASSAGE, scan=rendered)
    assert referring(decided(passage=passage)) == {ReasonCode.DISPLAY_RENDERED}
    allowed = with_rules(display_rendered=True)
    assert decided(passage=passage, policy=allowed).outcome is Outcome.AUTO_CLEAR


def test_the_kill_switch_refers_everything() -> None:
    assert referring(decided(policy=with_rules(auto_clear=False))) == {ReasonCode.POLICY}


def test_every_reason_is_told_not_only_the_first() -> None:
    passage = replace(PASSAGE, seals=("PK2",), gross_mass_kg=30_000.0)
    mismatch = replace(
        MATCH,
        verdict=ComparisonVerdict.MISMATCH,
        factors={Factor.DENSITY: FactorScore(0.9, finding=True)},
    )
    decision = decided(passage=passage, comparison=mismatch)
    assert {ReasonCode.SEAL_DIFFERS, ReasonCode.WEIGHT_DIFFERS, ReasonCode.MISMATCH} <= referring(
        decision
    )
    assert any("density" in reason.detail for reason in decision.reasons)


def test_an_analysis_that_failed_refers() -> None:
    decision = failed("the worker died", digests=DecisionDigests())
    assert decision.outcome is Outcome.REFER
    assert referring(decision) == {ReasonCode.ANALYSIS_FAILED}
