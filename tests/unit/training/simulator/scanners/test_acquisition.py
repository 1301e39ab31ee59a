from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.training.simulator.scanners.two_line_beam import TwoLineBeam, steel_areal
from training.simulator.scanners.acquisition import (
    Acquisition,
    acquire,
    expected_signal,
    quantum_noise,
    scatter,
)
from training.simulator.scanners.display import display_bytes
from training.simulator.scanners.elements import DEAD, SATURATED, Elements, draw_elements
from training.simulator.scanners.passages import Passage, even_passage
from training.simulator.scanners.profile import ScannerProfile, load_profile
from training.simulator.scanners.style import DisplayStyle

BEAM = TwoLineBeam()
SHAPE = (96, 200)
QUIET: dict[str, Any] = {
    "electronic_sd": 0.0,
    "offset_error_sd": 0.0,
    "gain_error_sd": 0.0,
    "dose_sd": 0.0,
    "scatter_share": 0.0,
    "air_lines": 10_000,
}


def profile_with(
    *, energies: tuple[float, ...] = (6000.0,), photons: float = 90_000.0, **changes: Any
) -> ScannerProfile:
    """Return the mobile scanner, quiet but for what is named by part and field."""
    stated = load_profile("mobile-6mv").model_dump()
    stated["beam"].update(endpoint_kev=energies, photons=(photons,) * len(energies))
    stated["noise"].update(QUIET)
    stated["detector"].update(dead_share=0.0, saturated_share=0.0, afterglow_share=0.0, bits=24)
    for name, value in changes.items():
        part = next(part for part in ("noise", "detector", "levels") if name in stated[part])
        stated[part][name] = value
    return ScannerProfile.model_validate(stated)


def scanned(
    thickness_mm: NDArray[np.float64] | float,
    profile: ScannerProfile,
    *,
    elements: Elements | None = None,
    passage: Passage | None = None,
    seed: int = 3,
    shape: tuple[int, int] = SHAPE,
) -> Acquisition:
    generator = np.random.default_rng(seed)
    return acquire(
        steel_areal(thickness_mm, shape),
        profile,
        beams=[BEAM] * len(profile.beam.endpoint_kev),
        passage=passage or even_passage(profile, columns=shape[1]),
        elements=elements or draw_elements(profile, generator=generator, rows=shape[0]),
        generator=generator,
    )


def expected_steel(thickness_mm: float) -> tuple[float, float]:
    mean, variance = BEAM.expected(steel_areal(thickness_mm, (1, 1)))
    return float(mean[0, 0]), float(variance[0, 0])


@pytest.mark.parametrize("thickness_mm", [0.0, 50.0, 200.0, 320.0])
def test_mean_and_variance_are_those_of_the_beam(thickness_mm: float) -> None:
    profile = profile_with(photons=20_000.0)
    seen = scanned(thickness_mm, profile).transmissions()[0]
    mean, variance = expected_steel(thickness_mm)
    # 19,200 elements know a mean to 0.7 % of the deviation and a variance to 1 %.
    deviation = (variance / 20_000) ** 0.5
    assert abs(float(seen.mean()) - mean) < 0.03 * deviation + 2e-5
    if thickness_mm > 0:
        # Air is cut at the top of the range.
        assert float(seen.var()) == pytest.approx(deviation**2, rel=0.06)


def test_few_photons_keep_mean_and_variance_and_never_go_below_nothing() -> None:
    mean = np.full((300, 300), 2e-4, np.float32)
    variance = np.full((300, 300), 3e-4, np.float32)
    drawn = quantum_noise(mean, variance, photons=10_000, generator=np.random.default_rng(1))
    assert float(drawn.min()) == 0.0
    # 90,000 draws of deviation 1.7e-4.
    assert float(drawn.mean()) == pytest.approx(2e-4, rel=0.015)
    assert float(drawn.var()) == pytest.approx(3e-8, rel=0.03)


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    profile = load_profile("mobile-6mv")
    first, again, other = (scanned(120.0, profile, seed=seed) for seed in (7, 7, 8))
    assert first.levels.tobytes() == again.levels.tobytes()
    assert first.levels.tobytes() != other.levels.tobytes()


def test_electronic_noise_adds_its_own_variance() -> None:
    profile = profile_with(photons=1e12, electronic_sd=1e-3)
    assert float(scanned(100.0, profile).transmissions().std()) == pytest.approx(1e-3, rel=0.03)


def test_gain_errors_are_stripes_that_stay_from_scan_to_scan() -> None:
    profile = profile_with(photons=1e12, gain_error_sd=0.01)
    elements = draw_elements(profile, generator=np.random.default_rng(2), rows=SHAPE[0])
    pictures = [
        scanned(60.0, profile, elements=elements, seed=seed).transmissions()[0] for seed in (1, 2)
    ]
    stripes = [picture.mean(axis=1) / picture.mean() for picture in pictures]
    assert np.corrcoef(stripes[0], stripes[1])[0, 1] > 0.999
    assert float(stripes[0].std()) == pytest.approx(0.01, rel=0.3)
    assert float(pictures[0].std(axis=1).max()) < 1e-4


def test_dose_fluctuation_is_striped_across_and_mostly_corrected() -> None:
    stripes = []
    for share in (0.0, 0.9):
        profile = profile_with(photons=1e12, dose_sd=0.03, dose_corrected_share=share)
        columns = scanned(60.0, profile, shape=(96, 2000)).transmissions()[0].mean(axis=0)
        stripes.append(float(columns.std() / columns.mean()))
    assert stripes[0] == pytest.approx(0.03, rel=0.08)
    assert stripes[1] == pytest.approx(0.003, rel=0.08)


def test_afterglow_trails_behind_and_takes_nothing_away() -> None:
    thickness = np.full(SHAPE, 100.0)
    thickness[:, 80:] = 1000.0
    profile = profile_with(photons=1e12, afterglow_share=0.05, afterglow_lines=4.0)
    stated = profile.model_dump()
    stated["detector"].update(focal_spot_sigma_mm=0.0, aperture_sigma_mm=0.0, along_sigma_mm=0.0)
    seen = scanned(thickness, ScannerProfile.model_validate(stated)).transmissions()[0]
    mean, _ = expected_steel(100.0)
    assert seen[:, 78].mean() == pytest.approx(mean, rel=1e-3)
    # In the shadow the late light of the last bright line: share of it, then exp(-1/4) a line.
    trail = seen[:, 80:90].mean(axis=0)
    assert trail[0] == pytest.approx(0.05 * mean, rel=0.02)
    assert trail[1:] / trail[:-1] == pytest.approx(np.exp(-0.25), rel=0.02)


def test_dead_elements_are_black_and_saturated_ones_white() -> None:
    profile = profile_with()
    elements = draw_elements(profile, generator=np.random.default_rng(0), rows=SHAPE[0])
    elements.state[[10, 40]] = DEAD, SATURATED
    acquisition = scanned(30.0, profile, elements=elements)
    assert np.all(acquisition.levels[0, 10] == acquisition.black)
    assert np.all(acquisition.levels[0, 40] == 65535)
    assert acquisition.levels[0, 11].min() > 1000


def test_air_has_the_level_stated_as_white() -> None:
    acquisition = scanned(0.0, profile_with(photons=1e9, black=500, white=50_000))
    assert acquisition.levels.mean() == pytest.approx(50_000, abs=30)
    assert acquisition.transmissions().mean() == pytest.approx(1.0, abs=1e-3)


def test_noise_of_the_air_lines_stays_in_the_whole_scan() -> None:
    profile = profile_with(photons=1000.0, air_lines=4)
    rows = scanned(0.0, profile_with(photons=1000.0, air_lines=4, white=30_000), shape=(400, 400))
    means = rows.transmissions()[0].mean(axis=1)
    _, variance = expected_steel(0.0)
    # Of 4 lines for the normalisation and of 400 columns in the scan itself.
    wanted = (variance / 1000 * (1 / 4 + 1 / 400)) ** 0.5
    assert float(means.std()) == pytest.approx(wanted, rel=0.15)
    assert profile.noise.air_lines == 4


def test_scatter_lies_under_the_shadow_beside_what_scatters() -> None:
    profile = profile_with(scatter_share=0.01)
    thickness = np.full((256, 512), 2000.0)
    thickness[:, 256:] = 40.0
    mean, _ = BEAM.expected(steel_areal(thickness, thickness.shape))
    pedestal = scatter(mean, profile, pitch_mm=(5.0, 4.4))
    assert pedestal[128, 230] > 5 * pedestal[128, 20] > 0
    assert pedestal.max() < 0.01 * np.exp(-1)
    air = scatter(np.ones((256, 512), np.float32), profile, pitch_mm=(5.0, 4.4))
    assert float(np.abs(air).max()) == 0.0


@pytest.mark.parametrize("axis", [0, 1])
def test_an_edge_is_blurred_by_focal_spot_and_aperture(axis: int) -> None:
    profile = profile_with()
    thickness = np.zeros((400, 400))
    thickness[:, 200:] = 1000.0
    areal = steel_areal(thickness if axis == 1 else thickness.T, thickness.shape)
    mean, _ = expected_signal(areal, profile, beam=BEAM, passage=even_passage(profile, columns=400))
    spread = -np.diff(mean[48] if axis == 1 else mean[:, 48])
    places = np.arange(399) + 0.5
    middle = float((spread * places).sum() / spread.sum())
    sigma = float(((spread * (places - middle) ** 2).sum() / spread.sum()) ** 0.5)
    pitch = profile.column_pitch_mm if axis == 1 else profile.geometry.row_pitch_mm
    # A kernel sampled on the grid is a little wider or narrower than the curve it samples.
    assert sigma * pitch == pytest.approx(profile.blur_sigma_mm[1 - axis], rel=0.1)


def test_a_vehicle_that_stands_higher_is_seen_higher() -> None:
    profile = profile_with(photons=1e12)
    thickness = np.zeros(SHAPE)
    thickness[50:] = 300.0
    level = even_passage(profile, columns=SHAPE[1])
    lift = np.linspace(0, 20 * profile.geometry.row_pitch_mm, SHAPE[1]).astype(np.float32)
    seen = scanned(
        thickness, profile, passage=Passage(level.column_edges_mm, lift, mirrored=False)
    ).transmissions()[0]
    edge = (seen > 0.5).sum(axis=0)
    assert edge[0] == 50
    assert edge[-1] == 30


def test_a_mirrored_passage_is_written_from_the_other_end() -> None:
    profile = profile_with(photons=1e12)
    thickness = np.tile(np.linspace(10, 300, SHAPE[1]), (SHAPE[0], 1))
    level = even_passage(profile, columns=SHAPE[1])
    mirrored = Passage(level.column_edges_mm, level.lift_mm, mirrored=True)
    ahead, back = (
        scanned(thickness, profile, passage=passage).transmissions()[0]
        for passage in (level, mirrored)
    )
    assert np.abs(ahead - back[:, ::-1]).max() < 2e-4


def test_interlaced_energies_show_one_thing_in_one_place() -> None:
    profile = profile_with(energies=(6000.0, 4000.0), photons=1e12)
    thickness = np.zeros((96, 200))
    thickness[:, 90:110] = 200.0
    high, low = scanned(thickness, profile).transmissions()
    places = np.arange(200)
    centres = [float(((1 - row) * places).sum() / (1 - row).sum()) for row in (high[50], low[50])]
    assert centres[0] == pytest.approx(99.5, abs=0.02)
    assert centres[1] == pytest.approx(centres[0], abs=0.02)


def test_shapes_that_do_not_agree_are_named() -> None:
    profile = profile_with()
    with pytest.raises(ValueError, match=r"\(3, 96, 100\), got \(3, 96, 200\)"):
        scanned(1.0, profile, passage=even_passage(profile, columns=100))


def test_the_number_of_threads_changes_no_byte() -> None:
    profile = load_profile("mobile-6mv")
    thickness = np.tile(np.linspace(0, 300, 900), (600, 1))
    before = cv2.getNumThreads()
    found = []
    try:
        for threads in (1, 4):
            cv2.setNumThreads(threads)
            acquisition = scanned(thickness, profile, shape=(600, 900))
            picture = display_bytes(acquisition, DisplayStyle(height_px=400, edge_amount=1.0))
            found.append((acquisition.levels.tobytes(), picture))
    finally:
        cv2.setNumThreads(before)
    assert found[0] == found[1]
