"""Draw the figures of docs/simulator-physics.md and print its tables.

    python -m training.simulator.physics.figures --out docs/simulator

Needs matplotlib (extra `sim`).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from training.simulator.physics.published import modelled, references
from training.simulator.physics.tables import (
    AREAL,
    CLASSES,
    REGION,
    SYSTEMS,
    cargo_beams,
    discrimination,
    interlaced,
    qualities,
    slabs,
)

_COLOURS = ("tab:orange", "tab:green", "tab:blue", "tab:red")


def main() -> None:
    """Print the tables and write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/simulator"), help="folder")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for title, table in (
        ("Slabs at one energy", slabs()),
        ("Published spectra", qualities()),
        ("Beams of the simulator", cargo_beams()),
        ("Dual energy", discrimination()),
    ):
        sys.stdout.write(f"\n{title}\n\n" + "\n".join(table) + "\n")
    draw_spectra(out / "spectra.png")
    draw_dual_energy(out / "dual-energy.png")


def draw_spectra(path: Path) -> None:
    """Draw the model's spectra over the published ones."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws needs it

    shown = [each for each in references() if each.title != "4 MV, Mohan"]
    figure = Figure(figsize=(10, 6.4), layout="constrained")
    for axes, reference in zip(figure.subplots(2, 2).flat, shown, strict=True):
        model, copper_mm = modelled(reference)
        total = reference.spectrum.fluence.sum()
        widths = np.gradient(reference.spectrum.energies_kev) / 1000
        axes.step(
            reference.spectrum.energies_kev / 1000,
            reference.spectrum.fluence / total / widths,
            where="mid",
            color="0.5",
            label="published",
        )
        density = model.fluence / model.fluence.sum() / (np.gradient(model.energies_kev) / 1000)
        axes.plot(model.energies_kev / 1000, density, color="tab:blue", label="model")
        behind = f", {copper_mm:.0f} mm copper" if copper_mm else ""
        axes.set(
            title=reference.title + behind,
            xlabel="photon energy, MeV",
            ylabel="photons per MeV, area 1",
            xlim=(0, None),
            ylim=(0, None),
        )
        axes.legend(frameon=False)
    figure.savefig(path, dpi=110, metadata={"Software": None})


def draw_dual_energy(path: Path) -> None:
    """Draw the ratio of attenuations over thickness, with the noise of a region."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws needs it

    figure = Figure(figsize=(12, 4.4), layout="constrained")
    for axes, system in zip(figure.subplots(1, len(SYSTEMS)), SYSTEMS, strict=True):
        pair = interlaced(*system)
        for material, colour in zip(CLASSES, _COLOURS, strict=True):
            ratio, noise = pair.ratio(material, AREAL)
            spread = 2 * noise / np.sqrt(REGION)
            axes.plot(AREAL, ratio, color=colour, label=material.name)
            axes.fill_between(
                AREAL, ratio - spread, ratio + spread, color=colour, alpha=0.2, linewidth=0
            )
        axes.set(
            title=f"{system[0]:g}/{system[1]:g} MV",
            xlabel="g/cm2 (bands: 2 sigma of 20 x 20 elements)",
            xscale="log",
            xlim=(1, 320),
            ylim=(0.98, 1.5),
        )
    figure.axes[0].set_ylabel("attenuation: low over high energy")
    figure.axes[-1].legend(frameon=False, loc="upper right")
    figure.savefig(path, dpi=110, metadata={"Software": None})


if __name__ == "__main__":
    main()
