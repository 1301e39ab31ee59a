"""One passage of a truck through a scanner: from a scene to transmissions, and files of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Box, EnergyPlane, Picture, Scan, View
from training.simulator.scanners.acquisition import acquire
from training.simulator.scanners.beams import beams_of
from training.simulator.scanners.elements import draw_elements
from training.simulator.scanners.passages import Passage, draw_passage, draw_skew
from training.simulator.scanners.profile import ScannerProfile, load_profile
from training.simulator.scanners.reading import lifted
from training.simulator.scene.containers import WIDTH_MM
from training.simulator.scene.projection import Areal, Fan
from training.simulator.trucks import BEHIND_MM, SEEN_FROM_MM, Scene, Truck, build_scene

ABOVE_MM = 300.0
"""Air over the near edge of the roof."""
SINGLE, DUAL = "mobile-6mv", "gantry-6-4mv"
"""Profiles after which a `Scanner` of one or two energies is made."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Where rays and columns lay: shared by a picture and by the truth drawn into it."""

    fan: Fan
    passage: Passage

    @property
    def pitch_mm(self) -> tuple[float, float]:
        """Along the truck and up, in the middle of the container."""
        return (self.passage.column_pitch_mm, self.fan.pitch_mm)

    def project(self, scene: Scene) -> Areal:
        """Return what lies along the rays, columns rising with x."""
        return scene.project(self.fan, self.passage.column_edges_mm)

    def draw(self, upright: Picture) -> Picture:
        """Bring (H, W) values along the rays to the picture as it was scanned."""
        placed = lifted(upright, (self.passage.lift_mm / self.fan.pitch_mm).astype(np.float32))
        return np.ascontiguousarray(placed[:, ::-1]) if self.passage.mirrored else placed

    def box(self, corners_mm: NDArray[np.float64]) -> Box:
        """Return the box around points (N, 3), x y z mm, in pixels of the picture."""
        seen_at = corners_mm[:, 0] - self.fan.skew * corners_mm[:, 2]
        x = [self.passage.column_of(float(each)) for each in seen_at]
        y = []
        for along, up, across in corners_mm:
            height = float(up) + self.passage.lift_at(float(along))
            y.append(self._row_of(height, float(across)))
        return Box(min(x), min(y), max(x), max(y))

    def _row_of(self, height_mm: float, across_mm: float) -> float:
        if self.fan.from_above:
            return self.fan.row_of(across_mm, self.fan.middle_height_mm - height_mm)
        return self.fan.row_of(height_mm, across_mm)


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the scanner wrote, and where the container truly is in it."""

    transmissions: tuple[Picture, ...]
    """One (H, W) float32 each energy, 0 to 1, highest energy first."""
    energies_kev: tuple[float, ...]
    container_px: Box
    sight: Sight

    @property
    def pixel_pitch_mm(self) -> tuple[float, float]:
        """Along the truck and up."""
        return self.sight.pitch_mm

    def single_energy(self) -> Exposure:
        """Return the highest energy alone, as sites without packages file it."""
        return replace(
            self, transmissions=self.transmissions[:1], energies_kev=self.energies_kev[:1]
        )


def scan(
    scene: Scene,
    profile: ScannerProfile,
    *,
    generator: np.random.Generator,
    scanner_seed: int = 0,
) -> Exposure:
    """Scan a scene.

    Args:
        scene: what goes through.
        profile: of the scanner.
        generator: of this passage's chance.
        scanner_seed: names the scanner, whose elements are its own.
    """
    passage = draw_passage(profile, span_mm=(0.0, scene.shell.x1 + BEHIND_MM), generator=generator)
    fan = profile.fan(middle_height_mm=(scene.shell.y0 + scene.shell.y1) / 2)
    sight = Sight(replace(fan, skew=draw_skew(profile, generator=generator)), passage)
    acquisition = acquire(
        sight.project(scene),
        profile,
        beams=beams_of(profile),
        passage=passage,
        elements=draw_elements(profile, generator=np.random.default_rng([scanner_seed, 17])),
        generator=generator,
    )
    planes = tuple(np.clip(plane, 0, 1) for plane in acquisition.transmissions())
    return Exposure(planes, profile.beam.endpoint_kev, sight.box(corners_mm(scene)), sight)


def corners_mm(scene: Scene) -> NDArray[np.float64]:
    """Return (8, 3) the corners of the container."""
    shell, half = scene.shell, WIDTH_MM / 2
    ends, heights, sides = (shell.x0, shell.x1), (shell.y0, shell.y1), (-half, half)
    return np.array([(x, y, z) for x in ends for y in heights for z in sides])


# --- a scanner made to measure ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scanner:
    """A scanner cut to a picture, and the way a truck goes through it; for tests and timings."""

    size_px: tuple[int, int] | None = None
    """Columns and rows; without it they follow from the pitch."""
    pitch_mm: tuple[float, float] = (7.0, 5.2)
    """Along the truck, and up at the middle of the container."""
    energies_kev: tuple[float, ...] = (6000.0,)
    source_height_mm: float = 1500.0
    source_distance_mm: float = 6300.0
    """To the middle of the container."""
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
    """Standard deviation."""
    mirrored: bool = False
    gamma: float = 1.0
    """Exponent of the display rendering; 1 for measured values."""
    inverted: bool = False

    def profile(self, scene: Scene) -> ScannerProfile:
        """Return a profile whose picture has this size around a scene."""
        stated = load_profile(DUAL if len(self.energies_kev) > 1 else SINGLE)
        height, far = self.source_height_mm, self.source_distance_mm
        seen_y1 = height + (scene.shell.y1 - height) * far / (far - WIDTH_MM / 2)
        extent = (scene.shell.x1 + BEHIND_MM, seen_y1 + ABOVE_MM - SEEN_FROM_MM)
        pitch = self.pitch_mm
        if self.size_px is not None:
            pitch = (extent[0] / self.size_px[0], extent[1] / self.size_px[1])
        rate, interlaced = 100.0, len(self.energies_kev)
        geometry = stated.geometry.model_copy(
            update={
                "source_height_mm": height,
                "source_to_middle_mm": far,
                "source_to_detector_mm": far + 3200,
                "rows": round(extent[1] / pitch[1]),
                "row_pitch_mm": pitch[1],
                "lowest_mm": SEEN_FROM_MM,
                "speed_m_s": pitch[0] * rate / 1000 / interlaced,
                "pulse_rate_hz": rate,
            }
        )
        photons = (self.photons,) * interlaced
        beam = stated.beam.model_copy(
            update={"endpoint_kev": self.energies_kev, "photons": photons}
        )
        sound = {"dead_share": 0.0, "saturated_share": 0.0}
        detector = stated.detector.model_copy(update=sound)
        noise = stated.noise.model_copy(
            update={
                "electronic_sd": self.electronic_noise,
                "gain_error_sd": self.gain_error,
                "dose_sd": self.dose_error,
                "dose_corrected_share": 0.0,
            }
        )
        passage = stated.passage.model_copy(
            update={
                "speed_sd": self.speed_error,
                "speed_range": (1.0, 1.0),
                "direction": "backward" if self.mirrored else "forward",
                "tilt_sd_mm_per_m": self.tilt_mm_per_m,
                "height_sd_mm": 0.0,
                "bounce_sd_mm": 0.0,
            }
        )
        return stated.model_copy(
            update={
                "geometry": geometry,
                "beam": beam,
                "detector": detector,
                "noise": noise,
                "passage": passage,
            }
        )


def expose(scene: Scene, scanner: Scanner, *, seed: int) -> Exposure:
    """Scan a scene; the same arguments give the same values."""
    generator = np.random.default_rng([seed & 0xFFFFFFFF, 6, 3, 4])
    return scan(scene, scanner.profile(scene), generator=generator)


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
    side = "top" if exposure.sight.fan.from_above else "side"
    view = View(side, planes, exposure.pixel_pitch_mm)
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


def grey_level_change(before: Scene, after: Scene) -> float:
    """Return how far a changed region moves on average, in levels of 255, without noise.

    Args:
        before: the scene at entry.
        after: the same container, tampered with: the region is where rays meet what changed.
    """
    profile = Scanner(pitch_mm=(14.0, 12.0), speed_error=0.0, tilt_mm_per_m=0.0).profile(before)
    span = (0.0, before.shell.x1 + BEHIND_MM)
    passage = draw_passage(profile, span_mm=span, generator=np.random.default_rng(0))
    sight = Sight(profile.fan(middle_height_mm=before.shell.y0), passage)
    # The trailers differ; the boxes and loads do not.
    loads = [sight.project(replace(scene, truck=before.truck)) for scene in (before, after)]
    changed = np.abs(loads[1] - loads[0]).sum(axis=0) > 0.05
    if not changed.any():
        return 0.0
    (beam,) = beams_of(profile)
    first, second = (beam.expected(areal)[0] for areal in loads)
    return float(np.abs(second - first)[changed].mean() * 255)
