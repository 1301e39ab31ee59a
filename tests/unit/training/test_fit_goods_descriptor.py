import hashlib
import json

from models import GoodsDescriptor, load_embedder
from training.fit_goods_descriptor import fit

HEADINGS = ("0207", "4011", "5201")


def test_fitted_weights_are_weights_of_the_descriptor() -> None:
    weights = fit(loads_each=1, headings=HEADINGS)
    content = weights.model_dump_json().encode()
    embedder = GoodsDescriptor(content)
    assert embedder.digest == hashlib.sha256(content).hexdigest()
    assert embedder.dimension == load_embedder().dimension
    assert json.loads(content)["definition"] == 2


def test_the_same_seed_gives_the_same_weights() -> None:
    first, again, other = (fit(loads_each=1, headings=HEADINGS, seed=seed) for seed in (5, 5, 6))
    assert first == again
    assert first != other
