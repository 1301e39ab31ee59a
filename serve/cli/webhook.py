"""`riac webhook`: which systems are told of events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer

from serve.cli.state import complaints, sessions

webhook = typer.Typer(no_args_is_help=True, help="Systems that are told of decisions and verdicts.")

Identifier = Annotated[UUID, typer.Argument(help="As `riac webhook list` shows it.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(webhook, name="webhook")


@webhook.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Where messages are posted, https://…")],
    event: Annotated[
        list[str] | None,
        typer.Option(
            help="decision.made, decision.superseded, case.closed or scan.unusable; "
            "may be repeated. All without it."
        ),
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Allow addresses inside the own network, and http."),
    ] = False,
) -> None:
    """Register a system and print the secret it checks signatures with.

    Messages follow Standard Webhooks (standardwebhooks.com), for which there are libraries in most
    languages. What fails is tried again, ten times over three days.
    """
    from serve.webhooks.registry import add_webhook

    with complaints(), sessions() as open_session, open_session.begin() as session:
        row = add_webhook(
            session,
            url=url,
            events=event or (),
            allow_private=allow_private,
            now=datetime.now(UTC),
        )
        typer.echo(f"webhook {row.id}; the receiver needs this secret:", err=True)
        typer.echo(row.secret)


@webhook.command("list")
def list_all(
    deliveries: Annotated[int, typer.Option(min=0, help="Show the last few of each, too.")] = 0,
) -> None:
    """List webhooks: identifier, state, events, address."""
    from serve.webhooks.registry import last_deliveries, list_webhooks

    with complaints(), sessions() as open_session, open_session() as session:
        for row in list_webhooks(session):
            in_use = f"disabled ({row.disabled_reason})" if row.disabled_at else "active"
            typer.echo(f"{row.id}\t{in_use}\t{','.join(row.events) or 'all'}\t{row.url}")
            for sent in last_deliveries(session, row, limit=deliveries):
                outcome = sent.last_error or sent.last_status or "-"
                made = sent.created_at.isoformat(timespec="seconds")
                typer.echo(f"  {made}\t{sent.event_type}\t{sent.state}\t{sent.attempts}\t{outcome}")


@webhook.command("replay")
def replay(
    identifier: Identifier,
    since: Annotated[
        datetime | None, typer.Option(help="Only events from then on, UTC, e.g. 2026-05-01T08:00.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what was delivered; without it what failed.")
    ] = False,
) -> None:
    """Deliver again; messages keep their identifiers, so receivers can drop repeats."""
    from serve.webhooks.registry import find_webhook, replay

    with complaints(), sessions() as open_session, open_session.begin() as session:
        count = replay(
            session,
            find_webhook(session, identifier),
            since=since.replace(tzinfo=UTC) if since else None,
            failed_only=not everything,
        )
        typer.echo(f"{count} to be delivered again")


@webhook.command("disable")
def disable(identifier: Identifier) -> None:
    """Stop telling a system; what is pending counts as failed and can be replayed."""
    from serve.webhooks.registry import disable_webhook, find_webhook

    with complaints(), sessions() as open_session, open_session.begin() as session:
        row = find_webhook(session, identifier)
        disable_webhook(session, row, reason="by hand", now=datetime.now(UTC))
        typer.echo(f"disabled {row.url}")


@webhook.command("enable")
def enable(identifier: Identifier) -> None:
    """Tell a disabled system again, from now on."""
    from serve.webhooks.registry import enable_webhook, find_webhook

    with complaints(), sessions() as open_session, open_session.begin() as session:
        row = find_webhook(session, identifier)
        enable_webhook(row)
        typer.echo(f"enabled {row.url}")
