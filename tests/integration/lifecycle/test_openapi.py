"""The API against its own OpenAPI document, with input nobody thought of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from serve.api.app import create_app, described_app
from serve.api.schemas import Role
from serve.auth.accounts import add_account
from serve.settings import load_settings
from serve.wiring import open_service
from tests.integration.databases import fresh_database
from tests.integration.lifecycle.running import PASSWORD, moment

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]


@pytest.fixture(scope="module")
def app(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("openapi")
    with (
        fresh_database(server_url) as url,
        open_service(
            load_settings(data_dir=folder, database_url=url, metrics_open=True)
        ) as service,
    ):
        with service.sessions.begin() as session:
            add_account(session, username="root", password=PASSWORD, role=Role.ADMIN, now=moment())
        yield create_app(service)


@pytest.fixture(scope="module")
def headers(app: Any) -> dict[str, str]:
    """Return what an administrator who has logged in sends."""
    from starlette.testclient import TestClient

    answer = TestClient(app).post("/v1/session", json={"username": "root", "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    cookie = f"riac_session={answer.cookies['riac_session']}"
    return {"Cookie": cookie, "X-CSRF-Token": answer.json()["csrf_token"]}


@pytest.fixture(scope="module")
def schema(app: Any) -> Any:
    return schemathesis.openapi.from_asgi("/v1/openapi.json", app)


def operations() -> list[tuple[str, str]]:
    """List path and method of all that is described, but for two.

    Logging out would end the session every other call needs, and without a worker /ready says so.
    """
    left_out = {("/v1/session", "delete"), ("/ready", "get")}
    paths = described_app().openapi()["paths"]
    return [(p, m) for p, methods in paths.items() for m in methods if (p, m) not in left_out]


@pytest.mark.parametrize(("path", "method"), operations())
def test_no_input_breaks_an_operation(
    path: str, method: str, schema: Any, headers: dict[str, str]
) -> None:
    operation = schema[path][method]

    statuses: set[int] = set()

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def hold(case: Any) -> None:
        # Keys made up are refused before anything else is looked at.
        case.headers.pop("Authorization", None)
        statuses.add(case.call_and_validate(headers=headers, checks=CHECKS).status_code)

    hold()
    assert statuses - {401, 403}
