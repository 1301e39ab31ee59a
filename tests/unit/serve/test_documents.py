"""What the documents say of events, roles, retries and commands is so."""

from __future__ import annotations

import re
from pathlib import Path

import typer
from typer.main import get_command

import serve.cli.access
import serve.cli.backup
import serve.cli.library
import serve.cli.webhook
from riac.check import DEFAULT_LIMITS
from riac.policy import load_policy
from serve.api.schemas import Role
from serve.auth.passwords import MIN_PASSWORD_LENGTH
from serve.auth.sessions import SESSION_LIFETIME
from serve.auth.throttle import TRIES_FROM_ADDRESS, TRIES_OVERALL, WINDOW
from serve.settings import Settings
from serve.webhooks.attempt import RETRY_DELAYS, TIMEOUT_S
from serve.webhooks.registry import EVENT_TYPES

DOCS = Path(__file__).parents[3] / "docs"
UNIT_S = {"s": 1, "min": 60, "h": 3600}


def first_column(document: str) -> list[str]:
    text = (DOCS / document).read_text()
    return re.findall(r"^\| `([a-z._]+)` \|", text, re.MULTILINE)


def test_every_event_is_documented() -> None:
    assert sorted(first_column("webhooks.md")) == sorted(EVENT_TYPES)


def test_every_role_is_documented() -> None:
    assert first_column("operations.md") == [role.value for role in Role]


def test_every_setting_is_documented_and_no_other() -> None:
    named = set(re.findall(r"`RIAC_([A-Z0-9_]+)`", (DOCS / "operations.md").read_text()))
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_documented_retries_are_those_made() -> None:
    text = (DOCS / "webhooks.md").read_text()
    sentence = text[text.index("tried again after") : text.index("or later when")]
    delays = [int(n) * UNIT_S[unit] for n, unit in re.findall(r"(\d+) (min|s|h)", sentence)]
    assert delays == [delay.total_seconds() for delay in RETRY_DELAYS[1:]]
    assert f"within {TIMEOUT_S:.0f} seconds" in text


def test_the_documented_limits_of_access_are_those_kept() -> None:
    text = (DOCS / "operations.md").read_text()
    for stated in (
        f"at least {MIN_PASSWORD_LENGTH} characters",
        f"After {TRIES_FROM_ADDRESS} failed logins from one address, or {TRIES_OVERALL} overall",
        f"for {WINDOW.total_seconds() / 60:.0f} minutes",
        f"lasts {SESSION_LIFETIME.total_seconds() / 3600:.0f} hours",
    ):
        assert stated in text


def test_every_command_is_documented_and_every_documented_one_is_there() -> None:
    app = typer.Typer()
    for part in (serve.cli.access, serve.cli.webhook, serve.cli.backup):
        part.register(app)
    there = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        there |= {f"{name} {sub}" for sub in inner} if inner else {name}
    text = (DOCS / "webhooks.md").read_text() + (DOCS / "operations.md").read_text()
    lines = re.findall(r"^riac ([a-z]+(?: [a-z]+)?)(?= |$)", text, re.MULTILINE)
    documented = {line if line in there else line.split()[0] for line in lines}
    assert documented == there


def test_the_documented_limits_of_the_goods_check_are_those_kept() -> None:
    text = (DOCS / "goods.md").read_text()
    for stated in (
        f"first has {DEFAULT_LIMITS.min_references} of them",
        f"less than {DEFAULT_LIMITS.unknown_likeness:.2f} like anything",
        f"by over {DEFAULT_LIMITS.tolerated_lead} in all",
        f"the declared ones lead by {DEFAULT_LIMITS.likeness_step:.2f}",
        f"the packaged policy wants {load_policy().rules.min_consistent_score}",
    ):
        assert stated in text


def test_every_library_command_is_documented() -> None:
    text = (DOCS / "goods.md").read_text()
    documented = re.findall(r"^\| `riac library (\w+) ", text, re.MULTILINE)
    there = get_command(serve.cli.library.library_app)
    assert documented == list(there.commands)  # type: ignore[attr-defined]
