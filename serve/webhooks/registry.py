"""The registered webhooks: add, list, disable, replay."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from riac.errors import NotFoundError
from serve.store.delivery import Delivery, DeliveryState, Webhook
from serve.webhooks.outbox import wake_senders

EVENT_TYPES = ("decision.made", "decision.superseded", "case.closed", "scan.unusable")


def add_webhook(
    session: Session,
    *,
    url: str,
    now: datetime,
    events: Sequence[str] = (),
    allow_private: bool = False,
) -> Webhook:
    """Register an address; the row's `secret` is for the receiver.

    Raises:
        ValueError: not an address to deliver to, or an unknown type of event.
    """
    check_url(url, allow_private=allow_private)
    unknown = sorted(set(events) - set(EVENT_TYPES))
    if unknown:
        raise ValueError(f"unknown events {unknown}; there are {', '.join(EVENT_TYPES)}")
    webhook = Webhook(
        url=url,
        events=sorted(set(events)),
        secret=_new_secret(),
        allow_private=allow_private,
        created_at=now,
    )
    session.add(webhook)
    session.flush()
    return webhook


def check_url(url: str, *, allow_private: bool) -> None:
    """Refuse what cannot be delivered to; the address itself is checked at each delivery.

    Raises:
        ValueError: not http(s), plain http outside the own network, or with a password in it.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"expected an address like https://host/path, got {url!r}")
    if parts.scheme == "http" and not allow_private:
        raise ValueError(
            "plain http is only for addresses inside the own network (--allow-private)"
        )
    if parts.username is not None or parts.fragment:
        raise ValueError("an address with a user, a password or a fragment is not taken")
    if not url.isascii() or any(letter.isspace() for letter in url):
        raise ValueError("the address has letters that need escaping")
    # urlsplit looks at the port only when asked, and raises ValueError itself.
    _ = parts.port


def _new_secret() -> str:
    """Standard Webhooks: 24 to 64 random bytes, base64, `whsec_` before it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def list_webhooks(session: Session) -> Sequence[Webhook]:
    """List all webhooks, the oldest first, disabled ones too."""
    return session.scalars(select(Webhook).order_by(Webhook.created_at, Webhook.id)).all()


def find_webhook(session: Session, webhook_id: UUID) -> Webhook:
    """Return a webhook.

    Raises:
        NotFoundError: no such webhook.
    """
    webhook = session.get(Webhook, webhook_id)
    if webhook is None:
        raise NotFoundError(f"no webhook {webhook_id}")
    return webhook


def disable_webhook(session: Session, webhook: Webhook, *, reason: str, now: datetime) -> None:
    """Stop delivering to a webhook; what is pending counts as failed and can be replayed."""
    webhook.disabled_at = webhook.disabled_at or now
    webhook.disabled_reason = reason
    session.execute(
        update(Delivery)
        .where(Delivery.webhook_id == webhook.id, Delivery.state == DeliveryState.PENDING)
        .values(state=DeliveryState.FAILED, last_error=f"webhook disabled: {reason}")
    )


def enable_webhook(webhook: Webhook) -> None:
    """Deliver to a disabled webhook again; what failed meanwhile can be replayed."""
    webhook.disabled_at = None
    webhook.disabled_reason = None


def last_deliveries(session: Session, webhook: Webhook, *, limit: int) -> Sequence[Delivery]:
    """List a webhook's deliveries, the newest first."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.webhook_id == webhook.id)
        .order_by(Delivery.created_at.desc(), Delivery.id)
        .limit(limit)
    ).all()


def replay(
    session: Session, webhook: Webhook, *, since: datetime | None = None, failed_only: bool = True
) -> int:
    """Deliver again, under the same message identifiers; returns how many.

    Args:
        session: of the transaction at whose commit delivery begins.
        webhook: to whom.
        since: only events from then on.
        failed_only: leave out what was delivered.
    """
    wanted = [Delivery.webhook_id == webhook.id, Delivery.state != DeliveryState.PENDING]
    if since is not None:
        wanted.append(Delivery.created_at >= since)
    if failed_only:
        wanted.append(Delivery.state == DeliveryState.FAILED)
    again = session.execute(
        update(Delivery)
        .where(*wanted)
        .values(
            state=DeliveryState.PENDING, attempts=0, next_attempt_at=func.now(), delivered_at=None
        )
        .returning(Delivery.id)
    ).all()
    wake_senders(session)
    return len(again)
