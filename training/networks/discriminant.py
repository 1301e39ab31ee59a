"""The goods discriminant: discriminant analysis, and what two layers add to it.

Linear discriminant analysis (Fisher, Annals of Eugenics 7(2), 1936) shrinks the directions in which
loads of one heading differ (between lots, scanners, displays) and keeps those in which headings do.
It treats all goods alike. Two layers beside it, which add nothing before they are trained, bend
what it says where that brings a load nearer to others of its goods.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import torch
from torch import nn
from torch.nn import functional

EVENED: Final = 400
"""Directions in which most varies, brought to one deviation each: what the two layers look at."""
HIDDEN: Final = 768
DIMENSION: Final = 150
"""Of a vector."""
DROPPED: Final = 0.4


class DiscriminantNet(nn.Module):
    """Inputs (N, numbers) of the goods network and (N, measures): `models.discriminant`."""

    centre: torch.Tensor
    linear: torch.Tensor
    evening: torch.Tensor

    def __init__(self, *, numbers: int, measures: int) -> None:
        super().__init__()
        self.numbers = numbers
        given = numbers + measures
        self.register_buffer("centre", torch.zeros(given))
        self.register_buffer("linear", torch.zeros(given, DIMENSION))
        self.register_buffer("evening", torch.zeros(given, EVENED))
        self.scale = nn.Parameter(torch.ones(DIMENSION))
        self.hidden = nn.Linear(EVENED, HIDDEN)
        self.added = nn.Linear(HIDDEN, DIMENSION)
        nn.init.zeros_(self.added.weight)
        nn.init.zeros_(self.added.bias)

    def begin_as(self, analysis: Mapping[str, torch.Tensor]) -> None:
        """Take `centre`, `linear` and `evening` of loads, once, before training."""
        for name, values in analysis.items():
            self.get_buffer(name).copy_(values)

    def forward(self, seen: torch.Tensor, placed: torch.Tensor) -> torch.Tensor:
        """Return unit vectors (N, DIMENSION)."""
        apart = torch.cat([seen, placed], dim=1) - self.centre
        evened = functional.dropout(apart @ self.evening, DROPPED, self.training)
        bent = functional.gelu(self.hidden(evened))
        bent = self.added(functional.dropout(bent, DROPPED, self.training))
        return functional.normalize(self.scale * (apart @ self.linear) + bent, dim=1)
