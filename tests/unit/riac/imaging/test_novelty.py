"""A container unlike all that is known is called so, and no match is made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from riac.compare import compare
from riac.finding import ComparisonVerdict
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.ports import PictureChecks
from riac.scan import FaultCode, Picture, Severity
from training.simulator.scanning import Scanner, expose
from training.simulator.trucks import Truck, build_scene

from .trucks import PITCH_MM, picture, scan_of


@dataclass
class Saying:
    """A detector that says the same of every container."""

    value: float
    cropped: bool | None = None

    name = "saying-1"
    digest = "d" * 64
    runs_on = "nothing"

    def novelty(self, container: Picture, *, cropped: bool = False) -> float:
        self.cropped = cropped
        return self.value


def unfamiliar(scan: PreparedScan) -> bool:
    return any(fault.code is FaultCode.UNFAMILIAR for fault in scan.faults)


@pytest.mark.parametrize(("value", "told"), [(0.4, False), (1.0, False), (1.2, True)])
def test_what_lies_beyond_the_bound_is_doubtful(value: float, told: bool) -> None:
    scan = prepare(scan_of(picture()), checks=PictureChecks(Saying(value)))
    assert unfamiliar(scan) is told
    assert scan.usable
    assert all(fault.severity is Severity.DOUBTFUL for fault in scan.faults)


def test_crops_made_by_hand_are_judged_as_such() -> None:
    whole = prepare(scan_of(picture()))
    box = whole.containers[0].box_px
    rows, columns = (slice(round(a), round(b)) for a, b in ((box.y0, box.y1), (box.x0, box.x1)))
    crop = np.ascontiguousarray(picture()[rows, columns])
    saying = Saying(0.5)
    prepare(scan_of(picture()), checks=PictureChecks(saying))
    assert saying.cropped is False
    assert prepare(scan_of(crop), checks=PictureChecks(saying)).rectified[0].container.whole_picture
    assert saying.cropped is True


def test_a_match_with_it_is_inconclusive_and_a_mismatch_stays_one() -> None:
    entry = prepare(scan_of(picture()))
    again = expose(
        build_scene(Truck("0805", seed=3, with_cab=True)), Scanner(pitch_mm=PITCH_MM), seed=4
    )
    scan = replace(scan_of(again.transmissions[0]), sha256="b")
    leaving = prepare(scan, checks=PictureChecks(Saying(1.5)))
    assert compare(entry, prepare(scan)).verdict is ComparisonVerdict.MATCH
    assert compare(entry, leaving).verdict is ComparisonVerdict.INCONCLUSIVE
    stranger = replace(scan_of(picture("4011", seed=9)), sha256="c")
    other = prepare(stranger, checks=PictureChecks(Saying(1.5)))
    assert compare(entry, other).verdict is ComparisonVerdict.MISMATCH
