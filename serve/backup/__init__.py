"""Backup and restore of all the state there is: every table and every object, in one file.

The file is an ordinary tar: `tables/NAME.copy.gz` (COPY's text format), `objects/KEY`, and last
`manifest.json` with the SHA-256 of each, and `manifest.sha256`.
"""

from serve.backup.restoring import restore
from serve.backup.saving import save

__all__ = ["restore", "save"]
