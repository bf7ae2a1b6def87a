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
Adds: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Item:
    """Like members: how many of them there are, and each way to change with what it adds."""

    number: int
    ways: tuple[Adds, ...]


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
    search = _Search(items, needed)
    everybody = sum(item.number for item in items)
    bound = everybody if most is None else min(most, everybody)
    exact = True
    for size in range(search.least(), bound + 1):
        found = search.of_size(size)
        if found is not None:
            return Cover(size, tuple(found)), exact
        exact = exact and not search.gave_up
    return None, exact


class _Search:
    def __init__(self, items: Sequence[Item], needed: Adds) -> None:
        self.needed = needed
        order = sorted(range(len(items)), key=lambda n: self._worth(items[n]), reverse=True)
        self.numbers = order
        self.items = [items[n] for n in order]
        self.gave_up = False
        self._left = 0
        # For each place in the order and each sum: the most that so many of the rest can add.
        self._most: list[list[list[int]]] = [self._prefix(n) for n in range(len(items) + 1)]

    def _worth(self, item: Item) -> float:
        def share(add: int, need: int) -> float:
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

    def of_size(self, size: int) -> list[tuple[int, int, int]] | None:
        """Changes of at most so many members that do; None if there are none, or it gave up."""
        self._left, self.gave_up = MOST_STEPS, False
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
        for chosen in _splits(min(item.number, size), len(item.ways)):
            self._left -= 1
            left = needed
            for count, way in zip(chosen, item.ways, strict=True):
                if count:
                    left = tuple(n - count * a for n, a in zip(left, way, strict=True))
            more = self._from(start + 1, size - sum(chosen), left)
            if more is not None:
                here = [(self.numbers[start], w, n) for w, n in enumerate(chosen) if n]
                return [*here, *more]
        return None


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
