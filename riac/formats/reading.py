"""The one door through which untrusted bytes become a scan."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from riac.errors import ScanUnreadableError
from riac.formats.calibrating import calibrate_package, calibrate_picture
from riac.formats.decoded import Answer
from riac.formats.decoder import Decoder, Pixels, shared_decoder
from riac.formats.limits import DEFAULT_LIMITS, Limits
from riac.formats.package import PackageManifest
from riac.scan import EnergyPlane, Fault, FaultCode, Picture, Provenance, Scan, Severity, View


def read_scan(
    source: bytes | Path,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    decoder: Decoder | None = None,
) -> Scan:
    """Decode a scan within limits: TIFF, PNG, JPEG or a package (folder or zip).

    Args:
        source: the bytes, or the path of a file or of a package's folder.
        name: what faults call the file; the path's own name by default.
        limits: bounds checked before decoding.
        decoder: the decoding process to use; this process's own by default.

    Raises:
        ScanUnreadableError: the bytes are no scan, or too large; its faults say why.
    """
    file = name if name is not None or isinstance(source, bytes) else source.name
    try:
        members = _members(source, limits)
        digest = _digest(members)
        answer, planes = (decoder or shared_decoder()).decode(members)
    except ScanUnreadableError as error:
        raise ScanUnreadableError(
            tuple(replace(fault, file=file) for fault in error.faults)
        ) from error
    return _scan(answer, planes, digest=digest, file=file)


def _members(source: bytes | Path, limits: Limits) -> dict[str, bytes]:
    if isinstance(source, bytes):
        if len(source) > limits.file_bytes:
            raise _refused(FaultCode.TOO_LARGE, f"{len(source)} bytes")
        return {"": source}
    try:
        if source.is_dir():
            return _folder(source, limits)
        return {"": _bounded(source, limits.file_bytes)}
    except (OSError, ValueError) as error:
        raise _refused(FaultCode.UNREADABLE, f"cannot be opened: {error}") from error


def _folder(folder: Path, limits: Limits) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    left = limits.file_bytes
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file():
            continue
        if len(members) >= limits.members:
            raise _refused(FaultCode.TOO_LARGE, f"more than {limits.members} files in the folder")
        members[path.name] = _bounded(path, left)
        left -= len(members[path.name])
    return members


def _bounded(path: Path, most: int) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise _refused(FaultCode.TOO_LARGE, f"{path.name}: over {most} bytes")
    return content


def _refused(code: FaultCode, detail: str) -> ScanUnreadableError:
    return ScanUnreadableError((Fault(code, Severity.FATAL, detail),))


def _digest(members: Mapping[str, bytes]) -> str:
    """SHA-256 of a file; of a folder, over each name, size and content in order."""
    if "" in members:
        return hashlib.sha256(members[""]).hexdigest()
    digest = hashlib.sha256()
    for name, content in sorted(members.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _scan(answer: Answer, planes: list[Pixels], *, digest: str, file: str | None) -> Scan:
    manifest = answer.manifest
    if manifest is None:
        pictures, provenance = calibrate_picture(planes)
        views: tuple[View, ...] = (View("main", tuple(EnergyPlane(p) for p in pictures)),)
    else:
        pictures, provenance = calibrate_package(planes, manifest)
        views = _views(manifest, [plane.view for plane in answer.planes], pictures)
        if any(view.pixel_pitch_mm for view in views):
            provenance["pixel_pitch"] = Provenance.METADATA
        if any(plane.energy_kev for view in views for plane in view.planes):
            provenance["energy"] = Provenance.METADATA
    eight_bit = planes[0].dtype == np.uint8
    return Scan(
        views=views,
        sha256=digest,
        source_format=answer.source_format,
        display_rendered=eight_bit or any(f.code == FaultCode.RENDERED for f in answer.faults),
        bits=8 if eight_bit else 16,
        scanner=manifest.scanner if manifest else None,
        site=manifest.site if manifest else None,
        container_number=manifest.container_number if manifest else None,
        scanned_at=manifest.scanned_at if manifest else None,
        provenance=provenance,
        faults=tuple(Fault(f.code, f.severity, f.detail, file) for f in answer.faults),
    )


def _views(
    manifest: PackageManifest, view_numbers: list[int], pictures: list[Picture]
) -> tuple[View, ...]:
    views = []
    for number, stated in enumerate(manifest.views):
        mine = [p for p, of in zip(pictures, view_numbers, strict=True) if of == number]
        planes = [
            EnergyPlane(picture, said.energy_kv)
            for picture, said in zip(mine, stated.planes, strict=True)
        ]
        # Highest energy first; planes that state none keep their order, behind.
        planes.sort(key=lambda plane: -(plane.energy_kev or 0.0))
        pitch = stated.pixel_pitch_mm
        views.append(
            View(stated.name, tuple(planes), None if pitch is None else (pitch.x, pitch.y))
        )
    return tuple(views)
