"""Counters and gauges for Prometheus; one registry an application."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """What is measured of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "riac_requests",
            "Requests answered",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "riac_request_seconds",
            "Time to answer",
            ["method", "route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.gauges = {
            name: Gauge(f"riac_{name}", meaning, labels, registry=self.registry)
            for name, (meaning, labels, _) in _GAUGES.items()
        }


_GAUGES: dict[str, tuple[str, list[str], str]] = {
    "jobs": (
        "Jobs in the queue",
        ["status"],
        "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1",
    ),
    "workers": (
        "Workers with a heartbeat in the last minute",
        [],
        "SELECT count(*) FROM procrastinate_workers"
        " WHERE last_heartbeat > now() - interval '1 minute'",
    ),
    "open_cases": (
        "Cases that wait for a verdict",
        [],
        "SELECT count(*) FROM cases WHERE closed_at IS NULL",
    ),
    "oldest_case_seconds": (
        "Age of the oldest open case",
        [],
        "SELECT coalesce(extract(epoch FROM now() - min(opened_at)), 0)::float"
        " FROM cases WHERE closed_at IS NULL",
    ),
    "decisions": (
        "Decisions made in the last 24 hours",
        ["outcome"],
        "SELECT outcome, count(*) FROM decisions"
        " WHERE decided_at > now() - interval '1 day' GROUP BY 1",
    ),
    "waiting_passages": (
        "Passages without a decision on their newest evidence",
        ["waiting_for"],
        "SELECT waiting_for, count(*) FROM passages WHERE waiting_for IS NOT NULL GROUP BY 1",
    ),
    "deliveries": (
        "Webhook deliveries not made",
        ["state"],
        "SELECT state, count(*) FROM webhook_deliveries WHERE state <> 'delivered' GROUP BY 1",
    ),
}


def read_gauges(metrics: Metrics, session: Session) -> None:
    """Bring the gauges up to date from the database."""
    for name, (_, labels, query) in _GAUGES.items():
        gauge = metrics.gauges[name]
        if labels:
            gauge.clear()
        for row in session.execute(text(query)):
            _set(gauge, row)


def _set(gauge: Gauge, row: Iterable[object]) -> None:
    *labels, value = row
    target = gauge.labels(*labels) if labels else gauge
    assert isinstance(value, int | float)
    target.set(float(value))


class MeasureRequests:
    """ASGI middleware: counts and times requests by route, not by address."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and measure."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            method = scope["method"] if status != 405 else "none"
            self._metrics.requests.labels(method, route, str(status)).inc()
            self._metrics.seconds.labels(method, route).observe(perf_counter() - started)
