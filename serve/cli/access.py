"""`riac user` and `riac key`: who may use the service."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from serve.api.schemas import Role
from serve.cli.state import complaints, sessions

user = typer.Typer(
    no_args_is_help=True,
    help="Accounts of people who log in.",
)
key = typer.Typer(
    no_args_is_help=True,
    help="API keys of machines: scanner sites, the clearance system.",
)

Username = Annotated[str, typer.Argument(help="Letters, digits, . _ @ -; lower case.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(user, name="user")
    app.add_typer(key, name="key")


@user.command("add")
def add_user(
    username: Username,
    role: Annotated[Role, typer.Option(help="What the account may do.")],
    name: Annotated[str | None, typer.Option(help="Name to show, e.g. 'Amna K.'")] = None,
) -> None:
    """Add an account. The password is asked for, or read as one line from standard input."""
    from serve.auth.accounts import add_account

    password = _new_password()
    with complaints(), sessions() as open_session, open_session.begin() as session:
        account = add_account(
            session,
            username=username,
            password=password,
            role=role,
            display_name=name,
            now=datetime.now(UTC),
        )
        typer.echo(f"added {account.username} ({account.role})")


@user.command("list")
def list_users() -> None:
    """List all accounts: username, role, state, name."""
    from serve.auth.accounts import list_accounts

    with complaints(), sessions() as open_session, open_session() as session:
        for account in list_accounts(session):
            in_use = "disabled" if account.disabled_at else "active"
            typer.echo(f"{account.username}\t{account.role}\t{in_use}\t{account.display_name}")


@user.command("disable")
def disable_user(username: Username) -> None:
    """Disable an account and log it out everywhere. Its verdicts stay."""
    from serve.auth.accounts import disable_account

    with complaints(), sessions() as open_session, open_session.begin() as session:
        account = disable_account(session, username, now=datetime.now(UTC))
        typer.echo(f"disabled {account.username}")


@user.command("password")
def set_password(username: Username) -> None:
    """Set a new password, asked for or read from standard input, and log out everywhere."""
    from serve.auth.accounts import change_password

    password = _new_password()
    with complaints(), sessions() as open_session, open_session.begin() as session:
        account = change_password(session, username, password=password)
        typer.echo(f"changed the password of {account.username}")


def _new_password() -> str:
    """Ask for a password; never an argument, which other users of the machine could see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


@key.command("create")
def make_key(
    name: Annotated[str, typer.Argument(help="Whose key it is, e.g. 'Torkham gate 1'.")],
    role: Annotated[Role, typer.Option(help="What the key may do.")],
    site: Annotated[
        str | None, typer.Option(help="Site its scans come from; needed for the role site.")
    ] = None,
) -> None:
    """Make a key and print it: this once, since only a hash is kept."""
    from serve.auth.keys import create_key

    with complaints(), sessions() as open_session, open_session.begin() as session:
        if role == Role.SITE and not site:
            raise ValueError("a key of the role site needs --site")
        row, secret = create_key(session, name=name, role=role, site=site, now=datetime.now(UTC))
        typer.echo(f"key {row.prefix}, {row.role}; keep it now, it is not shown again:", err=True)
        typer.echo(secret)


@key.command("list")
def list_all_keys() -> None:
    """List all keys: prefix, role, site, state, last use, name."""
    from serve.auth.keys import list_keys

    with complaints(), sessions() as open_session, open_session() as session:
        for row in list_keys(session):
            in_force = "revoked" if row.revoked_at else "active"
            used = row.last_used_at.isoformat(timespec="minutes") if row.last_used_at else "never"
            typer.echo(
                f"{row.prefix}\t{row.role}\t{row.site or '-'}\t{in_force}\t{used}\t{row.name}"
            )


@key.command("revoke")
def take_key_back(
    prefix: Annotated[str, typer.Argument(help="The eight letters after riac_.")],
) -> None:
    """Take a key out of force, at once and for good."""
    from serve.auth.keys import revoke_key

    with complaints(), sessions() as open_session, open_session.begin() as session:
        row = revoke_key(session, prefix, now=datetime.now(UTC))
        typer.echo(f"revoked {row.prefix} ({row.name})")
