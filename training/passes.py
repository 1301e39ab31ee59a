"""Passes over the training data: what every recipe does alike. No data, no loss, no network."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import torch
from rich.progress import track
from torch import nn

LONGEST_GRADIENT = 5.0

Log = list[dict[str, float]]


def recipe_parser(name: str, description: str, *, passes: int, rate: float) -> ArgumentParser:
    """Return a parser of what all recipes are told.

    Args:
        name: of the recipe's module, within `training`.
        description: its docstring.
        passes: by default.
        rate: by default.
    """
    parser = ArgumentParser(
        prog=f"python -m training.{name}",
        description=description,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, required=True, help="weights, curves, log")
    parser.add_argument("--passes", type=int, default=passes)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=rate, help="of learning, at its highest")
    parser.add_argument("--start", type=Path, help="to begin with: a best.pt, or a released .onnx")
    return parser


def computing(device: torch.device) -> torch.autocast:
    """Return a context that computes in bfloat16 where that is faster.

    So it is on GPUs and on processors that multiply matrices of such numbers (Intel's AMX: a
    third of the time). Weights stay as they are.
    """
    faster = device.type == "cuda" or bool(torch.cpu.get_capabilities().get("amx_bf16"))
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=faster)


def draw_curves(log: Log, path: Path, *, label: str, solid: str = "") -> None:
    """Draw the loss, and beside it all figures of validation but the score.

    Args:
        log: of the passes.
        path: of the picture.
        label: what the figures are of.
        solid: what is in the names of figures with a solid line; the others are dotted.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    passes = np.arange(1, len(log) + 1)
    left.plot(passes, [each["loss"] for each in log])
    left.set(xlabel="pass", ylabel="loss in training")
    for key in log[-1]:
        if key not in {"loss", "score"}:
            style = "-" if solid in key else ":"
            right.plot(passes, [each[key] for each in log], style, label=key)
    right.set(xlabel="pass", ylabel=label)
    right.legend()
    figure.savefig(path)
    plt.close(figure)


def run_passes(
    trained: nn.Module,
    released: nn.Module,
    *,
    losses: Callable[[np.random.Generator], Iterable[torch.Tensor]],
    steps: int,
    validate: Callable[[], Mapping[str, float]],
    draw: Callable[[Log, Path], None],
    out: Path,
    passes: int,
    seed: int,
    rate: float,
    decay: float,
    warm_up: float,
) -> None:
    """Train, keeping a state after every pass and the released part's weights of the best one.

    Called again with the same folder it goes on after the last whole pass.

    Args:
        trained: everything with weights.
        released: the part of it whose weights are kept as `best.pt`.
        losses: yields the losses of one pass, one a step; each is made when it is asked for.
        steps: of a pass.
        validate: returns figures; passes are chosen by `score`.
        draw: draws the curves of the log into a file.
        out: folder of weights, state, log and curves.
        passes: in all.
        seed: of each pass's generator, with its number.
        rate: of learning, at its highest.
        decay: of weights.
        warm_up: share of all steps in which the rate rises.
    """
    optimiser = torch.optim.AdamW(trained.parameters(), lr=rate, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rate, total_steps=steps * passes, pct_start=warm_up
    )
    kept_parts: dict[str, Any] = {"parts": trained, "optimiser": optimiser, "schedule": schedule}
    log: Log = []
    state = out / "state.pt"
    if state.exists():
        kept = torch.load(state, weights_only=True)
        for name, part in kept_parts.items():
            part.load_state_dict(kept[name])
        log = json.loads((out / "log.json").read_text(encoding="utf-8"))
    for number in range(len(log), passes):
        started = time.monotonic()
        trained.train()
        seen = []
        generator = np.random.default_rng([seed, number])
        shown = track(losses(generator), total=steps, description=f"pass {number + 1}")
        for loss in shown:
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(trained.parameters(), LONGEST_GRADIENT)
            optimiser.step()
            schedule.step()
            seen.append(loss.item())
        figures = validate()
        log.append({"loss": float(np.mean(seen)), **figures})
        told = ", ".join(f"{key} {value:.4f}" for key, value in log[-1].items())
        sys.stdout.write(f"pass {number + 1}: {told}, {time.monotonic() - started:.0f} s\n")
        sys.stdout.flush()
        if figures["score"] >= max(each["score"] for each in log):
            torch.save(released.state_dict(), out / "best.pt")
        torch.save({name: part.state_dict() for name, part in kept_parts.items()}, state)
        (out / "log.json").write_text(json.dumps(log, indent=1), encoding="utf-8")
        draw(log, out / "curves.png")
