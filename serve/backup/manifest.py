"""What a backup holds, with the digest of each part."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

MANIFEST = "manifest.json"
MANIFEST_DIGEST = "manifest.sha256"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TableEntry(_Part):
    """One table."""

    name: str
    columns: list[str]
    rows: int
    sha256: str
    size_bytes: int

    @property
    def member(self) -> str:
        """Its name in the file."""
        return f"tables/{self.name}.copy.gz"


class ObjectEntry(_Part):
    """One object."""

    key: str
    sha256: str
    size_bytes: int

    @property
    def member(self) -> str:
        """Its name in the file."""
        return f"objects/{self.key}"


class Manifest(_Part):
    """All of a backup."""

    format: Literal["riac-backup/1"] = "riac-backup/1"
    created_at: datetime
    revision: str | None
    """Of the database's schema, as Alembic names it."""
    tables: list[TableEntry]
    sequences: dict[str, int]
    """Last value given out; those never used are absent."""
    objects: list[ObjectEntry]


class Progress(Protocol):
    """Is told how far a backup or a restore is."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """`done` of `total` parts of this step are done."""
        ...


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
