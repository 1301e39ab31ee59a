"""Trucks with a known load: same seed, same truck; what is put in weighs and shows."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from training.simulator.scanning import (
    Scanner,
    Sight,
    display_levels,
    encode_jpeg,
    encode_png,
    encode_tiff,
    expose,
    phantom_jpeg,
)
from training.simulator.scene.containers import WIDTH_MM
from training.simulator.trucks import (
    Scene,
    Tampering,
    TamperingKind,
    Truck,
    build_scene,
    changed_box,
)

SMALL = Scanner(size_px=(500, 200))
STILL = replace(
    SMALL,
    speed_error=0.0,
    tilt_mm_per_m=0.0,
    electronic_noise=0.0,
    gain_error=0.0,
    dose_error=0.0,
    photons=1e12,
)


def _sight(scene: Scene, scanner: Scanner) -> Sight:
    return expose(scene, scanner, seed=1).sight


def test_the_same_seed_gives_the_same_bytes() -> None:
    truck = Truck("5201", seed=4)
    first = phantom_jpeg(truck, seed=1, size_px=(500, 200))
    assert first == phantom_jpeg(truck, seed=1, size_px=(500, 200))
    assert first != phantom_jpeg(truck, seed=2, size_px=(500, 200))
    assert first != phantom_jpeg(replace(truck, seed=5), seed=1, size_px=(500, 200))


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


def test_air_passes_all() -> None:
    picture = expose(build_scene(Truck("5201", seed=3)), STILL, seed=1).transmissions[0]
    assert picture[2, 2] == pytest.approx(1.0, abs=1e-3)
    assert picture.min() < 0.02


def test_the_lower_energy_passes_less() -> None:
    scanner = replace(STILL, energies_kev=(6000.0, 3500.0))
    exposure = expose(build_scene(Truck("4011", seed=1)), scanner, seed=1)
    high, low = exposure.transmissions
    assert exposure.energies_kev == (6000.0, 3500.0)
    # The lower energy is measured half a line later: upright edges differ either way.
    assert (low <= high + 0.01).mean() > 0.95
    assert (low < high - 0.02).mean() > 0.1


@pytest.mark.parametrize("kind", list(TamperingKind))
def test_tampering_changes_its_own_region_alone(kind: TamperingKind) -> None:
    change = Tampering(kind, (0.4, 0.3), (900.0, 700.0), heading="1701")
    honest = Truck("4011", seed=8)
    before, after = build_scene(honest), build_scene(replace(honest, tampering=(change,)))
    sight = _sight(before, STILL)
    areal = [sight.project(scene) for scene in (before, after)]
    difference = sight.draw(np.abs(areal[1] - areal[0]).sum(axis=0))
    x0, y0, x1, y1 = changed_box(before.shell.hold, change)
    half = WIDTH_MM / 2
    corners = [(x, y, z) for x in (x0, x1) for y in (y0, y1) for z in (-half, half)]
    box = sight.box(np.array(corners))
    region = np.s_[int(box.y0) : int(box.y1) + 1, int(box.x0) : int(box.x1) + 1]
    assert difference[region].mean() > 5
    # Sacks bulge a little out of the room they were given.
    reach = 12 if kind is TamperingKind.SUBSTITUTION else 1
    difference[
        max(region[0].start - reach, 0) : region[0].stop + reach,
        region[1].start - reach : region[1].stop + reach,
    ] = 0
    assert difference.max() == 0


def test_what_is_taken_out_weighs() -> None:
    change = Tampering(TamperingKind.REMOVAL, (0.5, 0.25), (1000.0, 800.0))
    honest = Truck("1701", seed=3, length_ft=20)
    whole = build_scene(honest).cargo_mass_kg
    less = build_scene(replace(honest, tampering=(change,))).cargo_mass_kg
    assert 300 < whole - less < 2_000


def test_a_tilted_truck_leans_with_its_box() -> None:
    scene = build_scene(Truck("", seed=3))
    sight = expose(scene, replace(STILL, tilt_mm_per_m=8.0), seed=3).sight
    front, rear = scene.shell.x0, scene.shell.x1
    boxes = [sight.box(np.array([(x, scene.shell.y1, 0.0)])) for x in (front, rear)]
    lift = sight.passage.lift_at(rear) - sight.passage.lift_at(front)
    assert abs(lift) > 1
    # What stands in the middle of the container is drawn to scale.
    assert boxes[0].y0 - boxes[1].y0 == pytest.approx(lift / sight.pitch_mm[1], abs=0.1)


def test_a_container_that_is_not_built_is_refused() -> None:
    with pytest.raises(ValueError, match="modelled with"):
        build_scene(Truck("0202", seed=1, length_ft=45))
    with pytest.raises(ValueError, match="'9999' is not modelled"):
        build_scene(Truck("9999", seed=1))


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
