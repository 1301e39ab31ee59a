"""The command that draws the physics."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from training.simulator.physics.figures import draw_dual_energy, draw_spectra


def test_pictures_are_drawn_and_always_alike(tmp_path: Path) -> None:
    for draw in (draw_spectra, draw_dual_energy):
        first, second = tmp_path / "first.png", tmp_path / "second.png"
        draw(first)
        draw(second)
        assert first.read_bytes() == second.read_bytes()
        with Image.open(first) as picture:
            assert np.asarray(picture.convert("L")).std() > 10
