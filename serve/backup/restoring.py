"""Reads a backup back, after checking all of it."""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from pydantic import ValidationError
from sqlalchemy import Engine

from riac.errors import ConflictError, StorageError
from riac.ports import ObjectStore
from serve.backup.manifest import (
    MANIFEST,
    MANIFEST_DIGEST,
    Manifest,
    ObjectEntry,
    Progress,
    TableEntry,
    silent,
)
from serve.backup.tables import (
    Connection,
    copy_in,
    empty_schema,
    has_content,
    one_transaction,
    rules_set_aside,
    set_last_values,
    table_columns,
    truncate_all,
)

Migrate = Callable[[str | None], None]
"""Bring an empty database to this revision of the schema; None = the newest."""


def restore(
    path: Path,
    *,
    engine: Engine,
    objects: ObjectStore,
    migrate: Migrate,
    force: bool = False,
    progress: Progress = silent,
) -> Manifest:
    """Put a backup back; nothing is touched before all of it has been checked.

    Objects come first and the tables in one transaction, so that a restore that was cut can
    simply be run again. Objects the backup does not know are left where they are.

    Args:
        path: file that `save` wrote.
        engine: of the database, which is emptied.
        objects: where the objects go.
        migrate: makes the tables of the backup's revision.
        force: also when the database holds something.
        progress: is told how far it is.

    Raises:
        StorageError: the file is damaged or not a backup, or the database is in use.
        ConflictError: the database holds something, and `force` was not said.
    """
    with _open_tar(path) as tar:
        manifest = read_manifest(tar)
        _verify(tar, manifest, progress)
        with one_transaction(engine) as connection:
            if has_content(connection) and not force:
                raise ConflictError("the database is not empty: restoring would overwrite it")
        _restore_objects(tar, manifest.objects, objects, progress)
        with one_transaction(engine) as connection:
            empty_schema(connection)
        migrate(manifest.revision)
        with one_transaction(engine) as connection:
            _restore_tables(tar, manifest, connection, progress)
    return manifest


@contextmanager
def _open_tar(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, mode="r:") as tar:
            yield tar
    except (OSError, tarfile.TarError) as error:
        raise StorageError(f"{path} is not a whole backup: {error}") from error


def read_manifest(tar: tarfile.TarFile) -> Manifest:
    """Read and check the list of what a backup holds. Raises StorageError."""
    content = _member(tar, MANIFEST).read()
    digest = _member(tar, MANIFEST_DIGEST).read().decode(errors="replace")
    if hashlib.sha256(content).hexdigest() != digest:
        raise StorageError(f"{MANIFEST} is damaged: its SHA-256 differs")
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise StorageError(f"{MANIFEST} is of a form this version cannot read") from error


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        file = tar.extractfile(name)
    except KeyError as error:
        raise StorageError(f"not a whole backup: {name} is missing") from error
    if file is None:
        raise StorageError(f"not a backup: {name} is not a file")
    return file


def _verify(tar: tarfile.TarFile, manifest: Manifest, progress: Progress) -> None:
    parts: list[TableEntry | ObjectEntry] = [*manifest.tables, *manifest.objects]
    for number, part in enumerate(parts):
        progress("checking", number, len(parts))
        with _member(tar, part.member) as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        if actual != part.sha256:
            raise StorageError(
                f"{part.member} is damaged: expected SHA-256 {part.sha256}, got {actual}"
            )
    progress("checking", len(parts), len(parts))


def _restore_objects(
    tar: tarfile.TarFile, entries: list[ObjectEntry], objects: ObjectStore, progress: Progress
) -> None:
    for number, entry in enumerate(entries):
        progress("objects", number, len(entries))
        with _member(tar, entry.member) as file:
            objects.put(entry.key, file.read())
    progress("objects", len(entries), len(entries))


def _restore_tables(
    tar: tarfile.TarFile, manifest: Manifest, connection: Connection, progress: Progress
) -> None:
    here = table_columns(connection)
    for entry in manifest.tables:
        if set(here.get(entry.name, ())) != set(entry.columns):
            raise StorageError(
                f"table {entry.name} has other columns here than in the backup of revision "
                f"{manifest.revision}; restore with the version that wrote it"
            )
    try:
        with rules_set_aside(connection):
            truncate_all(connection)
            for number, entry in enumerate(manifest.tables):
                progress("tables", number, len(manifest.tables))
                with _member(tar, entry.member) as file:
                    rows = copy_in(connection, entry.name, entry.columns, of=file)
                if rows != entry.rows:
                    raise StorageError(f"{entry.name}: expected {entry.rows} rows, got {rows}")
    except psycopg.errors.IntegrityError as error:
        raise StorageError(f"the backup contradicts itself: {error}") from error
    set_last_values(connection, manifest.sequences)
    progress("tables", len(manifest.tables), len(manifest.tables))
