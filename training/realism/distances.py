"""What can be counted on a picture, and how far two collections lie apart in it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from training.realism.pictures import CONTAINER_PX, Container, Grey

Values = NDArray[np.float64]
SATURATED_GREY = 3
MARGIN = 0.08
"""Of the container's height, left out on all sides: walls' ends, floor and roof rail."""
_PATCH = 128


def inner(grey: Grey) -> Grey:
    """Return the container without its rim."""
    rim = round(MARGIN * CONTAINER_PX)
    return grey[rim:-rim, rim:-rim]


def grey_histogram(grey: Grey) -> Values:
    """Return (256,) shares of the grey levels."""
    counts = np.bincount(inner(grey).ravel(), minlength=256)
    return np.asarray(counts / counts.sum())


def attenuation_histogram(grey: Grey) -> Values:
    """Return (64,) shares of -ln(grey / 255) from 0 to 5.6, as a display shows attenuation."""
    attenuation = -np.log(np.maximum(inner(grey), 1) / 255.0)
    counts = np.histogram(attenuation, bins=64, range=(0, 5.6))[0]
    return np.asarray(counts / counts.sum())


def gradient_histogram(grey: Grey) -> Values:
    """Return (64,) shares of the gradient's magnitude, in steps of 2 grey levels a pixel."""
    smooth = inner(grey).astype(np.float32)
    across, down = (
        cv2.Sobel(smooth, -1, 1, 0, scale=1 / 8),
        cv2.Sobel(smooth, -1, 0, 1, scale=1 / 8),
    )
    counts = np.histogram(np.hypot(across, down), bins=64, range=(0, 128))[0]
    return np.asarray(counts / counts.sum())


def power_spectrum(grey: Grey) -> Values:
    """Return (2, bands) log10 power along x and along y, by frequency, averaged over patches."""
    window = np.hanning(_PATCH)[:, None] * np.hanning(_PATCH)[None, :]
    area = inner(grey).astype(np.float64)
    starts = range(0, area.shape[1] - _PATCH + 1, _PATCH // 2)
    patches = [area[top : top + _PATCH, x : x + _PATCH] for x in starts for top in (0, 40)]
    patches = [patch for patch in patches if patch.shape == (_PATCH, _PATCH)]
    if not patches:
        patches = [cv2.resize(area, (_PATCH, _PATCH), interpolation=cv2.INTER_AREA)]
    spectra = [np.abs(np.fft.fft2((patch - patch.mean()) * window)) ** 2 for patch in patches]
    power = np.mean(spectra, axis=0)[: _PATCH // 2, : _PATCH // 2] + 1e-3
    bands = np.unique(np.geomspace(1, _PATCH // 2, 25).astype(int))
    along = [power[:4, low:high].mean() for low, high in itertools.pairwise(bands)]
    down = [power[low:high, :4].mean() for low, high in itertools.pairwise(bands)]
    return np.asarray(np.log10([along, down]))


def saturated_fraction(grey: Grey) -> float:
    """Return the share of black pixels."""
    return float((inner(grey) <= SATURATED_GREY).mean())


def aspect(grey: Grey) -> float:
    """Return width over height."""
    return float(grey.shape[1] / grey.shape[0])


def noise(grey: Grey) -> float:
    """Return the median deviation from a smoothed picture where it is bright and flat."""
    area = inner(grey).astype(np.float32)
    rest = area - cv2.medianBlur(inner(grey), 5).astype(np.float32)
    bright = area > 150
    return float(np.abs(rest[bright]).mean()) if bright.any() else 0.0


HISTOGRAMS: Mapping[str, Callable[[Grey], Values]] = {
    "grey": grey_histogram,
    "attenuation": attenuation_histogram,
    "gradient": gradient_histogram,
}
SCALARS: Mapping[str, Callable[[Grey], float]] = {
    "saturated fraction": saturated_fraction,
    "aspect": aspect,
    "noise of bright parts": noise,
}


def earth_mover(first: Values, second: Values) -> float:
    """Return the distance of two histograms, in shares of their range."""
    return float(np.abs(np.cumsum(first) - np.cumsum(second)).mean())


def kolmogorov_smirnov(first: Sequence[float], second: Sequence[float]) -> float:
    """Return the greatest difference of two samples' distribution functions."""
    at = np.sort(np.concatenate([first, second]))
    shares = [
        np.searchsorted(np.sort(each), at, side="right") / len(each) for each in (first, second)
    ]
    return float(np.abs(shares[0] - shares[1]).max())


def distances(first: Sequence[Container], second: Sequence[Container]) -> dict[str, float]:
    """Return every distance between two collections."""
    result = {}
    for name, of in HISTOGRAMS.items():
        means = [np.mean([of(each.grey) for each in group], axis=0) for group in (first, second)]
        result[f"{name} histogram"] = earth_mover(means[0], means[1])
    spectra = [np.mean([power_spectrum(each.grey) for each in group], axis=0)
               for group in (first, second)]  # fmt: skip
    for row, axis in enumerate(("along", "down")):
        result[f"power spectrum {axis}, log10"] = float(np.abs(spectra[0] - spectra[1])[row].mean())
    for name, measure in SCALARS.items():
        samples = [[measure(each.grey) for each in group] for group in (first, second)]
        result[f"{name}, KS"] = kolmogorov_smirnov(samples[0], samples[1])
        for group, sample in zip(("real", "simulated"), samples, strict=True):
            result[f"{name}, median {group}"] = float(np.median(sample))
    return result
