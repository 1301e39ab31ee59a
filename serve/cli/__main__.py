#!/usr/bin/env python3
"""The command `riac`, and `python -m serve.cli`."""

from serve.cli.app import main

# Processes the command starts import this file again: only the first one is the command.
if __name__ == "__main__":
    main()
