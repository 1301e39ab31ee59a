"""The known caller of a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from riac.errors import ForbiddenError
from serve.api.schemas import Role

PEOPLE = (Role.ANALYST, Role.SUPERVISOR, Role.LIBRARIAN, Role.AUDITOR, Role.ADMIN)
"""Roles of those who sit at a screen."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A machine with a key, or a person logged in."""

    kind: Literal["key", "account"]
    name: str
    """The key's name, or the person's username."""
    role: Role
    site: str | None
    """The site a key is bound to; None = any."""
    account_id: UUID | None
    key_id: UUID | None


def check_role(caller: Caller, *roles: Role) -> None:
    """Let callers of these roles pass, and the administrator always; no role = anyone known.

    Raises:
        ForbiddenError: another role.
    """
    if roles and caller.role != Role.ADMIN and caller.role not in roles:
        needed = ", ".join(sorted(roles))
        raise ForbiddenError(f"needs one of the roles {needed}; {caller.name} is {caller.role}")
