"""Who may call what: the callers endpoints ask for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from riac.errors import ForbiddenError, InvalidRequestError
from serve.api.schemas import Role
from serve.auth.caller import PEOPLE, Caller
from serve.auth.dependencies import require, require_person

AnyCaller = Annotated[Caller, Depends(require())]
Clearance = Annotated[Caller, Depends(require(Role.CLEARANCE))]
Site = Annotated[Caller, Depends(require(Role.SITE))]
ClearanceOrPerson = Annotated[Caller, Depends(require(Role.CLEARANCE, *PEOPLE))]
Person = Annotated[Caller, Depends(require_person())]
AnyPerson = Annotated[Caller, Depends(require(*PEOPLE))]
"""People, and keys made for their work."""
Analyst = Annotated[Caller, Depends(require_person(Role.ANALYST, Role.SUPERVISOR))]
Overseer = Annotated[Caller, Depends(require(Role.AUDITOR, Role.SUPERVISOR))]


def site_of(caller: Caller, stated: str | None) -> str:
    """Say of which site a scan is.

    Raises:
        ForbiddenError: the key belongs to another site.
        InvalidRequestError: neither key nor metadata name a site.
    """
    if caller.site is None:
        if stated is None:
            raise InvalidRequestError("site: this key belongs to no site, so the metadata names it")
        return stated
    if stated not in (None, caller.site):
        raise ForbiddenError(f"this key is of site {caller.site}, not of {stated}")
    return caller.site


def may_see_site(caller: Caller, site: str) -> bool:
    """Say whether a caller may see what a site sent; a site's key sees its own only."""
    return caller.role is not Role.SITE or caller.site in (None, site)
