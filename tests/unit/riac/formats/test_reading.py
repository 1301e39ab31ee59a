"""Every format comes back as it was written, and whatever is no scan gets its reason."""

from __future__ import annotations

import io
import json
import os
import signal
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from riac.errors import ScanUnreadableError
from riac.formats import encode_package, package_schema, read_scan, write_package
from riac.formats.decoder import Decoder
from riac.formats.limits import Limits
from riac.scan import EnergyPlane, FaultCode, Picture, Provenance, Scan, View

SHAPE = (60, 150)


def ramp(top: float = 1.0) -> Picture:
    """Transmission rising to the right under a strip of air."""
    picture = np.tile(np.linspace(0.05, 0.9 * top, SHAPE[1], dtype=np.float32), (SHAPE[0], 1))
    picture[:10] = 1.0
    return picture


def levels(bits: int) -> NDArray[np.uint8] | NDArray[np.uint16]:
    scaled: Picture = np.rint(ramp() * (2**bits - 1))
    return scaled.astype(np.uint8) if bits == 8 else scaled.astype(np.uint16)


def encoded(extension: str, bits: int) -> bytes:
    done, content = cv2.imencode(extension, levels(bits))
    assert done
    return bytes(content.tobytes())


def dual_energy() -> Scan:
    planes = (EnergyPlane(ramp(), 6000.0), EnergyPlane(ramp(0.8), 3500.0))
    views = (View("side", planes, (5.0, 4.0)), View("top", (EnergyPlane(ramp(0.5)),)))
    return Scan(views, sha256="", source_format="package", scanner="gate 1")


def codes(content: bytes, **options: Any) -> list[FaultCode]:
    with pytest.raises(ScanUnreadableError) as caught:
        read_scan(content, **options)
    return [fault.code for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("extension", "bits", "kind", "tolerance"),
    [
        (".png", 8, "png", 1 / 255),
        (".png", 16, "png", 1e-4),
        (".tif", 8, "tiff", 1 / 255),
        (".tif", 16, "tiff", 1e-4),
        (".jpg", 8, "jpeg", 6 / 255),
    ],
)
def test_a_picture_is_read_as_written(
    extension: str, bits: int, kind: str, tolerance: float
) -> None:
    scan = read_scan(encoded(extension, bits))
    assert scan.source_format == kind
    assert scan.bits == bits
    assert scan.display_rendered == (bits == 8)
    assert scan.faults == ()
    assert np.abs(scan.primary.transmission - ramp()).max() <= tolerance


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(encoded(".png", 16))
    assert read_scan(path).source_format == "png"


@pytest.mark.parametrize("zipped", [True, False])
def test_a_package_keeps_views_energies_and_calibration(tmp_path: Path, *, zipped: bool) -> None:
    path = tmp_path / ("scan.zip" if zipped else "scan")
    write_package(dual_energy(), path)
    scan = read_scan(path)
    assert [view.name for view in scan.views] == ["side", "top"]
    assert [plane.energy_kev for plane in scan.primary.planes] == [6000.0, 3500.0]
    assert scan.primary.pixel_pitch_mm == (5.0, 4.0)
    assert scan.scanner == "gate 1"
    assert not scan.display_rendered
    assert np.abs(scan.primary.planes[1].transmission - ramp(0.8)).max() < 1e-4
    assert scan.provenance["reference"] is Provenance.METADATA


def repacked(change: dict[str, Any], *, leave_out: str = "") -> bytes:
    """A package whose `scan.json` states something else."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(encode_package(dual_energy()))) as before,
        zipfile.ZipFile(held, "w") as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == "scan.json":
                content = json.dumps(json.loads(content) | change).encode()
            if name != leave_out:
                after.writestr(name, content)
    return held.getvalue()


def test_logarithmic_and_inverted_levels_are_understood() -> None:
    attenuation = -np.log(np.clip(ramp(), 0.01, 1))
    stored = np.rint(attenuation / 5 * 60000).astype(np.uint16)
    held, page = io.BytesIO(), io.BytesIO()
    tifffile.imwrite(page, stored)
    manifest = {
        "views": [{"name": "side", "planes": [{"file": "a.tif"}]}],
        "scale": "log",
        "white": 0,
        "black": 60000,
        "attenuation_at_black": 5,
    }
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("scan.json", json.dumps(manifest))
        archive.writestr("a.tif", page.getvalue())
    assert np.abs(read_scan(held.getvalue()).primary.transmission - ramp()).max() < 1e-3


@pytest.mark.parametrize(
    "content",
    [
        repacked({"views": []}),
        repacked({"version": 2}),
        repacked({"surprise": 1}),
        repacked({}, leave_out="scan.json"),
        repacked({"views": [{"name": "side", "planes": [{"file": "absent.tif"}]}]}),
        repacked({"views": [{"name": "side", "planes": [{"file": "../../etc/passwd"}]}]}),
    ],
)
def test_a_package_that_does_not_hang_together_is_refused(content: bytes) -> None:
    assert set(codes(content)) <= {FaultCode.UNREADABLE, FaultCode.UNSUPPORTED}


@pytest.mark.parametrize("extension", [".png", ".tif", ".jpg"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_cut_file_is_told_of(extension: str, share: float) -> None:
    whole = encoded(extension, 8)
    cut = whole[: int(share * len(whole))]
    try:
        # What is left of a JPEG can be shown, not trusted.
        faults = read_scan(cut).faults
    except ScanUnreadableError as error:
        faults = error.faults
    assert {fault.code for fault in faults} & {FaultCode.TRUNCATED, FaultCode.UNREADABLE}


@pytest.mark.parametrize("big", [False, True])
def test_a_tiff_cut_before_its_first_page_is_described_is_cut(big: bool) -> None:
    kind, at = (43, 16) if big else (42, 8)
    header = (
        struct.pack("<2sHHHQ", b"II", kind, 8, 0, 5000)
        if big
        else (struct.pack("<2sHI", b"II", kind, 5000))
    )
    assert len(header) == at
    with pytest.raises(ScanUnreadableError) as raised:
        read_scan(header + bytes(200))
    assert [fault.code for fault in raised.value.faults] == [FaultCode.TRUNCATED]


def test_a_dark_signal_is_not_stretched_to_a_picture() -> None:
    noise = np.random.default_rng(1).normal(20, 10, (100, 200)).clip(0, 60).astype(np.uint16)
    done, content = cv2.imencode(".tif", noise)
    assert done
    assert float(read_scan(content.tobytes()).primary.transmission.max()) < 0.001


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", FaultCode.UNREADABLE),
        (b"plain text", FaultCode.UNREADABLE),
        (bytes(128) + b"DICM" + bytes(64), FaultCode.UNSUPPORTED),
        (b'<?xml version="1.0"?><uff/>', FaultCode.UNSUPPORTED),
    ],
)
def test_what_is_no_scan_is_refused(content: bytes, code: FaultCode) -> None:
    assert codes(content) == [code]


def claimed_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(64))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", data), chunk(b"IEND", b""))
    )


def test_gigantic_dimensions_are_refused_before_decoding() -> None:
    assert codes(claimed_png(100_000, 100_000)) == [FaultCode.TOO_LARGE]
    limits = Limits(plane_px=SHAPE[0] * SHAPE[1] - 1)
    decoder = Decoder(limits)
    assert codes(encoded(".png", 8), limits=limits, decoder=decoder) == [FaultCode.TOO_LARGE]
    decoder.close()


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("scan.json", bytes(700_000_000))
    assert codes(held.getvalue()) == [FaultCode.TOO_LARGE]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(encoded(".png", 8))
    with pytest.raises(ScanUnreadableError, match="too_large"):
        read_scan(path, limits=Limits(file_bytes=100))


def test_a_missing_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ScanUnreadableError, match="cannot be opened"):
        read_scan(tmp_path / "absent.tif")


@given(st.binary(max_size=400), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"II*\0", b"PK\3\4"]))
def test_random_bytes_never_pass_and_never_crash(body: bytes, start: bytes) -> None:
    with pytest.raises(ScanUnreadableError):
        read_scan(start + body)


def test_the_decoder_that_is_killed_is_started_again() -> None:
    decoder = Decoder()
    content = encoded(".png", 16)
    read_scan(content, decoder=decoder)
    child = decoder._child
    assert child is not None
    os.kill(child.process.pid, signal.SIGKILL)
    assert read_scan(content, decoder=decoder).bits == 16
    decoder.close()


def test_a_file_that_ends_the_decoder_does_not_spoil_the_next_one() -> None:
    decoder = Decoder(Limits(memory_bytes=64 * 1024**2))
    content = encoded(".png", 16)
    done, too_much = cv2.imencode(".png", np.zeros((6000, 6000), np.uint16))
    assert done
    for _ in range(5):
        read_scan(content, decoder=decoder)
        assert codes(too_much.tobytes(), decoder=decoder) == [FaultCode.TOO_LARGE]
        assert read_scan(content, decoder=decoder).bits == 16
    decoder.close()


def test_the_published_schema_is_the_one_in_use() -> None:
    published = Path(__file__).resolve().parents[4] / "docs" / "scan.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == package_schema()
