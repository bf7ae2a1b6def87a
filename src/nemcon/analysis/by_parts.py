"""Counting a game that asks of groups and of members at once: a majority of both, and the like.

Members of groups that share members make a part; whoever is in no group is one alone. Of each part
all coalitions are counted by what they add: to the size, to each list of weights, to the weight of
the groups that hold. The parts are put together in one table of these sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import comb, log2, prod
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from nemcon.analysis.game import (
    AllOf,
    AnyOf,
    Formula,
    Groups,
    Threshold,
    Truths,
    holds_by,
    nodes,
    wins,
)
from nemcon.analysis.swings import Swings, from_counts
from nemcon.saying import say

METHOD = say("parts counted apart, then together")
MOST_CELLS = 400_000
MOST_STATES = 20_000
_EXACT_SIZE = 60  # up to here every count fits in 64 bits

_Vector: TypeAlias = tuple[int, ...]
_Table: TypeAlias = "npt.NDArray[Any]"
_Sum: TypeAlias = Threshold | Groups


@dataclass(frozen=True)
class _Part:
    """One part: its members in classes, and all its coalitions by what they add.

    `states` are (what is added, the size first; how many of each class; in how many ways).
    """

    classes: tuple[tuple[int, ...], ...]
    states: tuple[tuple[_Vector, _Vector, int], ...]

    @property
    def kind(self) -> object:
        """What is the same for like parts: what the rest gives without one holds for all."""
        return self.states

    def ways(self) -> dict[_Vector, int]:
        """For each vector that the part can give, in how many ways it does."""
        found: dict[_Vector, int] = {}
        for vector, _, ways in self.states:
            found[vector] = found.get(vector, 0) + ways
        return found


class Together:
    """A game of groups and members, with how much work it is to count."""

    def __init__(self, formula: Formula, size: int) -> None:
        self.formula, self.size = formula, size
        self.sums = [one for one in _sums(formula) if _key(one) != (1,) * size]  # that is the size
        self._inside = _parts(formula, size)
        columns = [self._columns(i) for i in range(size)]
        self._classes = [_like(part, columns) for part in self._inside]
        self.shape = (size + 1, *(sum(one.weights) + 1 for one in self.sums))
        self._states = [prod(len(c) + 1 for c in classes) for classes in self._classes]

    @property
    def possible(self) -> bool:
        """Whether the tables are small enough, and nothing in it is below nought."""
        below = any(w < 0 for one in self.sums for w in one.weights)
        inner = [f for one in self.sums if isinstance(one, Groups) for f in one.formulas]
        nested = any(isinstance(node, Groups) for f in inner for node in nodes(f))
        small = prod(self.shape) <= MOST_CELLS and max(self._states) <= MOST_STATES
        return small and not below and not nested

    @property
    def work(self) -> int:
        """How many additions it takes, about."""
        slower = 1 if self.size <= _EXACT_SIZE else 20
        return int(
            slower * prod(self.shape) * sum(self._states) * (2 + log2(len(self._states) + 1))
        )

    def _columns(self, i: int) -> object:
        """What tells a member apart from others of its part."""
        rows = tuple(one.weights[i] for one in self.sums if isinstance(one, Threshold))
        inner = tuple(
            (n, g, tuple(node.weights[members.index(i)] for node in _thresholds(part)))
            for n, one in enumerate(self.sums)
            if isinstance(one, Groups)
            for g, (members, part) in enumerate(zip(one.members, one.formulas, strict=True))
            if i in members
        )
        return rows, inner

    def count(self) -> Swings:
        """The winning coalitions and swings, by size."""
        parts = [
            self._part(inside, classes)
            for inside, classes in zip(self._inside, self._classes, strict=True)
        ]
        winning = self._winning()
        others = _without_each(parts, self.shape, np.int64 if self.size <= _EXACT_SIZE else object)
        by_size = [0] * (self.size + 1)
        containing = [[0] * (self.size + 1) for _ in range(self.size)]
        done: dict[object, list[list[int]]] = {}
        for n, part in enumerate(parts):
            if part.kind not in done:
                done[part.kind] = self._of_part(part, others(n), winning)
            *each, whole = done[part.kind]
            by_size = whole
            for members, counts in zip(part.classes, each, strict=True):
                for member in members:
                    containing[member] = counts
        return from_counts(METHOD, by_size, containing)

    def _part(self, inside: Sequence[int], classes: Sequence[Sequence[int]]) -> _Part:
        """All coalitions of a part."""
        states = []
        for numbers in product(*(range(len(c) + 1) for c in classes)):
            chosen = {i for c, k in zip(classes, numbers, strict=True) for i in c[:k]}
            vector = (len(chosen), *(_added(one, chosen, inside) for one in self.sums))
            many = prod(comb(len(c), k) for c, k in zip(classes, numbers, strict=True))
            states.append((vector, numbers, many))
        return _Part(tuple(map(tuple, classes)), tuple(states))

    def _winning(self) -> Truths:
        """Which cells of the table win."""
        grids = np.ogrid[tuple(slice(0, n) for n in self.shape)]
        totals = {_key(one): grid for one, grid in zip(self.sums, grids[1:], strict=True)}
        totals[(1,) * self.size] = grids[0]
        return np.broadcast_to(holds_by(self.formula, lambda node: totals[_key(node)]), self.shape)

    def _of_part(self, part: _Part, others: _Table, winning: Truths) -> list[list[int]]:
        """Of each class the winning coalitions with one of its members, by size; then all."""
        found = [[0] * (self.size + 1) for _ in (*part.classes, None)]
        sizes = [len(members) for members in part.classes]
        axes = tuple(range(1, len(self.shape)))
        for vector, numbers, ways in part.states:
            here = _moved(winning, vector)
            cells = others[tuple(slice(0, n) for n in here.shape)]
            counts = np.where(here, cells, 0).sum(axis=axes) * ways
            for s, count in enumerate(counts):
                found[-1][s + vector[0]] += int(count)
                for c, number in enumerate(numbers):
                    if number:
                        found[c][s + vector[0]] += int(count) * number
        return [
            *([n // size for n in row] for row, size in zip(found[:-1], sizes, strict=True)),
            found[-1],
        ]


def _sums(formula: Formula) -> list[_Sum]:
    """What the formula adds up outside of groups, each once."""
    found: dict[object, _Sum] = {}
    for node in _outside(formula):
        if isinstance(node, Threshold | Groups):
            found.setdefault(_key(node), node)
    return list(found.values())


def _outside(formula: Formula) -> list[Formula]:
    if isinstance(formula, AllOf | AnyOf):
        return [node for part in formula.parts for node in _outside(part)]
    return [formula]


def _key(node: _Sum) -> object:
    """What is added up, whatever the quota."""
    if isinstance(node, Threshold):
        return node.weights
    return node.members, node.formulas, node.weights


def _parts(formula: Formula, size: int) -> list[list[int]]:
    """The members in parts: two of one group are in one."""
    of = list(range(size))
    for node in nodes(formula):
        if isinstance(node, Groups) and node in _outside(formula):
            for members in node.members:
                joined = {of[i] for i in members}
                least = min(joined)
                of = [least if mark in joined else mark for mark in of]
    found: dict[int, list[int]] = {}
    for i, mark in enumerate(of):
        found.setdefault(mark, []).append(i)
    return list(found.values())


def _like(part: Sequence[int], columns: Sequence[object]) -> list[list[int]]:
    found: dict[object, list[int]] = {}
    for i in part:
        found.setdefault(columns[i], []).append(i)
    return list(found.values())


def _thresholds(formula: Formula) -> list[Threshold]:
    """The conditions of a group's own formula; those of groups within are not looked into."""
    return [node for node in _outside(formula) if isinstance(node, Threshold)]


def _added(one: _Sum, chosen: set[int], inside: Sequence[int]) -> int:
    """What the members of a part add to a sum."""
    if isinstance(one, Threshold):
        return sum(one.weights[i] for i in chosen)
    here = set(inside)
    return sum(
        weight
        for members, part, weight in zip(one.members, one.formulas, one.weights, strict=True)
        if members[0] in here and wins(part, [n for n, i in enumerate(members) if i in chosen])
    )


def _moved(winning: Truths, vector: _Vector) -> Truths:
    """Which cells win once so much is added."""
    return winning[tuple(slice(n, None) for n in vector)]


def _without_each(parts: Sequence[_Part], shape: _Vector, kind: type) -> Any:
    """The table of all parts but one, for each: by halving, so that little is done twice."""
    one: _Table = np.zeros(shape, dtype=kind)
    one[(0,) * len(shape)] = 1
    found: dict[int, _Table] = {}
    wanted: dict[object, int] = {}
    for n, part in enumerate(parts):
        wanted.setdefault(part.kind, n)

    def halve(low: int, high: int, table: _Table) -> None:
        """Keep, for each part asked for from `low` up to `high`, the table of all others.

        `table` has the parts outside of that range joined already.
        """
        if not any(low <= n < high for n in wanted.values()):
            return
        if high - low == 1:
            found[low] = table
            return
        middle = (low + high) // 2
        for (a, b), (c, d) in (((low, middle), (middle, high)), ((middle, high), (low, middle))):
            more = table
            for part in parts[c:d]:
                more = _joined(more, part)
            halve(a, b, more)

    halve(0, len(parts), one)
    return lambda n: found[wanted[parts[n].kind]]


def _joined(table: _Table, part: _Part) -> _Table:
    """The table with one part more."""
    whole = np.zeros_like(table)
    for vector, ways in part.ways().items():
        to = tuple(slice(n, None) for n in vector)
        from_ = tuple(slice(0, size - n) for n, size in zip(vector, table.shape, strict=True))
        whole[to] += table[from_] * ways
    return whole
