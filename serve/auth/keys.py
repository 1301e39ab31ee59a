"""API keys of machines: create, find by what was presented, list, revoke."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from riac.errors import NotFoundError
from serve.api.schemas import Role
from serve.auth.tokens import digest, new_key_token, parse_key_token, same
from serve.store.access import ApiKey

# One write a minute, not one a request, tells well enough whether a key is still in use.
LAST_USED_STEP = timedelta(minutes=1)


def create_key(
    session: Session, *, name: str, role: Role, now: datetime, site: str | None = None
) -> tuple[ApiKey, str]:
    """Add a key; returns its row and the key itself, which is never to be had again."""
    token = new_key_token()
    row = ApiKey(
        name=name,
        prefix=token.prefix,
        secret_sha256=digest(token.secret),
        role=role,
        site=site,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row, str(token)


def find_key(session: Session, presented: str, *, now: datetime) -> ApiKey | None:
    """Return the key in force that was presented, and note its use."""
    token = parse_key_token(presented)
    if token is None:
        return None
    row = session.scalar(select(ApiKey).where(ApiKey.prefix == token.prefix))
    if row is None or row.revoked_at is not None:
        return None
    if not same(digest(token.secret), row.secret_sha256):
        return None
    if row.last_used_at is None or now - row.last_used_at >= LAST_USED_STEP:
        row.last_used_at = now
    return row


def list_keys(session: Session) -> Sequence[ApiKey]:
    """List all keys, the oldest first, revoked ones too."""
    return session.scalars(select(ApiKey).order_by(ApiKey.created_at, ApiKey.id)).all()


def revoke_key(session: Session, prefix: str, *, now: datetime) -> ApiKey:
    """Take a key out of force for good.

    Raises:
        NotFoundError: no key has this prefix.
    """
    row = session.scalar(select(ApiKey).where(ApiKey.prefix == prefix))
    if row is None:
        raise NotFoundError(f"no API key has the prefix {prefix!r}")
    row.revoked_at = row.revoked_at or now
    return row
