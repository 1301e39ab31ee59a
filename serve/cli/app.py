"""Assembles the command from its parts; each part registers its own commands."""

from __future__ import annotations

import importlib
import importlib.util

import typer

PARTS = (
    "demo",
    "service",
    "compare",
    "check",
    "locate",
    "library",
    "evaluate",
    "bench",
    "simulate",
    "access",
    "webhook",
    "backup",
)
"""Modules of this package with `register(app)`, in the order of `riac --help`."""

app = typer.Typer(
    name="riac",
    help="Remote Image Analysis Centre: entry scan against exit scan, scan against declaration.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    for part in PARTS:
        name = f"serve.cli.{part}"
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name).register(app)
    app()
