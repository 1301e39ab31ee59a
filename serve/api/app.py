"""The application: routes, limits, errors, and the user interface."""

from __future__ import annotations

from fastapi import FastAPI

from serve.api import (
    cases,
    consignments,
    decisions,
    declarations,
    health,
    library,
    scans,
    session,
    verdicts,
    webhooks,
)
from serve.api.errors import add_error_handlers, problems
from serve.api.limits import LimitBodies
from serve.api.metrics import MeasureRequests, Metrics
from serve.api.schemas import Problem
from serve.api.state import Service
from serve.api.ui import add_interface

DESCRIPTION = """
Scanner sites send scans, the clearance system registers declarations and is told decisions,
analysts close referred cases. Machines send `Authorization: Bearer riac_…`; people log in at
`/v1/session` and send `X-CSRF-Token` with every change. Errors are `application/problem+json`.
"""
_PARTS = (
    session,
    declarations,
    scans,
    consignments,
    decisions,
    cases,
    verdicts,
    library,
    webhooks,
    health,
)


def create_app(service: Service) -> FastAPI:
    """Make the application on the parts it works with."""
    app = described_app()
    app.state.service = service
    app.state.sessions = service.sessions
    app.state.metrics = Metrics()
    app.add_middleware(LimitBodies, max_file_bytes=service.settings.max_upload_bytes)
    app.add_middleware(MeasureRequests, metrics=app.state.metrics)
    add_interface(app)
    return app


def described_app() -> FastAPI:
    """Make the application as its OpenAPI document describes it, with nothing to work with."""
    app = FastAPI(
        title="Remote Image Analysis Centre",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        # Every operation has its own name in generated clients.
        generate_unique_id_function=lambda route: f"{(route.tags or ['riac'])[0]}_{route.name}",
    )
    for part in _PARTS:
        app.include_router(part.router)
    add_error_handlers(app)
    _describe_problem(app)
    return app


def _describe_problem(app: FastAPI) -> None:
    """Describe errors as they are sent; no route returns `Problem` by name."""
    plain = app.openapi

    def described() -> dict[str, object]:
        schema = plain()
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        parts.setdefault("Problem", Problem.model_json_schema())
        # FastAPI describes its own validation errors, which are never sent.
        for unsent in ("HTTPValidationError", "ValidationError"):
            parts.pop(unsent, None)
        for operations in schema["paths"].values():
            for operation in operations.values():
                if "422" in operation["responses"]:
                    operation["responses"]["422"] = problems(422)[422]
        return schema

    app.openapi = described  # type: ignore[method-assign]
