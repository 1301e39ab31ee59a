"""The pair judge: a few small networks over the statistics of a pair, their logits averaged.

Each corrects the mean of the change networks' logits, which it is given beside the statistics:
untrained it says what they say.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import nn
from torch.nn import functional

from models.pair_statistics import NAMES

WIDTH: Final = 32
MEMBERS: Final = 5
DROPPED: Final = 0.3
NEVER_DROPPED: Final = ("ln_unlike",)
"""It alone was not measured on pictures laid over each other: no other statistic replaces it."""
WIDEST: Final = 4.0
"""Deviations: no statistic says more than so far from its mean."""


class DroppedStatistics(nn.Module):
    """Dropout of statistics, (N, len(NAMES)), but for `NEVER_DROPPED`."""

    never: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        never = torch.tensor([name in NEVER_DROPPED for name in NAMES])
        self.register_buffer("never", never, persistent=False)

    def forward(self, statistics: torch.Tensor) -> torch.Tensor:
        """Keep the shape."""
        dropped = functional.dropout(statistics, DROPPED, self.training)
        return torch.where(self.never, statistics, dropped)


class JudgeNet(nn.Module):
    """Input (N, len(NAMES)): `models.pair_statistics`."""

    mean: torch.Tensor
    deviation: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(len(NAMES)))
        self.register_buffer("deviation", torch.ones(len(NAMES)))
        self.trust = nn.Parameter(torch.full((MEMBERS,), 0.7))
        self.members = nn.ModuleList(
            nn.Sequential(
                DroppedStatistics(),
                nn.Linear(len(NAMES), WIDTH),
                nn.GELU(),
                nn.Dropout(DROPPED),
                nn.Linear(WIDTH, WIDTH),
                nn.GELU(),
                nn.Linear(WIDTH, 1),
            )
            for _ in range(MEMBERS)
        )

    def spread(self, statistics: torch.Tensor) -> None:
        """Learn how statistics (N, len(NAMES)) are spread, once, before training."""
        deviation, mean = torch.std_mean(statistics, dim=0)
        self.mean.copy_(mean)
        self.deviation.copy_(deviation + 1e-3)

    def logits(self, statistics: torch.Tensor) -> torch.Tensor:
        """Return those of each member (N, MEMBERS)."""
        even = torch.clamp((statistics - self.mean) / self.deviation, -WIDEST, WIDEST)
        corrections = torch.cat([member(even) for member in self.members], dim=1)
        return corrections + self.trust * statistics[:, -1:]

    def forward(self, statistics: torch.Tensor) -> torch.Tensor:
        """Return scores (N,), 0 to 1."""
        return torch.sigmoid(self.logits(statistics).mean(dim=1))
