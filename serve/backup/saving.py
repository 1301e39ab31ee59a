"""Writes a backup."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from riac.errors import StorageError
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
from serve.backup.tables import copy_out, last_values, schema_revision, snapshot, table_columns


def save(
    path: Path, *, engine: Engine, objects: ObjectStore, progress: Progress = silent
) -> Manifest:
    """Write a backup while the service runs; the file appears whole or not at all.

    The tables are of one moment. Objects are listed after it, so every object a row names is there.

    Raises:
        StorageError: the file is there already, cannot be written, or an object is damaged.
    """
    if path.exists():
        raise StorageError(f"{path} is there already")
    with _new_tar(path) as tar:
        tables, sequences, revision = _save_tables(tar, engine, progress)
        manifest = Manifest(
            created_at=datetime.now(UTC),
            revision=revision,
            tables=tables,
            sequences=sequences,
            objects=_save_objects(tar, objects, progress),
        )
        content = manifest.model_dump_json(indent=1).encode()
        _add(tar, MANIFEST, content)
        _add(tar, MANIFEST_DIGEST, hashlib.sha256(content).hexdigest().encode())
    return manifest


@contextmanager
def _new_tar(path: Path) -> Iterator[tarfile.TarFile]:
    partial = path.with_name(f".{path.name}.partial")
    try:
        # Password hashes and webhook secrets are inside: for the owner's eyes only.
        handle = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    yield tar
                file.flush()
                os.fsync(file.fileno())
            partial.rename(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error}") from error


def _save_tables(
    tar: tarfile.TarFile, engine: Engine, progress: Progress
) -> tuple[list[TableEntry], dict[str, int], str | None]:
    entries = []
    with (
        snapshot(engine) as connection,
        tempfile.TemporaryDirectory(prefix="riac-backup-") as folder,
    ):
        tables = table_columns(connection)
        for number, (table, columns) in enumerate(tables.items()):
            progress("tables", number, len(tables))
            file = Path(folder) / "table.gz"
            rows = copy_out(connection, table, columns, to=file)
            with file.open("rb") as content:
                sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            size = file.stat().st_size
            entry = TableEntry(
                name=table, columns=columns, rows=rows, sha256=sha256, size_bytes=size
            )
            tar.add(file, entry.member, filter=_anonymous)
            entries.append(entry)
        progress("tables", len(tables), len(tables))
        return entries, last_values(connection), schema_revision(connection)


def _save_objects(
    tar: tarfile.TarFile, objects: ObjectStore, progress: Progress
) -> list[ObjectEntry]:
    entries = []
    keys = objects.keys()
    for number, key in enumerate(keys):
        progress("objects", number, len(keys))
        content = objects.get(key)
        sha256 = hashlib.sha256(content).hexdigest()
        entry = ObjectEntry(key=key, sha256=sha256, size_bytes=len(content))
        _add(tar, entry.member, content)
        entries.append(entry)
    progress("objects", len(keys), len(keys))
    return entries


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mode = 0o600
    tar.addfile(member, io.BytesIO(content))


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who made the backup."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 0
    member.mode = 0o600
    return member
