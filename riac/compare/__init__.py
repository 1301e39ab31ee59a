"""Entry against exit: align, tone, change, factors, replay."""

from riac.compare.comparison import compare, warm_up

__all__ = ["compare", "warm_up"]
