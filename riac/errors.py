"""The one tree of domain errors; it knows nothing of HTTP or of exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from riac.scan import Fault


class RiacError(Exception):
    """Something the system expects to go wrong and can name."""

    code: ClassVar[str] = "riac_error"


class ScanUnreadableError(RiacError):
    """The bytes are not a scan this system can read; the faults say why."""

    code = "scan_unreadable"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.code}: {fault.detail}" for fault in faults))
        self.faults = faults


class InvalidDeclarationError(RiacError):
    """A declaration states something that cannot be (a code, a number, a mass)."""

    code = "invalid_declaration"


class LibraryError(RiacError):
    """A library of standard images, or a snapshot of it, is missing, damaged or mismatched."""

    code = "library_error"


class ModelError(RiacError):
    """A released network is missing, altered or does not run."""

    code = "model_error"


class PolicyError(RiacError):
    """A policy file is not valid."""

    code = "policy_error"


class InvalidRequestError(RiacError):
    """A request is well formed, but asks for what cannot be."""

    code = "invalid_request"


class TooLargeError(RiacError):
    """More was sent than is taken."""

    code = "too_large"


class NotFoundError(RiacError):
    """No such thing is stored."""

    code = "not_found"


class ConflictError(RiacError):
    """The request contradicts what is already stored."""

    code = "conflict"


class ForbiddenError(RiacError):
    """The caller is known, but may not do this."""

    code = "forbidden"


class UnauthorisedError(RiacError):
    """The caller is not known."""

    code = "unauthorised"


class ThrottledError(RiacError):
    """The caller tried too often; it may try again later."""

    code = "throttled"

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class StorageError(RiacError):
    """Stored bytes are missing or differ from their digest."""

    code = "storage_error"


class ConfigurationError(RiacError):
    """The settings cannot be served with."""

    code = "configuration_error"
