#!/usr/bin/env python3
"""Lets `python -m serve.cli` stand for the command `riac`."""

from serve.cli.app import main

main()
