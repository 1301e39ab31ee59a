"""`riac compare`: entry scans against exit scans, from a terminal."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from riac.ports import ChangeDetector, PictureChecks
    from serve.cli.compare_rows import PairTask


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare")(compare_command)


def compare_command(
    entry: Annotated[Path | None, typer.Argument(help="Scan made at entry.")] = None,
    exit_: Annotated[Path | None, typer.Argument(metavar="EXIT", help="Scan made at exit.")] = None,
    *,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", help="Many: a CSV with pair_id,entry,exit.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write one HTML file with both pictures and the regions.")
    ] = None,
) -> None:
    """Compare the scan made at entry with the scan made at exit."""
    from serve.cli.compare_rows import PairTask, read_tasks

    if pairs is not None:
        if entry is not None or report is not None:
            raise typer.BadParameter("--pairs takes neither ENTRY nor --report")
        tasks = read_tasks(pairs)
        detector, checks = _warm_models()
        for task in tasks:
            row = _row(task, detector=detector, checks=checks)
            typer.echo(json.dumps(row, ensure_ascii=False))
        return
    if entry is None or exit_ is None:
        raise typer.BadParameter("expected ENTRY and EXIT, or --pairs PAIRS.csv")
    detector, checks = _warm_models()
    row = _row(PairTask(None, entry, exit_), detector=detector, checks=checks, report=report)
    if as_json:
        typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        _show(row)


def _warm_models() -> tuple[ChangeDetector, PictureChecks]:
    """Load what pairs are compared with; seconds are told of pairs alone."""
    from models import load_checks, load_detector
    from riac.compare import warm_up

    detector, checks = load_detector(), load_checks()
    warm_up(detector=detector, checks=checks)
    return detector, checks


def _row(
    task: PairTask,
    *,
    detector: ChangeDetector,
    checks: PictureChecks,
    report: Path | None = None,
) -> dict[str, Any]:
    from serve.cli.compare_report import report_html
    from serve.cli.compare_rows import compare_files, comparison_row

    started = time.perf_counter()
    compared = compare_files(task, detector=detector, checks=checks)
    seconds = time.perf_counter() - started
    row = comparison_row(task.pair_id, compared.comparison, seconds=seconds)
    if report is not None:
        try:
            report.write_text(report_html(task, compared, row), encoding="utf-8")
        except OSError as error:
            raise typer.BadParameter(f"{report}: {error}") from error
    return row


def _show(row: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    score = row["same_score"]
    console.print(f"Verdict: {row['verdict']}", markup=False, style="bold")
    if score is not None:
        console.print(
            f"Same score {score:.2f}, visible {row['visible_fraction']:.0%}"
            f"{', mirrored' if row['mirrored'] else ''}, {row['seconds']:.2f} s"
        )
        factors = Table("factor", "score", "finding")
        for name, factor in row["factors"].items():
            factors.add_row(name, f"{factor['score']:.2f}", "yes" if factor["finding"] else "")
        console.print(factors)
    if row["regions"]:
        regions = Table("factor", "score", "view", "entry, px", "exit, px", "kg")
        for region in row["regions"]:
            boxes = (region["entry_box_px"], region["exit_box_px"])
            kilograms = region["mass_change_kg"]
            regions.add_row(
                region["factor"],
                f"{region['score']:.2f}",
                region["view"],
                *(" ".join(f"{v:.0f}" for v in box) if box else "-" for box in boxes),
                "-" if kilograms is None else f"{kilograms:+.1f}",
            )
        console.print(regions)
    for fault in row["faults"]:
        line = f"{fault['severity']}: {fault['code']} in {fault['file']}: {fault['detail']}"
        console.print(line, markup=False)
