"""The single path from a scan to a decision; worker, command line and evaluation all take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from riac.check import check
from riac.compare import compare
from riac.compare.swap import either_way, search_entries
from riac.decision import Decision, DecisionDigests, PassageRole
from riac.finding import AnotherEntry, Check, Comparison, ComparisonVerdict
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.interior import interior_of
from riac.passage import Passage
from riac.policy import Evidence, Policy, decide
from riac.ports import (
    ChangeDetector,
    Embedder,
    EntryScans,
    LoadRecogniser,
    LoadVector,
    PictureChecks,
    StandardImages,
)

__all__ = ["Judgement", "Passage", "Pipeline"]

OTHERS_COMPARED = 4
"""Entry scans of other containers that an exit scan unlike its own is compared with."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision and the evidence it stands on."""

    decision: Decision
    comparison: Comparison | None
    check: Check | None


class Pipeline:
    """Reads, compares, checks and decides with one policy, one library and one set of models."""

    def __init__(
        self,
        *,
        policy: Policy,
        embedder: Embedder | None = None,
        detector: ChangeDetector | None = None,
        checks: PictureChecks | None = None,
        recogniser: LoadRecogniser | None = None,
        library: StandardImages | None = None,
        code_digest: str = "",
    ) -> None:
        self._policy = policy
        self._embedder = embedder
        self._detector = detector
        self._checks = checks
        self._recogniser = recogniser
        self._library = library
        self._code_digest = code_digest

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self._policy

    def prepare(self, source: bytes | Path, *, name: str | None = None) -> PreparedScan:
        """Read a scan, assess it, find and rectify its containers.

        Raises:
            ScanUnreadableError: the bytes are no scan.
            ModelError: a check of pictures cannot be run.
        """
        return prepare(read_scan(source, name=name), checks=self._checks)

    def compare(self, entry: PreparedScan, exit_: PreparedScan) -> Comparison:
        """Compare entry with exit."""
        return compare(entry, exit_, detector=self._detector)

    def check(
        self, scan: PreparedScan, *, declared: Sequence[str], declared_empty: bool = False
    ) -> Check:
        """Check a scan against its declared codes."""
        return check(
            scan,
            declared=declared,
            declared_empty=declared_empty,
            embedder=self._embedder,
            library=self._library,
        )

    def load(self, scan: PreparedScan) -> LoadVector | None:
        """Return by what the load of a usable scan is found again; None without a recogniser.

        Raises:
            ModelError: the recogniser cannot be run.
        """
        if self._recogniser is None:
            return None
        vector = self._recogniser.load(interior_of(scan).transmission)
        return LoadVector(vector, self._recogniser.digest)

    def judge(self, passage: Passage, *, others: EntryScans | None = None) -> Judgement:
        """Gather the evidence of a passage and decide.

        Args:
            passage: what is known of it.
            others: entry scans of other containers; an exit scan that does not match its own is
                searched for among them.

        Errors of the analysis are the caller's to turn into `analysis_failed`: they must not
        pass for evidence.
        """
        comparison = self._comparison(passage)
        finding = self._check(passage)
        decision = decide(
            Evidence(
                passage=passage,
                comparison=comparison,
                check=finding,
                another_entry=self._another_entry(passage, comparison, finding, others),
            ),
            policy=self._policy,
            digests=self.digests(passage),
        )
        return Judgement(decision=decision, comparison=comparison, check=finding)

    def digests(self, passage: Passage) -> DecisionDigests:
        """Name everything a decision on this passage is made from and with."""
        inputs = {
            "scan": passage.scan_sha256,
            "entry_scan": passage.entry_scan_sha256,
            "declaration": passage.declaration_sha256,
        }
        return DecisionDigests(
            inputs={name: digest for name, digest in inputs.items() if digest},
            code=self._code_digest,
            models={
                model.name: model.digest
                for model in (
                    self._embedder,
                    self._detector,
                    self._recogniser,
                    *(self._checks.models if self._checks else ()),
                )
                if model
            },
            policy=self._policy.digest,
            library=self._library.digest if self._library else "",
        )

    def _comparison(self, passage: Passage) -> Comparison | None:
        if not passage.compares:
            return None
        assert passage.scan is not None
        assert passage.entry_scan is not None
        return self.compare(passage.entry_scan, passage.scan)

    def _another_entry(
        self,
        passage: Passage,
        comparison: Comparison | None,
        finding: Check | None,
        others: EntryScans | None,
    ) -> AnotherEntry | None:
        scan = passage.scan
        if others is None or scan is None or not scan.usable:
            return None
        if passage.role is not PassageRole.EXIT or _is_its_own(comparison) or _is_empty(finding):
            return None
        if self._recogniser is None:
            return None
        found = search_entries(
            scan,
            either_way(scan, self._recogniser),
            vectors=others.vectors(model=self._recogniser.digest),
            entry=others.prepared,
            detector=self._detector,
            short_list=OTHERS_COMPARED,
        )
        matching = [each for each in found if each.matches]
        if not matching:
            return None
        return AnotherEntry(others.name(matching[0].number), matching[0].same_score)

    def _check(self, passage: Passage) -> Check | None:
        if passage.declaration is None or passage.scan is None or not passage.scan.usable:
            return None
        return self.check(
            passage.scan,
            declared=() if passage.declared_empty else passage.declared_codes,
            declared_empty=passage.declared_empty,
        )


def _is_its_own(comparison: Comparison | None) -> bool:
    """Say whether it is settled what an exit scan shows: what the entry scan did."""
    if comparison is None:
        return False
    return comparison.verdict is ComparisonVerdict.MATCH or comparison.replayed


def _is_empty(finding: Check | None) -> bool:
    """Say whether nothing is inside: empty containers are all alike."""
    return finding is not None and (finding.empty_score or 0.0) > 0.5
