"""Bodies of messages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from serve.webhooks.message import MAX_BODY_BYTES, message_body

AT = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


def sent(content: dict[str, Any]) -> Any:
    body = message_body("decision.made", content=content, at=AT)
    assert len(body.encode()) < MAX_BODY_BYTES
    message = json.loads(body)
    assert message["type"] == "decision.made"
    assert message["timestamp"] == "2026-05-01T08:30:00+00:00"
    return message["data"]


def test_a_short_message_is_whole() -> None:
    identifier = uuid4()
    assert sent({"id": identifier, "at": AT, "score": float("nan"), "regions": [1]}) == {
        "id": str(identifier),
        "at": "2026-05-01T08:30:00Z",
        "score": None,
        "regions": [1],
    }


def test_a_long_one_loses_regions_first_and_says_so() -> None:
    content = {
        "id": "d",
        "reasons": [{"code": "mismatch"}],
        "comparison": {"verdict": "mismatch", "regions": [{"box": [0.5] * 4}] * 2000},
        "check": {"candidates": [{"hs": "080510"}] * 10},
    }
    short = sent(content)
    assert short["truncated"] is True
    assert short["comparison"] == {"verdict": "mismatch", "regions": []}
    assert short["check"] == content["check"]
    assert short["reasons"] == content["reasons"]


def test_text_too_long_is_cut_and_identifiers_stay() -> None:
    short = sent({"id": "v", "outcome": "refer", "comment": "ض" * 20_000, "notes": ["x" * 30_000]})
    assert (short["id"], short["outcome"], short["truncated"]) == ("v", "refer", True)
    assert short["comment"] == "ض" * 500
    assert "notes" not in short


_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.sampled_from(["x" * 3000, "ض" * 9000]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=20), _json, max_size=20))
def test_no_message_is_ever_too_long(content: dict[str, Any]) -> None:
    sent(content)
