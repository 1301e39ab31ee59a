"""Figures of every scanner that comes with the simulator, as a page with a table and plots.

    python -m training.simulator.scanners.figures --out docs/simulator

Takes about a minute on one core. What the figures mean is defined in `testpieces` and
`noise_law`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.simulator.scanners.beams import beams_of
from training.simulator.scanners.noise_law import NoisePoint, chi_square, noise_points
from training.simulator.scanners.profile import ScannerProfile, load_profile, profile_names
from training.simulator.scanners.testpieces import (
    Rig,
    contrast_mm,
    determined_mm,
    penetration_mm,
    resolution_mm,
    wire_mm,
)

BEHIND_MM = {"linac": 100.0, "cobalt_60": 50.0, "tube": 25.0}
"""Steel behind which contrast is stated: what each kind of source passes easily."""
_STEPS, _SEEDS = 16, 4


@dataclass(frozen=True, slots=True)
class Figures:
    """What test pieces say of one scanner."""

    profile: ScannerProfile
    penetration_mm: float
    determined_mm: float
    """The same by the contrast to noise at which people were found to fail."""
    contrast_mm: float
    behind_mm: float
    wire_mm: float
    resolution_mm: tuple[float, float]
    """Bars along the scan and across it."""
    noise: tuple[NoisePoint, ...]


def measure(profile: ScannerProfile) -> Figures:
    """Put test pieces through a scanner."""
    beams = beams_of(profile)
    rig = Rig(profile, beams)
    behind = BEHIND_MM[profile.beam.kind]
    penetration = penetration_mm(rig)
    steps = [penetration * 1.1 * step / _STEPS for step in range(_STEPS + 1)]
    return Figures(
        profile=profile,
        penetration_mm=penetration,
        determined_mm=determined_mm(rig),
        contrast_mm=contrast_mm(rig, behind_mm=behind),
        behind_mm=behind,
        wire_mm=wire_mm(rig),
        resolution_mm=resolution_mm(rig),
        noise=tuple(
            point
            for seed in range(_SEEDS)
            for point in noise_points(profile, beams, steel_mm=steps, seed=seed)
        ),
    )


def table(figures: Sequence[Figures]) -> str:
    """Return a Markdown table: each figure, and what is claimed of the class in brackets."""
    lines = [
        "| scanner | penetration, mm of steel | by contrast to noise | contrast, % | wire, mm "
        "| resolution along / across, mm | noise: chi-square / points |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in figures:
        claims = each.profile.claims
        contrast = 100 * each.contrast_mm / each.behind_mm
        claimed = claims.contrast_fraction
        percent = (100 * claimed[0], 100 * claimed[1]) if claimed else None
        along, across = each.resolution_mm
        lines.append(
            f"| {each.profile.title} "
            f"| {each.penetration_mm:.0f} {_claimed(claims.penetration_mm)} "
            f"| {each.determined_mm:.0f} "
            f"| {contrast:.1f} behind {each.behind_mm:.0f} mm {_claimed(percent)} "
            f"| {each.wire_mm:.1f} {_claimed(claims.wire_mm)} "
            f"| {along:.1f} / {across:.1f} {_claimed(claims.resolution_mm)} "
            f"| {chi_square(each.noise):.2f} / {len(each.noise)} |"
        )
    return "\n".join(lines)


def _claimed(claim: tuple[float, float] | None) -> str:
    return "" if claim is None else f"({claim[0]:g} to {claim[1]:g})"


def page(figures: Sequence[Figures]) -> str:
    """Return the whole page in Markdown."""
    sources = "\n".join(
        f"- {each.profile.title}: {' '.join(each.profile.claims.source.split())}."
        for each in figures
    )
    return _PAGE.format(table=table(figures), sources=sources)


_PAGE = """# Figures of the simulated scanners

Made by `python -m training.simulator.scanners.figures --out docs/simulator`.

{table}

In brackets what is stated of systems of the class:

{sources}

## Definitions

In the spirit of ANSI N42.46, with numbers in the place of people. A test piece of 100 mm is told \
where patches of 30 mm on it and beside it differ by three standard deviations, both taken from \
simulated scans with all their noise (30 pieces, 3 scans), so that its shape is seen and not only \
a spot.

- **Penetration**: the thickest steel behind which a block of lead, 100 mm thick, can be told.
- **By contrast to noise**: the steel behind which single elements, lead against none, have a \
contrast to noise of 0.24, where people were found to lose the arrow of the standard (0.23 to 0.25 \
on plates of 290 to 335 mm: Burke and Procter, IPAC 2023, poster MC8.U04).
- **Contrast**: the thinnest plate of steel that can be told behind steel, as a share of it.
- **Wire**: the thinnest steel wire in air of which a length of 30 mm stands out of the air beside \
it by three standard deviations, upright or level, whichever is worse.
- **Resolution**: the thinnest bars of lead, as wide as their gaps, that keep a modulation of 20 % \
at any phase, in the plane through the middle of the container.
- **Noise**: behind up to 17 steps of steel, from air to beyond penetration, four times over, the \
variance of single elements (what rows and columns share taken off) against the model: compound \
Poisson counts with the detector's second moment, afterglow, electronics, rounding. Given is the \
mean square deviation in units of its own variance: 1 is expected. Steps whose noise is cut off at \
black or full scale are left out.

## What this is worth

Filters, crystals, pitches and distances are those of the class. Photons for each element and \
electronic noise are in no data sheet: they were set, within what dose rates and converters allow, \
so that penetration comes out like that of the class, which therefore is no independent check. \
Contrast, wire, resolution and the noise law follow from them and are. What "brochures commonly \
quote" was not checked on the brochures themselves. They say little of how their figures were \
found; makers guarantee less than their systems do, and people at screens see less than three \
standard deviations of a known piece allow. The 6 MV drive-through portal was set by pictures \
(`docs/simulator-realism.md`), not by its class, and stays below it.

![Variance against mean](noise.png)

Lines are the model, points are measured; where noise reaches black there are none.

![Penetration](penetration.png)

Bars are what is stated of the class.

## Pictures

Made by `python -m training.simulator.scanners.sheets --out docs/simulator`: one load through each \
scanner, in many displays, and with each fault.

![Scanners](scanners.jpg)

![Displays](displays.jpg)

![Faults](faults.jpg)
"""


def draw_noise(figures: Sequence[Figures], path: Path) -> None:
    """Plot variance against mean, measured and predicted."""
    from matplotlib.figure import Figure  # noqa: PLC0415 (an extra that only drawing needs)

    canvas = Figure(figsize=(8, 5), layout="constrained")
    axes = canvas.subplots()
    for number, each in enumerate(figures):
        colour = f"C{number}"
        for index, energy in enumerate(each.profile.beam.endpoint_kev):
            points = [point for point in each.noise if point.energy_kev == energy]
            mean = [point.mean for point in points]
            style = "--" if index else "-"
            label = None if index else each.profile.title
            axes.plot(
                mean, [point.predicted for point in points], style, color=colour, lw=1, label=label
            )
            axes.plot(mean, [point.measured for point in points], "o", color=colour, ms=3)
    axes.set(xscale="log", yscale="log", xlabel="mean, share of air", ylabel="variance")
    axes.legend(fontsize=8)
    axes.grid(alpha=0.3)
    canvas.savefig(path, dpi=110)


def draw_penetration(figures: Sequence[Figures], path: Path) -> None:
    """Plot penetration beside what is claimed of the class."""
    from matplotlib.figure import Figure  # noqa: PLC0415 (as above)

    canvas = Figure(figsize=(8, 3.2), layout="constrained")
    axes = canvas.subplots()
    for number, each in enumerate(figures):
        low, high = each.profile.claims.penetration_mm
        axes.barh(number, high - low, left=low, height=0.5, color="0.8")
        axes.plot([each.penetration_mm], [number], "o", color=f"C{number}")
    axes.set_yticks(range(len(figures)), [each.profile.title for each in figures])
    axes.invert_yaxis()
    axes.set(xlabel="steel, mm", xlim=(0, None))
    axes.grid(axis="x", alpha=0.3)
    canvas.savefig(path, dpi=110)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the page and its plots."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of the page")
    parser.add_argument("--scanner", choices=profile_names(), action="append", help="only this")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    figures = [measure(load_profile(name)) for name in options.scanner or profile_names()]
    (options.out / "scanners.md").write_text(page(figures), encoding="utf-8")
    draw_noise(figures, options.out / "noise.png")
    draw_penetration(figures, options.out / "penetration.png")


if __name__ == "__main__":
    main()
