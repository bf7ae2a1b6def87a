"""Counting a weighted game by the sums that coalitions can reach, one table of sizes and sums."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nemcon.analysis.game import Threshold
from nemcon.analysis.swings import Swings
from nemcon.saying import say

METHOD = say("dynamic programme over sums")
MOST_STEPS = 400_000_000
_EXACT_SIZE = 61  # up to here every count fits in 64 bits
_SLOWER = 40  # how much longer a step takes with integers of any length


def steps(game: Threshold) -> int:
    """How many additions the tables take, in those of 64 bits."""
    size, width = len(game.weights), _width(game)
    return size * size * width * (1 if size <= _EXACT_SIZE else _SLOWER)


def count(game: Threshold) -> Swings:
    """Count the game [quota; weights].

    `losing[k, s]` is the number of coalitions of k members with sum s below the quota. Those
    without a member of weight w follow from it: 1 / (1 + x^w y) = 1 - x^w y + x^2w y^2 - …,
    so from sums below a bound every second step is taken away again.
    """
    weights, quota = game.weights, game.quota
    size = len(weights)
    losing = _table(weights, quota)
    below = np.cumsum(losing, axis=1)  # of size k with a sum of at most s
    swings = {w: _swings(below, w, quota) for w in set(weights)}
    lost = sum(int(n) for n in below[:, -1])
    by_size = tuple(tuple(swings[w]) for w in weights)
    totals = tuple(map(sum, by_size))
    return Swings(METHOD, 2**size - lost, totals, by_size, _minimal(weights, quota))


def _width(game: Threshold) -> int:
    return min(game.quota, sum(game.weights))


def _table(weights: Sequence[int], quota: int) -> npt.NDArray[np.int64]:
    size = len(weights)
    table = np.zeros((size + 1, quota), dtype=np.int64 if size <= _EXACT_SIZE else object)
    table[0, 0] = 1
    reach = 0
    for done, weight in enumerate(sorted(weights)):
        reach = min(reach + weight, quota - 1)
        if weight < quota:
            old = table[: done + 1, : reach + 1 - weight].copy()
            table[1 : done + 2, weight : reach + 1] += old
    return table


def _swings(below: npt.NDArray[np.int64], weight: int, quota: int) -> list[int]:
    """The swings of a member of this weight, by the number of the others."""
    size = below.shape[0] - 1
    if weight == 0:
        return [0] * size
    without = _without(below, weight, quota - 1) - _without(below, weight, quota - 1 - weight)
    return [int(n) for n in without[:size]]


def _without(below: npt.NDArray[np.int64], weight: int, bound: int) -> npt.NDArray[np.int64]:
    """Of each size, the coalitions without a member of this weight whose sum is at most a bound."""
    size = below.shape[0] - 1
    found = np.zeros(size + 1, dtype=below.dtype)
    for step in range(min(size, bound // weight) + 1 if bound >= 0 else 0):
        column = below[: size + 1 - step, bound - step * weight]
        if step % 2:
            found[step:] -= column
        else:
            found[step:] += column
    return found


def _minimal(weights: Sequence[int], quota: int) -> int:
    """Winning coalitions that lose without their lightest member, and so without any."""
    size = len(weights)
    table = np.zeros(quota, dtype=np.int64 if size <= _EXACT_SIZE else object)
    table[0] = 1
    found = 0
    for weight in sorted(weights, reverse=True):
        if weight:
            found += int(table[max(0, quota - weight) :].sum())
        if 0 < weight < quota:
            table[weight:] += table[:-weight].copy()
    return found
