"""Trucks with a known load: same seed, same truck; what is put in weighs and shows."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from training.simulator.cargo import GOODS, Hold
from training.simulator.phantoms import (
    Tampering,
    TamperingKind,
    Truck,
    build_scene,
    changed_box,
)
from training.simulator.rendering import (
    COEFFICIENTS_CM2_G,
    Scanner,
    display_levels,
    encode_jpeg,
    encode_png,
    encode_tiff,
    expose,
    phantom_jpeg,
)

COARSE_MM = 24.0
SMALL = Scanner(size_px=(500, 200))
STILL = replace(
    SMALL,
    speed_error=0.0,
    tilt_mm_per_m=0.0,
    electronic_noise=0.0,
    gain_error=0.0,
    dose_error=0.0,
    photons=1e12,
    blur_px=0.0,
)


def test_the_same_seed_gives_the_same_bytes() -> None:
    truck = Truck("5201", seed=4)
    first = phantom_jpeg(truck, seed=1, size_px=(500, 200))
    assert first == phantom_jpeg(truck, seed=1, size_px=(500, 200))
    assert first != phantom_jpeg(truck, seed=2, size_px=(500, 200))
    assert first != phantom_jpeg(replace(truck, seed=5), seed=1, size_px=(500, 200))


@pytest.mark.parametrize("heading", sorted(GOODS))
def test_every_heading_fills_a_plausible_load_within_its_hold(heading: str) -> None:
    for seed in range(3):
        truck = Truck(heading, seed=seed)
        scene = build_scene(truck, pitch_mm=COARSE_MM)
        empty = build_scene(replace(truck, heading=""), pitch_mm=COARSE_MM)
        assert 1_000 < scene.cargo_mass_kg < 40_000
        assert empty.cargo_mass_kg == 0


def test_two_loads_of_one_heading_differ() -> None:
    first, second = (build_scene(Truck("1701", seed=s), pitch_mm=COARSE_MM) for s in (1, 2))
    assert not np.array_equal(first.canvas.organic, second.canvas.organic)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("with_cab", [False, True])
def test_the_true_box_frames_the_end_walls(mirrored: bool, with_cab: bool) -> None:
    scene = build_scene(Truck("", seed=3, length_ft=20, with_cab=with_cab))
    exposure = expose(scene, replace(Scanner(), mirrored=mirrored), seed=1)
    picture, box = exposure.transmissions[0], exposure.container_px
    middle = int((box.y0 + box.y1) / 2)
    dark = np.flatnonzero(picture[middle, :] < 0.3)
    near = dark[(dark > box.x0 - 30) & (dark < box.x1 + 30)]
    # The end walls are 10 to 62 mm behind the outer faces, a pixel is about 7 mm.
    assert abs(near.min() - box.x0) < 6
    assert abs(near.max() - box.x1) < 6


def test_air_passes_all_and_attenuations_add() -> None:
    truck = Truck("6309", seed=3)
    scene = build_scene(truck)
    picture = expose(scene, STILL, seed=1).transmissions[0]
    assert picture[2, 2] == pytest.approx(1.0, abs=1e-5)
    organic, steel = COEFFICIENTS_CM2_G[6000.0]
    attenuation = scene.canvas.organic * organic + scene.canvas.steel * steel
    # One pixel averages about 6 x 5 cells: the darkest cell is darker than the darkest pixel.
    assert picture.min() >= np.exp(-attenuation.max()) - 1e-6
    assert picture.mean() == pytest.approx(float(np.exp(-attenuation).mean()), rel=0.02)


def test_the_lower_energy_passes_less() -> None:
    scanner = replace(STILL, energies_kev=(6000.0, 3500.0))
    exposure = expose(build_scene(Truck("8450", seed=1)), scanner, seed=1)
    high, low = exposure.transmissions
    assert exposure.energies_kev == (6000.0, 3500.0)
    assert (low <= high + 1e-4).all()
    assert (low < high - 0.02).mean() > 0.1


@pytest.mark.parametrize("kind", list(TamperingKind))
def test_tampering_changes_its_own_region_alone(kind: TamperingKind) -> None:
    change = Tampering(kind, (0.4, 0.3), (900.0, 700.0), heading="8450")
    honest = Truck("6309", seed=8)
    before = build_scene(honest)
    after = build_scene(replace(honest, tampering=(change,)))
    difference = np.abs(after.canvas.organic - before.canvas.organic)
    difference += np.abs(after.canvas.steel - before.canvas.steel)
    region = before.canvas.region(*changed_box(Hold(*before.shell.hold), change))
    assert difference[region].mean() > 5
    # The smoothed edge of a shape reaches two cells beyond it.
    difference[
        slice(region[0].start - 2, region[0].stop + 2),
        slice(region[1].start - 2, region[1].stop + 2),
    ] = 0
    assert difference.max() == 0


def test_files_keep_their_depth_and_size() -> None:
    exposure = expose(build_scene(Truck("4011", seed=1)), SMALL, seed=1)
    for content, kind in (
        (encode_jpeg(exposure, SMALL), np.uint8),
        (encode_png(exposure, SMALL), np.uint8),
        (encode_tiff(exposure), np.uint16),
    ):
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
        assert decoded is not None
        assert decoded.shape == (200, 500)
        assert decoded.dtype == kind


def test_an_inverted_scanner_shows_black_air() -> None:
    exposure = expose(build_scene(Truck("4011", seed=1)), SMALL, seed=1)
    upright = display_levels(exposure, SMALL)
    assert np.array_equal(display_levels(exposure, replace(SMALL, inverted=True)), 255 - upright)
