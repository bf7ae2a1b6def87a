"""Counting a weighted game of many members and wide weights: exact, in numbers of any length.

One table holds, for each sum below the quota, how many coalitions have it, as digits of 48 bits;
carries are passed on before they can be lost. Sizes are not told apart, which is enough for the
index of Banzhaf.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from nemcon.analysis.game import Threshold
from nemcon.analysis.swings import Swings
from nemcon.saying import say

METHOD = say("dynamic programme over sums, in long numbers")
MOST_STEPS = 4_000_000_000
MOST_WIDTH = 60_000_000  # sums in one table: half a gigabyte a digit
_DIGIT = 48
_ADDITIONS = 14  # a digit doubled so often stays below 2^63
_HALF = 24  # digits are summed in halves: 2^24 numbers of 24 bits stay below 2^63

Digits = npt.NDArray[np.int64]


def steps(game: Threshold) -> int:
    """How many additions of 64 bits the table takes."""
    quota = _lower_quota(game)
    reach = found = 0
    for done, weight in enumerate(sorted(game.weights)):
        reach = min(reach + weight, quota)
        found += reach * (done // _DIGIT + 1)
    return found


def count(game: Threshold) -> Swings:
    """Count the game [quota; weights].

    The game whose winners are the complements of the losers here has the same swings; the table
    is made for whichever of the two has the lower quota.
    """
    quota = _lower_quota(game)
    table = _table(game.weights, quota)
    below, totals = _totals(table, sorted(set(game.weights)), quota)
    winning = below if quota != game.quota else 2 ** len(game.weights) - below
    return Swings(METHOD, winning, tuple(totals[w] for w in game.weights))


def _lower_quota(game: Threshold) -> int:
    return min(game.quota, sum(game.weights) - game.quota + 1)


def _table(weights: Sequence[int], quota: int) -> Digits:
    """Digits of the number of coalitions of each sum below the quota; light members first, since
    then the sums stay low for long.
    """
    table = np.zeros((len(weights) // _DIGIT + 1, quota), dtype=np.int64)
    table[0, 0] = 1
    reach = 0
    for done, weight in enumerate(sorted(weights)):
        last = min(reach, quota - 1 - weight)
        if last >= 0:
            for row in table[: done // _DIGIT + 1]:
                row[weight : weight + last + 1] += row[: last + 1].copy()
        reach = min(reach + weight, quota - 1)
        if done % _ADDITIONS == _ADDITIONS - 1:
            _carry(table[:, : reach + 1])
    _carry(table)
    return table


def _carry(table: Digits) -> None:
    for low, high in pairwise(table):
        high += low >> _DIGIT
        low &= (1 << _DIGIT) - 1


def _totals(table: Digits, weights: Sequence[int], quota: int) -> tuple[int, dict[int, int]]:
    """Coalitions below the quota, and the swings of a member of each weight.

    The coalitions without a member of weight w and with a sum of at most b are those of all
    members with at most b, less those with at most b - w, more those with at most b - 2w, …
    """
    below = 0
    totals = dict.fromkeys(weights, 0)
    for place, row in enumerate(table):
        for half in (0, 1):
            part = (row >> (_HALF * half)) & ((1 << _HALF) - 1)
            sums = np.cumsum(part)
            scale = 1 << (_DIGIT * place + _HALF * half)
            below += scale * int(sums[quota - 1])
            for weight in weights:
                if weight:
                    swings = _without(sums, weight, quota - 1)
                    swings -= _without(sums, weight, quota - 1 - weight)
                    totals[weight] += scale * swings
    return below, totals


def _without(sums: Digits, weight: int, bound: int) -> int:
    if bound < 0:
        return 0
    steps_down = sums[bound::-weight]
    more, less = steps_down[::2], steps_down[1::2]
    # Each sum has at most 48 bits here; added as numbers of any length in blocks that fit.
    return _exact_sum(more) - _exact_sum(less)


def _exact_sum(values: Digits) -> int:
    low = int((values & ((1 << _HALF) - 1)).sum())
    return low + (int((values >> _HALF).sum()) << _HALF)
