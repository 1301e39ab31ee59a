"""Compiled loops of the acquisition: shift by height, normal counts, read-out line by line."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float32]


def lifted(signal: Signal, rows: NDArray[np.float32]) -> Signal:
    """Move each column up by so many rows, between rows linearly; edges repeat.

    Args:
        signal: (H, W) float32.
        rows: (W,) float32, positive is up.
    """
    out = np.empty_like(signal)
    _lift(np.ascontiguousarray(signal), rows, out)
    return out


def normal_counts(
    mean: Signal, variance: Signal, chance: Signal, photons: np.float32, few: np.float32
) -> tuple[Signal, bool]:
    """Return normal draws, and whether anywhere fewer photons than `few` are effective.

    Args:
        mean: (H, W) float32.
        variance: (H, W) float32, for one photon.
        chance: (H, W) float32 of the standard normal distribution; becomes the result.
        photons: for each element.
        few: below which the draw is not to be used.
    """
    found = _scale_chance(mean, variance, chance, photons, few)
    return chance, bool(found)


def read_out(
    seen: Signal,
    chance: Signal,
    dose: NDArray[np.float32],
    lines: NDArray[np.float32],
    settings: NDArray[np.float64],
) -> NDArray[np.uint16]:
    """Read the detectors line by line and normalise to air.

    Args:
        seen: (H, W) float32, light of each line, columns in the order of time.
        chance: (H, W) float32 of the standard normal distribution, for the electronics.
        dose: (W,) float32 about 1, what is left of the pulses' fluctuation.
        lines: (5, H) float32: gain, offset, factor of the air normalisation, state, where between
            two steps of the converter the dark signal lies.
        settings: electronic standard deviation, share of late light, its decay in one line, steps
            of the converter for the signal in air, black, white.

    Returns:
        (H, W) uint16 levels.
    """
    levels = np.empty(seen.shape, np.uint16)
    _read_out(seen, chance, dose, lines, settings, levels)
    return levels


@numba.njit(cache=True, nogil=True)
def _lift(signal, rows, out):  # type: ignore[no-untyped-def]
    height, width = signal.shape
    for i in range(height):
        for j in range(width):
            place = i + rows[j]
            place = min(max(place, np.float32(0)), np.float32(height - 1))
            upper = min(int(place), height - 2)
            share = np.float32(place - upper)
            out[i, j] = signal[upper, j] * (1 - share) + signal[upper + 1, j] * share


@numba.njit(cache=True, nogil=True)
def _scale_chance(mean, variance, chance, photons, few):  # type: ignore[no-untyped-def]
    height, width = mean.shape
    found = False
    for i in range(height):
        for j in range(width):
            value, spread = mean[i, j], variance[i, j]
            if value * value * photons < few * spread:
                found = True
            chance[i, j] = value + np.sqrt(spread / photons) * chance[i, j]
    return found


@numba.njit(cache=True, nogil=True)
def _read_out(seen, chance, dose, lines, settings, levels):  # type: ignore[no-untyped-def]
    height, width = seen.shape
    electronic, late = np.float32(settings[0]), np.float32(settings[1])
    decay, steps = np.float32(settings[2]), np.float32(settings[3])
    black = np.float32(settings[4])
    span = np.float32(settings[5] - settings[4])
    half, top = np.float32(0.5), np.float32(65535.0)
    for i in range(height):
        gain, offset, air, state = lines[0, i], lines[1, i], lines[2, i], lines[3, i]
        dark = lines[4, i]
        # Before the vehicle comes the elements have seen air for long.
        stored = late
        for j in range(width):
            light = seen[i, j] * dose[j]
            signal = (1 - late) * light + stored
            stored = decay * stored + late * (1 - decay) * light
            raw = signal * gain + offset + electronic * chance[i, j]
            raw = (np.floor(raw * steps + dark) - dark + half) / steps * air
            if state < 0:
                raw = np.float32(0)
            elif state > 0:
                raw = top
            level = black + raw * span + half
            levels[i, j] = np.uint16(min(max(level, np.float32(0)), top))
