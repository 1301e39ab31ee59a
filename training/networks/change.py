"""The change network: a small U-Net over a pair laid over itself.

Pixels, their kind of change, and one logit for the pair. Two scanners whose sources stand at
different heights show the near side of a load moved against its far side, which no alignment of
pictures takes out: the network is given what is left of the difference at several heights.
(Ronneberger, Fischer and Brox, "U-Net", MICCAI 2015; residual blocks after He et al., CVPR 2016;
costs of displacements after Dosovitskiy et al., "FlowNet", ICCV 2015.)
"""

from __future__ import annotations

from typing import Final

import torch
from torch import nn
from torch.nn import functional

from training.networks.blocks import Residual, convolved

WIDTHS: Final = (32, 64, 96, 128)
"""Channels at 1/2, 1/4, 1/8 and 1/16 of the input."""
SHRINKS: Final = 2
"""Rows and columns of the input to one of the output."""
PEAK_PX: Final = 3
"""A change counts for the pair as strongly as it fills so wide a window of the output."""
BEYOND_PEAK: Final = 1.0
"""The pair's logit is at most so much above that of its most changed place: what was changed was
changed somewhere, and a whole that merely looks strange is no change."""
HEIGHTS: Final = (-6, -4, -2, -1, 0, 1, 2, 4, 6)
"""Rows of the input, 2 cm each, by which exit is moved against entry."""
PATCH_PX: Final = 5
"""Over so wide a window of the input a difference counts."""
CLEAR: Final = 0.15
"""A difference of attenuation, in the input's units, that is as clear as any."""


class Parallax(nn.Module):
    """What is left of the difference of entry and exit when one is moved up or down.

    Adds nothing before it is trained, so that training goes on from a network without it.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(len(HEIGHTS) + 1, width, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
        )
        self.added = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.added.weight)
        assert self.added.bias is not None
        nn.init.zeros_(self.added.bias)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Return (N, width, rows / SHRINKS, columns / SHRINKS)."""
        added: torch.Tensor = self.added(self.body(differences(inputs)))
        return added


def differences(inputs: torch.Tensor) -> torch.Tensor:
    """Return the difference at each of `HEIGHTS`, and the least of them.

    Args:
        inputs: (N, channels, rows, columns) as `models.change_input` makes them.

    Returns:
        (N, len(HEIGHTS) + 1, rows / SHRINKS, columns / SHRINKS), 0 to 1.
    """
    before, after = inputs[:, 0:1], inputs[:, 1:2]
    rows, most = inputs.shape[2], max(HEIGHTS)
    moved = functional.pad(after, (0, 0, most, most), mode="replicate")
    apart = torch.cat(
        [
            torch.clamp((before - moved[:, :, most + up : most + up + rows]).abs() / CLEAR, max=1)
            for up in HEIGHTS
        ],
        dim=1,
    )
    mean = functional.avg_pool2d(apart, PATCH_PX, stride=SHRINKS, padding=PATCH_PX // 2)
    return torch.cat([mean, torch.amin(mean, dim=1, keepdim=True)], dim=1)


class ChangeNet(nn.Module):
    """Input (N, channels, rows, columns), rows and columns multiples of 16."""

    def __init__(self, *, channels: int, kinds: int) -> None:
        super().__init__()
        first, *deeper = WIDTHS
        self.stem = nn.Sequential(
            nn.Conv2d(channels, first, 5, stride=SHRINKS, padding=2, bias=False),
            nn.BatchNorm2d(first),
            nn.ReLU(inplace=True),
            Residual(first),
        )
        self.parallax = Parallax(first)
        self.downs = nn.ModuleList()
        before = first
        for width in deeper:
            self.downs.append(
                nn.Sequential(convolved(before, width, stride=2), Residual(width), Residual(width))
            )
            before = width
        self.ups = nn.ModuleList()
        for width in reversed(WIDTHS[:-1]):
            self.ups.append(Joined(before, width))
            before = width
        self.pixel = nn.Conv2d(first, 1, 1)
        self.kind = nn.Conv2d(first, kinds, 1)
        self.peak = nn.AvgPool2d(PEAK_PX, stride=1, padding=PEAK_PX // 2)
        self.pair = nn.Linear(1 + 2 * WIDTHS[-1], 1)

    def forward(self, inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return logits: (N, 1, rows / 2, columns / 2), (N, kinds, the same), (N,)."""
        features = [self.stem(inputs) + self.parallax(inputs)]
        for down in self.downs:
            features.append(down(features[-1]))
        deepest = features.pop()
        joined = deepest
        for up in self.ups:
            joined = up(joined, features.pop())
        pixel = self.pixel(joined)
        peak = torch.amax(self.peak(pixel), dim=(2, 3))
        context = [torch.amax(deepest, dim=(2, 3)), torch.mean(deepest, dim=(2, 3))]
        pair = self.pair(torch.cat([peak, *context], dim=1))[:, 0]
        return pixel, self.kind(joined), torch.minimum(pair, peak[:, 0] + BEYOND_PEAK)


class Joined(nn.Module):
    """Coarse features, doubled in size, added to finer ones."""

    def __init__(self, coarse: int, fine: int) -> None:
        super().__init__()
        self.narrowed = nn.Conv2d(coarse, fine, 1, bias=False)
        self.doubled = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)
        self.body = convolved(fine, fine)

    def forward(self, coarse: torch.Tensor, fine: torch.Tensor) -> torch.Tensor:
        """Return the shape of the finer ones."""
        joined: torch.Tensor = self.body(fine + self.doubled(self.narrowed(coarse)))
        return joined


class Released(nn.Module):
    """The network as it is released: probabilities, joined with the evidence found without it."""

    def __init__(self, network: ChangeNet, joining: tuple[float, float, float]) -> None:
        """Take a trained network.

        Args:
            network: trained.
            joining: bias, weight of the network's logit, weight of ln(strength).
        """
        super().__init__()
        self.network = network
        self.joining = joining

    def forward(
        self, pair: torch.Tensor, strength: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return (N, 1, rows / 2, columns / 2) and (N,), 0 to 1."""
        pixel, _, logit = self.network(pair)
        bias, told, found = self.joining
        joined = bias + told * logit + found * torch.log(torch.clamp(strength, min=0.1))
        return torch.sigmoid(pixel), torch.sigmoid(joined)
