"""The tone map answers levels it has never seen in peace by the law, not by a constant."""

from __future__ import annotations

import numpy as np

from riac.compare.tone import tone_map
from riac.compare.working import MEASURED_NOISE, RELATIVE_NOISE, noise_levels
from riac.scan import Picture

GAIN = 1.08


def _seen_twice(attenuation: Picture) -> tuple[Picture, Picture]:
    """Return the noise levels of one picture at two gains."""
    first, second = (np.exp(-attenuation * np.float32(gain)) for gain in (1.0, GAIN))
    return noise_levels(first, noise=MEASURED_NOISE), noise_levels(second, noise=MEASURED_NOISE)


def test_dark_things_too_small_to_be_trusted_are_expected_dark() -> None:
    generator = np.random.default_rng(4)
    attenuation = generator.uniform(0.2, 1.5, (120, 400)).astype(np.float32)
    trusted = np.ones_like(attenuation)
    attenuation[50:60, 90:100] = 4.0
    trusted[50:60, 90:100] = 0
    entry, leaving = _seen_twice(attenuation)
    mapped = tone_map(entry, leaving, trusted, noise=MEASURED_NOISE, relative=RELATIVE_NOISE)
    # Within a few noise units; taken for the darkest trusted level it would be 70 off.
    assert np.abs(mapped - leaving)[50:60, 90:100].max() < 8
    assert np.abs(mapped - leaving)[trusted > 0].max() < 2


def test_the_map_never_falls() -> None:
    generator = np.random.default_rng(5)
    attenuation = generator.choice([0.1, 0.4, 2.5], (80, 200)).astype(np.float32)
    entry, leaving = _seen_twice(attenuation)
    leaving += generator.normal(0, 2, leaving.shape).astype(np.float32)
    trusted = np.ones_like(entry)
    levels = np.sort(generator.uniform(0, float(entry.max()), 5000)).astype(np.float32)
    probe = np.resize(levels, entry.shape)
    both = np.concatenate([entry, probe])
    mapped = tone_map(
        both,
        np.concatenate([leaving, probe]),
        np.concatenate([trusted, np.zeros_like(probe)]),
        noise=MEASURED_NOISE,
        relative=RELATIVE_NOISE,
    )
    order = np.argsort(both.ravel())
    assert (np.diff(mapped.ravel()[order]) >= -1e-3).all()
