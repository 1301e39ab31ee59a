"""Brings a database to this version's schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from riac.errors import ConfigurationError

FOLDER = Path(__file__).parent / "migrations"
# Any number; it only must be the same for everybody who migrates this database.
_LOCK = 0x52494143


def migrate(engine: Engine, *, to: str | None = None) -> str:
    """Apply what is missing, all or nothing; returns the revision reached.

    Several may do so at once: one works, the others wait.

    Args:
        engine: of the database.
        to: stop at this revision; the newest without it.

    Raises:
        ConfigurationError: this version of the program does not know that revision.
    """
    revision = to or newest_revision()
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config = _config()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            raise ConfigurationError(f"no revision {revision} of the schema: {error}") from error
    return revision


def newest_revision() -> str:
    """Return the revision this version of the program needs."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def current_revision(connection: Connection) -> str | None:
    """Return the revision of a database; None when it has none of our tables."""
    return MigrationContext.configure(connection).get_current_revision()


def require_newest(engine: Engine) -> None:
    """Refuse to work on another schema.

    Raises:
        ConfigurationError: the database is not at this version's revision.
    """
    with engine.connect() as connection:
        found, needed = current_revision(connection), newest_revision()
    if found != needed:
        raise ConfigurationError(
            f"the database is at revision {found}, this version needs {needed}: run `riac migrate`"
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config
