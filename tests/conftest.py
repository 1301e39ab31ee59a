"""Which tests may run side by side: those of one file stay together, those with servers too."""

from __future__ import annotations

from pathlib import Path

import pytest

WITH_SERVERS = ("acceptance", "integration", "ui")
"""Folders whose tests share ports and one database: a single process runs them all."""
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        place = item.path.relative_to(HERE)
        together = "servers" if place.parts[0] in WITH_SERVERS else place.as_posix()
        item.add_marker(pytest.mark.xdist_group(together))
