"""Gives the editable install the command `riac`; a wheel carries the library `riac` alone.

The command needs the application packages beside `riac`, which only a checkout has.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class EditableCommand(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the script `riac` to editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the script where `version` is the editable one."""
        if version == "editable":
            build_data["shared_scripts"]["serve/cli/__main__.py"] = "riac"
