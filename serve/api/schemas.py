"""What goes over HTTP: the JSON of requests and answers. No behaviour."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from riac.decision import Outcome, PassageRole, ReasonCode
from riac.declaration import Regime
from riac.finding import CheckVerdict, ComparisonVerdict, Factor
from riac.scan import FaultCode, Severity

BoxPx = tuple[float, float, float, float]
"""x0, y0, x1, y1 in pixels of the file as stored."""


class Body(BaseModel):
    """Base of all bodies: unknown fields are refused, attributes are read."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    @field_validator("*", mode="before")
    @classmethod
    def _storable_text(cls, value: object, info: ValidationInfo) -> object:
        """Refuse text no database can store: NUL, and halves of surrogate pairs."""
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and ("\0" in text or not _encodable(text)):
                raise ValueError(f"{info.field_name}: has characters that are not text")
        return value


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


Seals = Annotated[list[Annotated[str, Field(min_length=1, max_length=64)]], Field(max_length=32)]


# --- declarations ------------------------------------------------------------------------


class GoodsItemBody(Body):
    """One line of a declaration."""

    hs_code: Annotated[str, Field(max_length=20)]
    description: Annotated[str, Field(max_length=512)] = ""
    net_mass_kg: float | None = None
    packages: Annotated[int | None, Field(le=1_000_000_000)] = None
    container_number: Annotated[str | None, Field(max_length=32)] = None


class ContainerBody(Body):
    """A declared container."""

    number: Annotated[str, Field(max_length=32)]
    seals: Seals = []
    gross_mass_kg: float | None = None
    size_type: Annotated[str | None, Field(max_length=16)] = None
    declared_empty: bool = False


class DeclarationBody(Body):
    """A goods declaration; sending the same number with other content amends it."""

    number: Annotated[str, Field(min_length=1, max_length=70)]
    regime: Regime
    items: Annotated[list[GoodsItemBody], Field(max_length=10_000)] = []
    containers: Annotated[list[ContainerBody], Field(min_length=1, max_length=10_000)]


# --- scans -------------------------------------------------------------------------------


class ScanMetadata(Body):
    """What a site says of a scan; the form field `metadata` of `POST /v1/scans`, as JSON."""

    container_number: Annotated[str, Field(max_length=32)]
    role: PassageRole
    declaration_number: Annotated[str | None, Field(min_length=1, max_length=70)] = None
    site: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    """Taken from the key when the key belongs to a site."""
    passage: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    """The site's own number of this passage, if it has one; scans of one number are one passage."""
    scanned_at: AwareDatetime | None = None
    """With its time zone."""
    seals: Seals = []
    gross_mass_kg: Annotated[float | None, Field(gt=0, le=200_000, allow_inf_nan=False)] = None
    """From the weighbridge, with the vehicle's tare taken off."""


class FaultBody(Body):
    """Something wrong with a picture."""

    code: FaultCode
    severity: Severity
    detail: str
    file: str | None = None


class ScanState(StrEnum):
    """Where a scan is on its way."""

    RECEIVED = "received"
    ANALYSED = "analysed"
    UNUSABLE = "unusable"


class ScanBody(Body):
    """A stored scan."""

    id: UUID
    passage_id: UUID
    consignment_id: UUID | None
    container_number: str
    role: PassageRole
    site: str
    sha256: str
    size_bytes: int
    state: ScanState
    display_rendered: bool | None
    width_px: int | None
    height_px: int | None
    faults: list[FaultBody]
    container_box_px: BoxPx | None
    seals: list[str]
    gross_mass_kg: float | None
    scanned_at: datetime | None
    received_at: datetime
    decision_id: UUID | None
    """The newest decision of the passage; null while it is being made."""


# --- evidence ----------------------------------------------------------------------------


class FactorBody(Body):
    """One of the four factors."""

    score: float
    finding: bool


class ChangeRegionBody(Body):
    """Where entry and exit differ."""

    factor: Factor
    score: float
    view: str
    entry_box_px: BoxPx | None
    exit_box_px: BoxPx | None
    mass_change_kg: float | None


class ComparisonBody(Body):
    """Entry against exit, as the machine sees it."""

    verdict: ComparisonVerdict
    same_score: float | None
    same_probability: float | None
    visible_fraction: float | None
    mirrored: bool | None
    factors: dict[Factor, FactorBody]
    regions: list[ChangeRegionBody]
    replayed: bool = False
    faults: list[FaultBody]


class CodeScoreBody(Body):
    """How much an HS code explains; `nearest` are identifiers of standard images.

    `expected` is what of the score is owed to how such goods are expected to look, not to
    standard images.
    """

    hs: str
    score: float
    expected: float = 0.0
    references: int | None = None
    nearest: list[str] = []


class GoodsRegionBody(Body):
    """A part of the cargo no declared code explains."""

    box_px: BoxPx
    view: str
    best: list[CodeScoreBody]


class CheckBody(Body):
    """A scan against its declared codes, as the machine sees it."""

    verdict: CheckVerdict
    consistent_score: float | None
    consistent_probability: float | None
    empty_score: float | None
    declared: list[CodeScoreBody]
    candidates: list[CodeScoreBody]
    unexplained_fraction: float | None
    regions: list[GoodsRegionBody]
    faults: list[FaultBody]


# --- decisions ---------------------------------------------------------------------------


class ReasonBody(Body):
    """One ground of a decision."""

    code: ReasonCode
    detail: str
    refers: bool


class DigestsBody(Body):
    """SHA-256 of what a decision was made from and with."""

    inputs: dict[str, str]
    code: str
    models: dict[str, str]
    policy: str
    library: str


class FinalOutcome(StrEnum):
    """What an analyst concludes."""

    CLEAR = "clear"
    EXAMINE = "examine"
    RESCAN = "rescan"


class DecisionBody(Body):
    """One decision; never changed, only superseded by a newer one."""

    id: UUID
    passage_id: UUID
    consignment_id: UUID | None
    declaration_number: str | None
    container_number: str
    role: PassageRole
    site: str
    outcome: Outcome
    reasons: list[ReasonBody]
    comparison: ComparisonBody | None
    check: CheckBody | None
    scan_id: UUID | None
    entry_scan_id: UUID | None
    digests: DigestsBody
    supersedes_id: UUID | None
    superseded_by_id: UUID | None
    case_id: UUID | None
    final_outcome: FinalOutcome | None
    """The analyst's verdict, once there is one."""
    decided_at: datetime


class DecisionPage(Body):
    """Newest first; pass `next_cursor` back as `cursor` to read on."""

    decisions: list[DecisionBody]
    next_cursor: str | None


# --- consignments ------------------------------------------------------------------------


class PassageBody(Body):
    """One container's scans at one site in one role, with the decision in force."""

    id: UUID
    container_number: str
    role: PassageRole
    site: str
    scans: list[ScanBody]
    decision: DecisionBody | None
    waiting_for: Literal["analysis", "declaration", "entry_scan"] | None
    created_at: datetime


class ConsignmentBody(Body):
    """What one declaration covers, all its passages, and the worst of their outcomes."""

    id: UUID
    declaration: DeclarationBody
    declaration_sha256: str
    declaration_version: int
    passages: list[PassageBody]
    worst_outcome: Outcome | None
    received_at: datetime


class ConsignmentPage(Body):
    """Answer of the search by container or declaration number."""

    consignments: list[ConsignmentBody]
    passages_without_declaration: list[PassageBody]
    next_cursor: str | None


# --- cases -------------------------------------------------------------------------------


class CaseState(StrEnum):
    """Where a referred decision is."""

    OPEN = "open"
    LOCKED = "locked"
    CLOSED = "closed"


class CaseSummary(Body):
    """A line of the queue. Faceless: goods, never the trader."""

    id: UUID
    state: CaseState
    container_number: str
    declaration_number: str | None
    role: PassageRole
    site: str
    reasons: list[ReasonBody]
    locked_by: str | None
    locked_until: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    verdict: FinalOutcome | None


class CasePage(Body):
    """Oldest first; `next_cursor` reads on."""

    cases: list[CaseSummary]
    next_cursor: str | None
    open_count: int


class SealsBody(Body):
    """Seals as declared and as read at each scan."""

    declared: list[str]
    entry: list[str]
    exit: list[str]


class NearestImage(Body):
    """A standard image like the scan; `image_url` shows it."""

    entry_id: str
    hs: str
    similarity: float
    image_url: str


class VerdictBody(Body):
    """A person's verdict."""

    id: UUID
    case_id: UUID
    decision_id: UUID
    verdict: FinalOutcome
    comment: str
    regions: list[MarkedRegion]
    analyst: str
    given_at: datetime


class MarkedRegion(Body):
    """What an analyst marks for the examining officers."""

    scan_id: UUID
    box_px: BoxPx
    note: Annotated[str, Field(max_length=500)] = ""


class CaseBody(CaseSummary):
    """All an analyst needs to judge one case."""

    decision: DecisionBody
    scan: ScanBody | None
    entry_scan: ScanBody | None
    declaration: DeclarationBody | None
    seals: SealsBody
    nearest: list[NearestImage]
    verdicts: list[VerdictBody]


class VerdictRequest(Body):
    """Body of `POST /v1/verdicts`; the case must be locked by the caller."""

    case_id: UUID
    decision_id: UUID | None = None
    """The decision the analyst has seen; 409 when a newer one has superseded it."""
    verdict: FinalOutcome
    comment: Annotated[str, Field(max_length=4000)] = ""
    regions: Annotated[list[MarkedRegion], Field(max_length=1000)] = []


# --- access ------------------------------------------------------------------------------


class Role(StrEnum):
    """What a key or an account may do."""

    SITE = "site"
    CLEARANCE = "clearance"
    ANALYST = "analyst"
    SUPERVISOR = "supervisor"
    LIBRARIAN = "librarian"
    AUDITOR = "auditor"
    ADMIN = "admin"


class LoginRequest(Body):
    """Body of `POST /v1/session`."""

    username: Annotated[str, Field(max_length=200)]
    password: Annotated[str, Field(max_length=1024)]


class SessionBody(Body):
    """Who is logged in. `csrf_token` goes back in `X-CSRF-Token` with every change."""

    username: str
    display_name: str
    role: Role
    csrf_token: str


# --- webhooks ----------------------------------------------------------------------------


class DeliveryBody(Body):
    """One event for one webhook, and what came of it so far."""

    message_id: str
    event_type: str
    state: Literal["pending", "delivered", "failed"]
    attempts: int
    created_at: datetime
    delivered_at: datetime | None
    last_status: int | None
    last_error: str | None


class WebhookBody(Body):
    """A system that is told of events. Its secret is never shown again."""

    id: UUID
    url: str
    events: list[str]
    """Empty = all."""
    allow_private: bool
    created_at: datetime
    disabled_at: datetime | None
    disabled_reason: str | None
    deliveries: list[DeliveryBody]
    """The newest first."""


class WebhookList(Body):
    """Answer of `GET /v1/webhooks`, the oldest first."""

    webhooks: list[WebhookBody]


# --- library -----------------------------------------------------------------------------


class LibraryStats(Body):
    """The snapshot in use."""

    digest: str | None
    embedder: str | None
    entries: int
    codes: dict[str, int]


class LibrarySearchAnswer(Body):
    """Nearest standard images of a scan or an uploaded picture, best first."""

    candidates: list[CodeScoreBody]
    nearest: list[NearestImage]


# --- errors ------------------------------------------------------------------------------


class Problem(Body):
    """RFC 9457 problem details, `application/problem+json`."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str


VerdictBody.model_rebuild()
