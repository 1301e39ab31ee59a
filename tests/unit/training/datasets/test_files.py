"""Files of samples: what was written is read again, and what is not there is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.datasets.files import read_arrays, write_arrays


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "lot-000000.npz"
    written = np.arange(6).reshape(2, 3)
    write_arrays(path, [({"picture": written}, {"origin": "here"})])
    [((read,), about)] = read_arrays(path, "picture")
    np.testing.assert_array_equal(read, written)
    assert about == {"origin": "here"}
    assert list(tmp_path.iterdir()) == [path]


def test_samples_of_before_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "lot-000000.npz"
    write_arrays(path, [({"picture": np.zeros(3)}, {})])
    with pytest.raises(ValueError, match=r"lot-000000.npz holds no 'fit'"):
        list(read_arrays(path, "picture", "fit"))
