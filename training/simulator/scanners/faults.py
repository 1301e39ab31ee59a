"""Scans with something wrong with them, as the machines themselves get it wrong.

Levels in, levels out; a file cut short is bytes in, bytes out. No container, or two in one scan,
are scenes and not faults of a scanner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from riac.scan import FaultCode
from training.simulator.scanners.acquisition import Acquisition
from training.simulator.scanners.style import Curve, DisplayStyle

Signals = NDArray[np.float32]
"""(E, H, W) float32 transmissions."""

_FULL = 65535
_DARK_NOISE = 3e-4
"""Of a scan without beam, share of the signal in air."""


class ScanFault(StrEnum):
    """What went wrong; the names are those of `riac.scan.FaultCode` where it has one."""

    INVERTED = "inverted"
    """Air is black: the export turned the scale about."""
    RENDERED = "rendered"
    """A display picture in place of measured values; see `rendered_style`."""
    SATURATED = "saturated"
    """Gain set too high: all but dense cargo is at full scale."""
    BLACK = "black"
    """The source did not fire, or the shutter stayed shut."""
    TRUNCATED = "truncated"
    """The file ends early; see `truncated`."""
    DEAD_ROWS = "dead_rows"
    """Elements or a whole board deliver nothing or one value."""
    BRIGHT_LINES = "bright_lines"
    """Discharges: one to three lines far too bright."""
    BANDED = "banded"
    """The dose sank for a while."""
    STRIPED = "striped"
    """Pulses differ and no reference detector evens them."""
    WRONG_NORMALISATION = "wrong_normalisation"
    """Something stood in the beam while air was measured."""


CODES: Mapping[ScanFault, FaultCode] = {
    ScanFault.INVERTED: FaultCode.INVERTED,
    ScanFault.RENDERED: FaultCode.RENDERED,
    ScanFault.SATURATED: FaultCode.SATURATED,
    ScanFault.BLACK: FaultCode.BLACK,
    ScanFault.TRUNCATED: FaultCode.TRUNCATED,
    ScanFault.DEAD_ROWS: FaultCode.DEAD_ROWS,
    ScanFault.BRIGHT_LINES: FaultCode.STRIPED,
    ScanFault.BANDED: FaultCode.BANDED,
    ScanFault.STRIPED: FaultCode.STRIPED,
    ScanFault.WRONG_NORMALISATION: FaultCode.WRONG_NORMALISATION,
}
"""What a reader of the scan should call it."""

ON_LEVELS: tuple[ScanFault, ...] = tuple(
    fault for fault in ScanFault if fault not in (ScanFault.RENDERED, ScanFault.TRUNCATED)
)
"""Faults that `spoiled` makes."""


def spoiled(
    acquisition: Acquisition, fault: ScanFault, *, generator: np.random.Generator
) -> Acquisition:
    """Return the scan with a fault.

    Raises:
        ValueError: the fault is not one of `ON_LEVELS`.
    """
    if fault not in ON_LEVELS:
        raise ValueError(f"expected one of {', '.join(ON_LEVELS)}, got {fault}")
    signals = acquisition.transmissions()
    _SPOIL[fault](signals, generator)
    span = acquisition.white - acquisition.black
    levels = np.clip(np.rint(signals * np.float32(span) + acquisition.black), 0, _FULL)
    return replace(acquisition, levels=levels.astype(np.uint16))


def truncated(content: bytes, *, generator: np.random.Generator) -> bytes:
    """Return a file that ends early; its header is still there."""
    return content[: int(len(content) * generator.uniform(0.15, 0.85))]


def rendered_style(generator: np.random.Generator) -> DisplayStyle:
    """Return a display from which no transmission can be read back."""
    return DisplayStyle(
        curve=Curve.LOGARITHM,
        black=float(np.exp(generator.uniform(np.log(3e-4), np.log(5e-3)))),
        edge_amount=float(generator.uniform(1.5, 3.5)),
        edge_sigma_px=float(generator.uniform(1.5, 4.0)),
        regional_contrast=float(generator.uniform(3.0, 8.0)),
        jpeg_quality=int(generator.integers(60, 96)),
    )


def passing_in_air(rows: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """Return what share passed to each row while air was measured: (rows,), 0.06 to 1.

    What stood in the beam hid some rows side by side; by its inverse they are too bright.
    """
    passing = np.ones(rows)
    for _ in range(int(generator.integers(1, 4))):
        first = int(generator.integers(0, rows - 8))
        last = first + int(generator.integers(8, max(9, rows // 3)))
        passing[first:last] *= generator.uniform(0.4, 0.9)
    return passing


def _invert(signals: Signals, _generator: np.random.Generator) -> None:
    np.subtract(1, signals, out=signals)


def _saturate(signals: Signals, generator: np.random.Generator) -> None:
    signals *= np.float32(np.exp(generator.uniform(np.log(3), np.log(30))))


def _blacken(signals: Signals, generator: np.random.Generator) -> None:
    signals[:] = _DARK_NOISE * generator.standard_normal(signals.shape, dtype=np.float32)


def _kill_rows(signals: Signals, generator: np.random.Generator) -> None:
    rows = signals.shape[1]
    stuck = np.float32(0 if generator.random() < 0.7 else generator.uniform(0, 1))
    for _ in range(int(generator.integers(1, 7))):
        count = int(generator.choice([1, 1, 1, 2, 4]))
        first = int(generator.integers(0, max(1, rows - count)))
        signals[:, first : first + count] = stuck


def _brighten_lines(signals: Signals, generator: np.random.Generator) -> None:
    columns = signals.shape[2]
    for _ in range(int(generator.integers(3, 25))):
        first, width = int(generator.integers(columns)), int(generator.integers(1, 4))
        signals[:, :, first : first + width] += np.float32(generator.uniform(0.1, 0.8))


def _darken_bands(signals: Signals, generator: np.random.Generator) -> None:
    columns = signals.shape[2]
    dose = np.ones(columns)
    for _ in range(int(generator.integers(1, 5))):
        middle = generator.uniform(0, columns)
        width = generator.uniform(0.005, 0.05) * columns
        depth = generator.uniform(0.2, 0.7)
        # The modulator recovers within a few pulses.
        inside = np.clip((width / 2 - np.abs(np.arange(columns) - middle)) / 4 + 0.5, 0, 1)
        dose *= 1 - depth * inside
    signals *= dose.astype(np.float32)


def _stripe(signals: Signals, generator: np.random.Generator) -> None:
    dose = 1 + generator.uniform(0.04, 0.12) * generator.standard_normal(signals.shape[2])
    signals *= np.clip(dose, 0.5, 1.5).astype(np.float32)


def _misnormalise(signals: Signals, generator: np.random.Generator) -> None:
    signals /= passing_in_air(signals.shape[1], generator).astype(np.float32)[:, None]


_SPOIL: Mapping[ScanFault, Callable[[Signals, np.random.Generator], None]] = {
    ScanFault.INVERTED: _invert,
    ScanFault.SATURATED: _saturate,
    ScanFault.BLACK: _blacken,
    ScanFault.DEAD_ROWS: _kill_rows,
    ScanFault.BRIGHT_LINES: _brighten_lines,
    ScanFault.BANDED: _darken_bands,
    ScanFault.STRIPED: _stripe,
    ScanFault.WRONG_NORMALISATION: _misnormalise,
}
