"""The real service on this machine: database, migration, library, API and worker as processes."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import httpx
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from image_library import open_library
from models import load_embedder
from riac.errors import LibraryError
from serve.demo.errors import NoRoomError
from serve.demo.processes import Children, free_port, riac_command
from serve.demo.supplies import ReferencePicture, Supply
from serve.store.embedded import embedded_database

START_TIMEOUT_S = 120.0
LIBRARY_TIMEOUT_S = 300.0
"""Building takes 25 s on two idle cores, a minute and more on busy ones."""
ROOM_BYTES = 1 << 30
"""An empty database takes 40 MB, a scan up to 5 MB; the rest is for the database's own files."""
GRACE_S = 3
"""Scans without declaration, and exits without entry, wait this long here, not half an hour."""


@dataclass(frozen=True, slots=True)
class LocalService:
    """A running service."""

    address: str
    sessions: sessionmaker[Session]
    children: Children

    def has_ui(self) -> bool:
        """Say whether the browser interface is built and served."""
        answer = httpx.get(self.address, follow_redirects=True, timeout=10)
        return answer.is_success and "text/html" in answer.headers.get("content-type", "")


@contextmanager
def running_service(
    folder: Path, *, port: int, goods: Supply, on_step: Callable[[str], None]
) -> Iterator[LocalService]:
    """Start everything in a folder; leaving the context ends everything.

    Raises:
        ChildFailedError: a part does not start.
        NoRoomError: the disk is nearly full.
    """
    _expect_room(folder)
    chosen = free_port(port)
    if chosen != port:
        on_step(f"port {port} is taken; port {chosen} is used")
    library, policy = folder / "library", folder / "policy.toml"
    rendered_sites = goods.sites if goods.rendered else ()
    policy.write_text(demonstration_policy(rendered_sites=rendered_sites), encoding="utf-8")
    if rendered_sites:
        on_step(
            "These pictures are rendered for a screen, which is referred by default; the policy of "
            f"this demonstration allows them by name at {', '.join(rendered_sites)}."
        )
    with ExitStack() as stack:
        on_step("starting PostgreSQL")
        url = stack.enter_context(embedded_database(folder / "postgres"))
        environment = {
            "RIAC_DATA_DIR": str(folder),
            "RIAC_DATABASE_URL": url,
            "RIAC_LIBRARY": str(library),
            "RIAC_POLICY_FILE": str(policy),
        }
        children = stack.enter_context(Children(folder / "logs", environment=environment))
        children.start("migrate", riac_command("migrate"))
        built = _is_current(library)
        if not built:
            shutil.rmtree(library, ignore_errors=True)
            on_step("making standard images and building the library")
            table = write_references(folder / "references", goods.references())
            children.start(
                "library", riac_command("library", "build", str(library), "--from", str(table))
            )
        children.finish("migrate", timeout_s=START_TIMEOUT_S)
        on_step("starting the API and the worker")
        children.start("serve", riac_command("serve", "--port", str(chosen)))
        if not built:
            children.finish("library", timeout_s=LIBRARY_TIMEOUT_S)
        children.start("worker", riac_command("worker"))
        address = f"http://127.0.0.1:{chosen}"
        children.wait_until_ready(f"{address}/ready", timeout_s=START_TIMEOUT_S)
        engine = create_engine(url)
        stack.callback(engine.dispose)
        yield LocalService(address, sessionmaker(engine), children)


def _expect_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < ROOM_BYTES:
        raise NoRoomError(
            f"{folder}: expected {ROOM_BYTES / 2**20:.0f} MiB of free disk space, got "
            f"{free / 2**20:.0f} MiB; name another folder with --data"
        )


def _is_current(library: Path) -> bool:
    """Say whether a library is there, made by the embedder in use."""
    try:
        return open_library(library).embedder_digest == load_embedder().digest
    except LibraryError:
        return False


def write_references(folder: Path, references: Iterator[ReferencePicture]) -> Path:
    """Write the pictures and the table `riac library build` reads; returns the table."""
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "references.csv"
    with table.open("w", newline="", encoding="utf-8") as rows:
        writer = csv.writer(rows)
        writer.writerow(["path", "hs_code"])
        for reference in references:
            (folder / reference.name).write_bytes(reference.picture)
            writer.writerow([reference.name, reference.hs_code])
    return table


def demonstration_policy(*, rendered_sites: Sequence[str]) -> str:
    """Return the packaged policy with short waits, and an exception for each of these sites.

    Args:
        rendered_sites: their pictures, rendered for a screen, may be cleared.
    """
    text = files("riac.policy").joinpath("default.toml").read_text(encoding="utf-8")
    changes = {
        "version": '"demonstration"',
        "grace_s": str(GRACE_S),
        "entry_grace_s": str(GRACE_S),
    }
    for name, value in changes.items():
        text, count = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", text)
        assert count == 1, name
    exceptions = (
        f'\n[[exception]]\nsite = "{site}"\ndisplay_rendered = true\n' for site in rendered_sites
    )
    return text + "".join(exceptions)
