"""Statistics are fitted on scans, and make weights the detector reads."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from models import ContainerStatistics
from models.novelty import measure
from tests.goods_phantoms import big_bags, stacked_cartons
from training.fit_novelty import fit, main, measured


def values(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    pictures = [make(seed=seed) for seed in range(count) for make in (big_bags, stacked_cartons)]
    return np.array([[each.value for each in measure(picture)] for picture in pictures])


def test_what_was_fitted_on_is_within_the_bound_and_noise_beyond() -> None:
    found = values(60)
    content = fit(located=found, cropped=found).model_dump_json().encode()
    detector = ContainerStatistics(content)
    assert detector.digest == hashlib.sha256(content).hexdigest()
    within = [detector.novelty(big_bags(seed=seed)) for seed in range(60)]
    assert np.mean(np.array(within) > 1) < 0.1
    noise = np.random.default_rng(0).random((256, 800), np.float32)
    assert detector.novelty(noise) > 2


def test_too_few_are_refused() -> None:
    with pytest.raises(ValueError, match="pictures or more"):
        fit(located=values(3), cropped=values(3))


def test_files_that_show_no_container_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    assert measured(tmp_path / "a.jpg") is None


def test_a_folder_without_scans_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path), str(tmp_path / "weights.json"), "--jobs", "1"])
