"""Power by going through every coalition, written apart from the package: sets and loops only."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import numpy as np


def coalitions(size: int) -> list[frozenset[int]]:
    """Every set of members."""
    everyone = range(size)
    return [frozenset(c) for k in range(size + 1) for c in combinations(everyone, k)]


def swings(wins: Callable[[frozenset[int]], bool], size: int) -> list[list[int]]:
    """For each member, by the number of the others, the coalitions that it turns into winners."""
    found = [[0] * size for _ in range(size)]
    for coalition in coalitions(size):
        if wins(coalition):
            for member in coalition:
                if not wins(coalition - {member}):
                    found[member][len(coalition) - 1] += 1
    return found


def minimal(wins: Callable[[frozenset[int]], bool], size: int) -> int:
    """Winners that lose without any one of theirs."""
    return sum(wins(c) and not any(wins(c - {member}) for member in c) for c in coalitions(size))


def winning(wins: Callable[[frozenset[int]], bool], size: int) -> int:
    """How many coalitions win."""
    return sum(map(wins, coalitions(size)))


def shapley_by_orders(wins: Callable[[frozenset[int]], bool], size: int) -> list[Fraction]:
    """In how many of all orders of joining each member is the one that makes it win."""
    deciding = [0] * size
    orders = 0
    for order in permutations(range(size)):
        orders += 1
        joined: frozenset[int] = frozenset()
        for member in order:
            before = joined
            joined |= {member}
            if wins(joined) and not wins(before):
                deciding[member] += 1
                break
    return [Fraction(n, orders) for n in deciding]


class Tables:
    """All coalitions of a formula at once: row r of a table is the coalition of r's bits."""

    def __init__(self, formula: Any, size: int) -> None:
        self.size = size
        self.rows = np.arange(2**size)
        self.won = np.broadcast_to(self._where(formula, list(range(size))), 2**size)
        self.sizes = sum((self._in(i) for i in range(size)), np.zeros_like(self.rows))

    def _in(self, i: int) -> Any:
        return self.rows >> i & 1

    def _where(self, formula: Any, members: list[int]) -> Any:
        """Where a formula over these members holds, told by its fields."""
        name = type(formula).__name__
        if name == "Fixed":
            return np.full(2**self.size, formula.value)
        if name == "Threshold":
            each = zip(formula.weights, members, strict=True)
            return sum(weight * self._in(i) for weight, i in each) >= formula.quota
        if name == "Groups":
            total = np.zeros(2**self.size, dtype=np.int64)
            for inside, part, weight in zip(
                formula.members, formula.formulas, formula.weights, strict=True
            ):
                total += weight * self._where(part, [members[i] for i in inside])
            return total >= formula.quota
        parts = [self._where(part, members) for part in formula.parts]
        return (np.logical_and if name == "AllOf" else np.logical_or).reduce(parts)

    def swings(self) -> list[list[int]]:
        """As `swings`, for each member by the number of the others."""
        found = []
        for i in range(self.size):
            without = self.rows[self._in(i) == 0]
            turned = without[self.won[without | 1 << i] & ~self.won[without]]
            found.append(np.bincount(self.sizes[turned], minlength=self.size).tolist())
        return found

    def minimal(self) -> int:
        """As `minimal`."""
        found = self.won.copy()
        for i in range(self.size):
            found &= (self._in(i) == 0) | ~self.won[self.rows & ~(1 << i)]
        return int(found.sum())
