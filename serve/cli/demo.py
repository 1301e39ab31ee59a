"""`riac demo`: everything on this machine, with simulated sites sending traffic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    *,
    data: Annotated[
        Path | None,
        typer.Option(help="Keep everything in this folder. Without it a temporary one is used."),
    ] = None,
    scans: Annotated[
        Path | None,
        typer.Option(
            help="Make the traffic of these recorded scans (a folder with goods/ and scans/).",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="Consignments to send.")] = 25,
    rate: Annotated[float, typer.Option(min=0.1, help="Consignments a minute, at most.")] = 20.0,
    exit_when_done: Annotated[
        bool, typer.Option("--exit-when-done", help="End when the last decision has fallen.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Of the service; another if it is taken.")
    ] = 8000,
    report: Annotated[
        Path | None, typer.Option(help="Write totals and every decision to this JSON file.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Of the traffic; other for each run without it.")
    ] = None,
) -> None:
    """Run the whole system here: database, worker, API, interface, and simulated sites."""
    from rich.console import Console

    from riac.errors import RiacError
    from serve.demo.errors import DemonstrationError
    from serve.demo.options import DemoOptions
    from serve.demo.running import run_demo

    options = DemoOptions(
        data=data,
        scans=scans,
        count=count,
        rate_per_minute=rate,
        exit_when_done=exit_when_done,
        port=port,
        report=report,
        seed=seed,
    )
    console = Console(highlight=False)
    try:
        status = run_demo(options, console=console)
    except (DemonstrationError, RiacError) as error:
        console.print(
            f"The demonstration stopped: {error}", style="red", markup=False, soft_wrap=True
        )
        status = 1
    raise typer.Exit(status)
