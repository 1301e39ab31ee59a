"""Contact sheets hold a picture for each thing they show."""

from __future__ import annotations

import numpy as np

from training.simulator.scanners.style import Family
from training.simulator.sheets import display_sheet


def test_every_family_of_displays_has_a_row_of_pictures() -> None:
    sheet = display_sheet()
    rows = np.array_split(sheet, len(Family))
    assert sheet.shape[0] % len(Family) == 0
    for row in rows:
        for picture in np.array_split(row[18:], 3, axis=1):
            assert picture.std() > 15
