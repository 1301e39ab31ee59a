"""`/v1/webhooks`: who is told of events, and whether it arrived. Changes are made with `riac`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session, sessionmaker

from serve.api.errors import problems
from serve.api.schemas import DeliveryBody, Role, WebhookBody, WebhookList
from serve.auth.caller import Caller
from serve.auth.dependencies import require
from serve.store.delivery import Webhook
from serve.webhooks.registry import last_deliveries, list_webhooks

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])


@router.get("", responses=problems(401, 403, 422))
def read_webhooks(
    _caller: Annotated[Caller, Depends(require(Role.ADMIN))],
    request: Request,
    deliveries: Annotated[int, Query(ge=0, le=100, description="How many of each")] = 10,
) -> WebhookList:
    """List the webhooks with their last deliveries."""
    sessions: sessionmaker[Session] = request.app.state.sessions
    with sessions() as session:
        return WebhookList(
            webhooks=[
                _body(session, webhook, deliveries=deliveries) for webhook in list_webhooks(session)
            ]
        )


def _body(session: Session, webhook: Webhook, *, deliveries: int) -> WebhookBody:
    return WebhookBody(
        id=webhook.id,
        url=webhook.url,
        events=webhook.events,
        allow_private=webhook.allow_private,
        created_at=webhook.created_at,
        disabled_at=webhook.disabled_at,
        disabled_reason=webhook.disabled_reason,
        deliveries=[
            DeliveryBody.model_validate(sent)
            for sent in last_deliveries(session, webhook, limit=deliveries)
        ],
    )
