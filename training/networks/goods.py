"""The goods network: one pass over an interior gives a vector for each place along it.

Convolutions shrink the picture to features every 40 cm of its length; the height is not averaged
away but read out whole, for goods are told apart by what lies how high. The vector of a slab or
of the whole interior is a mean over the places it covers, so that one pass serves all of them.
(Residual blocks after He et al., CVPR 2016; generalised means: Radenovic, Tolias and Chum,
PAMI 41(7), 2019.)
"""

from __future__ import annotations

from typing import Final

import torch
from torch import nn
from torch.nn import functional

from training.networks.blocks import Residual, convolved

ROWS: Final = 96
"""Of the input."""
SHRINKS: Final = 16
"""Columns of the input to one place."""
WIDTHS: Final = (24, 48, 96, 160)
"""Channels at 1/2, 1/4, 1/8 and 1/16 of the input."""
PLACE: Final = 256
"""Features of a place."""
GOODS: Final = 128
"""Length of the vector that tells goods apart."""
LOAD: Final = 96
"""Length of the vector that tells one load from another of the same goods."""
POWER: Final = 3.0
"""Of the generalised mean: what few places show still counts."""


def features(first: nn.Conv2d) -> tuple[nn.Sequential, nn.Sequential]:
    """Return what finds features, down to `ROWS` / `SHRINKS` rows, and what reads the height out.

    Args:
        first: the first convolution, which halves `ROWS`.
    """
    one, two, three, four = WIDTHS
    body = nn.Sequential(
        first,
        nn.BatchNorm2d(one),
        nn.ReLU(inplace=True),
        convolved(one, two, stride=2),
        convolved(two, three, stride=2),
        Residual(three),
        convolved(three, four, stride=2),
        Residual(four),
    )
    # The whole height at once, then what stands to the left and to the right.
    height = nn.Sequential(
        nn.Conv2d(four, PLACE, (ROWS // SHRINKS, 1), bias=False),
        nn.BatchNorm2d(PLACE),
        nn.ReLU(inplace=True),
        nn.Conv2d(PLACE, PLACE, (1, 3), padding=(0, 1), bias=False),
        nn.BatchNorm2d(PLACE),
        nn.ReLU(inplace=True),
    )
    return body, height


def pooled(places: torch.Tensor, cover: torch.Tensor) -> torch.Tensor:
    """Return means and generalised means of places over regions, (N, R, 2 * PLACE).

    Args:
        places: (N, PLACE, P).
        cover: (N, R, P) float32, the weight of each place in each region; rows sum to 1.
    """
    mean = torch.matmul(cover, places.transpose(1, 2))
    powered = torch.matmul(cover, (places + 1e-4).pow(POWER).transpose(1, 2))
    return torch.cat([mean, (powered + 1e-6).pow(1 / POWER)], dim=2)


class GoodsNet(nn.Module):
    """Input (N, 1, ROWS, columns), columns a multiple of SHRINKS: attenuation, 0 to 1."""

    def __init__(self) -> None:
        super().__init__()
        self.body, self.height = features(
            nn.Conv2d(1, WIDTHS[0], 5, stride=2, padding=2, bias=False)
        )
        self.goods = nn.Linear(2 * PLACE, GOODS)
        self.load = nn.Linear(2 * PLACE, LOAD)

    def places(self, attenuation: torch.Tensor) -> torch.Tensor:
        """Return (N, PLACE, columns / SHRINKS)."""
        return torch.as_tensor(self.height(self.body(attenuation))[:, :, 0])

    def vectors(
        self, places: torch.Tensor, cover: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return unit vectors of goods (N, R, GOODS) and of loads (N, R, LOAD).

        Args:
            places: (N, PLACE, P).
            cover: (N, R, P) float32, the weight of each place in each region; rows sum to 1.
        """
        seen = pooled(places, cover)
        return (
            functional.normalize(self.goods(seen), dim=2),
            functional.normalize(self.load(seen), dim=2),
        )

    def forward(
        self, attenuation: torch.Tensor, cover: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return what is seen of each region, and its vectors as `vectors` does.

        The first are `models.goods.SEEN` numbers, (N, R, sum(SEEN)).
        """
        found = self.body(attenuation)
        places = self.height(found)[:, :, 0]
        at_heights = torch.matmul(cover, found.flatten(1, 2).transpose(1, 2))
        seen = torch.cat([pooled(places, cover), at_heights], dim=2)
        return (seen, *self.vectors(places, cover))


class HeadingClassifier(nn.Module):
    """Cosines to one direction a heading, for training alone.

    A margin taken off the true one (Wang et al., "CosFace", CVPR 2018); a chapter's logit is the
    log-sum-exp of its headings', so that the tariff's own hierarchy is part of the loss.
    """

    def __init__(self, chapters: list[int], *, scale: float, margin: float) -> None:
        """Take the number of the chapter of each heading."""
        super().__init__()
        # Short, so that they turn quickly: only their direction counts.
        self.directions = nn.Parameter(0.05 * torch.randn(len(chapters), GOODS))
        self.scale, self.margin = scale, margin
        member = torch.zeros(len(chapters), max(chapters) + 1)
        member[torch.arange(len(chapters)), torch.tensor(chapters)] = 1
        self.chapters: torch.Tensor
        self.register_buffer("chapters", torch.tensor(chapters))
        self.member: torch.Tensor
        self.register_buffer("member", member)

    def forward(
        self, vectors: torch.Tensor, headings: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the losses of headings and of chapters, one for each of (N, GOODS) vectors."""
        cosine = vectors @ functional.normalize(self.directions, dim=1).T
        true = functional.one_hot(headings, cosine.shape[1]).to(cosine.dtype)
        logits = self.scale * (cosine - self.margin * true)
        heading = functional.cross_entropy(logits, headings, reduction="none")
        top = logits.amax(dim=1, keepdim=True)
        by_chapter = ((logits - top).exp() @ self.member).clamp(min=1e-20).log()
        chapter = functional.cross_entropy(by_chapter, self.chapters[headings], reduction="none")
        return heading, chapter
