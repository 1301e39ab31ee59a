"""Runs migrations on the connection that `serve.store.migrating` hands over."""

from __future__ import annotations

from alembic import context

import serve.store.access
import serve.store.cargo
import serve.store.delivery  # noqa: F401
from serve.store.base import Base

connection = context.config.attributes["connection"]


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the tables of the job queue to its own schema."""
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    include_name=_ours,
    compare_server_default=False,
)
with context.begin_transaction():
    context.run_migrations()
