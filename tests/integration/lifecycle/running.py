"""A real service for tests: API and worker as processes, with keys, people and a receiver."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import httpx
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from serve.api.schemas import Role
from serve.auth.accounts import add_account
from serve.auth.keys import create_key
from serve.demo.processes import free_port
from serve.webhooks.registry import add_webhook
from tests.integration.receiver import Receiver, running_receiver
from training.simulator.paperwork import container_number, declaration

HASTY_SITE = "hasty"
"""Waits for declarations and entry scans are over after a second here."""
PASSWORD = "correct horse battery"
WAIT_S = 40.0
"""Only reached when something is broken."""
_numbers = count(1)

Found = TypeVar("Found")


@dataclass(frozen=True)
class Journey:
    """Papers of one container, of its own in every test."""

    container: str
    declaration: dict[str, Any]

    @property
    def number(self) -> str:
        stated: str = self.declaration["number"]
        return stated


def journey(*, heading: str = "", transit: bool = True, **stated: Any) -> Journey:
    """Write the papers of a journey nobody made before; empty unless goods are named."""
    index = next(_numbers)
    container = container_number(index)
    papers = declaration(
        f"TEST-{index}",
        container=container,
        heading=heading,
        transit=transit,
        seal=f"PK{index:06d}",
        **stated,
    )
    return Journey(container, papers)


@dataclass
class Person:
    """Somebody logged in."""

    client: httpx.Client
    name: str


@dataclass
class RunningService:
    """Addresses, keys and processes of a service."""

    address: str
    sessions: sessionmaker[Session]
    environment: Mapping[str, str]
    folder: Path
    receiver: Receiver
    stack: ExitStack
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _clients: dict[str, httpx.Client] = field(default_factory=dict)

    # --- processes

    def start(self, name: str, *arguments: str) -> None:
        """Start `riac …` under a name."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "serve.cli", *arguments],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def start_api(self) -> None:
        self.start("api", "serve", "--port", self.address.rpartition(":")[2])

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self, name: str) -> int:
        """Ask a process to end; returns its exit status."""
        process = self.processes.pop(name)
        process.terminate()
        return process.wait(timeout=WAIT_S)

    def wait_until_ready(self) -> None:
        def ready() -> bool:
            for name, process in self.processes.items():
                assert process.poll() is None, f"{name} ended:\n{self.log(name)}"
            try:
                return httpx.get(f"{self.address}/ready").status_code == 200
            except httpx.TransportError:
                return False

        wait_until(ready, "the service to be ready")

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    # --- callers

    def client(self, role: Role, *, site: str | None = None) -> httpx.Client:
        """Return a client with a key of this role."""
        name = f"{role} {site}"
        if name not in self._clients:
            with self.sessions.begin() as session:
                _, key = create_key(session, name=name, role=role, now=moment(), site=site)
            self._clients[name] = self._open({"Authorization": f"Bearer {key}"})
        return self._clients[name]

    def _open(self, headers: Mapping[str, str] | None = None) -> httpx.Client:
        return self.stack.enter_context(
            httpx.Client(base_url=self.address, headers=dict(headers or {}), timeout=30)
        )

    def person(self, role: Role) -> Person:
        """Make an account and log in."""
        name = f"{role.value}{next(_numbers)}"
        with self.sessions.begin() as session:
            add_account(session, username=name, password=PASSWORD, role=role, now=moment())
        client = self._open()
        answer = client.post("/v1/session", json={"username": name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return Person(client, name)

    # --- what sites and the clearance system do

    def declare(self, papers: Mapping[str, Any]) -> httpx.Response:
        return self.client(Role.CLEARANCE).post("/v1/declarations", json=papers)

    def send(
        self,
        picture: bytes,
        *,
        of: Journey,
        role: str,
        site: str = "karachi",
        file_name: str = "scan.tif",
        **metadata: Any,
    ) -> httpx.Response:
        """Send a scan as its site; it names no declaration, and reads the declared seals."""
        stated = {
            "container_number": of.container,
            "role": role,
            "seals": of.declaration["containers"][0]["seals"],
            **metadata,
        }
        return self.client(Role.SITE, site=site).post(
            "/v1/scans",
            data={"metadata": json.dumps(stated)},
            files={"file": (file_name, picture, "application/octet-stream")},
        )

    def scan(self, scan_id: str) -> Any:
        answer = self.client(Role.CLEARANCE).get(f"/v1/scans/{scan_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def decision(self, decision_id: str) -> Any:
        answer = self.client(Role.CLEARANCE).get(f"/v1/decisions/{decision_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def decided(self, answer: httpx.Response) -> Any:
        """Wait for the decision on a scan that was taken in."""
        assert answer.status_code in (200, 201), answer.text
        scan_id = answer.json()["id"]
        decision_id = wait_until(
            lambda: self.scan(scan_id)["decision_id"], f"a decision on scan {scan_id}"
        )
        return self.decision(decision_id)

    def passages(self, container: str) -> list[Any]:
        """List all passages of a container, declared or not."""
        answer = self.client(Role.CLEARANCE).get(
            "/v1/consignments", params={"container": container}
        )
        assert answer.status_code == 200, answer.text
        found = answer.json()
        declared = [passage for each in found["consignments"] for passage in each["passages"]]
        return [*declared, *found["passages_without_declaration"]]

    def waiting_for(self, scan: httpx.Response) -> Any:
        """Say what the passage of a scan waits for now."""
        stated = scan.json()
        passages = self.passages(stated["container_number"])
        return next(p["waiting_for"] for p in passages if p["id"] == stated["passage_id"])


def reasons(decision: Mapping[str, Any], *, refers: bool | None = True) -> list[str]:
    """List the codes of the reasons, by default of those that refer."""
    return [r["code"] for r in decision["reasons"] if refers is None or r["refers"] == refers]


def wait_until(look: Callable[[], Found | None], what: str) -> Found:
    """Look again until something true is seen, and return it."""
    deadline = time.monotonic() + WAIT_S
    while not (seen := look()):
        assert time.monotonic() < deadline, f"waited {WAIT_S:.0f} s for {what}"
        time.sleep(0.03)
    return seen


@contextmanager
def running_service(
    database_url: str, folder: Path, *, start: bool = True, **settings: str
) -> Iterator[RunningService]:
    """Run API and worker on a database and a folder until the end."""
    folder.mkdir(exist_ok=True)
    policy = folder / "policy.toml"
    policy.write_text(_policy(), encoding="utf-8")
    environment = {
        "RIAC_DATA_DIR": str(folder / "data"),
        "RIAC_DATABASE_URL": database_url,
        "RIAC_POLICY_FILE": str(policy),
        "PYTHONWARNINGS": "default",
        **settings,
    }
    engine = create_engine(database_url)
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        sessions = sessionmaker(engine)
        receiver = stack.enter_context(running_receiver())
        with sessions.begin() as session:
            receiver.secret = add_webhook(
                session, url=receiver.url, now=moment(), allow_private=True
            ).secret
        address = f"http://127.0.0.1:{free_port(0)}"
        service = RunningService(address, sessions, environment, folder, receiver, stack)
        stack.callback(_end, service.processes)
        if start:
            service.start_api()
            service.start("worker", "worker")
            service.wait_until_ready()
        yield service


def _end(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        process.wait(timeout=WAIT_S)


def _policy() -> str:
    text = files("riac.policy").joinpath("default.toml").read_text(encoding="utf-8")
    return f'{text}\n[[exception]]\nsite = "{HASTY_SITE}"\ngrace_s = 1\nentry_grace_s = 1\n'


def moment() -> datetime:
    return datetime.now(UTC)
