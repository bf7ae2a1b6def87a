"""Which outcomes open ballots still allow, decided exactly by branch and bound.

Members of whom the same is known form a group with a number and options. Bounds are worked out
first; where they leave more than one outcome, numbers are split in two until each outcome has a
witness or is excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import TypeAlias

from nemcon.rules.algebra import Compare, Nobody, Number, walk
from nemcon.rules.applied import Applied
from nemcon.rules.counting import Block, Cell, Counting, Form, Kinds
from nemcon.rules.decide import lines_from
from nemcon.rules.procedure import Line, Procedure

MOST_STEPS = 4000
"""How many sets of possibilities are looked at before the search gives up."""
_MOST_AIMS = 12
_MOST_PAIRS = 64
_HUGE = 10**15

Spans: TypeAlias = list[list[tuple[int, int]]]
"""Of each group and option: how many there are, at least and at most."""
_Aim: TypeAlias = tuple[Callable[[int], Number], ...]


@dataclass(frozen=True)
class Group:
    """Like members: how many, and the kinds (by number, before the rule's steps) they may be."""

    number: int
    options: tuple[int, ...]


@dataclass(frozen=True)
class Quota:
    """Of all groups together, exactly so many members are of these options (group, option)."""

    number: int
    options: tuple[tuple[int, int], ...]
    name: str = ""


@dataclass(frozen=True)
class Problem:
    """A rule, and members of whom not everything may be known."""

    procedure: Procedure
    kinds: Kinds
    groups: tuple[Group, ...]
    quotas: tuple[Quota, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is open."""
        return all(len(group.options) == 1 for group in self.groups if group.number)


@dataclass(frozen=True)
class Reached:
    """The lines of the ladder that can be the outcome, in its order; None: off its end.

    `exact` is False where a limit was passed: then a line may be here that cannot be reached.
    `count` is a count of which the first line is the outcome, or of all there may be.
    """

    lines: tuple[Line | None, ...]
    exact: bool
    count: Counting
    fits: bool = True


def reached(problem: Problem, most_steps: int = MOST_STEPS) -> Reached:
    """What the ballots allow. Raises `RuleError` if the rule needs what a member does not have."""
    return _Search(problem, most_steps).run()


class _Search:
    def __init__(self, problem: Problem, most_steps: int) -> None:
        self.problem, self.left = problem, most_steps
        self.applied = Applied(problem.kinds)
        self.ladder: tuple[Line | None, ...] = (*problem.procedure.ladder, None)
        self.found: set[tuple[str, bool]] = set()
        self.lines: dict[int, None] = {}
        self.exact = True
        self._weight: list[float] = []

    def run(self) -> Reached:
        """Narrow and halve the possibilities until all lines are found or the steps are used up.

        Past the limit every line that the bounds allow is taken, and the answer is not exact.
        Raises `RuleError` if the rule needs what a member does not have.
        """
        spans: Spans | None = [[(0, g.number)] * len(g.options) for g in self.problem.groups]
        spans = self._tightened(spans) if spans is not None else None
        whole = self._count(spans or [])
        if spans is None:
            return Reached((), True, whole, fits=False)
        open_ = [spans]
        aims: list[_Aim] = []
        first = True
        while open_:
            here = open_.pop()
            lines = self._lines(here)
            new = {self._outcome(n) for n in lines} - self.found
            if not new:
                continue
            if self.left <= 0:
                self._take(lines)
                self.exact = False
                continue
            self.left -= 1
            if all(low == high for group in here for low, high in group):
                self._take(lines)
                self.exact = self.exact and len(lines) == 1
                continue
            if len(lines) == 1 and not self.problem.quotas:
                self._take(lines)
                continue
            aims = self._aims() if first else aims[:_MOST_AIMS]
            for aim in aims:
                self._dive(here, aim)
                if new <= self.found:
                    break
            first = False
            if not new <= self.found:
                open_ += self._split(here)
        fits = bool(self.lines)
        lines_ = tuple(self.ladder[n] for n in sorted(self.lines))
        return Reached(lines_, self.exact, whole, fits)

    def _take(self, lines: Sequence[int]) -> None:
        for number in lines:
            self.found.add(self._outcome(number))
            self.lines[number] = None

    def _outcome(self, number: int) -> tuple[str, bool]:
        line = self.ladder[number]
        return (line.outcome, line.favourable) if line else ("", False)

    def _lines(self, spans: Spans) -> list[int]:
        """The lines that the bounds leave possible, by number."""
        possible = lines_from(self.problem.procedure, self._count(spans))
        numbers = {id(line): n for n, line in enumerate(self.ladder) if line}
        return [numbers[id(line)] if line else len(self.ladder) - 1 for line in possible]

    def _count(self, spans: Spans) -> Counting:
        blocks = [
            Block(
                group.number,
                group.number,
                tuple(
                    Cell(kind, low, high)
                    for kind, (low, high) in zip(group.options, span, strict=True)
                    if high
                ),
            )
            for group, span in zip(self.problem.groups, spans, strict=False)
        ]
        return Counting(self.applied(blocks), self.problem.kinds)

    # Narrowing

    def _tightened(self, spans: Spans) -> Spans | None:
        """The same possibilities in closer bounds; None: there is none."""
        spans = [list(span) for span in spans]
        moved = True
        while moved:
            moved = False
            for n, group in enumerate(self.problem.groups):
                where = [(n, m) for m in range(len(group.options))]
                told = _share(spans, where, group.number)
                if told is None:
                    return None
                moved = moved or told
            for quota in self.problem.quotas:
                told = _share(spans, quota.options, quota.number)
                if told is None:
                    return None
                moved = moved or told
        return spans

    def _split(self, spans: Spans) -> Iterator[Spans]:
        """Two halves of the possibilities: of one option there are few, or many."""
        n, m = max(
            ((n, m) for n, span in enumerate(spans) for m in range(len(span))),
            key=lambda at: (spans[at[0]][at[1]][1] - spans[at[0]][at[1]][0]) * self._weight[at[0]],
        )
        low, high = spans[n][m]
        middle = (low + high) // 2
        for part in ((low, middle), (middle + 1, high)):
            half = [list(span) for span in spans]
            half[n][m] = part
            closer = self._tightened(half)
            if closer is not None:
                yield closer

    # Witnesses

    def _aims(self) -> list[_Aim]:
        """What to have much of, to find outcomes quickly: either side of each comparison."""
        kinds = self.problem.kinds
        sides: list[Callable[[int], Number]] = []
        for line in self.problem.procedure.ladder:
            for node in walk(line.when):
                if isinstance(node, Compare):
                    sides.append(partial(_left_more, kinds.form(node), kinds))
                elif isinstance(node, Nobody):
                    sides.append(partial(_inside, node, kinds))
        single = [self._after(side, sign) for side in sides for sign in (1, -1)]
        self._weight = self._spreads(single)
        pairs = [(a, b) for a, b in product(single, single[:8]) if a is not b]
        return [*((one,) for one in single), *pairs[:_MOST_PAIRS]]

    def _after(self, side: Callable[[int], Number], sign: int) -> Callable[[int], Number]:
        """What a kind adds to a side, once the steps for single members are done."""
        cache: dict[int, Number] = {}

        def adds(kind: int) -> Number:
            if kind not in cache:
                block = Block(1, 1, (Cell(kind, 1, 1),))
                (alone, *_) = self.applied([block])
                found = alone.cells[0].kind if alone.cells else -1
                cache[kind] = sign * side(found) if found >= 0 else 0
            return cache[kind]

        return adds

    def _spreads(self, aims: Sequence[Callable[[int], Number]]) -> list[float]:
        """How much the members of each group can move the comparisons."""
        weights = []
        for group in self.problem.groups:
            moves = 0.0
            for adds in aims[::2]:
                values = [adds(kind) for kind in group.options]
                moves += float(min(max(values) - min(values), _HUGE)) if values else 0.0
            weights.append(1.0 + moves)
        return weights

    def _dive(self, spans: Spans, aim: _Aim) -> None:
        """Settle everything the preferred way, and take what comes out."""
        here: Spans | None = spans
        order = sorted(
            (
                (n, m)
                for n, group in enumerate(self.problem.groups)
                for m in range(len(group.options))
                if spans[n][m][0] < spans[n][m][1]
            ),
            key=lambda at: [a(self.problem.groups[at[0]].options[at[1]]) for a in aim],
            reverse=True,
        )
        for n, m in order:
            assert here is not None
            low, high = here[n][m]
            if low == high:
                continue
            half = [list(span) for span in here]
            half[n][m] = (high, high)
            here = self._tightened(half) if self.problem.quotas else _settled(half, n, self.problem)
            if here is None:
                return
        lines = self._lines(here or spans)
        if len(lines) == 1:
            self._take(lines)


def _left_more(form: Form, kinds: Kinds, kind: int) -> Number:
    """What a member of a kind adds to the left side of a comparison, less the right."""
    return form.coefficient(kind, kinds)[0]


def _inside(node: Nobody, kinds: Kinds, kind: int) -> Number:
    """Whether a member of a kind is in a set, as 1 or 0."""
    return kinds.member(node, kind)[0]


def _settled(spans: Spans, n: int, problem: Problem) -> Spans | None:
    """Closer bounds after a change in one group, where nothing binds groups together."""
    where = [(n, m) for m in range(len(spans[n]))]
    while told := _share(spans, where, problem.groups[n].number):
        pass
    return None if told is None else spans


def _share(spans: Spans, where: Sequence[tuple[int, int]], number: int) -> bool | None:
    """Tighten numbers that together are `number`: whether any moved; None if they cannot be."""
    lows = sum(spans[n][m][0] for n, m in where)
    highs = sum(spans[n][m][1] for n, m in where)
    if lows > number or highs < number:
        return None
    moved = False
    for n, m in where:
        low, high = spans[n][m]
        new = max(low, number - (highs - high)), min(high, number - (lows - low))
        if new != (low, high):
            lows, highs = lows + new[0] - low, highs + new[1] - high
            spans[n][m] = new
            moved = True
    return moved
