"""The change network: a small U-Net over a pair laid over itself.

Pixels, their kind of change, and one logit for the pair. Two scanners whose sources stand at
different heights show the near side of a load moved against its far side, which no alignment of
pictures takes out: the network is given what is left of the difference at several heights, and
its coarsest features look at each other, as what another scanner did to one stack it did to all.
(Ronneberger, Fischer and Brox, "U-Net", MICCAI 2015; residual blocks after He et al., CVPR 2016;
costs of displacements after Dosovitskiy et al., "FlowNet", ICCV 2015; attention after Vaswani et
al., "Attention is all you need", NeurIPS 2017.)
"""

from __future__ import annotations

from collections.abc import Sequence
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
NEAR: Final = (-6, -4, -2, -1, 0, 1, 2, 4, 6)
FAR: Final = (-18, -14, -11, -8, 8, 11, 14, 18)
"""Rows of the input, 2 cm each, by which exit is moved against entry: as far as goods on the floor
at the container's sides move between a source below the floor and one at eye level."""
PATCH_PX: Final = 5
"""Over so wide a window of the input a difference counts."""
CLEAR: Final = 0.15
"""A difference of attenuation, in the input's units, that is as clear as any."""
ROWS: Final = 128
"""Of the input."""
HEADS: Final = 4
COMPARISONS: Final = 2
"""Of the coarsest features with each other."""


class Parallax(nn.Module):
    """What is left of the difference of entry and exit when one is moved up or down.

    Adds nothing before it is trained, so that training goes on from a network without it.
    """

    def __init__(self, width: int, heights: Sequence[int]) -> None:
        super().__init__()
        self.heights = tuple(heights)
        self.body = nn.Sequential(
            nn.Conv2d(len(heights) + 1, width, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
        )
        self.added = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.added.weight)
        assert self.added.bias is not None
        nn.init.zeros_(self.added.bias)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Return (N, width, rows / SHRINKS, columns / SHRINKS)."""
        added: torch.Tensor = self.added(self.body(differences(inputs, self.heights)))
        return added


def differences(inputs: torch.Tensor, heights: Sequence[int]) -> torch.Tensor:
    """Return the difference with exit moved to each of some heights, and the least of them.

    Args:
        inputs: (N, channels, rows, columns) as `models.change_input` makes them.
        heights: rows by which exit is moved.

    Returns:
        (N, len(heights) + 1, rows / SHRINKS, columns / SHRINKS), 0 to 1.
    """
    before, after = inputs[:, 0:1], inputs[:, 1:2]
    rows, most = inputs.shape[2], max(heights)
    moved = functional.pad(after, (0, 0, most, most), mode="replicate")
    apart = torch.cat(
        [
            torch.clamp((before - moved[:, :, most + up : most + up + rows]).abs() / CLEAR, max=1)
            for up in heights
        ],
        dim=1,
    )
    mean = functional.avg_pool2d(apart, PATCH_PX, stride=SHRINKS, padding=PATCH_PX // 2)
    return torch.cat([mean, torch.amin(mean, dim=1, keepdim=True)], dim=1)


class Compared(nn.Module):
    """Every place of some features looks at every other, then thinks about what it saw.

    Adds nothing before it is trained. (Normalised before, as in Xiong et al., "On layer
    normalization in the transformer architecture", ICML 2020.)
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.asking = nn.Conv2d(width, 3 * width, 1)
        self.seen = nn.Conv2d(width, width, 1)
        self.thinking = nn.Conv2d(width, 2 * width, 1)
        self.thought = nn.Conv2d(2 * width, width, 1)
        for last in (self.seen, self.thought):
            nn.init.zeros_(last.weight)
            assert last.bias is not None
            nn.init.zeros_(last.bias)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Keep the shape."""
        pictures, width, rows, columns = features.shape
        parts = self.asking(_evened(features)).reshape(
            pictures, 3, HEADS, width // HEADS, rows * columns
        )
        asked, offered, told = parts.unbind(1)
        alike = torch.softmax(asked.transpose(2, 3) @ offered * (width // HEADS) ** -0.5, dim=-1)
        looked = (told @ alike.transpose(2, 3)).reshape(pictures, width, rows, columns)
        features = features + self.seen(looked)
        thought: torch.Tensor = self.thought(functional.gelu(self.thinking(_evened(features))))
        return features + thought


def _evened(features: torch.Tensor) -> torch.Tensor:
    """Bring the channels of each place to mean 0 and deviation 1."""
    spread, mean = torch.var_mean(features, dim=1, keepdim=True, correction=0)
    return (features - mean) * torch.rsqrt(spread + 1e-5)


class ChangeNet(nn.Module):
    """Input (N, channels, ROWS, columns), columns a multiple of 16."""

    def __init__(self, *, channels: int, kinds: int) -> None:
        super().__init__()
        first, *deeper = WIDTHS
        self.stem = nn.Sequential(
            nn.Conv2d(channels, first, 5, stride=SHRINKS, padding=2, bias=False),
            nn.BatchNorm2d(first),
            nn.ReLU(inplace=True),
            Residual(first),
        )
        self.parallax = Parallax(first, NEAR)
        self.far_parallax = Parallax(first, FAR)
        self.downs = nn.ModuleList()
        before = first
        for width in deeper:
            self.downs.append(
                nn.Sequential(convolved(before, width, stride=2), Residual(width), Residual(width))
            )
            before = width
        self.rows = nn.Parameter(torch.zeros(1, before, ROWS // SHRINKS ** len(WIDTHS), 1))
        self.compared = nn.Sequential(*(Compared(before) for _ in range(COMPARISONS)))
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
        features = [self.stem(inputs) + self.parallax(inputs) + self.far_parallax(inputs)]
        for down in self.downs:
            features.append(down(features[-1]))
        deepest = self.compared(features.pop() + self.rows)
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
