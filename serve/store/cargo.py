"""Tables of what crosses the border: consignments, passages, scans, decisions, cases, verdicts.

`declarations`, `decisions` and `verdicts` are append-only: triggers refuse every change.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from serve.store.base import Base

APPEND_ONLY = ("declarations", "decisions", "verdicts")
"""Tables whose rows are never changed nor removed."""

Document = dict[str, Any]


class WaitingFor(StrEnum):
    """What a passage without a decision in force lacks."""

    ANALYSIS = "analysis"
    DECLARATION = "declaration"
    ENTRY_SCAN = "entry_scan"


class ClosedBy(StrEnum):
    """What closed a case."""

    VERDICT = "verdict"
    SUPERSEDED = "superseded"


def _moment() -> Mapped[datetime]:
    return mapped_column(DateTime(timezone=True))


def _moment_or_none() -> Mapped[datetime | None]:
    return mapped_column(DateTime(timezone=True))


class Consignment(Base):
    """What one declaration number covers; its content is in the newest of its declarations."""

    __tablename__ = "consignments"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(), unique=True)
    declaration_number: Mapped[str] = mapped_column(Text, unique=True)
    regime: Mapped[str] = mapped_column(Text)
    containers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """Of the newest declaration; for the search."""
    received_at: Mapped[datetime] = _moment()

    __table_args__ = (Index("ix_consignments_containers", "containers", postgresql_using="gin"),)


class DeclarationVersion(Base):
    """A declaration as it was registered, or amended, at one time."""

    __tablename__ = "declarations"
    __table_args__ = (UniqueConstraint("consignment_id", "version"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    consignment_id: Mapped[UUID] = mapped_column(ForeignKey("consignments.id"))
    version: Mapped[int] = mapped_column(Integer)
    """1, 2, …"""
    sha256: Mapped[str] = mapped_column(Text)
    """Of `content` in its canonical form."""
    content: Mapped[Document] = mapped_column(JSONB)
    """`DeclarationBody`, normalised."""
    received_at: Mapped[datetime] = _moment()
    received_from: Mapped[str] = mapped_column(Text)
    """Name of the key or account."""


class PassageRow(Base):
    """One container at one site in one role."""

    __tablename__ = "passages"
    __table_args__ = (
        Index(
            "uq_passages_site_site_passage",
            "site",
            "site_passage",
            unique=True,
            postgresql_where=text("site_passage IS NOT NULL"),
        ),
        Index("ix_passages_container_number_created_at", "container_number", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(), unique=True)
    consignment_id: Mapped[UUID | None] = mapped_column(ForeignKey("consignments.id"), index=True)
    declaration_number: Mapped[str | None] = mapped_column(Text, index=True)
    """As the site names it."""
    container_number: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    site: Mapped[str] = mapped_column(Text)
    site_passage: Mapped[str | None] = mapped_column(Text)
    """The site's own number."""
    revision: Mapped[int] = mapped_column(Integer, default=1)
    """Grows with each new piece of evidence."""
    judged_revision: Mapped[int] = mapped_column(Integer, default=0)
    """The revision the newest decision was made at."""
    waiting_for: Mapped[str | None] = mapped_column(Text)
    """Null once the newest evidence is judged."""
    deadline_at: Mapped[datetime | None] = _moment_or_none()
    """When waiting ends, while something is waited for."""
    created_at: Mapped[datetime] = _moment()


class ScanRow(Base):
    """A picture of a passage, as received; several when it was scanned again."""

    __tablename__ = "scans"
    __table_args__ = (UniqueConstraint("passage_id", "sha256"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(), unique=True)
    passage_id: Mapped[UUID] = mapped_column(ForeignKey("passages.id"))
    sha256: Mapped[str] = mapped_column(Text, index=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    file_name: Mapped[str | None] = mapped_column(Text)
    seals: Mapped[list[str]] = mapped_column(ARRAY(Text))
    gross_mass_kg: Mapped[float | None] = mapped_column(Float)
    scanned_at: Mapped[datetime | None] = _moment_or_none()
    received_at: Mapped[datetime] = _moment()
    received_from: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    display_rendered: Mapped[bool | None] = mapped_column(Boolean)
    width_px: Mapped[int | None] = mapped_column(Integer)
    height_px: Mapped[int | None] = mapped_column(Integer)
    faults: Mapped[list[Document]] = mapped_column(JSONB, default=list)
    """Of `FaultBody`."""
    container_box_px: Mapped[list[float] | None] = mapped_column(ARRAY(Float))

    @property
    def object_key(self) -> str:
        """Where the bytes are kept; equal bytes are kept once."""
        return f"scans/{self.sha256}"


class LoadRow(Base):
    """By what the load of an entry scan is found again among all others."""

    __tablename__ = "loads"

    scan_id: Mapped[UUID] = mapped_column(ForeignKey("scans.id"), primary_key=True)
    model: Mapped[str] = mapped_column(Text)
    """SHA-256 of the model that made the vector: those of others cannot be compared."""
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    """Little-endian float32."""


class DecisionRow(Base):
    """A decision on a passage, with the evidence it stands on."""

    __tablename__ = "decisions"
    __table_args__ = (
        # With the unique `supersedes_id`: the decisions of a passage are one chain.
        Index(
            "uq_decisions_passage_id_first",
            "passage_id",
            unique=True,
            postgresql_where=text("supersedes_id IS NULL"),
        ),
        Index("ix_decisions_passage_id_seq", "passage_id", "seq"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(), unique=True)
    passage_id: Mapped[UUID] = mapped_column(ForeignKey("passages.id"))
    consignment_id: Mapped[UUID | None] = mapped_column(ForeignKey("consignments.id"))
    declaration_id: Mapped[UUID | None] = mapped_column(ForeignKey("declarations.id"))
    declaration_number: Mapped[str | None] = mapped_column(Text)
    container_number: Mapped[str] = mapped_column(Text, index=True)
    role: Mapped[str] = mapped_column(Text)
    site: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    reasons: Mapped[list[Document]] = mapped_column(JSONB)
    """Of `ReasonBody`."""
    comparison: Mapped[Document | None] = mapped_column(JSONB(none_as_null=True))
    """`ComparisonBody`."""
    check: Mapped[Document | None] = mapped_column(JSONB(none_as_null=True))
    """`CheckBody`."""
    digests: Mapped[Document] = mapped_column(JSONB)
    """`DigestsBody`."""
    scan_id: Mapped[UUID | None] = mapped_column(ForeignKey("scans.id"))
    entry_scan_id: Mapped[UUID | None] = mapped_column(ForeignKey("scans.id"))
    supersedes_id: Mapped[UUID | None] = mapped_column(ForeignKey("decisions.id"), unique=True)
    decided_at: Mapped[datetime] = _moment()


class CaseRow(Base):
    """The place of a referred passage in the analysts' queue."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "ix_cases_opened_at_open",
            "opened_at",
            "id",
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    passage_id: Mapped[UUID] = mapped_column(ForeignKey("passages.id"), unique=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"))
    """The newest decision of the passage that concerns this case."""
    opened_at: Mapped[datetime] = _moment()
    closed_at: Mapped[datetime | None] = _moment_or_none()
    closed_by: Mapped[str | None] = mapped_column(Text)
    locked_by: Mapped[str | None] = mapped_column(Text)
    """Username."""
    locked_until: Mapped[datetime | None] = _moment_or_none()


class VerdictRow(Base):
    """What a person concluded."""

    __tablename__ = "verdicts"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(), unique=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"), unique=True)
    verdict: Mapped[str] = mapped_column(Text)
    comment: Mapped[str] = mapped_column(Text)
    regions: Mapped[list[Document]] = mapped_column(JSONB)
    """Of `MarkedRegion`."""
    analyst: Mapped[str] = mapped_column(Text)
    """Username."""
    account_id: Mapped[UUID | None] = mapped_column(Uuid)
    given_at: Mapped[datetime] = _moment()
