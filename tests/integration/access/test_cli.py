"""`riac user`, `riac key`, `riac webhook`, on a real database."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
import typer
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from typer.testing import CliRunner, Result

import serve.cli.access
import serve.cli.backup
import serve.cli.webhook
from serve.auth.passwords import password_matches
from serve.objects import FileObjects
from serve.store.access import Account, ApiKey
from serve.store.delivery import Webhook

Sessions = sessionmaker[Session]


@pytest.fixture
def riac(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("RIAC_DATABASE_URL", database_url)
    monkeypatch.setenv("RIAC_DATA_DIR", str(tmp_path))
    app = typer.Typer()
    serve.cli.access.register(app)
    serve.cli.webhook.register(app)
    serve.cli.backup.register(app)
    runner = CliRunner()

    def run(*arguments: str, said: str = "") -> Result:
        return runner.invoke(app, list(arguments), input=said, catch_exceptions=False)

    return run


def test_an_account_is_added_with_its_password_from_standard_input(
    riac: Any, sessions: Sessions
) -> None:
    added = riac(
        "user", "add", "Amna", "--role", "analyst", "--name", "Amna K.", said="long enough\n"
    )
    assert (added.exit_code, added.output) == (0, "added amna (analyst)\n")
    with sessions() as session:
        account = session.scalars(select(Account)).one()
    assert password_matches("long enough", account.password_hash)
    assert riac("user", "list").output == "amna\tanalyst\tactive\tAmna K.\n"
    assert riac("user", "disable", "amna").exit_code == 0
    assert "disabled" in riac("user", "list").output


def test_a_password_is_never_an_argument(riac: Any) -> None:
    refused = riac("user", "add", "amna", "--role", "analyst", "--password", "long enough")
    assert refused.exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said", "status", "complaint"),
    [
        (("user", "add", "amna", "--role", "analyst"), "short\n", 2, "10 to 1024 characters"),
        (("user", "add", "a b", "--role", "analyst"), "long enough\n", 2, "a username has"),
        (("user", "disable", "nobody"), "", 1, "no account"),
        (("key", "revoke", "aaaaaaaa"), "", 1, "no API key"),
        (("key", "create", "gate", "--role", "site"), "", 2, "--site"),
        (("webhook", "add", "http://10.0.0.1/x"), "", 2, "--allow-private"),
        (("webhook", "add", "https://a.example/x", "--event", "no"), "", 2, "unknown events"),
        (("webhook", "replay", "6f1e0f5e-0000-4000-8000-000000000000"), "", 1, "no webhook"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(
    riac: Any, arguments: tuple[str, ...], said: str, status: int, complaint: str
) -> None:
    result = riac(*arguments, said=said)
    assert result.exit_code == status
    assert complaint in result.stderr


def test_a_username_is_taken_once(riac: Any) -> None:
    assert riac("user", "add", "amna", "--role", "analyst", said="long enough\n").exit_code == 0
    again = riac("user", "add", "AMNA", "--role", "admin", said="long enough\n")
    assert again.exit_code == 1


def test_a_key_is_printed_once_and_alone_on_standard_output(riac: Any, sessions: Sessions) -> None:
    made = riac("key", "create", "gate 1", "--role", "site", "--site", "torkham")
    key = made.stdout.strip()
    prefix = key.split("_")[1]
    assert key.startswith("riac_")
    listed = riac("key", "list").output
    assert listed == f"{prefix}\tsite\ttorkham\tactive\tnever\tgate 1\n"
    assert riac("key", "revoke", prefix).exit_code == 0
    with sessions() as session:
        assert session.scalars(select(ApiKey)).one().revoked_at is not None


def test_a_webhook_is_added_listed_disabled_and_replayed(riac: Any, sessions: Sessions) -> None:
    added = riac("webhook", "add", "https://clearance.example/riac", "--event", "decision.made")
    with sessions() as session:
        webhook = session.scalars(select(Webhook)).one()
    assert added.stdout.strip() == webhook.secret
    assert webhook.secret.startswith("whsec_")
    listed = riac("webhook", "list", "--deliveries", "3").output
    assert listed == f"{webhook.id}\tactive\tdecision.made\thttps://clearance.example/riac\n"
    assert riac("webhook", "replay", str(webhook.id)).output == "0 to be delivered again\n"
    assert riac("webhook", "disable", str(webhook.id)).exit_code == 0
    assert "disabled (by hand)" in riac("webhook", "list").output
    assert riac("webhook", "enable", str(webhook.id)).exit_code == 0
    assert "\tactive\t" in riac("webhook", "list").output


def test_a_backup_goes_into_a_folder_and_comes_back_only_when_forced(
    riac: Any, sessions: Sessions, tmp_path: Path
) -> None:
    riac("user", "add", "amna", "--role", "analyst", said="long enough\n")
    FileObjects(tmp_path / "objects").put("scans/one", b"as received")
    (tmp_path / "backups").mkdir()
    assert riac("backup", str(tmp_path / "backups")).exit_code == 0
    (file,) = (tmp_path / "backups").iterdir()
    riac("user", "add", "babar", "--role", "admin", said="long enough\n")
    rmtree(tmp_path / "objects")
    refused = riac("restore", str(file))
    assert refused.exit_code == 1
    assert "not empty" in refused.stderr
    restored = riac("restore", str(file), "--force")
    assert restored.exit_code == 0, restored.output
    assert "1 objects" in restored.stdout
    assert riac("user", "list").output == "amna\tanalyst\tactive\tamna\n"
    assert FileObjects(tmp_path / "objects").get("scans/one") == b"as received"


def test_a_database_without_tables_is_told_apart(
    riac: Any, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIAC_DATABASE_URL", server_url)
    result = riac("user", "list")
    assert result.exit_code == 1
    assert "riac migrate" in result.stderr
