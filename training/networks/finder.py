"""The edge network: where across a strip the edge of a container lies, and how sure that is.

Convolutions shrink a strip along its edge and keep it whole across, so that a place across stays
a place; then the whole length is read out at once, for what tells an edge (corner posts, castings,
cross-members, a trailer that goes on beyond) has its place along it. A logit for each place across
makes a distribution; its mean is the edge (soft-argmax; integral regression, Sun et al., ECCV
2018), its spread the doubt.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import nn

from models.edge_strips import ACROSS, ALONG, CHANNELS

KINDS: Final = (0, 1, 0, 2)
"""Of the edges: left and right are one kind, mirrored, as top and bottom are none."""
WIDTHS: Final = (12, 20, 28, 36)
"""Channels at 1/2, 1/4, 1/8 and 1/16 of the strip's length."""
READ: Final = 40
"""Features of a place across, after the whole length is read out."""


class EdgeNet(nn.Module):
    """Input (N, 4, channels, ACROSS, ALONG): the strips of `models.edge_strips`."""

    def __init__(self) -> None:
        super().__init__()
        first, second, third, fourth = WIDTHS
        self.kind = nn.Embedding(max(KINDS) + 1, first)
        self.stem = nn.Sequential(
            nn.Conv2d(len(CHANNELS), first, 5, stride=(1, 2), padding=2, bias=False),
            nn.BatchNorm2d(first),
        )
        self.body = nn.Sequential(
            nn.ReLU(inplace=True),
            _shrunk(first, second),
            _shrunk(second, third),
            _spread(third, dilation=2),
            _spread(third, dilation=4),
            _shrunk(third, fourth),
        )
        self.read = nn.Sequential(
            nn.Conv2d(fourth, READ, (1, ALONG // 16), bias=False),
            nn.BatchNorm2d(READ),
            nn.ReLU(inplace=True),
        )
        self.across = nn.Sequential(
            nn.Conv2d(READ + first, READ, (5, 1), padding=(4, 0), dilation=(2, 1), bias=False),
            nn.BatchNorm2d(READ),
            nn.ReLU(inplace=True),
            nn.Conv2d(READ, READ, (5, 1), padding=(8, 0), dilation=(4, 1), bias=False),
            nn.BatchNorm2d(READ),
            nn.ReLU(inplace=True),
            nn.Conv2d(READ, 1, (3, 1), padding=(1, 0)),
        )
        self.numbers: torch.Tensor
        self.register_buffer("numbers", torch.tensor(KINDS), persistent=False)
        middles = (torch.arange(ACROSS, dtype=torch.float32) + 0.5) / (ACROSS / 2) - 1
        self.places: torch.Tensor
        self.register_buffer("places", middles, persistent=False)

    def logits(self, strips: torch.Tensor) -> torch.Tensor:
        """Return (N, 4, ACROSS)."""
        kinds = self.kind(self.numbers).repeat(strips.shape[0], 1)[:, :, None, None]
        seen = self.stem(strips.flatten(0, 1)) + kinds
        read = self.read(self.body(seen))
        told = torch.cat([read, kinds.expand(-1, -1, ACROSS, 1)], dim=1)
        return torch.as_tensor(self.across(told)[:, 0, :, 0].reshape(-1, len(KINDS), ACROSS))

    def forward(self, strips: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return edges and their deviations (N, 4), in reaches outward from the strip's middle."""
        shares = torch.softmax(self.logits(strips), dim=2)
        edge = (shares * self.places).sum(dim=2)
        spread = (shares * (self.places - edge[:, :, None]) ** 2).sum(dim=2)
        return edge, (spread + 1e-8).sqrt()


def _shrunk(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride=(1, 2), padding=1, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )


def _spread(width: int, *, dilation: int) -> nn.Sequential:
    """Look further across."""
    return nn.Sequential(
        nn.Conv2d(width, width, 3, padding=(dilation, 1), dilation=(dilation, 1), bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(inplace=True),
    )
