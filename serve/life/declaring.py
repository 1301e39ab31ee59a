"""A declaration is registered or amended."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from riac.decision import PassageRole
from riac.declaration import (
    Declaration,
    DeclaredContainer,
    GoodsItem,
    Regime,
    validated,
)
from riac.errors import InvalidDeclarationError
from serve.api.schemas import DeclarationBody
from serve.life.locking import container_lock, declaration_lock, lock_names
from serve.life.queue import JobQueue
from serve.store.cargo import Consignment, DeclarationVersion, PassageRow, WaitingFor

# A scan without a declaration number is taken for the declared container's for this long.
LATE_DECLARATION = timedelta(days=30)

ROLES = {
    Regime.TRANSIT: (PassageRole.ENTRY, PassageRole.EXIT),
    Regime.TRANSSHIPMENT: (PassageRole.ENTRY, PassageRole.EXIT),
    Regime.IMPORT: (PassageRole.IMPORT,),
    Regime.EXPORT: (PassageRole.EXPORT,),
}
"""Which scans a declaration is about."""


def to_declaration(body: DeclarationBody) -> Declaration:
    """Normalise and check what was sent.

    Raises:
        InvalidDeclarationError: something in it cannot be.
    """
    declaration = validated(
        Declaration(
            number=body.number,
            regime=body.regime,
            items=tuple(GoodsItem(**item.model_dump()) for item in body.items),
            containers=tuple(
                DeclaredContainer(**{**c.model_dump(), "seals": tuple(c.seals)})
                for c in body.containers
            ),
        )
    )
    _refuse_contradictions(declaration)
    return declaration


def _refuse_contradictions(declaration: Declaration) -> None:
    numbers = [container.number for container in declaration.containers]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise InvalidDeclarationError(f"containers declared twice: {', '.join(twice)}")
    elsewhere = sorted(
        {i.container_number for i in declaration.items if i.container_number} - {*numbers}
    )
    if elsewhere:
        raise InvalidDeclarationError(
            f"goods in containers that are not declared: {', '.join(elsewhere)}"
        )


def declaration_content(declaration: Declaration) -> dict[str, Any]:
    """Return the JSON that is stored and digested."""
    return json.loads(json.dumps(asdict(declaration)))  # type: ignore[no-any-return]


def content_digest(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical form: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def from_content(content: dict[str, Any]) -> Declaration:
    """Return the declaration that was stored."""
    return to_declaration(DeclarationBody.model_validate(content))


def register_declaration(
    session: Session,
    declaration: Declaration,
    *,
    received_from: str,
    now: datetime,
    queue: JobQueue,
) -> tuple[Consignment, bool]:
    """Store a declaration, or a new version of it; have its passages judged (again).

    Returns:
        The consignment, and whether it is new.
    """
    number = declaration.number
    containers = [container.number for container in declaration.containers]
    lock_names(session, [declaration_lock(number), *map(container_lock, containers)])
    consignment = session.scalar(
        select(Consignment).where(Consignment.declaration_number == number)
    )
    is_new = consignment is None
    if consignment is None:
        consignment = Consignment(declaration_number=number, received_at=now)
        session.add(consignment)
    latest = None if is_new else newest_version(session, consignment)
    content = declaration_content(declaration)
    digest = content_digest(content)
    if latest is not None and latest.sha256 == digest:
        return consignment, False
    consignment.regime, consignment.containers = declaration.regime, containers
    session.flush()
    session.add(
        DeclarationVersion(
            consignment_id=consignment.id,
            version=1 if latest is None else latest.version + 1,
            sha256=digest,
            content=content,
            received_at=now,
            received_from=received_from,
        )
    )
    _link_passages(session, consignment, now=now)
    judge_again(session, passages_of(session, consignment), queue=queue)
    return consignment, is_new


def newest_version(session: Session, consignment: Consignment) -> DeclarationVersion:
    """Return the declaration in force."""
    return session.scalars(
        select(DeclarationVersion)
        .where(DeclarationVersion.consignment_id == consignment.id)
        .order_by(DeclarationVersion.version.desc())
        .limit(1)
    ).one()


def passages_of(session: Session, consignment: Consignment) -> list[PassageRow]:
    """List a consignment's passages, oldest first."""
    return list(
        session.scalars(
            select(PassageRow)
            .where(PassageRow.consignment_id == consignment.id)
            .order_by(PassageRow.seq)
        )
    )


def judge_again(session: Session, passages: list[PassageRow], *, queue: JobQueue) -> None:
    """Note new evidence on passages and have them judged."""
    for passage in passages:
        passage.revision = PassageRow.revision + 1
        passage.waiting_for = WaitingFor.ANALYSIS
        passage.deadline_at = None
        queue.judge(session, passage.id)


def _link_passages(session: Session, consignment: Consignment, *, now: datetime) -> None:
    """Take in scans that came before their declaration."""
    number = consignment.declaration_number
    unnamed = (
        PassageRow.declaration_number.is_(None)
        & PassageRow.container_number.in_(consignment.containers)
        & PassageRow.role.in_([*ROLES[Regime(consignment.regime)]])
        & (PassageRow.created_at > now - LATE_DECLARATION)
    )
    waiting = session.scalars(
        select(PassageRow).where(
            PassageRow.consignment_id.is_(None),
            or_(PassageRow.declaration_number == number, unnamed),
        )
    )
    for passage in waiting:
        passage.consignment_id = consignment.id
    session.flush()
