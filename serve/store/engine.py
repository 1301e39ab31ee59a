"""The connection to PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from riac.errors import ConfigurationError


def open_engine(database_url: str, *, pool_size: int = 10) -> Engine:
    """Make an engine; nothing is connected yet.

    Raises:
        ConfigurationError: not the address of a PostgreSQL database.
    """
    return create_engine(
        sqlalchemy_url(database_url),
        pool_size=pool_size,
        max_overflow=pool_size,
        # A database that was restarted costs one ping, not one failed request.
        pool_pre_ping=True,
    )


def sqlalchemy_url(database_url: str) -> str:
    """Return the address with the driver named, as SQLAlchemy wants it."""
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise ConfigurationError("RIAC_DATABASE_URL is not an address of a database") from error
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise ConfigurationError(
            f"expected an address postgresql://…, got one of {url.drivername}: no other database "
            "is supported"
        )
    named = url.set(drivername="postgresql+psycopg")
    return named.render_as_string(hide_password=False)


def libpq_url(database_url: str) -> str:
    """Return the address as PostgreSQL's own library wants it."""
    url = make_url(sqlalchemy_url(database_url)).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)
