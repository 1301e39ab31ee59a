"""How operators' stations show and keep pictures, as a population to draw from. No pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from training.simulator.scanners.marks import Mark, draw_marks
from training.simulator.scanners.palettes import Palette
from training.simulator.scanners.profile import RecordPart


class Curve(StrEnum):
    """From transmission to brightness, within the window."""

    LINEAR = "linear"
    POWER = "power"
    LOGARITHM = "logarithm"
    """Brightness falls with attenuation, as a radiologist's film shows it."""


class Family(StrEnum):
    """Ways in which pictures leave a scanner."""

    RECORD = "record"
    """What the scanner files by itself: linear or nearly a root, air white, an ordinary JPEG."""
    ANALYST = "analyst"
    """Saved from a viewer after an analyst set window, curve and sharpness."""
    ENHANCED = "enhanced"
    """Contrast set region by region, edges stressed."""
    COLOUR = "colour"
    """Pseudo-colour or, with two energies, the colours of materials."""
    SCREENSHOT = "screenshot"
    """With text, marks and the black of the screen about it."""


SHARES: Mapping[Family, float] = {
    Family.RECORD: 0.45,
    Family.ANALYST: 0.25,
    Family.ENHANCED: 0.1,
    Family.COLOUR: 0.08,
    Family.SCREENSHOT: 0.12,
}
"""Chosen: most of what reaches a centre is filed by machine."""


@dataclass(frozen=True, slots=True)
class DisplayStyle:
    """One way of showing a scan; equal styles make equal pictures."""

    curve: Curve = Curve.LINEAR
    exponent: float = 1.0
    """Of `Curve.POWER`."""
    black: float = 0.0
    """Transmission shown black; above 0 for `Curve.LOGARITHM`."""
    white: float = 0.97
    """Transmission shown white; below 1 hides the noise of air."""
    smooth_sigma_px: float = 0.0
    """Of a smoothing against noise; 0 for none."""
    edge_amount: float = 0.0
    """Of an unsharp mask."""
    edge_sigma_px: float = 1.0
    regional_contrast: float = 0.0
    """Clip limit of an adaptive histogram equalisation; 0 for none."""
    inverted: bool = False
    palette: Palette = Palette.GREY
    height_px: int | None = None
    """Of the scan within the picture; None keeps its rows."""
    width_factor: float = 1.0
    """By which columns are squeezed (below 1) or stretched beyond the change of height."""
    margins: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Black beside the scan: left, top, right, bottom, shares of its height."""
    marks: tuple[Mark, ...] = ()
    jpeg_quality: int | None = 75
    """None for PNG."""
    chroma: str = "4:2:0"
    three_channels: bool = True
    """Whether a grey picture is kept as one of three equal channels."""

    def __post_init__(self) -> None:
        lowest = 1e-6 if self.curve is Curve.LOGARITHM else -0.5
        if not lowest <= self.black < self.white <= 2:
            raise ValueError(
                f"expected {lowest:g} <= black < white <= 2, got {self.black:g} and {self.white:g}"
            )
        if self.chroma not in ("4:2:0", "4:2:2", "4:4:4"):
            raise ValueError(f"expected chroma 4:2:0, 4:2:2 or 4:4:4, got {self.chroma!r}")
        if self.jpeg_quality is not None and not 1 <= self.jpeg_quality <= 100:
            raise ValueError(f"expected a JPEG quality of 1 to 100, got {self.jpeg_quality}")
        if self.height_px is not None and not 16 <= self.height_px <= 8192:
            raise ValueError(f"expected a height of 16 to 8192 px, got {self.height_px}")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the scan lies in its picture."""

    scale: tuple[float, float]
    """Along x and y, pixels of the picture for each of the scan."""
    corner: tuple[int, int]
    """Of the scan's upper left, x and y."""
    scan_size: tuple[int, int]
    """Width and height of the scan in the picture."""
    size: tuple[int, int]
    """Width and height of the whole picture."""

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the scan lies in the picture."""
        return (self.corner[0] + x * self.scale[0], self.corner[1] + y * self.scale[1])


def placement(style: DisplayStyle, *, shape: tuple[int, int]) -> Placement:
    """Return where a scan of (H, W) elements lies in a picture of this style."""
    rows, columns = shape
    height = style.height_px or rows
    width = max(16, round(columns * height / rows * style.width_factor))
    left, top, right, bottom = (round(share * height) for share in style.margins)
    return Placement(
        scale=(width / columns, height / rows),
        corner=(left, top),
        scan_size=(width, height),
        size=(width + left + right, height + top + bottom),
    )


def draw_style(
    generator: np.random.Generator,
    *,
    family: Family | None = None,
    energies: int = 1,
    record: RecordPart | None = None,
) -> DisplayStyle:
    """Draw one way of showing scans.

    Args:
        generator: of chance.
        family: the way; without it one after their shares.
        energies: of the scanner; colours of materials need two.
        record: how this class of scanner files pictures by itself, where that is known.
    """
    names = list(SHARES)
    drawn = names[int(generator.choice(len(names), p=list(SHARES.values())))]
    chosen = family or drawn
    if chosen is Family.RECORD and record is not None:
        return DisplayStyle(
            curve=Curve.POWER,
            exponent=float(generator.uniform(*record.exponent)),
            black=float(generator.uniform(*record.black)),
            white=float(generator.uniform(*record.white)),
            height_px=record.height_px,
            jpeg_quality=record.jpeg_quality,
        )
    return _DRAW[chosen](generator, energies)


def _draw_record(generator: np.random.Generator, _energies: int) -> DisplayStyle:
    power = generator.random() < 0.5
    return DisplayStyle(
        curve=Curve.POWER if power else Curve.LINEAR,
        exponent=float(generator.uniform(0.45, 1.2)) if power else 1.0,
        black=float(generator.choice([0.0, 0.0, 0.003, 0.008])),
        white=float(generator.uniform(0.93, 0.99)),
        smooth_sigma_px=float(generator.choice([0.0, 0.0, 0.0, 0.4])),
        edge_amount=float(generator.choice([0.0, 0.0, 0.3, 0.7])),
        edge_sigma_px=float(generator.uniform(0.8, 1.6)),
        height_px=int(generator.choice([600, 768, 799, 800, 960, 1024])),
        width_factor=float(np.exp(generator.uniform(np.log(0.7), np.log(1.3)))),
        jpeg_quality=int(generator.choice([75, 75, 75, 80, 85, 90, 95])),
        three_channels=bool(generator.random() < 0.7),
    )


def _draw_analyst(generator: np.random.Generator, _energies: int) -> DisplayStyle:
    curve = list(Curve)[int(generator.integers(3))]
    return DisplayStyle(
        curve=curve,
        exponent=float(np.exp(generator.uniform(np.log(0.35), np.log(1.6)))),
        black=_black(curve, generator),
        white=float(generator.uniform(0.6, 1.05)),
        smooth_sigma_px=float(generator.choice([0.0, 0.0, 0.5, 1.0])),
        edge_amount=float(generator.choice([0.0, 0.4, 1.0])),
        edge_sigma_px=float(generator.uniform(0.8, 2.5)),
        inverted=bool(generator.random() < 0.12),
        height_px=_height(generator),
        width_factor=_squeeze(generator),
        jpeg_quality=_quality(generator),
        chroma=str(generator.choice(["4:2:0", "4:4:4"])),
        three_channels=bool(generator.random() < 0.5),
    )


def _draw_enhanced(generator: np.random.Generator, _energies: int) -> DisplayStyle:
    curve = list(Curve)[int(generator.integers(3))]
    return DisplayStyle(
        curve=curve,
        exponent=float(generator.uniform(0.4, 1.0)),
        black=_black(curve, generator),
        white=float(generator.uniform(0.9, 1.02)),
        edge_amount=float(generator.uniform(0.5, 3.0)),
        edge_sigma_px=float(generator.uniform(1.0, 4.0)),
        regional_contrast=float(generator.choice([0.0, 1.5, 3.0, 6.0])),
        inverted=bool(generator.random() < 0.15),
        height_px=_height(generator),
        width_factor=_squeeze(generator),
        jpeg_quality=_quality(generator),
    )


def _draw_colour(generator: np.random.Generator, energies: int) -> DisplayStyle:
    false = [palette for palette in Palette if palette not in (Palette.GREY, Palette.MATERIALS)]
    palette = Palette.MATERIALS
    if energies < 2 or generator.random() < 0.3:
        palette = false[int(generator.integers(len(false)))]
    # Colours need brightness: materials are shown on a steep curve.
    steepest, flattest = (0.2, 0.6) if palette is Palette.MATERIALS else (0.4, 1.0)
    return DisplayStyle(
        curve=Curve.POWER,
        exponent=float(generator.uniform(steepest, flattest)),
        white=float(generator.uniform(0.92, 1.0)),
        edge_amount=float(generator.choice([0.0, 0.5])),
        inverted=palette is not Palette.MATERIALS and bool(generator.random() < 0.2),
        palette=palette,
        height_px=_height(generator),
        width_factor=_squeeze(generator),
        jpeg_quality=_quality(generator),
        chroma=str(generator.choice(["4:2:0", "4:2:2", "4:4:4"])),
    )


def _draw_screenshot(generator: np.random.Generator, energies: int) -> DisplayStyle:
    base = (_draw_analyst if generator.random() < 0.7 else _draw_colour)(generator, energies)
    margins = generator.uniform(0, 0.15, 4) * (generator.random(4) < 0.6)
    return DisplayStyle(
        curve=base.curve,
        exponent=base.exponent,
        black=base.black,
        white=base.white,
        inverted=base.inverted,
        palette=base.palette,
        height_px=base.height_px,
        width_factor=base.width_factor,
        margins=tuple(float(share) for share in margins),  # type: ignore[arg-type]
        marks=draw_marks(generator),
        jpeg_quality=base.jpeg_quality,
        chroma=base.chroma,
    )


_DRAW = {
    Family.RECORD: _draw_record,
    Family.ANALYST: _draw_analyst,
    Family.ENHANCED: _draw_enhanced,
    Family.COLOUR: _draw_colour,
    Family.SCREENSHOT: _draw_screenshot,
}


def _black(curve: Curve, generator: np.random.Generator) -> float:
    if curve is Curve.LOGARITHM:
        return float(np.exp(generator.uniform(np.log(2e-4), np.log(0.02))))
    return float(generator.uniform(-0.01, 0.03))


def _squeeze(generator: np.random.Generator) -> float:
    """Displays seldom know the speed: a 40-foot container looks 2 to 5 times as long as high."""
    return float(np.exp(generator.uniform(np.log(0.5), np.log(1.1))))


def _height(generator: np.random.Generator) -> int:
    return int(generator.choice([480, 600, 720, 768, 800, 900, 1024]))


def _quality(generator: np.random.Generator) -> int | None:
    return None if generator.random() < 0.1 else int(generator.integers(60, 99))
