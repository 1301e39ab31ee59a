"""numba's compiler as a decorator that keeps the type of the function; other threads run on."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile at the first call; the result is kept on disk for the next process.

    Division by nought gives infinity, as in numpy: without that check loops are vectorised.
    """
    return cast("Callable[P, R]", njit(cache=True, nogil=True, error_model="numpy")(function))
