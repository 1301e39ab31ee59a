"""One attempt at one delivery: claim, send, note what came of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker
from standardwebhooks import Webhook as Signer

from serve.store.delivery import Delivery, DeliveryState, Webhook
from serve.webhooks.posting import Answer, post
from serve.webhooks.registry import disable_webhook

# Standard Webhooks, "Deliverability and reliability": the first at once, the last after days.
RETRY_DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
TIMEOUT_S = 15.0
LONGEST_WAIT = timedelta(hours=24)
# Longer than any attempt lasts; when it passes, whoever claimed the delivery has died.
LEASE = timedelta(seconds=90)

_log = structlog.get_logger("riac.webhooks")


def claim(session: Session, *, busy: Collection[UUID] = ()) -> tuple[UUID, UUID] | None:
    """Take the delivery that is due first, so that no other sender does; commit afterwards.

    Args:
        session: of a short transaction.
        busy: webhooks to leave alone.

    Returns:
        Identifiers of the delivery and its webhook; None when nothing is due.
    """
    delivery = session.scalar(
        select(Delivery)
        .join(Delivery.webhook)
        .where(
            Delivery.state == DeliveryState.PENDING,
            Delivery.next_attempt_at <= func.clock_timestamp(),
            Webhook.disabled_at.is_(None),
            Webhook.id.not_in(busy),
        )
        .order_by(Delivery.next_attempt_at)
        .limit(1)
        .with_for_update(of=Delivery, skip_locked=True)
    )
    if delivery is None:
        return None
    delivery.attempts += 1
    delivery.next_attempt_at = func.clock_timestamp() + LEASE
    return delivery.id, delivery.webhook_id


def deliver(sessions: sessionmaker[Session], delivery_id: UUID) -> bool:
    """Send a claimed delivery and note what came of it; says whether it arrived."""
    with sessions() as session:
        delivery = session.get_one(Delivery, delivery_id)
    answer = post(
        delivery.webhook.url,
        body=delivery.body.encode(),
        headers=signed_headers(delivery, at=datetime.now(UTC)),
        allow_private=delivery.webhook.allow_private,
        timeout_s=TIMEOUT_S,
    )
    with sessions.begin() as session:
        note(session, delivery_id, answer)
    _log.info(
        "webhook_attempt",
        delivery=str(delivery_id),
        event_type=delivery.event_type,
        attempt=delivery.attempts,
        status=answer.status,
        error=answer.error,
    )
    return answer.error is None


def signed_headers(delivery: Delivery, *, at: datetime) -> dict[str, str]:
    """Make the headers of one attempt; the identifier stays, the time is the attempt's own."""
    utc = at.astimezone(UTC)
    signature = Signer(delivery.webhook.secret).sign(
        msg_id=delivery.message_id, timestamp=utc, data=delivery.body
    )
    return {
        "content-type": "application/json",
        "user-agent": "riac-webhooks/1",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(utc.timestamp())),
        "webhook-signature": signature,
    }


def note(session: Session, delivery_id: UUID, answer: Answer) -> None:
    """Write down what came of an attempt, and when the next one is due."""
    if answer.status == 410:
        # First the webhook, then its deliveries: two such answers at once would else wait for
        # one another.
        session.scalars(
            select(Webhook)
            .join(Delivery, Delivery.webhook_id == Webhook.id)
            .where(Delivery.id == delivery_id)
            .with_for_update(of=Webhook, key_share=True)
        ).one()
    delivery = session.get_one(Delivery, delivery_id, with_for_update={"of": Delivery})
    now = session.scalars(select(func.clock_timestamp())).one()
    delivery.last_status = answer.status
    delivery.last_error = answer.error
    if answer.error is None:
        delivery.state = DeliveryState.DELIVERED
        delivery.delivered_at = now
    elif answer.status == 410:
        delivery.state = DeliveryState.FAILED
        disable_webhook(session, delivery.webhook, reason="the receiver answered 410", now=now)
    elif delivery.attempts >= len(RETRY_DELAYS):
        delivery.state = DeliveryState.FAILED
    else:
        delay = max(RETRY_DELAYS[delivery.attempts], wish(answer.retry_after, now=now))
        delivery.next_attempt_at = now + delay


def wish(retry_after: str | None, *, now: datetime) -> timedelta:
    """Read `Retry-After` (RFC 9110, 10.2.3: seconds or a date), at most a day."""
    none = timedelta()
    if retry_after is None:
        return none
    wanted = retry_after.strip()
    if wanted.isascii() and wanted.isdigit():
        # Eight digits are longer than the longest wait already.
        return min(timedelta(seconds=int(wanted[:8])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(wanted)
    except ValueError:
        return none
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max(until - now, none), LONGEST_WAIT)
