"""Findings of the analysis as the JSON that is stored, sent and shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from riac.decision import DecisionDigests, Reason
from riac.finding import ChangeRegion, Check, CodeScore, Comparison, GoodsRegion
from riac.scan import Box, Fault
from serve.api.schemas import (
    BoxPx,
    ChangeRegionBody,
    CheckBody,
    CodeScoreBody,
    ComparisonBody,
    DigestsBody,
    FactorBody,
    FaultBody,
    GoodsRegionBody,
    ReasonBody,
)

Document = dict[str, Any]


def fault_documents(faults: Iterable[Fault]) -> list[Document]:
    """Write faults as `FaultBody`."""
    return [FaultBody.model_validate(fault).model_dump(mode="json") for fault in faults]


def reason_documents(reasons: Iterable[Reason]) -> list[Document]:
    """Write reasons as `ReasonBody`."""
    return [ReasonBody.model_validate(reason).model_dump(mode="json") for reason in reasons]


def digests_document(digests: DecisionDigests) -> Document:
    """Write digests as `DigestsBody`."""
    return DigestsBody.model_validate(digests).model_dump(mode="json")


def comparison_document(comparison: Comparison | None) -> Document | None:
    """Write a comparison as `ComparisonBody`."""
    if comparison is None:
        return None
    return ComparisonBody(
        verdict=comparison.verdict,
        same_score=comparison.same_score,
        same_probability=comparison.same_probability,
        visible_fraction=comparison.visible_fraction,
        mirrored=comparison.mirrored,
        factors={
            factor: FactorBody.model_validate(score) for factor, score in comparison.factors.items()
        },
        regions=[_change(region) for region in comparison.regions],
        replayed=comparison.replayed,
        faults=[FaultBody.model_validate(fault) for fault in comparison.faults],
    ).model_dump(mode="json")


def check_document(check: Check | None) -> Document | None:
    """Write a check as `CheckBody`."""
    if check is None:
        return None
    return CheckBody(
        verdict=check.verdict,
        consistent_score=check.consistent_score,
        consistent_probability=check.consistent_probability,
        empty_score=check.empty_score,
        declared=_codes(check.declared),
        candidates=_codes(check.candidates),
        unexplained_fraction=check.unexplained_fraction,
        regions=[_goods(region) for region in check.regions],
        faults=[FaultBody.model_validate(fault) for fault in check.faults],
    ).model_dump(mode="json")


def _change(region: ChangeRegion) -> ChangeRegionBody:
    return ChangeRegionBody(
        factor=region.factor,
        score=region.score,
        view=region.view,
        entry_box_px=_box(region.entry_box_px),
        exit_box_px=_box(region.exit_box_px),
        mass_change_kg=region.mass_change_kg,
    )


def _goods(region: GoodsRegion) -> GoodsRegionBody:
    return GoodsRegionBody(
        box_px=region.box_px.as_tuple(), view=region.view, best=_codes(region.best)
    )


def _codes(scores: Iterable[CodeScore]) -> list[CodeScoreBody]:
    return [
        CodeScoreBody(
            hs=score.hs,
            score=score.score,
            expected=score.expected,
            references=score.references,
            nearest=list(score.nearest),
        )
        for score in scores
    ]


def _box(box: Box | None) -> BoxPx | None:
    return None if box is None else box.as_tuple()
