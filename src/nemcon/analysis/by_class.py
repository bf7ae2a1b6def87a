"""Counting a game by classes: members whose weights are alike stand for each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import comb, prod

import numpy as np
import numpy.typing as npt

from nemcon.analysis.game import Formula, Totals, Truths, forms, holds
from nemcon.analysis.swings import Swings, from_counts
from nemcon.saying import say

METHOD = say("classes of like members")
MOST_STATES = 1_000_000
_EXACT_SIZE = 55  # up to here a count times a size fits in 64 bits
_EXACT_TOTAL = 2**62


def states(formula: Formula, size: int) -> int:
    """How many combinations of numbers of members by class there are to look at."""
    return prod(count + 1 for count in Counter(columns(formula, size)).values())


def columns(formula: Formula, size: int) -> list[tuple[int, ...]]:
    """What each member weighs in each of the forms of the formula."""
    rows = forms(formula)
    return [tuple(row[i] for row in rows) for i in range(size)]


def fall(formula: Formula, size: int) -> tuple[list[int], int] | None:
    """A coalition (positions on the roll) that wins, and one more member with whom it loses; None
    if there is none, as a simple game demands.
    """
    each = columns(formula, size)
    winning = _winning(formula, each)[0]
    places: dict[tuple[int, ...], list[int]] = {}
    for i, kind in enumerate(each):
        places.setdefault(kind, []).append(i)
    for axis, members in enumerate(places.values()):
        fewer = winning.take(range(winning.shape[axis] - 1), axis)
        more = winning.take(range(1, winning.shape[axis]), axis)
        falls = np.argwhere(fewer & ~more)
        if len(falls):
            numbers = [int(n) for n in falls[0]]
            inside = [i for n, own in zip(numbers, places.values(), strict=True) for i in own[:n]]
            return inside, members[numbers[axis]]
    return None


def count(formula: Formula, size: int) -> Swings:
    """Count a game without groups by the numbers of members of each class."""
    each = columns(formula, size)
    kinds = Counter(each)
    counts = list(kinds.values())
    winning, grids = _winning(formula, each)
    shape = winning.shape
    ways = [np.array([comb(n, k) for k in range(n + 1)], dtype=object) for n in counts]
    ordinary = np.int64 if size <= _EXACT_SIZE else object
    many = np.ones((1,) * len(counts), dtype=ordinary)
    for axis, way in enumerate(ways):
        many = many * way.astype(ordinary).reshape(
            [-1 if a == axis else 1 for a in range(len(counts))]
        )
    many = np.broadcast_to(many, shape)[winning]
    numbers = [np.broadcast_to(grid, shape)[winning] for grid in grids]
    sizes = sum(numbers[1:], numbers[0])
    by_size = _sums(sizes, many, size)
    with_one = {
        kind: _sums(sizes, many * number // n, size)
        for kind, number, n in zip(kinds, numbers, counts, strict=True)
    }
    minimal = np.broadcast_to(_minimal(winning), shape)[winning]
    return from_counts(METHOD, by_size, [with_one[kind] for kind in each], int(many[minimal].sum()))


def _winning(
    formula: Formula, each: Sequence[tuple[int, ...]]
) -> tuple[Truths, list[npt.NDArray[np.int64]]]:
    """For each number of members of each class, whether they win; and those numbers."""
    rows, kinds = forms(formula), Counter(each)
    axes = np.ogrid[tuple(slice(0, n + 1) for n in kinds.values())]
    grids: list[npt.NDArray[np.int64]] = [np.asarray(axis, dtype=np.int64) for axis in axes]
    totals: dict[tuple[int, ...], Totals] = {}
    for f, row in enumerate(rows):
        wide = sum(map(abs, row)) >= _EXACT_TOTAL
        parts = [
            (grid.astype(object) if wide else grid) * kind[f]
            for grid, kind in zip(grids, kinds, strict=True)
        ]
        totals[row] = sum(parts[1:], parts[0])
    shape = tuple(n + 1 for n in kinds.values())
    return np.broadcast_to(holds(formula, totals), shape), grids


def _minimal(winning: Truths) -> Truths:
    """Which winning states lose with one member less of any class."""
    found = winning.copy()
    for axis in range(winning.ndim):
        less = np.roll(winning, 1, axis)
        first = [slice(None)] * winning.ndim
        first[axis] = slice(0, 1)
        less[tuple(first)] = False
        found &= ~less
    return found


def _sums(sizes: Totals, values: Totals, size: int) -> list[int]:
    sums = np.zeros(size + 1, dtype=values.dtype)
    np.add.at(sums, sizes.astype(np.int64), values)
    return [int(value) for value in sums]
