"""The load network: tells one load from all others, even of the same goods.

Its features are found as the goods network finds them, from a picture twice as fine: what tells
two loads of the same cartons apart is where the gaps between them lie. Means over the places of the
whole interior say what it holds; means over windows along it say where.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import nn
from torch.nn import functional

from models.pair_statistics import LEAST_UNLIKE
from training.networks.goods import PLACE, WIDTHS, GoodsNet, features, pooled

FINER: Final = 2
"""Rows of the input to one of the goods network's."""
WHOLE: Final = 96
"""Numbers of the whole interior."""
PART: Final = 32
"""Numbers of each of the windows along it (`models.loads.PARTS`)."""
SLOPE: Final = 2.0
OFFSET: Final = -3.5
"""Of the logistic regression, to begin with."""


class LoadNet(nn.Module):
    """Input (N, 1, `models.loads.INPUT.rows`, columns): attenuation, 0 to 1.

    Columns are a multiple of `models.loads.PLACE_COLUMNS`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.body, self.height = features(
            nn.Conv2d(1, WIDTHS[0], 5 * FINER, stride=2 * FINER, padding=2 * FINER, bias=False)
        )
        self.whole = nn.Linear(2 * PLACE, WHOLE)
        self.part = nn.Linear(2 * PLACE, PART)

    def begin_as(self, goods: GoodsNet) -> None:
        """Take the weights of a goods network: as yet this one sees no more than that one."""
        taken = {**goods.state_dict(), "whole.weight": goods.load.weight}
        taken["whole.bias"] = goods.load.bias
        first = taken.pop("body.0.weight")
        finer = first.repeat_interleave(FINER, dim=2).repeat_interleave(FINER, dim=3)
        taken["body.0.weight"] = finer / FINER**2
        own = self.state_dict()
        self.load_state_dict({**own, **{key: taken[key] for key in own if key in taken}})

    def places(self, attenuation: torch.Tensor) -> torch.Tensor:
        """Return (N, PLACE, columns / PLACE_COLUMNS)."""
        return torch.as_tensor(self.height(self.body(attenuation))[:, :, 0])

    def forward(self, attenuation: torch.Tensor, cover: torch.Tensor) -> torch.Tensor:
        """Return unit vectors (N, WHOLE + PARTS * PART).

        Their cosine is the mean of those of the wholes and of all windows together, in which
        windows count by how much they show.

        Args:
            attenuation: see above.
            cover: (N, 1 + PARTS, places) float32 (`models.loads.windows`).
        """
        seen = pooled(self.places(attenuation).float(), cover)
        whole = functional.normalize(self.whole(seen[:, 0]).float(), dim=1)
        parts = functional.normalize(self.part(seen[:, 1:]).float().flatten(1), dim=1)
        return torch.cat([whole, parts], dim=1) / 2**0.5


class Likeness(nn.Module):
    """A logistic regression on how unlike two vectors are, for training alone."""

    def __init__(self) -> None:
        super().__init__()
        self.slope = nn.Parameter(torch.tensor(SLOPE))
        self.offset = nn.Parameter(torch.tensor(OFFSET))

    def forward(self, cosine: torch.Tensor) -> torch.Tensor:
        """Return the logit that two loads are one."""
        unlike = (1 - cosine).clamp(min=0) + LEAST_UNLIKE
        return self.offset - self.slope * unlike.log()
