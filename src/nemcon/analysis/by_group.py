"""Counting a game of groups: each group is a game of its own, and the groups play one more.

Polynomials in the size of the coalition are held as one integer of any length, with a slot for
each size wide enough for every count; multiplying the integers multiplies the polynomials.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

from nemcon.analysis.game import Groups
from nemcon.analysis.swings import Swings
from nemcon.saying import say

METHOD = say("groups counted apart, then together")
MOST_MEMBERS = 2_000
MOST_WEIGHT = 5_000
_SPARE_BITS = 8


@dataclass(frozen=True)
class _Group:
    members: tuple[int, ...]
    weight: int
    lost: int  # coalitions of the group in which it does not hold, by size
    won: int
    swings: tuple[int, ...]  # of each of its members, by size


def count(game: Groups, inner: Callable[[int], Swings]) -> Swings:
    """Count a game in which every member is in one group; `inner(g)` counts group g."""
    size = sum(map(len, game.members))
    slot = size + _SPARE_BITS
    found = [_group(game, g, inner(g), slot) for g in range(len(game.members))]
    by_size = [(0,) * size for _ in range(size)]
    winning = _unpack(sum(_product(found, game.quota)[1]), slot, size)
    kinds = [(g.lost, g.won, g.weight) for g in found]
    for kind in set(kinds):
        where = kinds.index(kind)
        others = [g for n, g in enumerate(found) if n != where]
        pivotal = _pivotal(others, game.quota, found[where].weight)
        for group, same in zip(found, kinds, strict=True):
            if same == kind:
                for member, swings in zip(group.members, group.swings, strict=True):
                    by_size[member] = tuple(_unpack(swings * pivotal, slot, size - 1))
    return Swings(METHOD, sum(winning), tuple(map(sum, by_size)), tuple(by_size))


def _group(game: Groups, g: int, inner: Swings, slot: int) -> _Group:
    members = game.members[g]
    many = len(members)
    winning = _winning_by_size(inner, many)
    lost = [comb(many, s) - winning[s] for s in range(many + 1)]
    return _Group(
        members,
        game.weights[g],
        _pack(lost, slot),
        _pack(winning, slot),
        tuple(_pack(sizes, slot) for sizes in inner.by_size),
    )


def _winning_by_size(inner: Swings, many: int) -> list[int]:
    """Winning coalitions of each size, from the swings: those of size s + 1 that s lead into.

    Each coalition of size s + 1 is reached from s + 1 coalitions, and from a coalition that wins
    already by n - s more.
    """
    winning = [0] * (many + 1)
    # W(s+1)·(s+1) = swings into size s+1, plus W(s)·(n-s) that won before.
    winning[0] = inner.winning if not many else (1 if inner.winning == 2**many else 0)
    for s in range(many):
        swings = sum(sizes[s] for sizes in inner.by_size)
        winning[s + 1] = (swings + winning[s] * (many - s)) // (s + 1)
    return winning


def _product(found: Sequence[_Group], quota: int) -> tuple[list[int], list[int]]:
    """All coalitions by the weight of the groups that hold: below the quota, and from it on."""
    table = [1]
    for group in found:
        longer = [n * group.lost for n in table] + [0] * group.weight
        for weight, n in enumerate(table):
            longer[weight + group.weight] += n * group.won
        table = longer
    return table[:quota], table[quota:]


def _pivotal(others: Sequence[_Group], quota: int, weight: int) -> int:
    """Coalitions of the other groups, by size, in which one more group of this weight decides."""
    below, _ = _product(others, quota)
    return sum(below[max(0, quota - weight) :])


def _pack(counts: Sequence[int], slot: int) -> int:
    return sum(n << (slot * s) for s, n in enumerate(counts))


def _unpack(packed: int, slot: int, most: int) -> list[int]:
    mask = (1 << slot) - 1
    return [packed >> (slot * s) & mask for s in range(most + 1)]
