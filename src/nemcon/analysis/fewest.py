"""The fewest members who have to change for conditions on weighted sums to hold, with a proof.

Each member that changes adds to every sum; a condition asks how much has to be added. One condition
is met soonest by the members that add most. Several are searched, and a number of members is ruled
out only where no choice of so many can do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

MOST_STEPS = 40_000
_FEW_STEPS = 2_000
_MOST_SUMS = 60
Adds: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Item:
    """Like members: how many of them there are, and each way to change with what it adds.

    `costs` says of each way how many members change by it, where that is not one for each.
    """

    number: int
    ways: tuple[Adds, ...]
    costs: tuple[int, ...] = ()

    def cost(self, chosen: Sequence[int]) -> int:
        """How many members change where so many go each way."""
        if not self.costs:
            return sum(chosen)
        return sum(n * cost for n, cost in zip(chosen, self.costs, strict=True))

    @property
    def most(self) -> int:
        """How many members can change."""
        return self.number * max(self.costs, default=1)


@dataclass(frozen=True)
class Cover:
    """How many members change, and how many of each item in each way."""

    size: int
    taken: tuple[tuple[int, int, int], ...]  # item, way, members


def fewest(
    items: Sequence[Item], needed: Adds, most: int | None = None
) -> tuple[Cover | None, bool]:
    """The fewest members whose changes add what is needed, None if no so many do; and whether it is
    proven that no fewer do.

    `most`: no more than so many are of interest.
    """
    search = _Search(*_with_sums(items, needed))
    everybody = sum(item.most for item in items)
    bound = everybody if most is None else min(most, everybody)
    exact = True
    for size in range(search.least(), bound + 1):
        found = search.of_size(size, MOST_STEPS if exact else _FEW_STEPS)
        if found is not None:
            return Cover(size, tuple(found)), exact
        exact = exact and not search.gave_up
    return None, exact


def _with_sums(items: Sequence[Item], needed: Adds) -> tuple[list[Item], Adds]:
    """The same with sums of two conditions as conditions of their own.

    They follow from the others, and rule out early what reaches each sum, but not both together.
    """
    wide = [max((abs(w[t]) for i in items for w in i.ways), default=0) for t in range(len(needed))]
    falls = [t for t in range(len(needed)) if any(w[t] < 0 for i in items for w in i.ways)]
    rows = [
        (t, u, a * wide[u], b * wide[t])
        for t in falls
        for u in range(len(needed))
        if t != u and wide[t] and wide[u]
        for a, b in ((1, 1), (1, 2), (2, 1), (1, 4), (4, 1))
    ]
    if not rows or len(rows) > _MOST_SUMS:
        return list(items), needed

    def more(adds: Adds) -> Adds:
        """What is added or needed, followed by each weighted sum of two conditions."""
        return (*adds, *(a * adds[t] + b * adds[u] for t, u, a, b in rows))

    return [Item(i.number, tuple(map(more, i.ways)), i.costs) for i in items], more(needed)


class _Search:
    def __init__(self, items: Sequence[Item], needed: Adds) -> None:
        self.needed = needed
        order = sorted(range(len(items)), key=lambda n: self._worth(items[n]), reverse=True)
        self.numbers = order
        self.items = [items[n] for n in order]
        self.gave_up = False
        self._left = 0
        # For each place in the order and each sum: the most that so many of the rest can add.
        plain = not any(item.costs for item in items)
        self._most: list[list[list[int]]] = (
            [self._prefix(n) for n in range(len(items) + 1)] if plain else self._suffixes()
        )

    def _worth(self, item: Item) -> float:
        def share(add: int, need: int) -> float:
            """How much of a need one change meets, at most 1; 0 where nothing is needed."""
            return min(add / need, 1.0) if need > 0 else 0.0

        return max(
            (sum(share(a, n) for a, n in zip(way, self.needed, strict=True)) for way in item.ways),
            default=0.0,
        )

    def _prefix(self, start: int) -> list[list[int]]:
        sums = []
        for t in range(len(self.needed)):
            adds: list[int] = []
            for item in self.items[start:]:
                best = max((way[t] for way in item.ways), default=0)
                adds += [max(best, 0)] * item.number
            sums.append([0, *accumulate(sorted(adds, reverse=True))])
        return sums

    def _suffixes(self) -> list[list[list[int]]]:
        """The same where some ways cost more than one: from the last item to the first."""
        found = [[[0] for _ in self.needed]]
        for item in reversed(self.items):
            found.append([self._with(item, t, rest) for t, rest in enumerate(found[-1])])
        return found[::-1]

    def _with(self, item: Item, t: int, rest: Sequence[int]) -> list[int]:
        """The most that an item can add to a sum together with the rest, for each number."""
        mine = [0] * (item.most + 1)
        for way, cost in zip(item.ways, item.costs or [1] * len(item.ways), strict=True):
            for many in range(1, item.number + 1):
                mine[many * cost] = max(mine[many * cost], many * way[t])
        steps = sorted(
            (cost, add) for cost, add in enumerate(mine) if add > max(mine[:cost], default=-1)
        )
        both = [0] * (len(rest) + item.most)
        for cost, add in steps:
            for more, before in enumerate(rest):
                both[cost + more] = max(both[cost + more], add + before)
        return list(accumulate(both, max))

    def _enough(self, start: int, size: int, needed: Sequence[int]) -> bool:
        """Whether so many of the rest may add enough to each sum, looked at alone."""
        for sums, need in zip(self._most[start], needed, strict=True):
            if need > 0 and sums[min(size, len(sums) - 1)] < need:
                return False
        return True

    def least(self) -> int:
        """A number of members below which nothing can do."""
        everybody = len(self._most[0][0]) if self._most[0] else 1
        return next((n for n in range(everybody) if self._enough(0, n, self.needed)), everybody)

    def of_size(self, size: int, steps: int) -> list[tuple[int, int, int]] | None:
        """Changes of at most so many members that do; None if there are none, or it gave up."""
        self._left, self.gave_up = steps, False
        return self._from(0, size, self.needed)

    def _from(self, start: int, size: int, needed: Adds) -> list[tuple[int, int, int]] | None:
        if all(need <= 0 for need in needed):
            return []
        if start == len(self.items) or not self._enough(start, size, needed):
            return None
        if self._left <= 0:
            self.gave_up = True
            return None
        item = self.items[start]
        for chosen in _chosen(item, size):
            self._left -= 1
            left = needed
            for count, way in zip(chosen, item.ways, strict=True):
                if count:
                    left = tuple(n - count * a for n, a in zip(left, way, strict=True))
            more = self._from(start + 1, size - item.cost(chosen), left)
            if more is not None:
                here = [(self.numbers[start], w, n) for w, n in enumerate(chosen) if n]
                return [*here, *more]
        return None


def _chosen(item: Item, size: int) -> Iterator[tuple[int, ...]]:
    """How many of an item go each way, of no more than so many members in all."""
    if not item.costs:
        yield from _splits(min(item.number, size), len(item.ways))
        return
    for chosen in _splits(item.number, len(item.ways)):
        if item.cost(chosen) <= size:
            yield chosen


def _splits(most: int, ways: int) -> Iterator[tuple[int, ...]]:
    """How many of at most `most` members go each way, the most members first."""
    if not ways:
        yield ()
        return
    for number in range(most, -1, -1):
        yield from _exactly(number, ways)


def _exactly(number: int, ways: int) -> Iterator[tuple[int, ...]]:
    if ways == 1:
        yield (number,)
        return
    for first in range(number, -1, -1):
        for rest in _exactly(number - first, ways - 1):
            yield (first, *rest)
