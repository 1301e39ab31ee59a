"""Weights kept as JSON: read strictly, and refused where they are of another definition."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from riac.errors import ModelError


class JsonWeights(BaseModel):
    """A weights file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    definition: int
    """Of the code that reads it."""


Weights = TypeVar("Weights", bound=JsonWeights)


def read_weights(kind: type[Weights], content: bytes, *, definition: int, of: str) -> Weights:
    """Read a weights file.

    Args:
        kind: what it is to hold.
        content: of the file.
        definition: the code's.
        of: what has them, for the error.

    Raises:
        ModelError: they are damaged, or not those of this definition.
    """
    try:
        stated = kind.model_validate_json(content)
    except ValidationError as error:
        raise ModelError(f"the {of}'s weights are damaged: {error}") from error
    if stated.definition != definition:
        raise ModelError(
            f"expected weights of the {of}'s definition {definition}, got {stated.definition}"
        )
    return stated
