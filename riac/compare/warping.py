"""Monotone warps along the scan direction, by dynamic programming over displacements."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riac.compiled import compiled

FINENESS = 2
"""States of the warp per column."""
STRIDE = 4
"""Columns per node of the warp."""
STEPS = 3
"""States by which the displacement may change between nodes: 37 % of local speed."""
CAP = 8.0
"""Noise units at which a difference between descriptors stops to count: an object put in or
taken out must not steer the warp."""
OUTSIDE_COST = 0.5 * CAP


def matching_costs(
    entry: NDArray[np.float32], exit_: NDArray[np.float32], reach: int
) -> NDArray[np.float32]:
    """Return (nodes, states): how ill each displacement fits, noise units summed over a node.

    State s is a displacement of s / FINENESS - reach columns.

    Args:
        entry: (columns, features) descriptors.
        exit_: the other picture's.
        reach: columns of displacement looked at, both ways.
    """
    return _costs(np.ascontiguousarray(entry), _finer(np.ascontiguousarray(exit_.T)), reach)


@compiled
def _finer(
    features: NDArray[np.float32],
) -> NDArray[np.float32]:  # pragma: no cover - compiled
    """Return (features, places), FINENESS places to a column, straight lines between columns."""
    count, columns = features.shape
    finer = np.empty((count, (columns - 1) * FINENESS + 1), np.float32)
    for f in range(count):
        for column in range(columns - 1):
            step = features[f, column + 1] - features[f, column]
            for part in range(FINENESS):
                share = np.float32(part / FINENESS)
                finer[f, column * FINENESS + part] = features[f, column] + share * step
        finer[f, -1] = features[f, -1]
    return finer


@compiled
def _costs(
    entry: NDArray[np.float32], finer: NDArray[np.float32], reach: int
) -> NDArray[np.float32]:  # pragma: no cover - compiled
    """States lie side by side in the finer features: the innermost loop is one of vectors."""
    columns, features = entry.shape
    states = 2 * reach * FINENESS + 1
    costs = np.zeros((columns // STRIDE, states), np.float32)
    totals = np.empty(states, np.float32)
    share, cap = np.float32(features), np.float32(CAP)
    for column in range(costs.shape[0] * STRIDE):
        start = (column - reach) * FINENESS
        first, last = max(0, -start), min(states, finer.shape[1] - start)
        sums = totals[: last - first]
        sums[:] = 0
        for f in range(features):
            level = entry[column, f]
            seen = finer[f, start + first : start + last]
            for s in range(seen.size):
                sums[s] += min(abs(level - seen[s]), cap)
        node = costs[column // STRIDE]
        node[:first] += np.float32(OUTSIDE_COST)
        node[last:] += np.float32(OUTSIDE_COST)
        inside = node[first:last]
        for s in range(inside.size):
            inside[s] += sums[s] / share
    return costs


@compiled
def smoothest_path(
    costs: NDArray[np.float32], stiffness: np.float32
) -> tuple[NDArray[np.int64], float]:  # pragma: no cover - compiled
    """Viterbi (1967) over displacements; a step of k states costs stiffness k^2."""
    nodes, states = costs.shape
    best = costs[0].copy()
    came_from = np.zeros((nodes, states), np.int8)
    for node in range(1, nodes):
        reached = np.empty(states, np.float32)
        for state in range(states):
            lowest = np.float32(1e30)
            for step in range(-STEPS, STEPS + 1):
                before = state + step
                if before < 0 or before >= states:
                    continue
                value = best[before] + stiffness * np.float32(step * step)
                if value < lowest:
                    lowest = value
                    came_from[node, state] = step
            reached[state] = lowest + costs[node, state]
        best = reached
    path = np.empty(nodes, np.int64)
    path[-1] = int(np.argmin(best))
    for node in range(nodes - 1, 0, -1):
        path[node - 1] = path[node] + came_from[node, path[node]]
    return path, float(best.min())
