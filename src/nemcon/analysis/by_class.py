"""Counting a game by classes: members whose weights are alike stand for each other."""

from __future__ import annotations

from collections import Counter
from math import comb, prod

import numpy as np

from nemcon.analysis.game import Formula, Totals, Truths, forms, holds
from nemcon.analysis.swings import Swings, from_counts

METHOD = "classes of like members"
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


def count(formula: Formula, size: int) -> Swings:
    """Count a game without groups by the numbers of members of each class."""
    rows, each = forms(formula), columns(formula, size)
    kinds = Counter(each)
    counts = list(kinds.values())
    grids = np.ogrid[tuple(slice(0, n + 1) for n in counts)] if counts else []
    shape = tuple(n + 1 for n in counts)
    totals: dict[tuple[int, ...], Totals] = {}
    for f, row in enumerate(rows):
        wide = sum(map(abs, row)) >= _EXACT_TOTAL
        parts = [
            (grid.astype(object) if wide else grid) * kind[f]
            for grid, kind in zip(grids, kinds, strict=True)
        ]
        totals[row] = sum(parts[1:], parts[0])
    winning = np.broadcast_to(holds(formula, totals), shape)
    ways = [np.array([comb(n, k) for k in range(n + 1)], dtype=object) for n in counts]
    ordinary = np.int64 if size <= _EXACT_SIZE else object
    many = np.ones((1,) * len(counts), dtype=ordinary)
    for axis, way in enumerate(ways):
        many = many * way.astype(ordinary).reshape(
            [-1 if a == axis else 1 for a in range(len(counts))]
        )
    many = np.broadcast_to(many, shape)[winning]
    numbers = [np.broadcast_to(grid, shape)[winning] for grid in grids]
    sizes = sum(numbers[1:], numbers[0]) if numbers else np.zeros(many.shape, dtype=np.int64)
    by_size = _sums(sizes, many, size)
    with_one = {
        kind: _sums(sizes, many * number // n, size)
        for kind, number, n in zip(kinds, numbers, counts, strict=True)
    }
    minimal = np.broadcast_to(_minimal(winning), shape)[winning]
    return from_counts(METHOD, by_size, [with_one[kind] for kind in each], int(many[minimal].sum()))


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
