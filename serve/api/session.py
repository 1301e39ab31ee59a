"""`/v1/session`: log in, who am I, log out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Request, Response
from sqlalchemy.orm import Session, sessionmaker

from riac.errors import UnauthorisedError
from serve.api.errors import problems
from serve.api.schemas import LoginRequest, Role, SessionBody
from serve.auth.caller import Caller
from serve.auth.dependencies import COOKIE, require_person
from serve.auth.sessions import SESSION_LIFETIME, end_session, log_in
from serve.auth.tokens import csrf_token
from serve.store.access import Account

router = APIRouter(prefix="/v1/session", tags=["session"])

Person = Annotated[Caller, Depends(require_person())]
Token = Annotated[str, Cookie(alias=COOKIE, include_in_schema=False)]


@router.post("", responses=problems(401, 429))
def begin_session(body: LoginRequest, request: Request, response: Response) -> SessionBody:
    """Log in. Sets the cookie `riac_session`."""
    sessions: sessionmaker[Session] = request.app.state.sessions
    account, token = log_in(
        sessions,
        username=body.username,
        password=body.password,
        address=request.client.host if request.client else "",
        now=datetime.now(UTC),
    )
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LIFETIME.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )
    response.headers["Cache-Control"] = "no-store"
    return _body(account, token)


@router.get("", responses=problems(401, 403))
def read_session(caller: Person, token: Token, request: Request, response: Response) -> SessionBody:
    """Say who is logged in."""
    response.headers["Cache-Control"] = "no-store"
    sessions: sessionmaker[Session] = request.app.state.sessions
    with sessions() as session:
        account = session.get(Account, caller.account_id)
        if account is None:
            raise UnauthorisedError("not logged in, or the session is over")
        return _body(account, token)


@router.delete("", status_code=204, responses=problems(401, 403))
def finish_session(_caller: Person, token: Token, request: Request, response: Response) -> None:
    """Log out."""
    sessions: sessionmaker[Session] = request.app.state.sessions
    with sessions.begin() as session:
        end_session(session, token)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")


def _body(account: Account, token: str) -> SessionBody:
    return SessionBody(
        username=account.username,
        display_name=account.display_name,
        role=Role(account.role),
        csrf_token=csrf_token(token),
    )
