"""What would come of it under stated assumptions: many imagined ballots, counted.

Nothing here knows how likely anything is: every probability comes from whoever asks, and what comes
out follows from it. The generator comes in with its seed, so that a run can be repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import comb, factorial, prod, sqrt
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from nemcon.analysis.columns import Columns, Like, Sums, finals
from nemcon.analysis.compiler import Compiler
from nemcon.analysis.game import Formula, GameError, holds, nodes
from nemcon.analysis.game import Threshold as Test
from nemcon.analysis.parts import Cells, filled, times, together
from nemcon.rules.algebra import Position
from nemcon.rules.given import ways
from nemcon.rules.names import Value
from nemcon.rules.procedure import Procedure

Integers: TypeAlias = "npt.NDArray[np.int64]"
CHUNK = 20_000
MOST_LISTED = 20_000
MOST_EXACT = 300  # open members of whom exact shares are worked out
_EXACT = 2**62
NOTHING_APPLIES = "no outcome"


class PathsError(ValueError):
    """What is assumed is not enough, or makes no sense; the message says how to write it."""


@dataclass(frozen=True)
class Estimate:
    """How often an outcome came, with the standard error of its share; `exact`: the share itself,
    where everything could be listed.
    """

    outcome: str
    number: int
    trials: int
    exact: Fraction | None = None

    @property
    def share(self) -> float:
        """The share of all trials."""
        return self.number / self.trials if self.trials else 0.0

    @property
    def error(self) -> float:
        """The standard error of the share. With none or all it is that of one trial in them."""
        inside = min(max(self.number, 1), self.trials - 1) / self.trials if self.trials > 1 else 0.5
        return sqrt(inside * (1 - inside) / self.trials) if self.trials else 0.0


@dataclass(frozen=True)
class Paths:
    """What came of the trials that were done, the most frequent first.

    `asked` is how many were wanted: fewer are done where somebody stopped it. `ballots` counts
    every ballot that was imagined, `notes` what was taken for granted.
    """

    estimates: tuple[Estimate, ...]
    done: int
    asked: int
    ballots: int
    notes: tuple[str, ...] = ()


class Imagined(Protocol):
    """Something of which trials can be made, some thousands at a time."""

    notes: tuple[str, ...]

    def trials(self, number: int, generator: np.random.Generator) -> tuple[Counter[str], int]:
        """How often each outcome came in so many trials, and how many ballots that took."""

    def exact(self) -> Mapping[str, Fraction]:
        """The shares, where everything can be listed; else nothing."""


def run(
    imagined: Imagined,
    trials: int,
    generator: np.random.Generator,
    progress: Callable[[int], None] | None = None,
) -> Paths:
    """So many trials. `progress` hears how many are done; if it is interrupted, those count."""
    counted: Counter[str] = Counter()
    done, ballots = 0, 0
    try:
        while done < trials:
            if progress:
                progress(done)
            number = min(CHUNK, trials - done)
            found, held = imagined.trials(number, generator)
            counted.update(found)
            done, ballots = done + number, ballots + held
    except KeyboardInterrupt:
        pass
    exact = imagined.exact()
    names = sorted({*counted, *exact}, key=lambda name: (-counted[name], name))
    estimates = tuple(Estimate(n, counted[n], done, exact.get(n, _none(exact))) for n in names)
    return Paths(estimates, done, trials, ballots, imagined.notes)


def _none(exact: Mapping[str, Fraction]) -> Fraction | None:
    return Fraction(0) if exact else None


# One ballot with a ladder


@dataclass(frozen=True)
class Group:
    """Like members of whom the same is assumed: their class, how many, and the chances."""

    of: int
    number: int
    chances: tuple[tuple[Position, Fraction], ...]


@dataclass
class OpenBallot:
    """A ballot with a ladder, and what open members are assumed to do, each for itself."""

    procedure: Procedure
    members: Sequence[Like]
    groups: Sequence[Group]
    params: Mapping[str, Value] = field(default_factory=dict)
    attested: Mapping[str, bool] = field(default_factory=dict)
    notes: tuple[str, ...] = ("open members decide each for themselves",)

    def __post_init__(self) -> None:
        rules = [rule for rule, _ in ways(self.procedure, self.params, self.attested)]
        if len(rules) != 1:
            raise PathsError("say first what the rule has to be told (--param, --attested)")
        (self._rule,) = rules
        held = [p for one in self.members for p in one.held if p is not None]
        chosen = [p for group in self.groups for p, _ in group.chances]
        positions = tuple(dict.fromkeys([*held, *chosen]))
        self._columns = Columns([self._rule], self.members, [positions] * len(self.members))
        self._wide = bool(together(self._columns))
        cases = list(self._columns.cases())
        if len(cases) > 1:
            raise GameError(
                "this rule asks for the least number of a set that open members may be in or not; "
                "say first who takes part"
            )
        compiler = Compiler(self._rule, Sums(self._rule, self._columns, cases[0]), {})
        self._lines: list[tuple[str, Formula]] = [
            (line.outcome, compiler.predicate(line.when)) for line in self._rule.ladder
        ]
        self._tests = {n for _, f in self._lines for n in nodes(f) if isinstance(n, Test)}
        self._fixed = (
            {} if self._wide else {test.weights: self._of_fixed(test) for test in self._tests}
        )

    def _of_fixed(self, test: Test) -> int:
        """What members of whom everything is known add to a sum."""
        return sum(
            one.number * self._adds(test, n, one.held[0])
            for n, one in enumerate(self.members)
            if len(one.held) == 1 and one.held[0] is not None
        )

    def _adds(self, test: Test, n: int, position: Position) -> int:
        """What one member of a class adds to a sum, where each is looked at by itself."""
        (final,) = finals(self._rule, position, self.members[n].attributes)
        return 0 if final is None else test.weights[self._columns.place[n, final]]

    def _weights(self, test: Test, group: Group) -> list[int]:
        return [self._adds(test, group.of, p) for p, _ in group.chances]

    def trials(self, number: int, generator: np.random.Generator) -> tuple[Counter[str], int]:
        """Draw how many of each group hold what, and read the ladder."""
        drawn = [
            generator.multinomial(g.number, [float(c) for _, c in g.chances], size=number)
            for g in self.groups
        ]
        return Counter(dict(self._read(drawn, number))), number

    def _read(self, drawn: Sequence[Integers], number: int) -> Iterator[tuple[str, int]]:
        """How many rows come to each outcome."""
        first = self._first(drawn, number)
        names = [name for name, _ in self._lines] + [NOTHING_APPLIES]
        counts = np.bincount(first, minlength=len(names))
        merged: Counter[str] = Counter()
        for name, count in zip(names, counts, strict=True):
            merged[name] += int(count)
        yield from ((name, count) for name, count in merged.items() if count)

    def _first(self, drawn: Sequence[Integers], number: int) -> Integers:
        """For each row the first line of the ladder that is true."""
        totals = self._together(drawn, number) if self._wide else self._added(drawn, number)
        first = np.full(number, len(self._lines), dtype=np.int64)
        for n, (_, formula) in reversed(list(enumerate(self._lines))):
            first = np.where(np.broadcast_to(holds(formula, totals), (number,)), n, first)
        return first

    def _together(self, drawn: Sequence[Integers], number: int) -> dict[tuple[int, ...], Any]:
        """The sums of each row, where members are looked at together."""
        cells: Cells = {}
        certain = [
            (n, one.held[0], np.full(number, one.number, dtype=np.int64))
            for n, one in enumerate(self.members)
            if len(one.held) == 1 and one.held[0] is not None
        ]
        imagined = [
            (group.of, position, rows[:, at])
            for group, rows in zip(self.groups, drawn, strict=True)
            for at, (position, _) in enumerate(group.chances)
        ]
        for n, position, numbers in (*certain, *imagined):
            before = cells.get((n, position))
            cells[n, position] = numbers if before is None else before + numbers
        found = filled(self._columns, cells, range(len(self.members)), number)
        return {test.weights: times(found, test.weights) for test in self._tests}

    def _added(self, drawn: Sequence[Integers], number: int) -> dict[tuple[int, ...], Any]:
        """The sums of each row, member by member."""
        totals: dict[tuple[int, ...], Any] = {}
        for test in self._tests:
            fixed = self._fixed[test.weights]
            each = [self._weights(test, group) for group in self.groups]
            most = abs(fixed) + sum(
                group.number * max(map(abs, weights))
                for group, weights in zip(self.groups, each, strict=True)
            )
            total: Any = np.full(number, fixed, dtype=np.int64 if most < _EXACT else object)
            for weights, rows in zip(each, drawn, strict=True):
                if any(weights):
                    total = total + times(rows, weights)
            totals[test.weights] = total
        return totals

    def exact(self) -> Mapping[str, Fraction]:
        """The shares from every way in which the groups may come out, if there are not too many."""
        sizes = [comb(g.number + len(g.chances) - 1, g.number) for g in self.groups]
        if prod(sizes) > MOST_LISTED or sum(g.number for g in self.groups) > MOST_EXACT:
            return {}
        every = [list(_splits(g.number, [c for _, c in g.chances])) for g in self.groups]
        rows = list(product(*every))
        drawn = [
            np.asarray([row[n][0] for row in rows], dtype=np.int64) for n in range(len(self.groups))
        ]
        first = self._first(drawn, len(rows))
        names = [name for name, _ in self._lines] + [NOTHING_APPLIES]
        shares: dict[str, Fraction] = {}
        for line, row in zip(first, rows, strict=True):
            chance = prod((chance for _, chance in row), start=Fraction(1))
            if chance:
                shares[names[line]] = shares.get(names[line], Fraction(0)) + chance
        return shares


def _splits(number: int, chances: Sequence[Fraction]) -> Iterator[tuple[tuple[int, ...], Fraction]]:
    """How many may hold each position, and how likely that is."""
    for counts in _counts(number, len(chances)):
        ways_ = factorial(number) // prod(map(factorial, counts))
        powers = (chance**count for chance, count in zip(chances, counts, strict=True))
        yield counts, ways_ * prod(powers, start=Fraction(1))


def _counts(number: int, kinds: int) -> Iterator[tuple[int, ...]]:
    if kinds == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in _counts(number - first, kinds - 1):
            yield (first, *rest)
