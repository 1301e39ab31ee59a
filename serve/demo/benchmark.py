"""The running service, timed: from sending to a decision that is announced and readable."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from serve.demo.errors import DemonstrationError
from serve.demo.ledger import Ledger
from serve.demo.processes import riac_command
from serve.demo.rounds import timed_round
from serve.demo.service import running_service
from serve.demo.supplies import transit_supply
from serve.demo.systems import simulated_systems

SEED = 90
PORT = 8000
FIRST_DECISION = re.compile(r"(auto-clear|refer) +\d+\.\d s ")
"""In a line of the demonstration."""
ONE_CONSIGNMENT = ("--count", "1", "--exit-when-done")


def time_rounds(*, rounds: int, on_step: Callable[[str], None]) -> tuple[float, ...]:
    """Start a service on a fresh folder and send consignments of two scans, one after another.

    Returns:
        The seconds of each; the first meets a service that has only just become ready.

    Raises:
        DemonstrationError: the service does not start, or a decision is not announced.
    """
    goods = transit_supply(count=rounds, seed=SEED)
    consignments = list(goods.consignments)
    with (
        tempfile.TemporaryDirectory(prefix="riac-bench-") as folder,
        running_service(Path(folder), port=PORT, goods=goods, on_step=on_step) as service,
    ):
        ledger = Ledger()
        with simulated_systems(service, sites=goods.sites, ledger=ledger) as systems:
            return tuple(
                timed_round(consignment, systems=systems, ledger=ledger)[0]
                for consignment in consignments
            )


def time_demonstration() -> float:
    """Return the seconds until a demonstration on a fresh folder shows its first decision.

    Raises:
        DemonstrationError: it ended without one.
    """
    return until_first_decision(riac_command("demo", *ONE_CONSIGNMENT), folder=Path.cwd())


def time_checkout(repository: Path) -> float:
    """Return the seconds of `make demo` in a clean checkout until its first decision.

    Installing is included, and so is downloading what the package caches do not hold.

    Raises:
        DemonstrationError: it ended without a decision.
    """
    with tempfile.TemporaryDirectory(prefix="riac-bench-") as folder:
        checkout = Path(folder) / "riac"
        clone = ["git", "clone", "--quiet", str(repository), str(checkout)]
        subprocess.run(clone, check=True)
        return until_first_decision(
            ["make", "demo", f"ARGS={' '.join(ONE_CONSIGNMENT)}"], folder=checkout
        )


def until_first_decision(command: Sequence[str], *, folder: Path) -> float:
    """Run a demonstration to its end; returns the seconds until its first decision was shown.

    Raises:
        DemonstrationError: it ended without one.
    """
    start, seconds = time.monotonic(), None
    said: list[str] = []
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if seconds is None and FIRST_DECISION.search(line):
                seconds = time.monotonic() - start
    if seconds is None:
        raise DemonstrationError(f"no decision was shown:\n{''.join(said[-20:])}")
    return seconds
