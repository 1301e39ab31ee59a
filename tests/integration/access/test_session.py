"""Logging in and calling with keys, over HTTP, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from riac.errors import ForbiddenError, RiacError, ThrottledError, UnauthorisedError
from serve.api.schemas import Role
from serve.api.session import router
from serve.auth.accounts import add_account, change_password, disable_account
from serve.auth.caller import Caller
from serve.auth.dependencies import require
from serve.auth.keys import create_key, revoke_key
from serve.auth.sessions import log_in as log_in_directly
from serve.auth.throttle import TRIES_FROM_ADDRESS
from serve.auth.tokens import parse_key_token
from serve.store.access import Account, ApiKey, LoginAttempt, LoginSession

Sessions = sessionmaker[Session]
PASSWORD = "correct horse battery"
STATUS: dict[type[RiacError], int] = {
    UnauthorisedError: 401,
    ForbiddenError: 403,
    ThrottledError: 429,
}


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def client(sessions: Sessions) -> Iterator[TestClient]:
    app = FastAPI()
    app.state.sessions = sessions
    app.include_router(router)

    @app.exception_handler(RiacError)
    def as_json(_request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, STATUS[type(error)])  # type: ignore[index]

    @app.get("/scans")
    @app.post("/scans")
    def scans(caller: Annotated[Caller, Depends(require(Role.SITE))]) -> dict[str, str | None]:
        return {"name": caller.name, "role": caller.role, "site": caller.site}

    with sessions.begin() as session:
        for username, role in (("amna", Role.ANALYST), ("root", Role.ADMIN)):
            add_account(session, username=username, password=PASSWORD, role=role, now=now())
    with TestClient(app) as client:
        yield client


def log_in(client: TestClient, username: str = "amna", password: str = PASSWORD) -> str:
    answer = client.post("/v1/session", json={"username": username, "password": password})
    assert answer.status_code == 200, answer.text
    token = answer.json()["csrf_token"]
    assert isinstance(token, str)
    return token


def new_key(sessions: Sessions, role: Role = Role.SITE, site: str | None = "torkham") -> str:
    with sessions.begin() as session:
        return create_key(session, name="gate 1", role=role, site=site, now=now())[1]


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_person_logs_in_is_known_and_logs_out(client: TestClient) -> None:
    token = log_in(client, "Amna ")
    who = client.get("/v1/session")
    assert who.json() == {
        "username": "amna",
        "display_name": "amna",
        "role": "analyst",
        "csrf_token": token,
    }
    left = client.delete("/v1/session", headers={"X-CSRF-Token": token})
    assert left.status_code == 204
    assert client.get("/v1/session").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    answer = client.post("/v1/session", json={"username": "amna", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("riac_session=")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert "Secure" not in cookie
    client.base_url = client.base_url.copy_with(scheme="https")
    again = client.post("/v1/session", json={"username": "amna", "password": PASSWORD})
    assert "Secure" in again.headers["set-cookie"]


def test_the_old_cookie_is_worthless_after_logging_out(client: TestClient) -> None:
    token = log_in(client)
    stolen = client.cookies["riac_session"]
    client.delete("/v1/session", headers={"X-CSRF-Token": token})
    client.cookies.set("riac_session", stolen)
    assert client.get("/v1/session").status_code == 401


@pytest.mark.parametrize("sent", [None, "", "0" * 64, "żółw"])
def test_a_change_without_the_csrf_token_is_refused(client: TestClient, sent: str | None) -> None:
    log_in(client, "root")
    headers = {} if sent is None else {b"X-CSRF-Token": sent.encode()}
    assert client.post("/scans", headers=headers).status_code == 403
    assert client.get("/scans").status_code == 200


@pytest.mark.parametrize(
    ("username", "password"),
    [("amna", "wrong password"), ("nobody", PASSWORD), ("amna", ""), ("", "")],
)
def test_wrong_credentials_are_refused_alike(
    client: TestClient, username: str, password: str
) -> None:
    answer = client.post("/v1/session", json={"username": username, "password": password})
    assert (answer.status_code, answer.json()["detail"]) == (401, "wrong username or password")


def test_a_username_that_is_no_text_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/session", json={"username": "\x00", "password": PASSWORD})
    assert answer.status_code == 422


def test_guessing_is_stopped_even_with_the_right_password_at_last(client: TestClient) -> None:
    for _ in range(TRIES_FROM_ADDRESS):
        answer = client.post("/v1/session", json={"username": "amna", "password": "a wrong one"})
        assert answer.status_code == 401
    answer = client.post("/v1/session", json={"username": "amna", "password": PASSWORD})
    assert answer.status_code == 429
    log_in(client, "root")


def test_tries_are_forgotten_after_a_while_and_after_success(
    client: TestClient, sessions: Sessions
) -> None:
    for _ in range(TRIES_FROM_ADDRESS):
        client.post("/v1/session", json={"username": "amna", "password": "a wrong one"})
    with sessions.begin() as session:
        session.execute(update(LoginAttempt).values(attempted_at=now() - timedelta(minutes=16)))
    log_in(client)
    with sessions() as session:
        assert session.scalars(select(LoginAttempt)).all() == []


def test_a_session_ends_with_its_time(client: TestClient, sessions: Sessions) -> None:
    log_in(client)
    with sessions.begin() as session:
        session.execute(update(LoginSession).values(expires_at=now()))
    assert client.get("/v1/session").status_code == 401


def test_disabling_an_account_ends_its_sessions_and_its_logins(
    client: TestClient, sessions: Sessions
) -> None:
    log_in(client)
    with sessions.begin() as session:
        disable_account(session, "amna", now=now())
    assert client.get("/v1/session").status_code == 401
    answer = client.post("/v1/session", json={"username": "amna", "password": PASSWORD})
    assert answer.status_code == 401


def test_a_new_password_replaces_the_old_one_and_ends_sessions(
    client: TestClient, sessions: Sessions
) -> None:
    log_in(client)
    with sessions.begin() as session:
        change_password(session, "amna", password="another long one")
    assert client.get("/v1/session").status_code == 401
    log_in(client, password="another long one")


def test_a_key_brings_its_role_and_site(client: TestClient, sessions: Sessions) -> None:
    answer = client.post("/scans", headers=bearer(new_key(sessions)))
    assert answer.json() == {"name": "gate 1", "role": "site", "site": "torkham"}
    with sessions() as session:
        assert session.scalars(select(ApiKey.last_used_at)).one() is not None


def test_a_key_of_another_role_is_refused_but_the_administrators_passes(
    client: TestClient, sessions: Sessions
) -> None:
    assert client.get("/scans", headers=bearer(new_key(sessions, Role.AUDITOR))).status_code == 403
    assert client.get("/scans", headers=bearer(new_key(sessions, Role.ADMIN))).status_code == 200


def test_a_revoked_or_altered_key_is_refused(client: TestClient, sessions: Sessions) -> None:
    key = new_key(sessions)
    altered = key[:-1] + ("A" if key[-1] != "A" else "B")
    for wrong in (altered, "riac_", key.rpartition("_")[0], "", "\u017c"):
        headers = {b"Authorization": f"Bearer {wrong}".encode()}
        assert client.get("/scans", headers=headers).status_code == 401
    with sessions.begin() as session:
        revoke_key(session, key.split("_")[1], now=now())
    assert client.get("/scans", headers=bearer(key)).status_code == 401


def test_a_bad_key_is_not_saved_by_a_good_cookie(client: TestClient) -> None:
    log_in(client, "root")
    assert client.get("/scans").status_code == 200
    for wrong in ("Bearer riac_aaaaaaaa_b", "Basic cm9vdDpyb290"):
        assert client.get("/scans", headers={"Authorization": wrong}).status_code == 401


def test_a_key_is_not_a_person(client: TestClient, sessions: Sessions) -> None:
    key = new_key(sessions, Role.ADMIN)
    assert client.get("/v1/session", headers=bearer(key)).status_code == 403


def test_no_secret_is_stored(client: TestClient, sessions: Sessions) -> None:
    key = new_key(sessions)
    log_in(client)
    cookie = client.cookies["riac_session"]
    with sessions() as session:
        kept = [*session.scalars(select(ApiKey)), *session.scalars(select(LoginSession))]
        kept_text = repr([vars(row) for row in kept])
        password_hash = session.scalars(
            select(Account.password_hash).where(Account.username == "amna")
        ).one()
    token = parse_key_token(key)
    assert token is not None
    assert token.secret not in kept_text
    assert cookie not in kept_text
    assert password_hash.startswith("$argon2id$")
    assert PASSWORD not in password_hash


def test_guesses_sent_at_once_count_one_after_another(
    client: TestClient, sessions: Sessions
) -> None:
    def guess(number: int) -> type[Exception] | None:
        try:
            log_in_directly(
                sessions,
                username="amna",
                password=f"wrong one {number}",
                address="192.0.2.1",
                now=now(),
            )
        except (UnauthorisedError, ThrottledError) as error:
            return type(error)
        return None

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(guess, range(24)))
    assert outcomes.count(UnauthorisedError) == TRIES_FROM_ADDRESS
    assert outcomes.count(ThrottledError) == 24 - TRIES_FROM_ADDRESS
    log_in(client)
