"""Train the pair judge, which concludes whether a load is the same from all known of a pair.

    python -m training.datasets.pairs more --count 10000 --seed 32 --shares 0.8 0.2 --rare 0.25
    python -m training.datasets.judged judged --pairs more
    riac simulate pair --out lots --count 1200 --tampered 0.4 --same-class 0.5 --seed 43
    python -m training.datasets.filed filed --lots lots
    python -m training.datasets.judged fine --pairs filed
    python -m training.train_judge judged --fine fine --out judge
    python -m training.export judge judge/best.pt pair-judge.onnx

Data: some 10,000 pairs of coarser elements and 4,000 as fine as sites file them (a third of these
of what is rarely met, from further folders that the card lists), none of which the networks learned
on, what it took to lay each over itself and what the networks say of it, two hours on two cores.
Training: a minute. A fifth of the pairs, by task, is never trained on. Expected
there, AUROC against honest pairs: look-alikes and whole loads exchanged 0.997 (0.991 of other pairs
without a judge), changes of parts 0.95; the card has them apart, of ordinary lots, of what is
rarely met and of those as fine as sites file them.

Run again with the same folder it goes on after the last whole pass; curves are drawn beside the
weights. To be trained anew whenever a change network or the load network is, or how pairs are
aligned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from training.datasets.files import read_parted
from training.datasets.judged import JudgedSample, read_samples
from training.evaluate.figure import auroc
from training.networks.judge import MEMBERS, JudgeNet
from training.passes import draw_curves, recipe_parser, run_passes

BATCH = 128
PASSES = 30
RATE, DECAY, WARM_UP = 2e-3, 2e-2, 0.3
HELD_OUT = 5
"""Every so manieth task is for validation."""
FINE_TIMES = 6
"""How often a pair as fine as sites file them counts: there are fewer of them."""
WHOLE_WEIGHT = 6.0
"""Of another load's loss, to that of a change of a part."""
CHANGED_WEIGHT = 2.5
"""Of all changed pairs together, to all honest ones together."""


@dataclass(frozen=True, slots=True)
class Table:
    """Samples, those whose change cannot be seen left out."""

    statistics: torch.Tensor
    """(N, statistics) float32."""
    changed: torch.Tensor
    """(N,) float32, 0 or 1."""
    whole: NDArray[np.bool_]
    """(N,)."""

    @property
    def weight(self) -> torch.Tensor:
        """Of each sample's loss, (N,); 1 of an honest one's."""
        weight = torch.where(torch.from_numpy(self.whole), WHOLE_WEIGHT, 1.0) * self.changed
        honest = float((1 - self.changed).sum())
        return torch.where(self.changed > 0, weight * (CHANGED_WEIGHT * honest / weight.sum()), 1.0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; returns the exit status."""
    parser = recipe_parser("train_judge", __doc__, passes=PASSES, rate=RATE)
    parser.add_argument(
        "samples", type=Path, nargs="+", help="folder of training.datasets.judged, or several"
    )
    parser.add_argument(
        "--fine",
        type=Path,
        nargs="+",
        default=[],
        help=f"folders of pairs as fine as sites file them; each counts {FINE_TIMES} times",
    )
    given = parser.parse_args(arguments)
    folders = [*given.samples, *FINE_TIMES * given.fine]
    try:
        train, held_out = map(
            _table, read_parted(folders, read_samples, pattern="*-*.npz", every=HELD_OUT)
        )
    except ValueError as error:
        parser.error(str(error))
    given.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    network = JudgeNet()
    network.spread(train.statistics)
    if given.start is not None:
        network.load_state_dict(torch.load(given.start, weights_only=True))
    run_passes(
        network,
        network,
        losses=lambda generator: _losses(network, train, generator),
        steps=-(-len(train.changed) // BATCH),
        validate=lambda: validate(network, held_out),
        draw=partial(draw_curves, label="AUROC, held out"),
        out=given.out,
        passes=given.passes,
        seed=given.seed,
        rate=given.rate,
        decay=DECAY,
        warm_up=WARM_UP,
    )
    return 0


def validate(network: JudgeNet, samples: Table) -> Mapping[str, float]:
    """Return AUROCs against honest pairs and the shares that pass and are told at a score of 0.5.

    `score` is what passes are chosen by: less loss, with the weights of training.
    """
    network.eval()
    with torch.no_grad():
        scores = network(samples.statistics).numpy()
    changed = samples.changed.numpy() > 0
    honest, whole = scores[~changed], scores[samples.whole]
    parts = scores[changed & ~samples.whole]
    loss = functional.binary_cross_entropy(
        torch.from_numpy(scores), samples.changed, weight=samples.weight
    )
    return {
        "whole": auroc(whole, honest),
        "parts": auroc(parts, honest),
        "honest passing": float((honest < 0.5).mean()),
        "whole told": float((whole >= 0.5).mean()),
        "parts told": float((parts >= 0.5).mean()),
        "score": -float(loss),
    }


def _losses(
    network: JudgeNet, train: Table, generator: np.random.Generator
) -> Iterator[torch.Tensor]:
    weight = train.weight
    order = torch.from_numpy(generator.permutation(len(weight)))
    for drawn in order.split(BATCH):
        logits = network.logits(train.statistics[drawn])
        # The members learn each for itself.
        wanted, shares = (each[drawn, None].expand(-1, MEMBERS) for each in (train.changed, weight))
        yield functional.binary_cross_entropy_with_logits(logits, wanted, weight=shares)


def _table(samples: Sequence[JudgedSample]) -> Table:
    used = [each for each in samples if each.visible or not each.changed]
    return Table(
        torch.from_numpy(np.stack([each.statistics for each in used])),
        torch.tensor([float(each.changed) for each in used]),
        np.array([each.whole and each.changed for each in used]),
    )


if __name__ == "__main__":
    raise SystemExit(main())
