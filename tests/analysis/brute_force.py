"""Power by going through every coalition, written apart from the package: sets and loops only."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations


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
