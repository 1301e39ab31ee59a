"""A picture whose rows were divided by too little air is called so, and held up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from models import load_normalisation
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.ports import NormalisationReading, PictureChecks
from riac.scan import FaultCode, Picture, Severity

from .trucks import picture, scan_of


@dataclass
class Saying:
    """A checker that says the same of every picture."""

    probability: float
    asked: int = 0

    name = "saying-1"
    digest = "e" * 64
    runs_on = "nothing"

    def check(self, transmission: Picture) -> NormalisationReading:
        self.asked += 1
        rows = np.zeros(len(transmission), np.float32)
        rows[40] = 1
        return NormalisationReading(self.probability, rows)


def told(scan: PreparedScan) -> list[str]:
    return [each.detail for each in scan.faults if each.code is FaultCode.WRONG_NORMALISATION]


@pytest.mark.parametrize(("probability", "said"), [(0.2, False), (0.9, False), (0.99, True)])
def test_what_is_sure_is_doubtful_and_names_a_row(probability: float, *, said: bool) -> None:
    checks = PictureChecks(normalisation=Saying(probability))
    scan = prepare(scan_of(picture()), checks=checks)
    assert bool(told(scan)) is said
    assert scan.usable
    if said:
        assert "row 40" in told(scan)[0]
        assert {each.severity for each in scan.faults} == {Severity.DOUBTFUL}


def test_crops_are_not_asked_about() -> None:
    whole = prepare(scan_of(picture()))
    box = whole.containers[0].box_px
    rows, columns = (slice(round(a), round(b)) for a, b in ((box.y0, box.y1), (box.x0, box.x1)))
    saying = Saying(0.99)
    crop = scan_of(np.ascontiguousarray(picture()[rows, columns]))
    assert told(prepare(crop, checks=PictureChecks(normalisation=saying))) == []
    assert saying.asked == 0


def test_the_released_checker_tells_rows_behind_something_in_the_beam() -> None:
    checks = PictureChecks(normalisation=load_normalisation())
    clean = picture()
    wrong = clean.copy()
    high = len(wrong)
    wrong[high // 3 : high // 2] = np.minimum(wrong[high // 3 : high // 2] / 0.6, 1)
    assert told(prepare(scan_of(clean), checks=checks)) == []
    assert told(prepare(scan_of(wrong), checks=checks))
