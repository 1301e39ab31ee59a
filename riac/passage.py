"""What is known of one container passage when it is judged."""

from __future__ import annotations

from dataclasses import dataclass

from riac.decision import PassageRole
from riac.declaration import Declaration
from riac.imaging.frame import PreparedScan
from riac.scan import Fault


@dataclass(frozen=True, slots=True)
class Passage:
    """One container's scan at one site in one role, with what was declared and observed."""

    role: PassageRole
    site: str
    container_number: str
    declaration: Declaration | None
    scan: PreparedScan | None
    """None when the picture could not be read; `scan_faults` say why."""
    scan_sha256: str
    scan_faults: tuple[Fault, ...] = ()
    entry_scan: PreparedScan | None = None
    entry_scan_sha256: str | None = None
    """None when there is no entry scan at all."""
    entry_scan_faults: tuple[Fault, ...] = ()
    seals: tuple[str, ...] = ()
    entry_seals: tuple[str, ...] = ()
    gross_mass_kg: float | None = None
    """From the weighbridge, with the vehicle's tare taken off."""
    entry_gross_mass_kg: float | None = None
    declaration_sha256: str | None = None
    examination_ordered: bool = False
    """True when a person's last verdict on this passage was to examine it."""
    replay_of: tuple[str, ...] = ()
    """Other passages at which the very same bytes were presented."""

    @property
    def declared_codes(self) -> tuple[str, ...]:
        """The HS codes declared for this container."""
        if self.declaration is None:
            return ()
        return self.declaration.codes_for(self.container_number)

    @property
    def declared_empty(self) -> bool:
        """True when nothing is declared to be inside."""
        if self.declaration is None:
            return False
        container = self.declaration.container(self.container_number)
        return not self.declared_codes or (container is not None and container.declared_empty)

    @property
    def compares(self) -> bool:
        """True when there is an entry scan to hold this scan against."""
        return (
            self.role is PassageRole.EXIT
            and self.scan is not None
            and self.scan.usable
            and self.entry_scan is not None
            and self.entry_scan.usable
        )
