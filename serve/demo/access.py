"""Accounts, keys and the webhook of one demonstration; every secret is random."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session, sessionmaker

from riac.errors import NotFoundError
from serve.api.schemas import Role
from serve.auth.accounts import add_account, change_password, find_account
from serve.auth.keys import create_key, list_keys, revoke_key
from serve.webhooks.registry import add_webhook, disable_webhook, list_webhooks

PEOPLE = (Role.ANALYST, Role.SUPERVISOR, Role.ADMIN)
KEY_NAME = "demonstration"


@dataclass(frozen=True, slots=True)
class Access:
    """What the simulated systems and the people at the screen present."""

    accounts: tuple[tuple[str, str, str], ...]
    """Username, password, role."""
    site_keys: dict[str, str]
    clearance_key: str
    webhook_secret: str


def grant_access(
    sessions: sessionmaker[Session], *, sites: Iterable[str], webhook_url: str
) -> Access:
    """Make accounts, keys and the webhook; those of an earlier demonstration end."""
    now = datetime.now(UTC)
    with sessions.begin() as session:
        for key in list_keys(session):
            if key.name == KEY_NAME:
                revoke_key(session, key.prefix, now=now)
        for webhook in list_webhooks(session):
            if webhook.disabled_at is None:
                disable_webhook(session, webhook, reason="demonstration is over", now=now)
        accounts = tuple(
            (role.value, _password(session, role, now=now), role.value) for role in PEOPLE
        )
        site_keys = {
            site: create_key(session, name=KEY_NAME, role=Role.SITE, now=now, site=site)[1]
            for site in sites
        }
        clearance = create_key(session, name=KEY_NAME, role=Role.CLEARANCE, now=now)[1]
        secret = add_webhook(session, url=webhook_url, now=now, allow_private=True).secret
    return Access(accounts, site_keys, clearance, secret)


def _password(session: Session, role: Role, *, now: datetime) -> str:
    password = secrets.token_urlsafe(12)
    try:
        find_account(session, role.value)
    except NotFoundError:
        add_account(
            session,
            username=role.value,
            password=password,
            role=role,
            now=now,
            display_name=f"Demonstration {role.value}",
        )
    else:
        change_password(session, role.value, password=password)
    return password
