"""Slows down guessing of passwords; kept in the database, so it holds over many processes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from riac.errors import ThrottledError
from serve.store.access import LoginAttempt

WINDOW = timedelta(minutes=15)
# From one address few tries suffice; over all addresses more are let through, so that a
# stranger elsewhere cannot lock a person out with a handful of requests.
TRIES_FROM_ADDRESS = 5
TRIES_OVERALL = 50


def note_attempt(session: Session, *, username: str, address: str, now: datetime) -> None:
    """Note a login being tried, before the password is looked at.

    Noted first and one after another, so that tries made at the same moment count against each
    other. Commit before checking the password.

    Raises:
        ThrottledError: too many tries lately.
    """
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"login {username}"))))
    since = now - WINDOW
    session.execute(delete(LoginAttempt).where(LoginAttempt.attempted_at < since))
    session.add(LoginAttempt(username=username, address=address, attempted_at=now))
    session.flush()
    recent = select(func.count()).where(
        LoginAttempt.username == username, LoginAttempt.attempted_at >= since
    )
    overall = session.scalar(recent) or 0
    from_address = session.scalar(recent.where(LoginAttempt.address == address)) or 0
    if overall > TRIES_OVERALL or from_address > TRIES_FROM_ADDRESS:
        raise ThrottledError(
            f"too many failed logins; try again in {WINDOW.total_seconds() / 60:.0f} minutes",
            retry_after_s=int(WINDOW.total_seconds()),
        )


def forget_attempts(session: Session, *, username: str, address: str) -> None:
    """Forget the tries of someone who has now logged in."""
    session.execute(
        delete(LoginAttempt).where(
            LoginAttempt.username == username, LoginAttempt.address == address
        )
    )
