"""Logins of people: begin with a password, find by cookie, end."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from riac.errors import UnauthorisedError
from serve.auth.accounts import valid_username
from serve.auth.passwords import (
    MAX_PASSWORD_LENGTH,
    hash_password,
    needs_new_hash,
    password_matches,
)
from serve.auth.throttle import forget_attempts, note_attempt
from serve.auth.tokens import digest, new_session_token
from serve.store.access import Account, LoginSession

SESSION_LIFETIME = timedelta(hours=12)
"""A long shift; afterwards one logs in again."""


def log_in(
    sessions: sessionmaker[Session], *, username: str, password: str, address: str, now: datetime
) -> tuple[Account, str]:
    """Begin a login; returns the account and the value of its cookie.

    Raises:
        UnauthorisedError: wrong username or password, or the account is disabled.
        ThrottledError: too many tries lately.
    """
    # All impossible names share one count: they cannot be told apart by their answers.
    name = valid_username(username) or ""
    with sessions.begin() as session:
        note_attempt(session, username=name, address=address, now=now)
    with sessions.begin() as session:
        account = _checked_account(session, username=name, password=password)
        forget_attempts(session, username=name, address=address)
        token = _begin(session, account, now=now)
        session.expunge(account)
    return account, token


def _checked_account(session: Session, *, username: str, password: str) -> Account:
    account = session.scalar(select(Account).where(Account.username == username))
    kept = account.password_hash if account is not None and account.disabled_at is None else None
    matches = len(password) <= MAX_PASSWORD_LENGTH and password_matches(password, kept)
    if account is None or not matches:
        raise UnauthorisedError("wrong username or password")
    if needs_new_hash(account.password_hash):
        account.password_hash = hash_password(password)
    return account


def _begin(session: Session, account: Account, *, now: datetime) -> str:
    session.execute(delete(LoginSession).where(LoginSession.expires_at < now))
    token = new_session_token()
    session.add(
        LoginSession(
            token_sha256=digest(token),
            account_id=account.id,
            created_at=now,
            expires_at=now + SESSION_LIFETIME,
        )
    )
    session.flush()
    return token


def find_session(session: Session, token: str, *, now: datetime) -> LoginSession | None:
    """Return the login in force that this cookie stands for."""
    row = session.get(LoginSession, digest(token))
    if row is None or row.expires_at <= now or row.account.disabled_at is not None:
        return None
    return row


def end_session(session: Session, token: str) -> None:
    """End a login; no error when it is over already."""
    session.execute(delete(LoginSession).where(LoginSession.token_sha256 == digest(token)))
