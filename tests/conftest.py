"""Which tests may run side by side: those of one file stay together, all those with servers too."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

WITH_SERVERS = ("tests/acceptance/", "tests/integration/", "tests/ui/")
"""Folders whose tests share ports and one database: a single process runs them all."""


class ServersTogether(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    def _split_scope(self, nodeid: str) -> str:
        return "servers" if nodeid.startswith(WITH_SERVERS) else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ServersTogether:
    return ServersTogether(config, log)
