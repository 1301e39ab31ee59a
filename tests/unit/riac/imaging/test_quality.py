"""Each fault is named, mended where physics allows, and not seen where it is not."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from riac.imaging.dose import bands, clipped_share, deviation, is_striped, shown_deviation
from riac.imaging.frame import PreparedScan
from riac.imaging.lines import bright_columns, dead_rows, filled
from riac.imaging.quality import assess_hold
from riac.scan import Box, Fault, FaultCode, Picture, Severity, intersection_over_union

from .trucks import exposure, picture, prepared

NOTHING_SHOWN = np.ones((8, 2000), np.float32)
"""Air alone, at full scale."""


def fault(scan: PreparedScan, code: FaultCode) -> Fault:
    (found,) = [fault for fault in scan.faults if fault.code is code]
    return found


def codes(scan: PreparedScan) -> list[FaultCode]:
    return [fault.code for fault in scan.faults]


@pytest.mark.parametrize("heading", ["0805", "4011", "5201", ""])
def test_a_clean_picture_has_no_fault_and_its_container_is_found(heading: str) -> None:
    scan = prepared(picture(heading))
    assert scan.faults == ()
    assert scan.usable
    (container,) = scan.containers
    true_box = exposure(heading).container_px
    assert intersection_over_union(container.box_px, true_box) > 0.9


@pytest.mark.parametrize(
    ("roof", "filled_rows", "expected"),
    [(0.4, 0, [FaultCode.SATURATED]), (0.4, 160, []), (1.0, 160, [FaultCode.SATURATED])],
)
def test_a_hold_at_full_scale_leaves_doubt_sooner_where_no_roof_is_seen(
    roof: float, filled_rows: int, expected: list[FaultCode]
) -> None:
    frame = np.ones((256, 640), np.float32)
    frame[:, :12] = frame[:, -12:] = frame[-40 - filled_rows :] = 0.3
    frame[:13] = np.minimum(frame[:13], roof)
    rectified = prepared(picture()).rectified[0]
    found = assess_hold(replace(rectified, transmissions=(frame,)))
    assert [fault.code for fault in found] == expected


def test_an_inverted_picture_is_turned_round() -> None:
    scan = prepared(1 - picture())
    assert fault(scan, FaultCode.INVERTED).severity is Severity.REPAIRED
    assert np.allclose(scan.scan.primary.transmission, picture(), atol=1e-6)
    assert scan.usable


@pytest.mark.parametrize("level", [0.0, 0.01])
def test_a_black_picture_is_of_no_use(level: float) -> None:
    scan = prepared(np.full((300, 800), level, np.float32))
    assert fault(scan, FaultCode.BLACK).severity is Severity.FATAL
    assert not scan.usable


@pytest.mark.parametrize("level", [0.5, 1.0])
def test_a_picture_of_nothing_has_no_container(level: float) -> None:
    scan = prepared(np.full((300, 800), level, np.float32))
    assert fault(scan, FaultCode.NO_CONTAINER).severity is Severity.FATAL
    assert not scan.usable


@pytest.mark.parametrize(("rows", "level"), [((150,), 0.0), ((150, 151, 152), 0.0), ((90,), 1.0)])
def test_dead_rows_are_filled(rows: tuple[int, ...], level: float) -> None:
    spoiled = picture("0805") * np.float32(0.9)
    whole = spoiled.copy()
    spoiled[list(rows)] = level
    scan = prepared(spoiled)
    assert fault(scan, FaultCode.DEAD_ROWS).severity is Severity.REPAIRED
    mended = scan.scan.primary.transmission
    assert np.abs(mended - whole)[list(rows)].mean() < 0.05
    assert np.array_equal(np.delete(mended, rows, axis=0), np.delete(whole, rows, axis=0))


def test_many_dead_rows_leave_doubt() -> None:
    spoiled = picture()
    spoiled[20:-20:12] = 0
    assert fault(prepared(spoiled), FaultCode.DEAD_ROWS).severity is Severity.DOUBTFUL


@pytest.mark.parametrize("drawn", [1.0, 1.6])
def test_channels_that_deliver_one_value_are_dead_however_high_they_are_drawn(drawn: float) -> None:
    spoiled = picture("0805") * np.float32(0.9)
    spoiled[150:154] = 0
    high = cv2.resize(spoiled, (spoiled.shape[1], round(drawn * spoiled.shape[0])))
    dead = np.flatnonzero(dead_rows(high))
    assert (
        set(range(round(150 * drawn), round(154 * drawn)))
        <= set(dead)
        <= set(range(round(150 * drawn) - 2, round(154 * drawn) + 2))
    )


def test_a_belt_of_goods_as_high_is_no_dead_row() -> None:
    whole = picture("0805") * np.float32(0.9)
    whole[150:154] *= np.linspace(0.5, 0.7, whole.shape[1], dtype=np.float32)
    assert not dead_rows(whole)[149:155].any()


def test_a_roof_or_a_shelf_is_no_dead_row() -> None:
    whole = np.full((100, 200), 0.9, np.float32)
    whole[40:43, 20:180] = 0.2
    assert not dead_rows(whole).any()


def test_dead_rows_at_the_rim_take_their_only_neighbour() -> None:
    levels = np.repeat(np.linspace(0.2, 0.8, 7, dtype=np.float32)[:, None], 4, axis=1)
    dead = np.array([True, False, False, True, False, False, True])
    mended = filled(levels, dead)
    assert np.allclose(mended[0], levels[1])
    assert np.allclose(mended[3], levels[3])
    assert np.allclose(mended[6], levels[5])


def with_dose(transmission: Picture, factor: Picture) -> Picture:
    spoiled: Picture = np.minimum(transmission * factor[None, :], 1).astype(np.float32)
    return spoiled


def test_stripes_of_dose_are_divided_out_of_a_measured_picture() -> None:
    whole = picture()
    factor = np.random.default_rng(1).uniform(0.9, 1, (whole.shape[1],)).astype(np.float32)
    scan = prepared(with_dose(whole, factor))
    assert fault(scan, FaultCode.STRIPED).severity is Severity.REPAIRED
    before = np.abs(with_dose(whole, factor) - whole).mean()
    scale = np.median(scan.scan.primary.transmission[:5]) / np.median(whole[:5])
    assert np.abs(scan.scan.primary.transmission / scale - whole).mean() < 0.25 * before


def shown(transmission: Picture, *, white: float) -> Picture:
    """Return what a display with a power law shows, in 8 bits; air is at 1 / white of it."""
    levels = np.minimum(transmission / white, 1) ** 0.7
    rounded: Picture = (np.rint(255 * levels) / 255).astype(np.float32)
    return rounded


def fluctuating(columns: int, *, by: float) -> Picture:
    """Return doses as a scanner without reference detector gives them, relative to the usual."""
    factor = 1 + by * np.random.default_rng(8).standard_normal(columns)
    doses: Picture = np.clip(factor, 0.5, 1.5).astype(np.float32)
    return doses


def test_mild_stripes_of_a_display_picture_are_divided_out_where_air_shows_them() -> None:
    whole = picture()
    striped = whole * fluctuating(whole.shape[1], by=0.05)[None, :]
    scan = prepared(shown(striped, white=1.3), display_rendered=True)
    assert fault(scan, FaultCode.STRIPED).severity is Severity.REPAIRED
    evened = scan.scan.primary.transmission
    # Air has become full scale: nothing else tells the finder of containers what air is.
    assert float(np.median(evened[:4])) == pytest.approx(1, abs=0.01)
    lit = slice(30, 60)
    unstriped = np.minimum(shown(whole, white=1.3) / np.float32((1 / 1.3) ** 0.7), 1)
    left = np.median(evened[lit] / unstriped[lit], axis=0)
    assert float(left.std()) < 0.01
    assert scan.usable
    assert not scan.containers[0].whole_picture


@pytest.mark.parametrize(("by", "white"), [(0.08, 0.97), (0.14, 1.5)])
def test_stripes_too_strong_or_not_known_from_air_leave_doubt(by: float, white: float) -> None:
    whole = picture()
    striped = whole * fluctuating(whole.shape[1], by=by)[None, :]
    scan = prepared(shown(striped, white=white), display_rendered=True)
    assert fault(scan, FaultCode.STRIPED).severity is Severity.DOUBTFUL


def test_air_at_full_scale_hides_half_of_the_stripes_in_measured_pictures_too() -> None:
    whole = picture()
    striped = np.minimum(whole * fluctuating(whole.shape[1], by=0.06)[None, :], 1)
    scan = prepared(striped.astype(np.float32))
    assert fault(scan, FaultCode.STRIPED).severity is Severity.DOUBTFUL


def test_clipped_air_is_taken_for_the_fluctuation_behind_it() -> None:
    doses = fluctuating(2000, by=0.03)
    assert float(np.std(np.minimum(doses, 1))) < 0.02
    assert is_striped(np.minimum(doses, 1), NOTHING_SHOWN)
    assert clipped_share(np.minimum(doses, 1)) == pytest.approx(0.5, abs=0.05)
    assert not is_striped(np.minimum(fluctuating(2000, by=0.015), 1), NOTHING_SHOWN)
    assert deviation(doses) == pytest.approx(0.03, abs=0.003)


def test_stripes_that_air_at_full_scale_hides_are_seen_through_steel_and_goods() -> None:
    whole = picture()
    striped = whole * fluctuating(whole.shape[1], by=0.05)[None, :]
    hidden = shown(striped, white=0.8)
    assert clipped_share(hidden[0]) > 0.99
    assert fault(prepared(hidden, display_rendered=True), FaultCode.STRIPED).severity is (
        Severity.DOUBTFUL
    )
    clean = shown(whole, white=0.8)
    assert FaultCode.STRIPED not in codes(prepared(clean, display_rendered=True))
    # The display's power law makes 5 % of dose 3.5 % of level.
    assert shown_deviation(hidden) == pytest.approx(0.035, abs=0.006)


def test_single_pulses_that_failed_are_no_stripes() -> None:
    doses = np.ones(2000, np.float32)
    doses[::100] = 0.9
    assert not is_striped(doses, NOTHING_SHOWN)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_discharges_are_filled_from_the_columns_beside_them(width: int) -> None:
    whole = picture()
    spoiled = whole.copy()
    columns = [500, 640, 900]
    for first in columns:
        spoiled[:, first : first + width] = np.minimum(spoiled[:, first : first + width] + 0.3, 1)
    scan = prepared(spoiled, display_rendered=True)
    assert fault(scan, FaultCode.STRIPED).severity is Severity.REPAIRED
    mended = scan.scan.primary.transmission
    lines = [first + offset for first in columns for offset in range(width)]
    assert np.abs(mended - whole)[:, lines].mean() < 0.05
    assert np.array_equal(np.delete(mended, lines, axis=1), np.delete(whole, lines, axis=1))


def test_many_discharges_leave_doubt() -> None:
    spoiled = picture()
    spoiled[:, 300:1200:12] = np.minimum(spoiled[:, 300:1200:12] + 0.3, 1)
    assert fault(prepared(spoiled), FaultCode.STRIPED).severity is Severity.DOUBTFUL


def test_a_gap_between_goods_is_no_discharge() -> None:
    whole = np.full((300, 900), 0.1, np.float32)
    whole[:20] = 1.0
    whole[20:40] = whole[270:] = 0.4
    whole[40:270, 450:452] = 0.8
    assert not bright_columns(whole).any()


@pytest.mark.parametrize("above", [8, 16])
def test_stripes_are_seen_where_hardly_any_air_is_above(above: int) -> None:
    top = round(exposure().container_px.y0)
    whole = picture()[max(0, top - above) :]
    factor = np.random.default_rng(1).uniform(0.9, 1, (whole.shape[1],)).astype(np.float32)
    assert FaultCode.STRIPED in codes(prepared(with_dose(whole, factor)))
    assert FaultCode.STRIPED not in codes(prepared(whole))


def test_a_band_of_low_dose_is_named_and_evened() -> None:
    whole = picture()
    factor = np.ones(whole.shape[1], np.float32)
    factor[400:460] = 0.6
    scan = prepared(with_dose(whole, factor))
    assert "400 to 459" in fault(scan, FaultCode.BANDED).detail
    assert np.abs(scan.scan.primary.transmission - whole)[:, 400:460].mean() < 0.02


def test_a_band_is_not_divided_out_of_a_display_picture() -> None:
    whole = picture()
    factor = np.ones(whole.shape[1], np.float32)
    factor[400:460] = 0.6
    spoiled = with_dose(whole, factor)
    scan = prepared(spoiled, display_rendered=True)
    assert fault(scan, FaultCode.BANDED).severity is Severity.DOUBTFUL
    assert np.array_equal(scan.scan.primary.transmission, spoiled)


@pytest.mark.parametrize(("width", "is_band"), [(20, True), (6, False)])
def test_a_band_is_one_though_a_display_smears_its_ends(width: int, is_band: bool) -> None:
    """Of 2,000 pulses 20 are a hundredth, and 16 of them still dark when the ends are smeared."""
    doses = np.ones(2000, np.float32)
    doses[700 : 700 + width] = 0.75
    smeared = np.convolve(doses, np.full(5, 0.2), mode="same").astype(np.float32)
    smeared[:2] = smeared[-2:] = 1
    assert bool(bands(smeared)) is is_band


def test_a_picture_that_ends_within_the_container_leaves_doubt() -> None:
    box = exposure().container_px
    cut = round((box.x0 + box.x1) / 2)
    scan = prepared(np.ascontiguousarray(picture()[:, :cut]))
    found = fault(scan, FaultCode.TRUNCATED)
    assert found.severity is Severity.DOUBTFUL
    assert "right" in found.detail


@pytest.mark.parametrize("heading", ["", "5201"])
def test_a_picture_that_begins_and_ends_with_corner_posts_is_whole(heading: str) -> None:
    box = exposure(heading).container_px
    scan = prepared(np.ascontiguousarray(picture(heading)[:, round(box.x0) : round(box.x1)]))
    assert FaultCode.TRUNCATED not in codes(scan)


def test_a_hold_nothing_passes_through_leaves_doubt() -> None:
    box = exposure().container_px
    spoiled = picture()
    spoiled[round(box.y0) + 20 : round(box.y1) - 20, round(box.x0) + 10 : round(box.x1) - 10] = 0
    assert fault(prepared(spoiled), FaultCode.SATURATED).severity is Severity.DOUBTFUL


def test_two_containers_in_a_picture_are_both_found() -> None:
    whole = picture()
    box = exposure().container_px
    air = np.ones((len(whole), 60), np.float32)
    alone = whole[:, round(box.x0) - 4 : round(box.x1) + 4]
    scan = prepared(np.hstack([air, alone, air[:, :40], alone, air]))
    assert FaultCode.SEVERAL_CONTAINERS in codes(scan)
    assert len(scan.containers) == 2


def test_a_picture_cut_out_at_its_container_is_taken_as_such() -> None:
    box = exposure().container_px
    rows, columns = (slice(round(a), round(b)) for a, b in ((box.y0, box.y1), (box.x0, box.x1)))
    scan = prepared(np.ascontiguousarray(picture()[rows, columns]))
    (container,) = scan.containers
    assert container.whole_picture
    assert scan.usable


def test_a_box_of_the_frame_is_told_in_pixels_of_the_file() -> None:
    scan = prepared(picture())
    rectified = scan.rectified[0]
    rows, columns = rectified.transmission.shape
    whole = rectified.box_to_file(Box(0, 0, columns, rows))
    (x0, y0), (x1, y1) = (edge(scan.containers[0].quad_px, axis=0) for edge in (np.min, np.max))
    assert intersection_over_union(whole, Box(x0, y0, x1, y1)) > 0.99
