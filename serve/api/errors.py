"""The one mapping from domain errors to HTTP: RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from riac.errors import (
    ConflictError,
    ForbiddenError,
    InvalidDeclarationError,
    InvalidRequestError,
    LibraryError,
    ModelError,
    NotFoundError,
    RiacError,
    ScanUnreadableError,
    StorageError,
    ThrottledError,
    TooLargeError,
    UnauthorisedError,
)
from serve.api.schemas import FaultBody, Problem

STATUS: Mapping[type[RiacError], HTTPStatus] = {
    UnauthorisedError: HTTPStatus.UNAUTHORIZED,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    InvalidDeclarationError: HTTPStatus.UNPROCESSABLE_ENTITY,
    InvalidRequestError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ScanUnreadableError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ThrottledError: HTTPStatus.TOO_MANY_REQUESTS,
    StorageError: HTTPStatus.SERVICE_UNAVAILABLE,
    LibraryError: HTTPStatus.SERVICE_UNAVAILABLE,
    ModelError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Any other domain error is a 500."""

_log = structlog.get_logger("riac.api")


def problem(
    status: int, *, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """Answer with problem details."""
    body = Problem(
        type=f"urn:riac:problem:{code}",
        title=code.replace("_", " "),
        status=status,
        detail=detail,
        code=code,
        **more,
    )
    return JSONResponse(
        body.model_dump(mode="json"),
        status_code=status,
        media_type="application/problem+json",
        headers=dict(headers or {}),
    )


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Document answers of an endpoint that are problems."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for status in statuses
    }


def add_error_handlers(app: FastAPI) -> None:
    """Have every error answered with problem details."""
    app.add_exception_handler(RiacError, _domain_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(OperationalError, _database_error)
    app.add_exception_handler(Exception, _unexpected_error)


async def _domain_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RiacError)
    status = STATUS.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)
    headers: dict[str, str] = {}
    more: dict[str, Any] = {}
    if isinstance(error, UnauthorisedError):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, ThrottledError):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, ScanUnreadableError):
        more["faults"] = [FaultBody.model_validate(f).model_dump(mode="json") for f in error.faults]
    if status >= 500:
        _log.error("request_failed", code=error.code, error=str(error))
    return problem(status, code=error.code, detail=str(error), headers=headers, **more)


async def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # Without what was sent: it may be large, or not JSON at all.
    faults = [
        {"at": [str(part) for part in fault["loc"]], "message": str(fault["msg"])}
        for fault in error.errors()
    ]
    detail = "; ".join(f"{'.'.join(fault['at'])}: {fault['message']}" for fault in faults[:5])
    return problem(422, code="invalid_request", detail=detail, errors=faults[:100])


async def _http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    return problem(
        error.status_code,
        code=phrase.lower().replace(" ", "_").replace("-", "_"),
        detail=str(error.detail),
        headers=error.headers,
    )


async def _database_error(_request: Request, error: Exception) -> JSONResponse:
    _log.error("database_unavailable", error=type(error).__name__)
    return problem(
        503,
        code="unavailable",
        detail="the database does not answer; try again",
        headers={"Retry-After": "2"},
    )


async def _unexpected_error(_request: Request, error: Exception) -> JSONResponse:
    _log.error("request_broke", error=repr(error), exc_info=error)
    return problem(500, code="internal_error", detail="an unexpected error; it has been logged")
