"""FastAPI dependencies: who calls, and may they.

`caller: Annotated[Caller, Depends(require(Role.SITE))]` is all a route needs. The application
keeps its `sessionmaker` as `app.state.sessions`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session, sessionmaker

from riac.errors import ForbiddenError, UnauthorisedError
from serve.api.schemas import Role
from serve.auth.caller import PEOPLE, Caller, check_role
from serve.auth.keys import find_key
from serve.auth.sessions import find_session
from serve.auth.tokens import csrf_token, same

COOKIE = "riac_session"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_bearer = HTTPBearer(auto_error=False, scheme_name="key", description="An API key, `riac_…`")
_cookie = APIKeyCookie(
    name=COOKIE, auto_error=False, scheme_name="session", description="From `POST /v1/session`"
)


def identify(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    cookie: Annotated[str | None, Security(_cookie)],
    x_csrf_token: Annotated[
        str | None, Header(description="`csrf_token` of the session; with a cookie only")
    ] = None,
) -> Caller:
    """Find out who calls: the key where one is sent, else the cookie.

    Raises:
        UnauthorisedError: neither, or not in force.
        ForbiddenError: a change with a cookie but without its CSRF token.
    """
    sessions: sessionmaker[Session] = request.app.state.sessions
    now = datetime.now(UTC)
    if request.headers.get("authorization") is not None:
        return _by_key(sessions, bearer.credentials if bearer else "", now=now)
    if cookie is None:
        raise UnauthorisedError("send an API key (Authorization: Bearer riac_…) or log in")
    caller = _by_cookie(sessions, cookie, now=now)
    if request.method not in _SAFE_METHODS and not same(csrf_token(cookie), x_csrf_token or ""):
        raise ForbiddenError("a change needs the session's csrf_token in the header X-CSRF-Token")
    return caller


def _by_key(sessions: sessionmaker[Session], presented: str, *, now: datetime) -> Caller:
    with sessions.begin() as session:
        key = find_key(session, presented, now=now)
        if key is None:
            raise UnauthorisedError("no such API key, or it is revoked")
        return Caller(
            kind="key",
            name=key.name,
            role=Role(key.role),
            site=key.site,
            account_id=None,
            key_id=key.id,
        )


def _by_cookie(sessions: sessionmaker[Session], token: str, *, now: datetime) -> Caller:
    with sessions() as session:
        login = find_session(session, token, now=now)
        if login is None:
            raise UnauthorisedError("not logged in, or the session is over")
        return Caller(
            kind="account",
            name=login.account.username,
            role=Role(login.account.role),
            site=None,
            account_id=login.account.id,
            key_id=None,
        )


def require(*roles: Role) -> Callable[[Caller], Caller]:
    """Make a dependency that lets these roles pass, and the administrator always.

    Without roles anyone known passes. The dependency raises UnauthorisedError or ForbiddenError.
    """

    def allowed(caller: Annotated[Caller, Depends(identify)]) -> Caller:
        check_role(caller, *roles)
        return caller

    return allowed


def require_person(*roles: Role) -> Callable[[Caller], Caller]:
    """Make a dependency like `require` that keys never pass; without roles all of PEOPLE do."""

    def allowed(caller: Annotated[Caller, Depends(identify)]) -> Caller:
        if caller.kind != "account":
            raise ForbiddenError("this is for people who log in, not for API keys")
        check_role(caller, *(roles or PEOPLE))
        return caller

    return allowed
