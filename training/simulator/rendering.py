"""From a scene to what a scanner delivers: transmissions, then the bytes of a file.

Two effective energies stand for the spectra (6 MV and 3.5 MV end points); hardening and scatter
belong to the real simulator. Mass attenuation coefficients: NIST XCOM, iron and cellulose, at 2
and 1.25 MeV.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Box, EnergyPlane, Picture, Scan, View
from training.simulator.canvas import smooth_noise
from training.simulator.phantoms import Scene, Truck, build_scene

COEFFICIENTS_CM2_G = {6000.0: (0.0472, 0.04265), 3500.0: (0.0603, 0.0535)}
"""Organic and steel, by end point in keV."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """One scanner and the way a truck went through it."""

    size_px: tuple[int, int] | None = None
    """Columns and rows; without it they follow from the pitch."""
    pitch_mm: tuple[float, float] = (7.0, 4.6)
    energies_kev: tuple[float, ...] = (6000.0,)
    photons: float = 60_000.0
    """Per pixel in air: quantum noise."""
    electronic_noise: float = 4e-4
    """Standard deviation, of full scale."""
    gain_error: float = 0.002
    """Left after calibration, standard deviation over detector rows."""
    dose_error: float = 0.003
    """From pulse to pulse, standard deviation."""
    speed_error: float = 0.05
    """Standard deviation of the speed within a scan."""
    tilt_mm_per_m: float = 4.0
    mirrored: bool = False
    blur_px: float = 0.7
    gamma: float = 1.0
    """Exponent of the display rendering; 1 for measured values."""
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the detector saw, and where the container truly is in it."""

    transmissions: tuple[Picture, ...]
    """One (H, W) float32 each energy, 0 to 1, highest energy first."""
    energies_kev: tuple[float, ...]
    pixel_pitch_mm: tuple[float, float]
    container_px: Box


def expose(scene: Scene, scanner: Scanner, *, seed: int) -> Exposure:
    """Scan a scene; the same arguments give the same values."""
    generator = np.random.default_rng([seed & 0xFFFFFFFF, 6, 3, 4])
    height, width = scene.canvas.organic.shape
    extent_mm = (width * scene.canvas.pitch_mm, height * scene.canvas.pitch_mm)
    pitch = scanner.pitch_mm
    if scanner.size_px is not None:
        pitch = (extent_mm[0] / scanner.size_px[0], extent_mm[1] / scanner.size_px[1])
    columns, rows = round(extent_mm[0] / pitch[0]), round(extent_mm[1] / pitch[1])
    along = _positions(columns, error=scanner.speed_error, generator=generator)
    map_x, map_y = _maps(along, (rows, columns), scene, scanner)
    planes = tuple(
        _plane(scene, scanner, energy, (map_x, map_y), generator) for energy in scanner.energies_kev
    )
    if scanner.mirrored:
        planes = tuple(np.ascontiguousarray(plane[:, ::-1]) for plane in planes)
    box = _container_box(scene, along, (rows, columns), scanner)
    return Exposure(planes, scanner.energies_kev, pitch, box)


def _positions(
    columns: int, *, error: float, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Return (columns,) positions along the scene, 0 to 1, rising with uneven speed."""
    speed = smooth_noise((2, columns), cells=(1, max(8, columns // 6)), generator=generator)[0]
    steps = np.clip(1 + error * speed.astype(np.float64), 0.5, 1.5)
    return np.asarray((np.cumsum(steps) - steps / 2) / steps.sum())


def _maps(
    along: NDArray[np.float64], shape: tuple[int, int], scene: Scene, scanner: Scanner
) -> tuple[Picture, Picture]:
    rows, columns = shape
    height, width = scene.canvas.organic.shape
    x = (along * width - 0.5).astype(np.float32)
    lean = scanner.tilt_mm_per_m * (along - 0.5) * width / 1000
    y = (np.arange(rows) + 0.5) / rows * height - 0.5
    map_y = (y[:, None] - lean[None, :]).astype(np.float32)
    return np.broadcast_to(x, (rows, columns)).copy(), map_y


def _plane(
    scene: Scene,
    scanner: Scanner,
    energy_kev: float,
    maps: tuple[Picture, Picture],
    generator: np.random.Generator,
) -> Picture:
    organic, steel = COEFFICIENTS_CM2_G[energy_kev]
    attenuation = scene.canvas.organic * np.float32(organic)
    attenuation += scene.canvas.steel * np.float32(steel)
    np.maximum(attenuation, 0, out=attenuation)
    beam = np.exp(-attenuation)
    rows, columns = maps[0].shape
    # A detector element collects intensity over its own size before it is read.
    sigma = 0.4 * np.array([beam.shape[1] / columns, beam.shape[0] / rows])
    beam = cv2.GaussianBlur(beam, (0, 0), float(sigma[0]), sigmaY=float(sigma[1]))
    picture: Picture = cv2.remap(
        beam, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=1.0
    )
    if scanner.blur_px > 0:
        picture = cv2.GaussianBlur(picture, (0, 0), scanner.blur_px)
    # Poisson noise, normal at these counts; where none come through the electronic noise rules.
    deviation = np.sqrt(picture / np.float32(scanner.photons) + scanner.electronic_noise**2)
    picture = picture + deviation * generator.standard_normal(picture.shape, dtype=np.float32)
    picture *= 1 + scanner.gain_error * generator.standard_normal((rows, 1), dtype=np.float32)
    picture *= 1 + scanner.dose_error * generator.standard_normal((1, columns), dtype=np.float32)
    clipped: Picture = np.clip(picture, 0, 1)
    return clipped


def _container_box(
    scene: Scene, along: NDArray[np.float64], shape: tuple[int, int], scanner: Scanner
) -> Box:
    rows, columns = shape
    height, width = scene.canvas.organic.shape
    pitch = scene.canvas.pitch_mm
    x0, x1 = np.interp([scene.shell.x0, scene.shell.x1], along * width * pitch, np.arange(columns))
    ys = []
    for x, low in ((x0, True), (x1, True), (x0, False), (x1, False)):
        lean = scanner.tilt_mm_per_m * (float(np.interp(x, np.arange(columns), along)) - 0.5)
        edge = scene.shell.y0 if low else scene.shell.y1
        row = (scene.canvas.top_mm - edge) / pitch + lean * width / 1000
        ys.append(float(row / height * rows))
    if scanner.mirrored:
        x0, x1 = columns - x1, columns - x0
    return Box(float(x0), min(ys), float(x1), max(ys))


# --- files -------------------------------------------------------------------------------


def display_levels(exposure: Exposure, scanner: Scanner) -> NDArray[np.uint8]:
    """Return the (H, W) uint8 picture an operator's screen would show, white air."""
    levels = exposure.transmissions[0] ** np.float32(scanner.gamma) * 255
    rendered: NDArray[np.uint8] = np.rint(levels).astype(np.uint8)
    return 255 - rendered if scanner.inverted else rendered


def encode_jpeg(exposure: Exposure, scanner: Scanner, *, quality: int = 92) -> bytes:
    """Encode a display picture as JPEG."""
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality]
    return _encoded(".jpg", display_levels(exposure, scanner), flags)


def encode_png(exposure: Exposure, scanner: Scanner) -> bytes:
    """Encode an 8-bit display picture as PNG."""
    return _encoded(".png", display_levels(exposure, scanner), [])


def encode_tiff(exposure: Exposure, *, energy: int = 0, inverted: bool = False) -> bytes:
    """Encode one energy as 16-bit TIFF: transmission times 65535, uncompressed."""
    flags = [cv2.IMWRITE_TIFF_COMPRESSION, 1]
    levels = _sixteen_bits(exposure.transmissions[energy])
    return _encoded(".tif", 65535 - levels if inverted else levels, flags)


def as_scan(exposure: Exposure) -> Scan:
    """Return a calibrated scan, ready for `riac.formats.encode_package`."""
    planes = tuple(
        EnergyPlane(plane, energy)
        for plane, energy in zip(exposure.transmissions, exposure.energies_kev, strict=True)
    )
    view = View("side", planes, exposure.pixel_pitch_mm)
    return Scan((view,), sha256="", source_format="package", scanner="simulator")


def _sixteen_bits(transmission: Picture) -> NDArray[np.uint16]:
    levels: NDArray[np.uint16] = np.rint(transmission * 65535).astype(np.uint16)
    return levels


def _encoded(extension: str, pixels: NDArray[np.uint8 | np.uint16], flags: list[int]) -> bytes:
    done, content = cv2.imencode(extension, pixels, flags)
    assert done, extension
    return content.tobytes()


def phantom_jpeg(truck: Truck, *, seed: int, size_px: tuple[int, int] | None = None) -> bytes:
    """Return a rendered 8-bit picture of a truck: the shortest way to a test picture."""
    scanner = replace(Scanner(), size_px=size_px)
    return encode_jpeg(expose(build_scene(truck), scanner, seed=seed), scanner)


def grey_level_change(
    before: Scene, after: Scene, region_mm: tuple[float, float, float, float]
) -> float:
    """Return how far a region moves on average, in levels of 255, without noise.

    Args:
        before: the scene at entry.
        after: the same container, tampered with.
        region_mm: x0, y0, x1, y1 of the scene, as `changed_box` returns it.
    """
    region = before.canvas.region(*region_mm)
    first, second = (_passing(scene, region) for scene in (before, after))
    return float(np.abs(first - second).mean() * 255)


def _passing(scene: Scene, region: tuple[slice, slice]) -> Picture:
    organic, steel = COEFFICIENTS_CM2_G[6000.0]
    canvas = scene.canvas
    attenuation = canvas.organic[region] * organic + canvas.steel[region] * steel
    passing: Picture = np.exp(-np.maximum(attenuation, 0)).astype(np.float32)
    return passing
