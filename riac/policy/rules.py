"""The policy: thresholds and permissions read from a versioned TOML file."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from riac.declaration import Regime
from riac.errors import PolicyError
from riac.scan import FaultCode

Fraction = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0)]


class Rules(BaseModel):
    """Thresholds and permissions; their meaning is written in `default.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    grace_s: Seconds
    entry_grace_s: Seconds
    auto_clear: bool
    display_rendered: bool
    weight_tolerance_fraction: Fraction
    seal_required: bool
    min_same_score: Fraction
    min_visible_fraction: Fraction
    min_consistent_score: Fraction
    tolerated_faults: tuple[FaultCode, ...]


class _Exception(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)

    regime: Regime | None = None
    site: str | None = None
    chapter: Annotated[str, Field(pattern=r"^\d{2}$")] | None = None

    def applies(self, *, regime: Regime | None, site: str, chapters: Collection[str]) -> bool:
        return (
            self.regime in (None, regime)
            and self.site in (None, site)
            and (self.chapter is None or self.chapter in chapters)
        )

    def changes(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class _PolicyFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Annotated[str, Field(min_length=1)]
    rules: Rules
    exception: tuple[_Exception, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """What the administration allows; its digest is recorded in every decision."""

    version: str
    digest: str
    """SHA-256 of the file."""
    rules: Rules
    exceptions: tuple[_Exception, ...] = ()

    @property
    def grace_s(self) -> float:
        """How long a scan without declaration waits before it is referred."""
        return self.rules.grace_s

    @property
    def entry_grace_s(self) -> float:
        """How long an exit scan waits for its entry scan."""
        return self.rules.entry_grace_s

    def rules_for(self, *, regime: Regime | None, site: str, chapters: Collection[str]) -> Rules:
        """Return the rules of a passage, every exception that applies taken into account."""
        rules = self.rules
        for exception in self.exceptions:
            if exception.applies(regime=regime, site=site, chapters=chapters):
                rules = _with(rules, exception.changes())
        return rules


def load_policy(path: Path | None = None) -> Policy:
    """Read a policy file, the packaged default without a path.

    Raises:
        PolicyError: the file is not a valid policy.
    """
    name = "the packaged policy" if path is None else str(path)
    try:
        content = (
            files("riac.policy").joinpath("default.toml").read_bytes()
            if path is None
            else path.read_bytes()
        )
        stated = _PolicyFile.model_validate(tomllib.loads(content.decode("utf-8")))
        for exception in stated.exception:
            _with(stated.rules, exception.changes())
    except (OSError, ValueError) as error:
        raise PolicyError(f"{name}: {_plain(error)}") from error
    return Policy(
        version=stated.version,
        digest=hashlib.sha256(content).hexdigest(),
        rules=stated.rules,
        exceptions=stated.exception,
    )


def _with(rules: Rules, changes: dict[str, Any]) -> Rules:
    return Rules.model_validate({**rules.model_dump(), **changes})


def _plain(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        for fault in error.errors()
    )
