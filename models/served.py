"""What the exported networks in service have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from models.binding import Tensor
from models.session import InferenceSession
from riac.errors import ModelError


class ServedNetwork(ABC):
    """An exported network, under the name and the digest it was released with."""

    kind: ClassVar[str]
    """What a file is called none of, where it is refused."""

    def __init__(self, session: InferenceSession, *, name: str, digest: str) -> None:
        """Take a network that was loaded.

        Raises:
            ModelError: it is none of this kind, or of another definition.
        """
        if not self._fits(session):
            raise ModelError(f"model {name!r} is no {self.kind}: its inputs are {session.inputs}")
        self._session = session
        self.name = name
        self.digest = digest
        self.runs_on = session.provider.value

    @staticmethod
    @abstractmethod
    def _fits(session: InferenceSession) -> bool:
        """Say whether a session takes and gives what a network of this kind does."""

    def _numbers(self, outputs: list[Tensor]) -> list[Tensor]:
        """Return what a run gave.

        Raises:
            ModelError: it is nonsense.
        """
        if not all(np.isfinite(output).all() for output in outputs):
            raise ModelError(f"model {self.name!r} answers with no numbers")
        return outputs
