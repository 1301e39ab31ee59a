"""Entry against exit: align, tone, change, factors."""

from riac.compare.comparison import compare

__all__ = ["compare"]
