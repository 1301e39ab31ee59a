"""Which format some bytes are, judged by the bytes alone."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A format this system knows of, whether it can read it or not."""

    TIFF = "tiff"
    PNG = "png"
    JPEG = "jpeg"
    ZIP = "zip"
    DICOS = "dicos"
    HDF5 = "hdf5"
    XML = "xml"


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),
    (b"MM\0+", Kind.TIFF),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\x89HDF\r\n\x1a\n", Kind.HDF5),
    (b"<?xml", Kind.XML),
)
_DICOM_PREAMBLE_BYTES = 128


def sniff(content: bytes) -> Kind | None:
    """Return the format of the bytes, or None when it is not one we know."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    start = _DICOM_PREAMBLE_BYTES
    if content[start : start + 4] == b"DICM":
        return Kind.DICOS
    return None
