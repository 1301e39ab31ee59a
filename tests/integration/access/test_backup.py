"""Backup and restore on a real database, with references in circles and append-only tables."""

from __future__ import annotations

import stat
import tarfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from riac.errors import ConflictError, NotFoundError, StorageError
from serve.api.schemas import Role
from serve.auth.accounts import add_account
from serve.backup import restore, save
from serve.objects import FileObjects
from serve.store.migrating import migrate

Sessions = sessionmaker[Session]

# What makes restoring hard: circles of references, self-references, append-only rows, values
# made by the database.
SCHEMA = """
CREATE TABLE "Odd name" (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int,
  twice int GENERATED ALWAYS AS (a * 2) STORED, content bytea, note text);
CREATE TABLE egg (id int PRIMARY KEY, hen int);
CREATE TABLE hen (id int PRIMARY KEY, egg int NOT NULL REFERENCES egg, mother int REFERENCES hen);
ALTER TABLE egg ADD CONSTRAINT egg_hen FOREIGN KEY (hen) REFERENCES hen;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'append-only'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hen FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON hen FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER no_insert_rule BEFORE INSERT ON egg FOR EACH ROW WHEN (NEW.id = 7)
  EXECUTE FUNCTION refuse();
"""
ROWS = """
INSERT INTO "Odd name" (a, content, note) VALUES
  (1, '\\x00ff0a', E'tab\\tand\\nline'), (2, NULL, ''), (3, '', NULL);
INSERT INTO egg VALUES (1, NULL), (2, NULL);
INSERT INTO hen VALUES (2, 2, NULL), (1, 1, 2);
UPDATE egg SET hen = 1 WHERE id = 2;
INSERT INTO passages (id, container_number, role, site, revision, judged_revision, created_at)
  VALUES (gen_random_uuid(), 'CSQU3054383', 'import', 'torkham', 1, 1, now());
INSERT INTO decisions (id, passage_id, container_number, role, site, outcome, reasons, digests,
    supersedes_id, decided_at)
  SELECT gen_random_uuid(), id, container_number, role, site, 'refer', '[{"code": "mismatch"}]',
    '{}', NULL, now() FROM passages;
INSERT INTO decisions (id, passage_id, container_number, role, site, outcome, reasons, digests,
    supersedes_id, decided_at)
  SELECT gen_random_uuid(), passage_id, container_number, role, site, 'auto_clear', '[]', '{}',
    id, now() FROM decisions;
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('judge', 'analyse', 0, NULL, NULL, '{"n": 1}',
  NULL)::procrastinate_job_to_defer_v1]);
"""
READ = (
    'SELECT id, a, twice, content, note FROM "Odd name" ORDER BY id',
    "SELECT id, hen FROM egg ORDER BY id",
    "SELECT id, egg, mother FROM hen ORDER BY id",
    "SELECT * FROM passages ORDER BY id",
    "SELECT * FROM decisions ORDER BY id",
    "SELECT id, queue_name, task_name, args, status FROM procrastinate_jobs ORDER BY id",
    "SELECT id, job_id, type FROM procrastinate_events ORDER BY id",
    "SELECT id, username, password_hash, created_at FROM accounts ORDER BY id",
)
ORIGINAL = bytes(range(256)) * 50


def make_schema(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(SCHEMA)


def contents(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return [connection.execute(text(query)).all() for query in READ]


@pytest.fixture
def filled(engine: Engine, sessions: Sessions) -> Engine:
    make_schema(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(ROWS)
    with sessions.begin() as session:
        add_account(
            session,
            username="amna",
            password="long enough",
            role=Role.ANALYST,
            now=datetime.now(UTC),
        )
    return engine


@pytest.fixture
def objects(tmp_path: Path) -> FileObjects:
    objects = FileObjects(tmp_path / "objects")
    objects.put("scans/one", ORIGINAL)
    objects.put("scans/empty", b"")
    return objects


@pytest.fixture
def backup(filled: Engine, objects: FileObjects, tmp_path: Path) -> Path:
    path = tmp_path / "riac.tar"
    save(path, engine=filled, objects=objects)
    return path


def put_back(path: Path, engine: Engine, objects: FileObjects, **more: Any) -> None:
    restore(path, engine=engine, objects=objects, migrate=lambda _: make_schema(engine), **more)


@pytest.fixture
def other_engine(server_url: str) -> Any:
    """A database with nothing in it at all."""
    admin = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE restored"))
    engine = create_engine(make_url(server_url).set(database="restored"))
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE restored WITH (FORCE)"))
    admin.dispose()


def test_all_rows_and_bytes_come_back_in_an_empty_database(
    filled: Engine, backup: Path, other_engine: Engine, tmp_path: Path
) -> None:
    elsewhere = FileObjects(tmp_path / "elsewhere")
    put_back(backup, other_engine, elsewhere)
    assert contents(other_engine) == contents(filled)
    assert elsewhere.get("scans/one") == ORIGINAL
    assert elsewhere.keys() == ["scans/empty", "scans/one"]


def test_rules_hold_again_after_restoring(
    backup: Path, other_engine: Engine, objects: FileObjects
) -> None:
    put_back(backup, other_engine, objects)
    for statement, complaint in (
        ("UPDATE hen SET mother = NULL", "append-only"),
        ("DELETE FROM hen", "append-only"),
        ("TRUNCATE hen, egg", "append-only"),
        ("UPDATE decisions SET outcome = 'auto_clear'", "append-only"),
        ("DELETE FROM decisions", "append-only"),
        ("TRUNCATE decisions CASCADE", "append-only"),
        ("INSERT INTO egg VALUES (7, NULL)", "append-only"),
        ("INSERT INTO egg VALUES (3, 99)", "egg_hen"),
    ):
        with other_engine.connect() as connection, pytest.raises(DBAPIError, match=complaint):
            connection.execute(text(statement))
    with other_engine.begin() as connection:
        new = connection.execute(text('INSERT INTO "Odd name" (a) VALUES (4) RETURNING id'))
        assert new.scalar_one() == 4


def test_a_database_in_use_is_restored_over_only_when_forced(
    filled: Engine, backup: Path, objects: FileObjects
) -> None:
    before = contents(filled)
    with filled.begin() as connection:
        connection.execute(text("INSERT INTO egg VALUES (50, NULL)"))
    with pytest.raises(ConflictError, match="not empty"):
        put_back(backup, filled, objects)
    assert contents(filled) != before
    put_back(backup, filled, objects, force=True)
    assert contents(filled) == before


def altered(backup: Path, name: str, content: bytes | None) -> Path:
    """Copy a backup with one part altered, or left out."""
    path = backup.with_name("altered.tar")
    with tarfile.open(backup) as old, tarfile.open(path, "w") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            if member.name != name:
                new.addfile(member, file)
            elif content is not None:
                member.size = len(content)
                new.addfile(member, BytesIO(content))
    return path


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("objects/scans/one", b"other bytes"),
        ("objects/scans/one", None),
        ("tables/hen.copy.gz", b""),
        ("manifest.json", b"{}"),
        ("manifest.json", None),
        ("manifest.sha256", None),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    filled: Engine,
    backup: Path,
    objects: FileObjects,
    part: str,
    content: bytes | None,
) -> None:
    before = contents(filled)
    with pytest.raises(StorageError, match=r"damaged|missing"):
        put_back(altered(backup, part, content), filled, objects, force=True)
    assert contents(filled) == before


def test_a_backup_cut_short_is_refused(
    filled: Engine, backup: Path, objects: FileObjects, tmp_path: Path
) -> None:
    before = contents(filled)
    whole = backup.read_bytes()
    for length in (0, 100, len(whole) // 2, len(whole) - 15_000):
        cut = tmp_path / "cut.tar"
        cut.write_bytes(whole[:length])
        with pytest.raises(StorageError, match=r"whole|damaged"):
            put_back(cut, filled, objects, force=True)
    assert contents(filled) == before


def test_a_backup_is_of_one_moment(
    filled: Engine, objects: FileObjects, tmp_path: Path, other_engine: Engine
) -> None:
    before = contents(filled)

    def write_meanwhile(step: str, done: int, total: int) -> None:
        if (step, done) == ("tables", 1):
            with filled.begin() as connection:
                connection.execute(text("INSERT INTO hen VALUES (60, 1, NULL)"))

    save(tmp_path / "b.tar", engine=filled, objects=objects, progress=write_meanwhile)
    assert contents(filled) != before
    put_back(tmp_path / "b.tar", other_engine, objects)
    assert contents(other_engine) == before


def test_a_backup_is_private_and_never_overwrites_another(
    filled: Engine, backup: Path, objects: FileObjects
) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with pytest.raises(StorageError, match="there already"):
        save(backup, engine=filled, objects=objects)
    assert [path.name for path in backup.parent.iterdir() if path.is_file()] == [backup.name]


def test_a_damaged_object_stops_the_backup_and_leaves_no_file(
    filled: Engine, objects: FileObjects, tmp_path: Path
) -> None:
    for path in (tmp_path / "objects").rglob("scans+one*"):
        path.write_bytes(b"rot")
    with pytest.raises(StorageError, match="damaged"):
        save(tmp_path / "b.tar", engine=filled, objects=objects)
    assert not list(tmp_path.glob("*b.tar*"))


def test_a_restore_that_failed_half_way_can_be_run_again(
    backup: Path, other_engine: Engine, tmp_path: Path
) -> None:
    class Refusing(FileObjects):
        def put(self, key: str, content: bytes) -> None:
            raise StorageError(f"disk full at {key}")

    with pytest.raises(StorageError, match="disk full"):
        put_back(backup, other_engine, Refusing(tmp_path / "full"))
    # A restore that was cut is simply run again.
    put_back(backup, other_engine, FileObjects(tmp_path / "again"))
    with pytest.raises(NotFoundError):
        FileObjects(tmp_path / "full").get("scans/one")
