"""What the goods discriminant learns from: what is seen of each load, and its heading."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models import load_goods_network, load_measures
from riac.interior import MAX_ATTENUATION, cut_interior
from riac.scan import Picture
from tests.goods_phantoms import big_bags, empty_container
from training.datasets.goods import EMPTY, GoodsSample, unseen_headings
from training.datasets.goods import write_samples as write_loads
from training.datasets.looked import looked, main, read_samples

NETWORK, MEASURES = load_goods_network(), load_measures()


def sample(picture: Picture, heading: str) -> GoodsSample:
    transmission = cut_interior(picture).transmission
    attenuation = -np.log(np.clip(transmission, 1e-3, 1)) / MAX_ATTENUATION
    return GoodsSample(np.clip(attenuation, 0, 1).astype(np.float32), heading, "load", "phantom")


def test_where_no_goods_are_seen_there_is_nothing_to_look_at() -> None:
    assert looked(sample(empty_container(), "1202"), NETWORK, MEASURES) is None


def test_loads_are_looked_at_but_for_those_kept_for_asking(tmp_path: Path) -> None:
    for number, heading in enumerate(("1202", EMPTY, unseen_headings()[0])):
        file = tmp_path / "loads" / f"load-{number:06d}.npz"
        file.parent.mkdir(exist_ok=True)
        write_loads(file, [sample(big_bags(seed=1), heading), sample(big_bags(seed=2), heading)])
    assert main([str(tmp_path / "looked"), "--loads", str(tmp_path / "loads")]) == 0
    files = sorted((tmp_path / "looked").glob("load-*.npz"))
    samples = [list(read_samples(file)) for file in files]
    assert [len(each) for each in samples] == [2, 0, 0]
    (one, other), *_ = samples
    assert (one.heading, one.load) == ("1202", "load")
    assert one.seen.shape == (NETWORK.numbers,)
    assert one.placed.shape == (MEASURES.measures,)
    assert not np.array_equal(one.seen, other.seen)


def test_without_loads_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path / "looked"), "--loads", str(tmp_path)])
    assert "make some first" in capsys.readouterr().err
