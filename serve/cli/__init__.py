"""The command `riac`: every part of the system from a terminal."""

from serve.cli.app import app, main

__all__ = ["app", "main"]
