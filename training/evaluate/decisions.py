"""Decisions on simulated traffic through the one pipeline: what was cleared, and rightly so?

No service and no database: reading, comparing, checking and deciding are what is measured.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from image_library import Reference, Snapshot, build_library
from riac.decision import Outcome, PassageRole
from riac.declaration import Declaration, DeclaredContainer, GoodsItem, Regime, validated
from riac.errors import ScanUnreadableError
from riac.imaging.frame import PreparedScan
from riac.passage import Passage
from riac.pipeline import Judgement, Pipeline
from riac.ports import Embedder
from riac.scan import Fault
from training.simulator.paperwork import SimulatedConsignment, SimulatedPassage
from training.simulator.references import Reference as SimulatedReference
from training.simulator.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """A simulated passage and what the pipeline decided on it."""

    consignment: SimulatedConsignment
    passage: SimulatedPassage
    judgement: Judgement

    @property
    def scenario(self) -> Scenario:
        """What was done to the consignment."""
        return self.consignment.scenario

    @property
    def outcome(self) -> Outcome:
        """What was decided."""
        return self.judgement.decision.outcome

    @property
    def right(self) -> bool:
        """Whether the outcome is the right one."""
        return self.passage.expected.outcome in (None, self.outcome)

    @property
    def referring(self) -> tuple[str, ...]:
        """The reasons that refer."""
        return tuple(str(r.code) for r in self.judgement.decision.reasons if r.refers)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A picture as a passage takes it."""

    prepared: PreparedScan | None
    sha256: str
    faults: tuple[Fault, ...]


def judge_traffic(
    consignments: Iterable[SimulatedConsignment], pipeline: Pipeline
) -> Iterator[JudgedPassage]:
    """Judge each passage as a worker would: an exit is held against its own entry."""
    for consignment in consignments:
        entry: tuple[SimulatedPassage, _Seen] | None = None
        for passage in consignment.passages:
            seen = _see(pipeline, passage)
            known = _passage(consignment, passage, seen, entry=entry)
            yield JudgedPassage(consignment, passage, pipeline.judge(known))
            if passage.role is PassageRole.ENTRY:
                entry = passage, seen


def build_snapshot(references: Iterable[SimulatedReference], embedder: Embedder) -> Snapshot:
    """Build a library of simulated standard images; it stays in memory."""
    with tempfile.TemporaryDirectory(prefix="riac-references-") as folder:
        listed = []
        for reference in references:
            path = Path(folder) / reference.name
            path.write_bytes(reference.picture)
            listed.append(Reference(path, reference.hs_code))
        return build_library(Path(folder) / "library", listed, embedder=embedder)


def confusion_table(judged: Sequence[JudgedPassage]) -> str:
    """Write a table by scenario and role: cleared, referred, how many rightly, why referred."""
    groups: dict[tuple[str, str], list[JudgedPassage]] = defaultdict(list)
    for each in judged:
        groups[str(each.scenario), str(each.passage.role)].append(each)
    lines = ["| scenario | role | passages | cleared | referred | right | reasons |"]
    lines.append("|---|---|---|---|---|---|---|")
    for (scenario, role), members in sorted(groups.items()):
        cleared = sum(each.outcome is Outcome.AUTO_CLEAR for each in members)
        right = sum(each.right for each in members)
        why = ", ".join(sorted({code for each in members for code in each.referring}))
        counts = f"{len(members)} | {cleared} | {len(members) - cleared} | {right}"
        lines.append(f"| {scenario} | {role} | {counts} | {why} |")
    return "\n".join(lines) + "\n"


def _see(pipeline: Pipeline, passage: SimulatedPassage) -> _Seen:
    digest = hashlib.sha256(passage.picture).hexdigest()
    try:
        prepared = pipeline.prepare(passage.picture, name=passage.file_name)
    except ScanUnreadableError as error:
        return _Seen(None, digest, error.faults)
    return _Seen(prepared, digest, prepared.faults)


def _passage(
    consignment: SimulatedConsignment,
    passage: SimulatedPassage,
    seen: _Seen,
    *,
    entry: tuple[SimulatedPassage, _Seen] | None,
) -> Passage:
    before = None if entry is None else entry[1]
    replayed = before is not None and before.sha256 == seen.sha256
    return Passage(
        role=passage.role,
        site=passage.metadata["site"],
        container_number=consignment.container_number,
        declaration=declaration_of(consignment.declaration),
        scan=seen.prepared,
        scan_sha256=seen.sha256,
        scan_faults=seen.faults,
        entry_scan=before.prepared if before else None,
        entry_scan_sha256=before.sha256 if before else None,
        entry_scan_faults=before.faults if before else (),
        seals=tuple(passage.metadata["seals"]),
        entry_seals=tuple(entry[0].metadata["seals"]) if entry else (),
        gross_mass_kg=passage.metadata.get("gross_mass_kg"),
        entry_gross_mass_kg=entry[0].metadata.get("gross_mass_kg") if entry else None,
        replay_of=("entry",) if replayed else (),
    )


def declaration_of(body: dict[str, Any]) -> Declaration:
    """Read the JSON of a simulated declaration.

    Raises:
        InvalidDeclarationError: it states what cannot be.
    """
    return validated(
        Declaration(
            number=body["number"],
            regime=Regime(body["regime"]),
            items=tuple(GoodsItem(**item) for item in body["items"]),
            containers=tuple(
                DeclaredContainer(**{**container, "seals": tuple(container["seals"])})
                for container in body["containers"]
            ),
        )
    )
