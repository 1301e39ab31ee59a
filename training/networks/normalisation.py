"""The normalisation checker: whether rows were divided by too little air.

Each strip of a picture is read alone, as what steps into a row it has. What the strips say is
brought together by its mean, its greatest and its least: a wrong gain steps in all of them, goods
in some. Then rows look up and down, for what was hidden from the air has two edges.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import nn

from models.row_steps import CHANNELS

STRIP_WIDTH: Final = 24
ROW_WIDTH: Final = 40
DILATIONS: Final = (1, 2, 4, 8, 16, 32)


class NormalisationNet(nn.Module):
    """Input (N, CHANNELS, STRIPS, H): `models.row_steps`."""

    def __init__(self) -> None:
        super().__init__()
        self.strips = nn.Sequential(
            *_along(CHANNELS, STRIP_WIDTH, reach=2), *_along(STRIP_WIDTH, STRIP_WIDTH, reach=1)
        )
        self.joined = nn.Sequential(*_along(3 * STRIP_WIDTH, ROW_WIDTH, reach=1))
        self.further = nn.ModuleList(
            nn.Sequential(*_along(ROW_WIDTH, ROW_WIDTH, reach=1, dilation=dilation))
            for dilation in DILATIONS
        )
        self.row = nn.Conv2d(ROW_WIDTH, 1, 1)
        self.picture = nn.Sequential(
            nn.Linear(2 * ROW_WIDTH + 1, ROW_WIDTH), nn.ReLU(inplace=True), nn.Linear(ROW_WIDTH, 1)
        )

    def logits(self, steps: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return those of the gain stepping into each row (N, H), and of the picture (N,)."""
        of_strips = self.strips(steps)
        joined = torch.cat(
            [
                of_strips.mean(dim=2, keepdim=True),
                of_strips.amax(dim=2, keepdim=True),
                of_strips.amin(dim=2, keepdim=True),
            ],
            dim=1,
        )
        rows = self.joined(joined)
        for further in self.further:
            rows = rows + further(rows)
        stepped = self.row(rows)[:, 0, 0]
        seen = torch.cat(
            [rows.mean(dim=(2, 3)), rows.amax(dim=(2, 3)), stepped.amax(dim=1, keepdim=True)], dim=1
        )
        return stepped, self.picture(seen)[:, 0]

    def forward(self, steps: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the probabilities, of rows (N, H) and of pictures (N,)."""
        rows, picture = self.logits(steps)
        return torch.sigmoid(rows), torch.sigmoid(picture)


def _along(before: int, after: int, *, reach: int, dilation: int = 1) -> tuple[nn.Module, ...]:
    """Look along the rows, `reach` of them to either side."""
    return (
        nn.Conv2d(before, after, (1, 2 * reach + 1), padding=(0, reach * dilation),
                  dilation=(1, dilation), bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )  # fmt: skip
