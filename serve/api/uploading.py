"""A file on its way into the object store, with a first look at it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import structlog
from fastapi import UploadFile

from riac.errors import ScanUnreadableError, TooLargeError
from serve.api.state import Service
from serve.life.receiving import Upload

_BLOCK = 1024 * 1024
# Decoding takes about 30 ms a megabyte of a compressed picture; larger ones are left to the
# worker, so that the answer stays quick.
LOOK_AT_BYTES = 6 * 1024 * 1024

_log = structlog.get_logger("riac.api")


def keep_upload(file: UploadFile, *, service: Service) -> Upload:
    """Store a file under its digest and look whether it can be read.

    Raises:
        TooLargeError: larger than the service takes.
        StorageError: it cannot be stored.
    """
    content = _read(file, limit=service.settings.max_upload_bytes)
    sha256 = hashlib.sha256(content).hexdigest()
    service.objects.put(f"scans/{sha256}", content)
    name = _safe_name(file.filename)
    upload = Upload(sha256=sha256, size_bytes=len(content), file_name=name)
    return _looked_at(upload, content, service=service)


def _read(file: UploadFile, *, limit: int) -> bytes:
    blocks = bytearray()
    while block := file.file.read(_BLOCK):
        blocks += block
        if len(blocks) > limit:
            raise TooLargeError(f"expected at most {limit} bytes")
    return bytes(blocks)


def _looked_at(upload: Upload, content: bytes, *, service: Service) -> Upload:
    if len(content) > LOOK_AT_BYTES:
        return upload
    try:
        scan = service.read(content, upload.file_name)
    except ScanUnreadableError as error:
        return replace(upload, faults=error.faults)
    except Exception as error:
        # The scan is not lost for it: the worker looks again, and refers what it cannot read.
        _log.exception("first_look_failed", scan_sha256=upload.sha256, error=repr(error))
        return upload
    return replace(upload, shape=scan.primary.shape, display_rendered=scan.display_rendered)


def _safe_name(name: str | None) -> str | None:
    """Keep of a file's name what can be stored and shown."""
    if not name:
        return None
    return "".join(letter for letter in name if letter.isprintable())[-200:] or None
