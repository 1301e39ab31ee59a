"""One running service for all tests that do not break it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.databases import fresh_database
from tests.integration.lifecycle.pictures import Pictures
from tests.integration.lifecycle.running import RunningService, running_service


@pytest.fixture(scope="session")
def pictures() -> Pictures:
    return Pictures()


@pytest.fixture(scope="session")
def service(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    folder = tmp_path_factory.mktemp("service")
    with fresh_database(server_url) as url, running_service(url, folder) as running:
        yield running
