"""Webhooks against a real receiver and a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from serve.store.delivery import Delivery, DeliveryState, Webhook
from serve.webhooks import Sender, announce
from serve.webhooks.attempt import RETRY_DELAYS, claim, deliver
from serve.webhooks.posting import post
from serve.webhooks.registry import add_webhook, find_webhook, replay

Sessions = sessionmaker[Session]


def eventually(holds: Callable[[], bool], *, timeout_s: float = 20.0) -> None:
    until = monotonic() + timeout_s
    while not holds():
        assert monotonic() < until, "did not come about in time"
        sleep(0.02)


def register(sessions: Sessions, receiver: Any, **more: Any) -> Webhook:
    with sessions(expire_on_commit=False) as session:
        webhook = add_webhook(
            session,
            url=more.pop("url", receiver.url),
            now=datetime.now(UTC),
            allow_private=more.pop("allow_private", True),
            **more,
        )
        session.commit()
    receiver.secret = webhook.secret
    return webhook


def tell(sessions: Sessions, event_type: str = "decision.made", **content: Any) -> None:
    with sessions.begin() as session:
        announce(session, event_type, {"id": uuid4(), **content})


def attempt(sessions: Sessions) -> bool:
    """Make the one attempt that is due."""
    with sessions.begin() as session:
        claimed = claim(session)
    assert claimed is not None, "nothing is due"
    return deliver(sessions, claimed[0])


def only(sessions: Sessions) -> Delivery:
    with sessions() as session:
        return session.scalars(select(Delivery)).one()


def make_due(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.execute(update(Delivery).values(next_attempt_at=func.now()))


def wait_until_next(sessions: Sessions) -> timedelta:
    with sessions() as session:
        now: datetime = session.scalars(select(func.clock_timestamp())).one()
        due: datetime = session.scalars(select(Delivery.next_attempt_at)).one()
    return due - now


def test_a_committed_event_arrives_signed_and_with_its_content(
    sessions: Sessions, engine: Engine, receiver: Any
) -> None:
    register(sessions, receiver)
    identifier = uuid4()
    with Sender(sessions, engine=engine):
        with sessions.begin() as session:
            announce(session, "decision.made", {"id": identifier, "outcome": "refer"})
        receiver.wait_for(1)
        eventually(lambda: only(sessions).state == DeliveryState.DELIVERED)
    headers, content = receiver.received[0]
    assert content["type"] == "decision.made"
    assert content["data"] == {"id": str(identifier), "outcome": "refer"}
    assert datetime.fromisoformat(content["timestamp"]).tzinfo is not None
    assert headers["webhook-id"].startswith("msg_")
    assert headers["content-type"] == "application/json"


def test_an_event_of_a_transaction_that_rolls_back_is_never_sent(
    sessions: Sessions, receiver: Any
) -> None:
    register(sessions, receiver)
    with sessions() as session:
        announce(session, "decision.made", {"id": 1})
        session.rollback()
    with sessions() as session:
        assert session.scalars(select(Delivery)).all() == []


def test_only_wanted_events_are_sent_and_none_to_a_disabled_webhook(
    sessions: Sessions, receiver: Any
) -> None:
    register(sessions, receiver, events=["case.closed"])
    disabled = register(sessions, receiver)
    with sessions.begin() as session:
        session.execute(
            update(Webhook).where(Webhook.id == disabled.id).values(disabled_at=datetime.now(UTC))
        )
    tell(sessions, "decision.made")
    with sessions() as session:
        assert session.scalars(select(Delivery)).all() == []
    tell(sessions, "case.closed")
    assert only(sessions).event_type == "case.closed"


def test_a_failed_delivery_is_tried_again_with_the_same_id_and_a_new_time(
    sessions: Sessions, engine: Engine, receiver: Any
) -> None:
    register(sessions, receiver)
    receiver.answers = [(500, {})]
    tell(sessions)
    assert not attempt(sessions)
    failed = only(sessions)
    assert (failed.state, failed.last_status, failed.attempts) == (DeliveryState.PENDING, 500, 1)
    assert timedelta(seconds=3) < wait_until_next(sessions) <= RETRY_DELAYS[1]
    make_due(sessions)
    with Sender(sessions, engine=engine):
        receiver.wait_for(2)
        eventually(lambda: only(sessions).state == DeliveryState.DELIVERED)
    first, second = (headers for headers, _ in receiver.received)
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) >= int(first["webhook-timestamp"])


def test_after_the_last_attempt_a_delivery_is_failed_and_can_be_replayed(
    sessions: Sessions, receiver: Any
) -> None:
    webhook = register(sessions, receiver)
    receiver.answers = [(503, {})] * len(RETRY_DELAYS)
    tell(sessions)
    for number in range(len(RETRY_DELAYS)):
        assert only(sessions).attempts == number
        make_due(sessions)
        assert not attempt(sessions)
    assert only(sessions).state == DeliveryState.FAILED
    with sessions.begin() as session:
        assert replay(session, find_webhook(session, webhook.id)) == 1
    assert attempt(sessions)
    assert only(sessions).state == DeliveryState.DELIVERED
    ids = {headers["webhook-id"] for headers, _ in receiver.received}
    assert len(ids) == 1


def test_retry_after_is_obeyed(sessions: Sessions, receiver: Any) -> None:
    register(sessions, receiver)
    receiver.answers = [(429, {"Retry-After": "3600"})]
    tell(sessions)
    assert not attempt(sessions)
    assert timedelta(minutes=59) < wait_until_next(sessions) <= timedelta(hours=1)


def test_gone_disables_the_webhook(sessions: Sessions, receiver: Any) -> None:
    webhook = register(sessions, receiver)
    receiver.answers = [(410, {})]
    tell(sessions)
    tell(sessions)
    assert not attempt(sessions)
    with sessions() as session:
        row = find_webhook(session, webhook.id)
        assert row.disabled_at is not None
        states = set(session.scalars(select(Delivery.state)))
        assert states == {DeliveryState.FAILED}
        assert claim(session) is None


def test_a_redirect_is_a_failure_and_is_not_followed(sessions: Sessions, receiver: Any) -> None:
    register(sessions, receiver)
    receiver.answers = [(302, {"Location": receiver.url})]
    tell(sessions)
    assert not attempt(sessions)
    assert len(receiver.received) == 1
    assert "redirects are not followed" in str(only(sessions).last_error)


def test_a_receiver_that_hangs_is_given_up(receiver: Any) -> None:
    # Through `post`, with a short deadline: a delivery's own is fifteen seconds.
    receiver.verifies = False
    receiver.hold_s = 2.0
    answer = post(receiver.url, body=b"{}", headers={}, allow_private=True, timeout_s=0.2)
    assert (answer.status, answer.error) == (None, "no answer within 0.2 s")


def test_a_private_address_is_refused_unless_allowed(sessions: Sessions, receiver: Any) -> None:
    port = receiver.url.split(":")[2].split("/")[0]
    register(sessions, receiver, url=f"https://localhost:{port}/hook", allow_private=False)
    tell(sessions)
    assert not attempt(sessions)
    assert "not public" in str(only(sessions).last_error)
    assert receiver.received == []


def test_a_refused_connection_is_an_error_to_retry(sessions: Sessions, receiver: Any) -> None:
    register(sessions, receiver, url="http://127.0.0.1:9/hook")
    tell(sessions)
    assert not attempt(sessions)
    delivery = only(sessions)
    assert delivery.state == DeliveryState.PENDING
    assert "ConnectionRefusedError" in str(delivery.last_error)


def test_two_senders_deliver_every_event_once(
    sessions: Sessions, engine: Engine, receiver: Any
) -> None:
    register(sessions, receiver)
    for number in range(40):
        tell(sessions, number=number)
    with Sender(sessions, engine=engine), Sender(sessions, engine=engine):
        receiver.wait_for(40)
    numbers = sorted(content["data"]["number"] for _, content in receiver.received)
    assert numbers == list(range(40))


def test_what_a_dead_sender_had_claimed_is_sent_later(sessions: Sessions, receiver: Any) -> None:
    register(sessions, receiver)
    tell(sessions)
    with sessions.begin() as session:
        assert claim(session) is not None
    with sessions.begin() as session:
        assert claim(session) is None
    make_due(sessions)
    assert attempt(sessions)


@pytest.mark.parametrize(
    "url",
    ["ftp://host/x", "http://host/x", "https://user:word@host/x", "https:///x", "https://h:99999/"],
)
def test_an_impossible_address_is_refused_when_added(sessions: Sessions, url: str) -> None:
    with sessions() as session, pytest.raises(ValueError, match=r"address|http|Port"):
        add_webhook(session, url=url, now=datetime.now(UTC))
