"""Accounts of people: add, list, disable, change password."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from riac.errors import ConflictError, NotFoundError
from serve.api.schemas import Role
from serve.auth.passwords import hash_password
from serve.store.access import Account, LoginSession

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


def valid_username(text: str) -> str | None:
    """Return the username in its one spelling (lower case), or None when it cannot be one."""
    username = text.strip().lower()
    return username if _USERNAME.fullmatch(username) else None


def add_account(
    session: Session,
    *,
    username: str,
    password: str,
    role: Role,
    now: datetime,
    display_name: str | None = None,
) -> Account:
    """Add an account.

    Raises:
        ValueError: not a username, or a password too short or too long.
        ConflictError: the username is taken.
    """
    name = valid_username(username)
    if name is None:
        raise ValueError(
            f"a username has 1 to 64 of a-z 0-9 . _ @ -, first a letter or digit; got {username!r}"
        )
    if session.scalar(select(Account.id).where(Account.username == name)) is not None:
        raise ConflictError(f"there is an account {name} already")
    account = Account(
        username=name,
        display_name=display_name or name,
        role=role,
        password_hash=hash_password(password),
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account


def find_account(session: Session, username: str) -> Account:
    """Return an account.

    Raises:
        NotFoundError: no such username.
    """
    name = valid_username(username)
    account = session.scalar(select(Account).where(Account.username == name)) if name else None
    if account is None:
        raise NotFoundError(f"no account {username!r}")
    return account


def list_accounts(session: Session) -> Sequence[Account]:
    """List all accounts by username, disabled ones too."""
    return session.scalars(select(Account).order_by(Account.username)).all()


def disable_account(session: Session, username: str, *, now: datetime) -> Account:
    """Take an account out of use and end its sessions. Raises NotFoundError."""
    account = find_account(session, username)
    account.disabled_at = account.disabled_at or now
    _end_sessions(session, account)
    return account


def change_password(session: Session, username: str, *, password: str) -> Account:
    """Set a new password and end the account's sessions. Raises NotFoundError, ValueError."""
    account = find_account(session, username)
    account.password_hash = hash_password(password)
    _end_sessions(session, account)
    return account


def _end_sessions(session: Session, account: Account) -> None:
    session.execute(delete(LoginSession).where(LoginSession.account_id == account.id))
