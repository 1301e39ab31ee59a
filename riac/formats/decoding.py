"""From bytes to pixels as stored. Runs in the decoding process only; see `decoder`.

Everything here may meet hostile input: dimensions are read from headers and bounded before any
pixel is decoded, and the process itself has limits on memory and time.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import tifffile
from numpy.typing import NDArray
from pydantic import ValidationError

from riac.formats.headers import jpeg_header, png_header
from riac.formats.limits import Limits
from riac.formats.package import MANIFEST_NAME, PackageManifest
from riac.formats.sniffing import Kind, sniff
from riac.scan import FaultCode, Severity

Pixels = NDArray[np.uint8 | np.uint16]
"""(H, W) uint8 or uint16, levels as stored."""

COLOURED_LEVELS = 40
"""Spread of red, green and blue that grey pictures do not reach through JPEG's chroma noise."""
PSEUDO_COLOUR_FRACTION = 0.05
"""Of the pixels; fewer are burnt-in marks on a grey picture."""
MARKS_FRACTION = 2e-4
_BIG_TIFF = 43
LITTLE_MISSING_FRACTION = 0.03
"""Of the rows: less than the floor of a container, so that its load is still seen whole."""


class DecodingError(Exception):
    """The bytes cannot be read; one fault says why."""

    def __init__(self, code: FaultCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True)
class Notice:
    """A fault that does not keep the pixels from being read."""

    code: FaultCode
    severity: Severity
    detail: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """Planes by view, the manifest of a package, and what was noticed."""

    source_format: str
    planes: tuple[tuple[int, Pixels], ...]
    notices: tuple[Notice, ...] = ()
    manifest: PackageManifest | None = None


def decode(members: Mapping[str, bytes], limits: Limits) -> Decoded:
    """Decode a file (one member named "") or the members of a folder.

    Raises:
        DecodingError: not a scan, not supported, or over a limit.
    """
    if "" not in members:
        return _decode_package(members, limits)
    content = members[""]
    kind = sniff(content)
    if kind is Kind.JPEG:
        return _decode_jpeg(content, limits)
    if kind is Kind.PNG:
        return _decode_png(content, limits)
    if kind is Kind.TIFF:
        pages, notices = _decode_tiff(content, limits)
        return Decoded("tiff", tuple((0, page) for page in pages), notices)
    if kind is Kind.ZIP:
        return _decode_package(_unzip(content, limits), limits)
    raise _not_readable(content, kind)


def _not_readable(content: bytes, kind: Kind | None) -> DecodingError:
    if not content:
        return DecodingError(FaultCode.UNREADABLE, "the file is empty")
    if kind is Kind.DICOS:
        return DecodingError(FaultCode.UNSUPPORTED, "DICOS is not read by this version yet")
    if kind is Kind.HDF5:
        return DecodingError(FaultCode.UNSUPPORTED, "HDF5: no open cargo format is known")
    if kind is Kind.XML:
        return DecodingError(FaultCode.UNSUPPORTED, "unsupported: specification needed (UFF)")
    start = content[:8].hex(" ")
    return DecodingError(FaultCode.UNREADABLE, f"no known format starts with {start}")


def check_size(width: int, height: int, limits: Limits) -> None:
    """Refuse a plane that is over the limits. Raises DecodingError."""
    if width < 1 or height < 1:
        raise DecodingError(FaultCode.UNREADABLE, f"{width} x {height} px holds no pixel")
    if max(width, height) > limits.side_px or width * height > limits.plane_px:
        raise DecodingError(
            FaultCode.TOO_LARGE,
            f"{width} x {height} px, at most {limits.side_px} a side and {limits.plane_px} in all",
        )


# --- JPEG --------------------------------------------------------------------------------


def _decode_jpeg(content: bytes, limits: Limits) -> Decoded:
    header = jpeg_header(content)
    if header is None:
        raise DecodingError(FaultCode.UNREADABLE, "JPEG without a frame header")
    check_size(header.width, header.height, limits)
    # With an end marker the library fills what is missing with one level; without, it gives up.
    raw = np.frombuffer(content if header.complete else content + b"\xff\xd9", np.uint8)
    grey = cv2.imdecode(raw, cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)
    if grey is None:
        cut = FaultCode.UNREADABLE if header.complete else FaultCode.TRUNCATED
        raise DecodingError(cut, "the JPEG data cannot be decoded")
    notices: list[Notice] = []
    if header.components >= 3:
        small = cv2.imdecode(raw, cv2.IMREAD_REDUCED_COLOR_4 | cv2.IMREAD_IGNORE_ORIENTATION)
        notices += _colour_notices(small)
    if not header.complete:
        missing = 1.0 if header.progressive else _constant_tail_fraction(grey)
        notices.append(_truncation(missing))
    return Decoded("jpeg", ((0, grey),), tuple(notices))


def _constant_tail_fraction(grey: Pixels) -> float:
    """Share of the rows at the bottom that the decoder filled with one level."""
    flat = (grey == grey[-1, -1]).all(axis=1)[::-1]
    rows = int(np.argmin(flat)) if not flat.all() else len(flat)
    return rows / len(flat)


def _truncation(missing_fraction: float) -> Notice:
    fatal = missing_fraction > LITTLE_MISSING_FRACTION
    return Notice(
        FaultCode.TRUNCATED,
        Severity.FATAL if fatal else Severity.DOUBTFUL,
        f"the file ends early; about {missing_fraction:.0%} of the picture is missing",
    )


def _colour_notices(colour: NDArray[np.uint8] | None) -> list[Notice]:
    """Tell pseudo-colour and burnt-in coloured marks from a grey picture."""
    if colour is None:
        return []
    channels = cv2.split(colour)[:3]
    spread = cv2.subtract(
        cv2.max(cv2.max(channels[0], channels[1]), channels[2]),
        cv2.min(cv2.min(channels[0], channels[1]), channels[2]),
    )
    fraction = float((spread > COLOURED_LEVELS).mean())
    if fraction > PSEUDO_COLOUR_FRACTION:
        detail = f"pseudo-colour over {fraction:.0%} of the picture: levels cannot be recovered"
        return [Notice(FaultCode.RENDERED, Severity.FATAL, detail)]
    if fraction > MARKS_FRACTION:
        detail = f"coloured marks over {fraction:.2%} of the picture"
        return [Notice(FaultCode.RENDERED, Severity.DOUBTFUL, detail)]
    return []


# --- PNG ---------------------------------------------------------------------------------


def _decode_png(content: bytes, limits: Limits) -> Decoded:
    header = png_header(content)
    if header is None:
        raise DecodingError(FaultCode.UNREADABLE, "PNG without an image header")
    check_size(header.width, header.height, limits)
    if not header.complete:
        raise DecodingError(FaultCode.TRUNCATED, "the PNG ends before its end marker")
    stored = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    if stored is None or stored.shape[:2] != (header.height, header.width):
        raise DecodingError(FaultCode.UNREADABLE, "the PNG data cannot be decoded")
    grey, notices = _grey(stored)
    return Decoded("png", ((0, grey),), notices)


def _grey(stored: Pixels) -> tuple[Pixels, tuple[Notice, ...]]:
    """Return one channel, and whether the picture was coloured."""
    if stored.ndim == 2:
        return stored, ()
    colours = stored.shape[2] - (stored.shape[2] in (2, 4))
    if colours == 1:
        return np.ascontiguousarray(stored[:, :, 0]), ()
    eight = stored if stored.dtype == np.uint8 else (stored >> 8).astype(np.uint8)
    notices = _colour_notices(np.ascontiguousarray(eight[:, :, :3]))
    grey: Pixels = cv2.cvtColor(np.ascontiguousarray(stored[:, :, :3]), cv2.COLOR_BGR2GRAY)
    return grey, tuple(notices)


# --- TIFF --------------------------------------------------------------------------------


def _decode_tiff(content: bytes, limits: Limits) -> tuple[list[Pixels], tuple[Notice, ...]]:
    if _first_page_at(content) >= len(content):
        raise DecodingError(FaultCode.TRUNCATED, "the TIFF ends before its first page is described")
    try:
        with tifffile.TiffFile(io.BytesIO(content)) as file:
            return _decode_pages(file, limits)
    except (tifffile.TiffFileError, ValueError, TypeError, KeyError, IndexError, struct.error) as e:
        raise DecodingError(FaultCode.UNREADABLE, f"TIFF: {e}") from e
    except (RuntimeError, OSError, ArithmeticError, AttributeError, zlib.error) as e:
        raise DecodingError(FaultCode.UNREADABLE, f"TIFF: {e}") from e


def _first_page_at(content: bytes) -> int:
    """Return where the header of a TIFF (6.0, section 2) or BigTIFF says its first page is."""
    order: Literal["little", "big"] = "little" if content[:2] == b"II" else "big"
    big = int.from_bytes(content[2:4], order) == _BIG_TIFF
    return int.from_bytes(content[8:16] if big else content[4:8], order)


def _decode_pages(
    file: tifffile.TiffFile, limits: Limits
) -> tuple[list[Pixels], tuple[Notice, ...]]:
    pages: list[Pixels] = []
    notices: tuple[Notice, ...] = ()
    total = 0
    for number, page in enumerate(file.pages):
        if number >= limits.planes:
            raise DecodingError(FaultCode.TOO_LARGE, f"more than {limits.planes} pages")
        _check_page(page, limits)
        total += page.imagewidth * page.imagelength
        if total > limits.total_px:
            raise DecodingError(FaultCode.TOO_LARGE, f"over {limits.total_px} px in all pages")
        pixels, noticed = _page_pixels(page)
        pages.append(pixels)
        notices = (*notices, *noticed)
    if not pages:
        raise DecodingError(FaultCode.UNREADABLE, "TIFF without a page")
    if len({page.shape for page in pages}) > 1:
        raise DecodingError(FaultCode.UNREADABLE, "the pages of the TIFF differ in size")
    return pages, notices


def _check_page(page: tifffile.TiffPage, limits: Limits) -> None:
    check_size(page.imagewidth, page.imagelength, limits)
    if page.bitspersample not in (8, 16) or page.sampleformat not in (1, None):
        found = f"{page.bitspersample} bits of sample format {page.sampleformat}"
        raise DecodingError(
            FaultCode.UNSUPPORTED, f"expected 8 or 16 bits without sign, got {found}"
        )
    if page.samplesperpixel not in (1, 3, 4) or page.imagedepth != 1:
        raise DecodingError(
            FaultCode.UNSUPPORTED, f"expected one channel, got {page.samplesperpixel}"
        )
    ends = [
        offset + size for offset, size in zip(page.dataoffsets, page.databytecounts, strict=False)
    ]
    if not ends or max(ends) > page.parent.filehandle.size:
        raise DecodingError(FaultCode.TRUNCATED, "the TIFF ends before its pixels do")


def _page_pixels(page: tifffile.TiffPage) -> tuple[Pixels, tuple[Notice, ...]]:
    stored = page.asarray(maxworkers=1)
    if stored.ndim == 3 and page.planarconfig == tifffile.PLANARCONFIG.SEPARATE:
        stored = np.moveaxis(stored, 0, -1)
    notices: tuple[Notice, ...] = ()
    if stored.ndim == 3:
        stored, notices = _grey(stored[:, :, ::-1] if stored.shape[2] == 3 else stored)
    if stored.shape != (page.imagelength, page.imagewidth):
        raise DecodingError(FaultCode.UNREADABLE, f"TIFF page of unexpected shape {stored.shape}")
    if page.photometric == tifffile.PHOTOMETRIC.MINISWHITE:
        stored = np.iinfo(stored.dtype).max - stored
    return np.ascontiguousarray(stored, dtype=stored.dtype.newbyteorder("=")), notices


# --- package -----------------------------------------------------------------------------


def _unzip(content: bytes, limits: Limits) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unzip_members(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, struct.error) as e:
        raise DecodingError(FaultCode.UNREADABLE, f"zip: {e}") from e
    except (RuntimeError, NotImplementedError, OSError, KeyError, IndexError) as e:
        raise DecodingError(FaultCode.UNREADABLE, f"zip: {e}") from e


def _unzip_members(archive: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(files) > limits.members:
        raise DecodingError(
            FaultCode.TOO_LARGE, f"{len(files)} files, at most {limits.members} in a package"
        )
    left = limits.file_bytes
    members: dict[str, bytes] = {}
    for entry in files:
        # The stated size is not to be trusted: what is read is counted.
        with archive.open(entry) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise DecodingError(
                FaultCode.TOO_LARGE, f"unpacks to more than {limits.file_bytes} bytes"
            )
        members[entry.filename.rpartition("/")[2]] = content
    return members


def _decode_package(members: Mapping[str, bytes], limits: Limits) -> Decoded:
    if MANIFEST_NAME not in members:
        raise DecodingError(
            FaultCode.UNSUPPORTED,
            f"a package needs {MANIFEST_NAME}; UFF: unsupported, specification needed",
        )
    try:
        manifest = PackageManifest.model_validate_json(members[MANIFEST_NAME])
    except ValidationError as e:
        first = e.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise DecodingError(
            FaultCode.UNREADABLE, f"{MANIFEST_NAME}: {place}: {first['msg']}"
        ) from e
    planes: list[tuple[int, Pixels]] = []
    total = 0
    for number, view in enumerate(manifest.views):
        shapes = set()
        for stated in view.planes:
            pixels = _package_plane(members, stated.file, limits)
            total += pixels.size
            if total > limits.total_px:
                raise DecodingError(FaultCode.TOO_LARGE, f"over {limits.total_px} px in all planes")
            shapes.add(pixels.shape)
            planes.append((number, pixels))
        if len(shapes) > 1:
            raise DecodingError(
                FaultCode.UNREADABLE, f"view {view.name}: its energies differ in size: {shapes}"
            )
    return Decoded("package", tuple(planes), (), manifest)


def _package_plane(members: Mapping[str, bytes], name: str, limits: Limits) -> Pixels:
    if name not in members:
        raise DecodingError(FaultCode.UNREADABLE, f"{name} is stated, but not in the package")
    if sniff(members[name]) is not Kind.TIFF:
        raise DecodingError(FaultCode.UNREADABLE, f"{name} is not a TIFF")
    pages, _ = _decode_tiff(members[name], limits)
    if len(pages) != 1 or pages[0].dtype != np.uint16:
        raise DecodingError(FaultCode.UNREADABLE, f"{name}: expected one page of uint16")
    return pages[0]
