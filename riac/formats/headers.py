"""Dimensions of PNG and JPEG files from their headers, without decoding."""

from __future__ import annotations

import struct
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Header:
    """What a header states."""

    width: int
    height: int
    components: int
    complete: bool
    """False when the end marker is missing."""
    progressive: bool = False


_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})


def jpeg_header(content: bytes) -> Header | None:
    """Read the frame header (ITU-T T.81, B.2.2); None when there is none."""
    position = 2
    while position + 4 <= len(content):
        if content[position] != 0xFF:
            return None
        marker = content[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker in _WITHOUT_LENGTH:
            position += 2
            continue
        (length,) = struct.unpack_from(">H", content, position + 2)
        if marker in _FRAME_HEADERS:
            if position + 10 > len(content):
                return None
            height, width, components = struct.unpack_from(">HHB", content, position + 5)
            # Some writers pad after the end marker.
            complete = content.rfind(b"\xff\xd9", max(0, len(content) - 4096)) >= 0
            return Header(width, height, components, complete, marker in _PROGRESSIVE)
        position += 2 + length
    return None


def png_header(content: bytes) -> Header | None:
    """Read IHDR (PNG, third edition, 11.2.1); None when it is not where it must be."""
    if len(content) < 33 or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", content, 16)
    components = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}.get(content[25], 0)
    return Header(
        width, height, components, content.rfind(b"IEND", max(0, len(content) - 4096)) >= 0
    )
