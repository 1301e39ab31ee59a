"""Simulated passages are judged with the evidence a worker would have."""

from __future__ import annotations

import pytest

from models import load_embedder
from riac.decision import Outcome, PassageRole
from riac.pipeline import Pipeline
from riac.policy import load_policy
from training.evaluate.decisions import build_snapshot, confusion_table, judge_traffic
from training.simulator.references import references
from training.simulator.scenarios import Scenario
from training.simulator.traffic import consignment


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """Without a library, so that no goods are cleared and each scenario shows its own reason."""
    return Pipeline(policy=load_policy())


@pytest.mark.parametrize(
    ("scenario", "role", "reason"),
    [
        (Scenario.REPLAYED, PassageRole.EXIT, "replayed_image"),
        (Scenario.EXIT_WITHOUT_ENTRY, PassageRole.EXIT, "no_entry_scan"),
        (Scenario.BROKEN_SEAL, PassageRole.EXIT, "seal_differs"),
        (Scenario.WEIGHT_OFF, PassageRole.IMPORT, "weight_differs"),
        (Scenario.TRUNCATED, PassageRole.IMPORT, "unusable_scan"),
        (Scenario.EMPTY_DECLARED_AS_GOODS, PassageRole.IMPORT, "declared_but_empty"),
    ],
)
def test_what_happened_reaches_the_decision(
    pipeline: Pipeline, scenario: Scenario, role: PassageRole, reason: str
) -> None:
    judged = list(judge_traffic([consignment(scenario, seed=31)], pipeline))
    (last,) = [each for each in judged if each.passage.role is role]
    assert reason in last.referring
    assert last.right
    for earlier in judged[:-1]:
        assert reason not in earlier.referring


def test_an_empty_container_needs_no_library_to_be_cleared(pipeline: Pipeline) -> None:
    judged = list(judge_traffic([consignment(Scenario.HONEST_EMPTY, seed=32)], pipeline))
    assert [each.outcome for each in judged] == [Outcome.AUTO_CLEAR] * 2
    assert all(each.right for each in judged)
    table = confusion_table(judged).splitlines()
    assert table[2:] == [
        "| honest_empty | entry | 1 | 1 | 0 | 1 |  |",
        "| honest_empty | exit | 1 | 1 | 0 | 1 |  |",
    ]


def test_a_snapshot_outlives_the_pictures_it_was_built_of() -> None:
    embedder = load_embedder()
    snapshot = build_snapshot(references(each=1, headings=["4011"]), embedder)
    assert snapshot.embedder_digest == embedder.digest
    assert [snapshot.references(code) for code in ("", "4011", "0805")] == [1, 1, 0]
