"""`riac migrate`, `riac serve` and `riac worker`: the parts of the service."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from serve.cli.state import complaints

SHUTDOWN_S = 10
"""How long requests in progress may take when the API is stopped."""


def register(app: typer.Typer) -> None:
    """Add the commands of this part."""
    app.command("serve")(serve)
    app.command("worker")(worker)
    app.command("migrate")(migrate)


def migrate() -> None:
    """Bring the database to this version's schema; safe to repeat.

    The database is RIAC_DATABASE_URL, or the embedded one in RIAC_DATA_DIR.
    """
    from serve.settings import load_settings
    from serve.store.migrating import migrate as bring_to_newest
    from serve.wiring import open_database

    with complaints(), open_database(load_settings()) as (_, engine):
        revision = bring_to_newest(engine)
        typer.echo(f"The database is at revision {revision}.")


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (RIAC_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port (RIAC_PORT).", min=1, max=65535)] = None,
) -> None:
    """Run the API and the analysts' page; ends on Ctrl-C or SIGTERM.

    Everything else is set by RIAC_… variables, see docs/operations.md. Decisions are made by
    `riac worker`, of which at least one has to run.
    """
    import uvicorn

    from serve.api.app import create_app
    from serve.logs import configure_logging
    from serve.settings import load_settings
    from serve.wiring import open_service

    configure_logging()
    with complaints():
        settings = load_settings(**_given(host=host, port=port))
        with open_service(settings) as service:
            typer.echo(f"RIAC listens on http://{settings.host}:{settings.port}", err=True)
            uvicorn.run(
                create_app(service),
                host=settings.host,
                port=settings.port,
                log_level="warning",
                timeout_graceful_shutdown=SHUTDOWN_S,
                server_header=False,
            )


def worker(
    jobs: Annotated[
        int | None, typer.Option(help="Passages judged at the same time (RIAC_WORKER_JOBS).")
    ] = None,
) -> None:
    """Judge passages and deliver webhooks; ends on Ctrl-C or SIGTERM, what is begun finished.

    Run as many as there is work for, on any machine that reaches the database and the objects.
    """
    from serve.jobs import WorkerLimits, run_worker
    from serve.logs import configure_logging
    from serve.settings import load_settings
    from serve.webhooks import Sender
    from serve.wiring import open_judge

    configure_logging()
    with complaints():
        settings = load_settings(**_given(worker_jobs=jobs))
        with open_judge(settings) as (judge, stores):
            limits = WorkerLimits(jobs=settings.worker_jobs, timeout_s=settings.worker_timeout_s)
            with Sender(stores.sessions, engine=stores.engine):
                run_worker(stores.database_url, judge=judge, limits=limits)


def _given(**options: Any) -> dict[str, Any]:
    """Leave out what was not said, so that the environment stands."""
    return {name: value for name, value in options.items() if value is not None}
