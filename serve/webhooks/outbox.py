"""The outbox: events to be delivered, written with what they tell of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from serve.store.delivery import Delivery, DeliveryState, Webhook
from serve.webhooks.message import message_body

CHANNEL = "riac_webhook_deliveries"
"""PostgreSQL NOTIFY on this channel wakes the senders when a transaction commits."""


def announce(session: Session, event_type: str, data: Mapping[str, Any]) -> None:
    """Tell every webhook that wants this event, once the caller's transaction commits."""
    wanted = or_(func.cardinality(Webhook.events) == 0, Webhook.events.contains([event_type]))
    webhooks = session.scalars(
        select(Webhook.id).where(Webhook.disabled_at.is_(None), wanted)
    ).all()
    if not webhooks:
        return
    body = message_body(event_type, content=data, at=datetime.now(UTC))
    message_id = f"msg_{uuid4().hex}"
    for webhook_id in webhooks:
        session.add(
            Delivery(
                webhook_id=webhook_id,
                message_id=message_id,
                event_type=event_type,
                body=body,
                state=DeliveryState.PENDING,
                next_attempt_at=func.now(),
                created_at=func.now(),
            )
        )
    wake_senders(session)


def wake_senders(session: Session) -> None:
    """Wake the senders at commit."""
    session.flush()
    session.execute(select(func.pg_notify(CHANNEL, "")))
