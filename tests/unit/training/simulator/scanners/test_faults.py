from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from riac.scan import FaultCode
from training.simulator.scanners.acquisition import Acquisition
from training.simulator.scanners.faults import (
    CODES,
    ON_LEVELS,
    ScanFault,
    rendered_style,
    spoiled,
    truncated,
)
from training.simulator.scanners.style import Curve


def clean() -> Acquisition:
    """Return a bright surround, a little brighter at its end, and a dark load."""
    levels = np.full((1, 200, 600), 40_000, np.uint16)
    levels[:, :, 500:] += 40
    levels[:, 50:180, 100:500] = 4_000
    return Acquisition(levels, black=0, white=40_000)


def seen(fault: ScanFault, *, seed: int = 4) -> NDArray[np.float32]:
    faulty = spoiled(clean(), fault, generator=np.random.default_rng(seed))
    return np.asarray(faulty.transmissions()[0])


@pytest.mark.parametrize("fault", ON_LEVELS)
def test_every_fault_changes_the_scan_and_the_same_seed_in_the_same_way(fault: ScanFault) -> None:
    generators = [np.random.default_rng(9) for _ in range(2)]
    first, again = (spoiled(clean(), fault, generator=generator) for generator in generators)
    assert np.any(first.levels != clean().levels)
    assert first.levels.tobytes() == again.levels.tobytes()
    assert (first.black, first.white) == (0, 40_000)


def test_an_inverted_scan_has_dark_air_and_bright_cargo() -> None:
    picture = seen(ScanFault.INVERTED)
    assert picture[10, 10] == 0.0
    assert picture[100, 300] == pytest.approx(0.9, abs=1e-4)


def test_a_saturated_scan_is_at_full_scale_but_for_dense_cargo() -> None:
    assert seen(ScanFault.SATURATED)[10, 10] == pytest.approx(65535 / 40_000)


def test_a_black_scan_is_black_everywhere() -> None:
    assert float(seen(ScanFault.BLACK).max()) < 0.01


def test_dead_rows_hold_one_value_along_the_whole_scan() -> None:
    picture = seen(ScanFault.DEAD_ROWS)
    # Any other row crosses the load or the brightening air.
    assert 1 <= int((np.ptp(picture, axis=1) == 0).sum()) <= 24


def test_bright_lines_are_few_and_bright_from_top_to_bottom() -> None:
    picture = seen(ScanFault.BRIGHT_LINES)
    lifted = picture[50:180, 100:500] > 0.15
    assert np.all(lifted == lifted[0])
    assert 1 <= int(lifted[0].sum()) <= 3 * 24


def test_bands_are_darker_over_several_columns_and_stripes_alternate() -> None:
    banded, striped = (seen(fault)[10] for fault in (ScanFault.BANDED, ScanFault.STRIPED))
    assert banded.min() < 0.85
    assert float(np.abs(np.diff(banded)).max()) < 0.3
    assert int((banded < 0.9).sum()) >= 3
    assert float(np.diff(striped).std()) > 0.03


def test_a_wrong_normalisation_makes_rows_too_bright() -> None:
    picture = seen(ScanFault.WRONG_NORMALISATION)
    assert picture[:, 10].max() > 1.05
    assert float(np.ptp(picture[:, :90], axis=1).max()) == 0.0


def test_a_truncated_file_keeps_its_header_and_loses_its_end() -> None:
    content = bytes(range(250)) * 4
    cut = truncated(content, generator=np.random.default_rng(0))
    assert 100 < len(cut) < 900
    assert content.startswith(cut)


def test_faults_outside_the_levels_are_refused_with_those_allowed() -> None:
    with pytest.raises(ValueError, match=r"inverted.*got truncated"):
        spoiled(clean(), ScanFault.TRUNCATED, generator=np.random.default_rng(0))


def test_faults_are_named_as_readers_name_them() -> None:
    assert set(CODES) == set(ScanFault)
    assert CODES[ScanFault.BANDED] is FaultCode.BANDED


def test_rendered_pictures_are_far_from_linear() -> None:
    style = rendered_style(np.random.default_rng(1))
    assert style.curve is Curve.LOGARITHM
    assert style.regional_contrast >= 3
