"""Prints the OpenAPI document of this version: `python -m serve.api.openapi`."""

from __future__ import annotations

import json
import sys

from serve.api.app import described_app


def main() -> None:
    """Write the document to standard output, the same for the same code."""
    json.dump(described_app().openapi(), sys.stdout, indent=2, sort_keys=True, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
