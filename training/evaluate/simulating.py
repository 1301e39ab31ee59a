"""How fast scans are simulated, and in how much memory: the command as a user runs it."""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from training.evaluate.timing import Timing, run_cold

SCANNER = "portal-6mv"
"""Its pictures are 800 px high."""
SCAN_PX = 2000 * 800
RATE_TARGET, MEMORY_TARGET_GIB = 2.0, 2.0


def time_simulator(*, scans: int = 60) -> Iterator[Timing]:
    """Time `riac simulate scan` on all cores, from its start to its end.

    Containers are of 20 to 45 ft and pass at their own speed, so that pictures are wider and
    narrower: the rate counts pixels, in scans of 2,000 x 800.
    """
    with tempfile.TemporaryDirectory(prefix="riac-bench-") as folder:
        # Once before: kernels are compiled on their first use.
        run_cold(_command(Path(folder) / "first", scans=2))
        out = Path(folder) / "scans"
        seconds, memory_gib = run_cold(_command(out, scans=scans))
        with (out / "scans" / "scans.csv").open(newline="", encoding="utf-8") as rows:
            pixels = sum(
                int(row["width_px"]) * int(row["height_px"]) for row in csv.DictReader(rows)
            )
    yield Timing(
        "simulated scans of 2,000 x 800 px, rendered", (pixels / SCAN_PX / seconds,),
        unit="a second", at_least=RATE_TARGET,
        note=f"{scans} pictures of all goods in {seconds:.0f} s",
    )  # fmt: skip
    yield Timing(
        "peak memory of all its processes", (memory_gib,), unit="GiB", at_most=MEMORY_TARGET_GIB
    )


def _command(out: Path, *, scans: int) -> tuple[str, ...]:
    simulate = (sys.executable, "-m", "serve.cli", "simulate", "scan", "--rendered")
    return (*simulate, "--scanner", SCANNER, "--count", str(scans), "--out", str(out))
