from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from tests.unit.training.simulator.scanners.two_line_beam import TwoLineBeam
from training.simulator.physics.materials import ALUMINIUM, POLYETHYLENE, STEEL, Material
from training.simulator.scanners.acquisition import Acquisition
from training.simulator.scanners.display import display, display_bytes, encode, tone
from training.simulator.scanners.marks import Mark, MarkKind
from training.simulator.scanners.palettes import Palette, material_scale
from training.simulator.scanners.style import (
    Curve,
    DisplayStyle,
    Family,
    draw_style,
    placement,
)

PLAIN = DisplayStyle(white=1.0, jpeg_quality=None, three_channels=False)


def ramp(rows: int = 64, columns: int = 320) -> Acquisition:
    levels = np.tile(np.linspace(0, 50_000, columns), (1, rows, 1))
    return Acquisition(levels.astype(np.uint16), black=0, white=50_000)


def test_a_linear_display_shows_transmission() -> None:
    picture = display(ramp(), PLAIN)
    assert picture.shape == (64, 320)
    assert np.abs(picture[5] - 255 * np.linspace(0, 1, 320)).max() <= 1


@pytest.mark.parametrize("curve", list(Curve))
def test_every_curve_rises_from_black_to_white(curve: Curve) -> None:
    style = DisplayStyle(curve=curve, exponent=0.5, black=0.01, white=0.9)
    shown = tone(np.array([0.0, 0.01, 0.1, 0.5, 0.9, 1.0]), style)
    assert shown[1] == 0
    assert shown[-2:] == pytest.approx([255, 255])
    assert np.all(np.diff(shown[1:5]) > 0)


def test_the_logarithm_shows_equal_attenuations_as_equal_steps() -> None:
    style = DisplayStyle(curve=Curve.LOGARITHM, black=0.001, white=1.0)
    assert tone(np.array([0.001, 0.01, 0.1, 1.0]), style) == pytest.approx([0, 85, 170, 255])


def test_an_inverted_display_is_the_negative() -> None:
    straight, inverted = (
        display(ramp(), DisplayStyle(inverted=turned, jpeg_quality=None))
        for turned in (False, True)
    )
    assert np.array_equal(inverted, 255 - straight)


def test_edges_are_stressed_on_both_sides() -> None:
    levels = np.full((1, 40, 80), 30_000, np.uint16)
    levels[:, :, 40:] = 20_000
    scan = Acquisition(levels, 0, 50_000)
    row = display(scan, DisplayStyle(white=1.0, edge_amount=1.0))[20].astype(int)
    assert row[39] > row[5] + 5
    assert row[40] < row[75] - 5


def test_smoothing_quiets_noise() -> None:
    noise = np.random.default_rng(0).normal(20_000, 2000, (1, 128, 256))
    scan = Acquisition(noise.astype(np.uint16), 0, 50_000)
    loud, quiet = (
        float(display(scan, DisplayStyle(white=1.0, smooth_sigma_px=sigma)).std())
        for sigma in (0.0, 1.0)
    )
    # A Gaussian of one element leaves 1 / (2 sqrt(pi)) of white noise.
    assert quiet == pytest.approx(loud / (2 * np.pi**0.5), rel=0.15)


def test_regional_contrast_widens_a_narrow_range() -> None:
    noise = np.random.default_rng(0).normal(20_000, 300, (1, 128, 256))
    scan = Acquisition(noise.astype(np.uint16), 0, 50_000)
    flat, wide = (
        float(display(scan, DisplayStyle(white=1.0, regional_contrast=clip)).std())
        for clip in (0.0, 4.0)
    )
    assert wide > 2 * flat


def test_points_of_the_scan_are_found_in_the_picture() -> None:
    levels = np.full((1, 100, 300), 50_000, np.uint16)
    levels[:, 60:70, 200:220] = 0
    style = DisplayStyle(
        height_px=250, width_factor=0.7, margins=(0.1, 0.2, 0.0, 0.05), jpeg_quality=None
    )
    picture = display(Acquisition(levels, 0, 50_000), style)
    where = placement(style, shape=(100, 300))
    assert picture.shape == where.size[::-1]
    (x0, y0), (x1, y1) = where.place(200, 60), where.place(220, 70)
    inner = picture[round(y0) + 1 : round(y1) - 1, round(x0) + 1 : round(x1) - 1]
    assert int(inner.max()) == 0
    assert picture[round(y0) - 3, round(x0) - 3] == 255
    assert int(picture[: where.corner[1]].max()) == 0


def test_records_are_ordinary_jpegs_of_three_grey_channels() -> None:
    style = DisplayStyle(jpeg_quality=75, three_channels=True)
    image = Image.open(io.BytesIO(display_bytes(ramp(), style)))
    assert isinstance(image, JpegImageFile)
    assert image.mode == "RGB"
    # The standard's luminance table halved, which is quality 75 (ITU-T T.81, table K.1).
    assert image.quantization[0][:4] == [8, 6, 5, 8]
    channels = np.asarray(image).astype(int)
    assert int(np.ptp(channels, axis=2).max()) == 0


def test_false_colours_differ_from_grey_and_rise_in_brightness() -> None:
    for palette in (Palette.WARM, Palette.COLD, Palette.SEPIA, Palette.PHOSPHOR):
        picture = display(ramp(), DisplayStyle(palette=palette, jpeg_quality=None))
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)[5].astype(int)
        assert np.all(np.diff(grey) >= -1), palette
        assert int(np.ptp(picture[5].astype(int), axis=1).max()) > 40, palette


def scan_of(material: Material, areal: float) -> Acquisition:
    basis = material.basis_g_cm3 / material.density_g_cm3 * np.float32(areal)
    field = np.broadcast_to(basis[:, None, None], (3, 60, 60)).astype(np.float32)
    planes = [beam.expected(field)[0] for beam in BEAMS]
    return Acquisition((np.stack(planes) * 50_000).astype(np.uint16), 0, 50_000)


BEAMS = (TwoLineBeam((2000.0, 6000.0)), TwoLineBeam((800.0, 2500.0)))


def test_materials_take_the_colours_makers_give_them() -> None:
    style = DisplayStyle(palette=Palette.MATERIALS, white=1.0, jpeg_quality=None)
    scale = material_scale(BEAMS)
    organic, mineral, metal = (
        display(scan_of(material, 30.0), style, scale=scale)[30, 30].astype(int)
        for material in (POLYETHYLENE, ALUMINIUM, STEEL)
    )
    blue, green, red = organic
    assert red > green > blue
    assert mineral[1] > max(mineral[0], mineral[2])
    assert metal[0] > metal[1] > metal[2]


def test_colours_of_materials_need_two_energies() -> None:
    style = DisplayStyle(palette=Palette.MATERIALS)
    with pytest.raises(ValueError, match="2 energies"):
        display(ramp(), style)
    with pytest.raises(ValueError, match="2 energies, got 1"):
        material_scale(BEAMS[:1])


def test_marks_are_burnt_in_with_their_colour() -> None:
    mark = Mark(MarkKind.BOX, (0.2, 0.2), (0.5, 0.5), (0, 0, 255))
    picture = display(ramp(), DisplayStyle(marks=(mark,), jpeg_quality=None))
    assert picture.shape == (64, 320, 3)
    assert picture[13, 100].tolist() == [0, 0, 255]


@pytest.mark.parametrize("family", list(Family))
def test_every_family_draws_pictures_that_can_be_read_back(family: Family) -> None:
    for seed in range(6):
        style = draw_style(np.random.default_rng(seed), family=family)
        content = display_bytes(ramp(96, 200), style)
        again = display_bytes(ramp(96, 200), style)
        assert content == again
        read = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
        assert read is not None
        assert read.shape[1::-1] == placement(style, shape=(96, 200)).size


def test_the_population_holds_every_family_polarity_and_curve() -> None:
    generator = np.random.default_rng(3)
    styles = [draw_style(generator, energies=2) for _ in range(400)]
    assert {style.curve for style in styles} == set(Curve)
    assert {style.palette for style in styles} == set(Palette)
    assert 0.02 < sum(style.inverted for style in styles) / 400 < 0.2
    assert any(style.marks for style in styles)
    assert any(any(style.margins) for style in styles)
    assert {style.jpeg_quality for style in styles} > {None, 75, 90}
    assert all(
        draw_style(generator, energies=1).palette is not Palette.MATERIALS for _ in range(300)
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"black": 0.5, "white": 0.4}, "black < white"),
        ({"curve": Curve.LOGARITHM, "black": 0.0}, "1e-06 <= black"),
        ({"chroma": "4:1:1"}, "4:2:0, 4:2:2 or 4:4:4"),
        ({"jpeg_quality": 0}, "1 to 100"),
        ({"height_px": 4}, "16 to 8192"),
    ],
)
def test_impossible_styles_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DisplayStyle(**changes)  # type: ignore[arg-type]


def test_png_keeps_every_level() -> None:
    picture = display(ramp(), PLAIN)
    read = cv2.imdecode(np.frombuffer(encode(picture, PLAIN), np.uint8), cv2.IMREAD_UNCHANGED)
    assert read is not None
    assert np.array_equal(read, picture)
