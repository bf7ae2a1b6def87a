"""Rules that need members, where tallies tell how many of them hold what.

Every choice of what members hold that fits the numbers is judged by the rule, or bounded; what is
left out is never possible, so that an answer is never wrongly sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nemcon.rules.algebra import Number, Range
from nemcon.rules.applied import Applied
from nemcon.rules.counting import OUT, Block, Cell, Counting, Kinds
from nemcon.rules.decide import lines_from
from nemcon.rules.procedure import Procedure
from nemcon.rules.search import Group, Problem, Quota, reached

Adds: TypeAlias = tuple[int, ...]  # what a member adds to each number
MOST_SUMS = 100_000
"""Past so many sums, bounds do without the numbers."""
MOST_TRIED = 4000
"""After so many sets of possibilities the search for outcomes gives up."""


@dataclass(frozen=True)
class Row:
    """Members alike: how many, and for each stance that one may hold (by the number of its kind),
    what it then adds to the numbers that must come right.
    """

    count: int
    options: tuple[tuple[int, Adds], ...]


Bound: TypeAlias = tuple[int, int]  # of a number: the least and the most


def judged(
    rule: Procedure, kinds: Kinds, rows: Sequence[Row], bounds: Sequence[Bound]
) -> tuple[frozenset[bool], bool]:
    """Whether the outcome may be favourable, and whether it may not; and whether that is exact.

    Raises `RuleError` for a rule that needs what is not known of members.
    """
    applied = Applied(kinds)
    if bounds and applied.simple:
        lines = lines_from(rule, _Tied(_after(rows, applied), bounds, kinds))
        sure = frozenset(line is not None and line.favourable for line in lines)
        if len(sure) == 1:
            return sure, True
    found = reached(_problem(rule, kinds, rows, bounds), MOST_TRIED)
    answers = frozenset(line is not None and line.favourable for line in found.lines)
    if not answers:
        return frozenset({True, False}), False
    return answers, found.exact or len(answers) == 1


def _problem(
    rule: Procedure, kinds: Kinds, rows: Sequence[Row], bounds: Sequence[Bound]
) -> Problem:
    """The search for outcomes. A number that may be one of several is made exact by members who are
    out of every count, and make up what is missing to the most.
    """
    groups = [Group(row.count, tuple(kind for kind, _ in row.options)) for row in rows]
    quotas = []
    for n, (low, high) in enumerate(bounds):
        taking = [(g, o) for g, row in enumerate(rows) for o in _adding(row, n)]
        if high > low:
            taking.append((len(groups), 0))
            groups.append(Group(high - low, (OUT, OUT)))
        quotas.append(Quota(high, tuple(taking)))
    return Problem(rule, kinds, tuple(groups), tuple(quotas))


def _adding(row: Row, number: int) -> list[int]:
    return [option for option, (_, adds) in enumerate(row.options) if adds[number]]


def _after(rows: Sequence[Row], applied: Applied) -> list[Row]:
    """The rows after the rule's steps, each of which looks at one member."""

    def step(kind: int) -> int:
        (block,) = applied([Block(1, 1, (Cell(kind, 1, 1),))])
        return block.cells[0].kind

    return [Row(r.count, tuple((step(kind), adds) for kind, adds in r.options)) for r in rows]


class _Tied(Counting):
    """Bounds of sums over the choices that fit the numbers; of all else, as without them."""

    def __init__(self, rows: Sequence[Row], bounds: Sequence[Bound], kinds: Kinds) -> None:
        self._rows, self._numbers = rows, bounds
        super().__init__([_block(row) for row in rows], kinds)

    def _bounds(self, adds: Callable[[int], Range]) -> Range:
        low = self._least_sum(lambda kind: adds(kind)[0])
        high = self._least_sum(lambda kind: -adds(kind)[1])
        return super()._bounds(adds) if low is None or high is None else (low, -high)

    def _least_sum(self, adds: Callable[[int], Number]) -> Number | None:
        """The least sum; None if there are too many to look at."""
        left = MOST_SUMS
        steps = [(count, _cheapest(row, adds)) for row in self._rows for count in [row.count]]
        later = self._still_to_come()
        found: dict[Adds, Number] = {(0,) * len(self._numbers): 0}
        for (count, options), (least, most, least_each, most_each) in zip(
            steps, later, strict=True
        ):
            for rest in reversed(range(count)):
                left -= len(found) * len(options)
                if left < 0:
                    return None
                grown: dict[Adds, Number] = {}
                for taken, total in found.items():
                    for more, add in options.items():
                        both = tuple(a + b for a, b in zip(taken, more, strict=True))
                        if both not in grown or total + add < grown[both]:
                            grown[both] = total + add
                found = {
                    taken: total
                    for taken, total in grown.items()
                    if all(
                        low <= t + m + rest * me and t + lo + rest * le <= high
                        for t, lo, m, le, me, (low, high) in zip(
                            taken, least, most, least_each, most_each, self._numbers, strict=True
                        )
                    )
                }
        return min(found.values(), default=None)

    def _still_to_come(self) -> list[tuple[Adds, Adds, Adds, Adds]]:
        """Of each row, the least and the most that all later rows add, then one of its members."""
        out: list[tuple[Adds, Adds, Adds, Adds]] = []
        least: Adds = (0,) * len(self._numbers)
        most = least
        for row in reversed(self._rows):
            columns = list(zip(*(adds for _, adds in row.options), strict=True))
            low, high = tuple(map(min, columns)), tuple(map(max, columns))
            out.append((least, most, low, high))
            least = tuple(a + row.count * b for a, b in zip(least, low, strict=True))
            most = tuple(a + row.count * b for a, b in zip(most, high, strict=True))
        return out[::-1]


def _block(row: Row) -> Block:
    kinds = dict.fromkeys(kind for kind, _ in row.options)
    if len(kinds) == 1:
        return Block(row.count, row.count, tuple(Cell(k, row.count, row.count) for k in kinds))
    return Block(row.count, row.count, tuple(Cell(kind, 0, row.count) for kind in kinds))


def _cheapest(row: Row, adds: Callable[[int], Number]) -> dict[Adds, Number]:
    """The least that one member adds, for each way to add to the numbers."""
    found: dict[Adds, list[Number]] = defaultdict(list)
    for kind, more in row.options:
        found[more].append(adds(kind))
    return {more: min(some) for more, some in found.items()}
