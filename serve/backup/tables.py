"""Tables out of and into PostgreSQL through COPY.

Needs no program of PostgreSQL's and no superuser, only the owner of the database, so it works
with the embedded server and with any other.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from sqlalchemy import Engine

from riac.errors import StorageError

_BLOCK = 1 << 20
# No use waiting for a service that was not stopped.
_LOCK_TIMEOUT = "10s"

Connection = psycopg.Connection[tuple[object, ...]]


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees one moment of all tables, while others go on writing."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        yield driver


@contextmanager
def one_transaction(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that commits at the end, or leaves everything as it was."""
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        driver.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(_LOCK_TIMEOUT))
        yield driver


def table_columns(connection: Connection) -> dict[str, list[str]]:
    """List the tables of the current schema with their stored columns."""
    rows = connection.execute(
        """
        SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
          AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        GROUP BY c.relname ORDER BY c.relname
        """
    )
    return {str(name): list(columns) for name, columns in rows}  # type: ignore[call-overload]


def last_values(connection: Connection) -> dict[str, int]:
    """Return the last value of each sequence that was used."""
    rows = connection.execute(
        "SELECT sequencename, last_value FROM pg_sequences"
        " WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename"
    )
    return {str(name): int(value) for name, value in rows}  # type: ignore[call-overload]


def schema_revision(connection: Connection) -> str | None:
    """Return the revision of the schema as Alembic wrote it."""
    if "alembic_version" not in table_columns(connection):
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row is not None else None


def copy_out(connection: Connection, table: str, columns: Iterable[str], *, to: Path) -> int:
    """Write a table to a gzip file; returns the number of rows."""
    statement = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), _names(columns))
    with connection.cursor() as cursor:
        # No time in the header: the same rows make the same bytes.
        with (
            gzip.GzipFile(to, "wb", compresslevel=4, mtime=0) as file,
            cursor.copy(statement) as copy,
        ):
            for block in copy:
                file.write(block)
        return cursor.rowcount


def copy_in(connection: Connection, table: str, columns: Iterable[str], *, of: IO[bytes]) -> int:
    """Read a table from a gzip file; returns the number of rows."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _names(columns))
    with connection.cursor() as cursor:
        with gzip.open(of, "rb") as file, cursor.copy(statement) as copy:
            while block := file.read(_BLOCK):
                copy.write(block)
        return cursor.rowcount


def has_content(connection: Connection) -> bool:
    """Say whether any table but those of migration and jobs has a row."""
    for table in table_columns(connection):
        if table == "alembic_version" or table.startswith("procrastinate_"):
            continue
        statement = sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))
        if connection.execute(statement).fetchone() is not None:
            return True
    return False


def empty_schema(connection: Connection) -> None:
    """Remove everything from the current schema.

    Raises:
        StorageError: somebody else is using it.
    """
    row = connection.execute("SELECT current_schema()").fetchone()
    assert row is not None
    name = sql.Identifier(str(row[0]))
    try:
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(name))
    except psycopg.errors.LockNotAvailable as error:
        raise StorageError("the database is in use: stop the API and the workers first") from error
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))


@contextmanager
def rules_set_aside(connection: Connection) -> Iterator[None]:
    """Take triggers and references out of the way of loading, and put them back in force.

    Putting a reference back checks every row, so a backup with a dangling one is refused.
    """
    tables = [sql.Identifier(table) for table in table_columns(connection)]
    references = connection.execute(
        """
        SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
        FROM pg_constraint
        WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
        """
    ).fetchall()
    for table, name, _ in references:
        _execute(connection, f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for identifier in tables:
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(identifier))
    yield
    for identifier in tables:
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(identifier))
    for table, name, definition in references:
        _execute(connection, f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def truncate_all(connection: Connection) -> None:
    """Remove what migrations put into the tables."""
    tables = sql.SQL(", ").join(sql.Identifier(table) for table in table_columns(connection))
    connection.execute(sql.SQL("TRUNCATE {}").format(tables))


def set_last_values(connection: Connection, values: dict[str, int]) -> None:
    """Let sequences go on where they were."""
    for name, value in values.items():
        connection.execute(
            sql.SQL("SELECT setval({}::regclass, %s)").format(
                sql.Literal(sql.Identifier(name).as_string(connection))
            ),
            (value,),
        )


def _names(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)


def _execute(connection: Connection, statement: str) -> None:
    """Run a statement put together from what the server itself has quoted."""
    connection.execute(statement.encode())
