"""Members that a rule looks at together: blocs, groups, those who count as one.

Of such a part every way in which its members may stand is listed, and what comes of it for each
column. A *move* says how many of each class change to what; members that are open may hold anything
that they may hold, whatever the move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import comb, prod
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from nemcon.analysis.columns import Columns, Like, adds
from nemcon.analysis.game import TooLargeError, forms, holds
from nemcon.rules.algebra import VALUE, Members, Position, Term, contains, walk
from nemcon.rules.normalise import Bloc, OnePer, alone
from nemcon.rules.procedure import Procedure
from nemcon.rules.scope import INPUTS, INVALID

MOST_ROWS = 400_000
_EXACT = 2**62

Numbers = npt.NDArray[np.int64]
Cells: TypeAlias = dict[tuple[int, Position], Numbers]
"""How many members of a class hold a position, in each of many ways to stand."""


def together(columns: Columns) -> list[list[int]]:
    """The classes that have to be looked at together, by number; those of one class alone too."""
    names = {node.by for node in columns.groups}
    names |= {s.attribute for s in columns.rule.steps if isinstance(s, Bloc | OnePer)}
    of: dict[object, int] = {}
    parts: dict[int, list[int]] = {}
    for n, one in enumerate(columns.members):
        keys = [(name, one.attributes[name]) for name in sorted(names) if name in one.attributes]
        mine = [n] if keys else []
        for old in {of[key] for key in keys if key in of}:
            mine += parts.pop(old)
        if mine:
            parts[n] = mine
            for member in mine:
                attributes = columns.members[member].attributes
                of.update({(k, attributes[k]): n for k in names if k in attributes})
    return [sorted(part) for part in parts.values()]


class Part:
    """One part: its moves, and what each of its outcomes adds to every column."""

    def __init__(
        self,
        columns: Columns,
        classes: Sequence[int],
        choices: Sequence[Position],
        rules: Sequence[Procedure],
    ) -> None:
        self.classes, self._columns = list(classes), columns
        self._same = [_Alike(columns, of, choices, rules) for of in _of_one_kind(columns, classes)]
        rows = prod(one.rows for one in self._same)
        if rows > MOST_ROWS:
            members = sum(columns.members[n].number for n in classes)
            raise TooLargeError(
                f"{members} members have to be looked at together under this rule, which is "
                f"{rows:,} ways to stand; at most {MOST_ROWS:,} are listed here"
            )
        self._list()

    def _list(self) -> None:
        moves, finals = np.zeros((1, 0), np.int64), np.zeros((1, 0), np.int64)
        for one in self._same:
            mine, ends = one.listed()
            times = len(moves)
            moves = np.hstack([np.repeat(moves, len(mine), 0), np.tile(mine, (times, 1))])
            finals = np.hstack([np.repeat(finals, len(ends), 0), np.tile(ends, (times, 1))])
        order = np.lexsort(moves.T[::-1]) if moves.shape[1] else np.arange(len(moves))
        moves, finals = moves[order], finals[order]
        new = np.ones(len(moves), dtype=bool)
        new[1:] = (moves[1:] != moves[:-1]).any(axis=1)
        self.starts = np.flatnonzero(new)
        self.moves = moves[self.starts]
        self.costs = np.maximum(self.moves, 0).sum(axis=1)
        self.still = int(np.flatnonzero(self.costs == 0)[0])
        self.places = {tuple(move.tolist()): n for n, move in enumerate(self.moves)}
        self.rows = self._values(finals)

    def _values(self, finals: Numbers) -> Numbers:
        """What is in each column, for each way to stand."""
        cells: Cells = {}
        at = 0
        for one in self._same:
            for position in one.kinds:
                if position is not None:
                    cells[one.place[position], position] = finals[:, at]
                at += 1
        return filled(self._columns, cells, self.classes, len(finals))

    # What moves do

    def worst(self, weights: Sequence[int], *, best: bool = False) -> Numbers:
        """What each move adds to a sum at least, whatever open members hold; at most, with `best`.

        It is what the part adds in all, not what it adds more.
        """
        values = times(self.rows, weights)
        reduce = np.maximum.reduceat if best else np.minimum.reduceat
        return reduce(values, self.starts)

    def one_worst(self, sums: Sequence[Sequence[int]]) -> bool:
        """Whether after each move one way to stand is the least of all these sums."""
        ends = np.append(self.starts[1:], len(self.rows)) - self.starts
        least = np.ones(len(self.rows), dtype=bool)
        for weights in sums:
            least &= times(self.rows, weights) == np.repeat(self.worst(weights), ends)
        return bool(np.logical_or.reduceat(least, self.starts).all())

    def single(self, n: int, position: Position) -> int:
        """The move of one member of a class to a position."""
        vector: list[int] = []
        for one in self._same:
            vector += one.single(n, position) if n in one.of else [0] * len(one.kinds)
        return self.places[tuple(vector)]

    def changes(self, move: int) -> Iterator[tuple[int, Position, int]]:
        """Of which class how many change to what."""
        at = 0
        for one in self._same:
            yield from one.changes(self.moves[move, at : at + len(one.kinds)].tolist())
            at += len(one.kinds)


def _of_one_kind(columns: Columns, classes: Sequence[int]) -> list[list[int]]:
    """Classes with the same attributes whose members all hold something known, put together; each
    other class by itself. So are all where a case says how many of each class end where.
    """
    if columns.fewest:
        return [[n] for n in classes]
    found: dict[object, list[int]] = {}
    for n in classes:
        one = columns.members[n]
        known = len(one.held) == 1
        key = tuple(sorted(one.attributes.items(), key=repr)) if known else n
        found.setdefault(key, []).append(n)
    return list(found.values())


class _Alike:
    """Members alike but for what they hold: the kinds of positions that make a difference, and
    where they may go. Either all of them hold something known, or they are of one class.

    A move is how many more, or fewer, are of each kind; of an open class, how many go there.
    """

    def __init__(
        self,
        columns: Columns,
        of: Sequence[int],
        choices: Sequence[Position],
        rules: Sequence[Procedure],
    ) -> None:
        self.of = list(of)
        classes = [columns.members[n] for n in of]
        self._choices, self._classes = choices, dict(zip(of, classes, strict=True))
        self.number = sum(one.number for one in classes)
        self.kind_of: dict[Position | None, Position | None] = {}
        self.place: dict[Position | None, int] = {}
        seen: dict[object, Position | None] = {}
        pairs: list[tuple[int, Position | None]] = [(of[0], p) for p in choices]
        pairs += [(n, p) for n, one in self._classes.items() for p in one.held]
        for n, position in pairs:
            kind = seen.setdefault(_signature(rules, classes[0], position), position)
            self.kind_of[position] = kind
            self.place.setdefault(kind, n)
        self.kinds = list(dict.fromkeys(self.kind_of.values()))
        self.targets = list(dict.fromkeys(self.kind_of[p] for p in choices))
        self.held = list(dict.fromkeys(self.kind_of[p] for one in classes for p in one.held))
        self.known = len(of) > 1 or len(self.held) == 1
        self._now = dict.fromkeys(self.kinds, 0)
        for one in classes if self.known else ():
            self._now[self.kind_of[one.held[0]]] += one.number

    @property
    def rows(self) -> int:
        """How many pairs there are of a move and a way in which the others may stand."""
        total = self.number
        if self.known:
            return comb(total + len(self.kinds) - 1, len(self.kinds) - 1)
        to, from_ = len(self.targets), len(self.held)
        return sum(
            (comb(k + to - 1, to - 1) if to else int(not k))
            * comb(total - k + from_ - 1, from_ - 1)
            for k in range(total + 1)
        )

    def listed(self) -> tuple[Numbers, Numbers]:
        """Each such pair: the move, and how many are of each kind after it."""
        if self.known:
            return self._known()
        moves, ends = [], []
        for moved in range(self.number + 1):
            for to in _shares(moved, len(self.targets)):
                for rest in _shares(self.number - moved, len(self.held)):
                    move = dict.fromkeys(self.kinds, 0)
                    end = dict(zip(self.held, rest, strict=True))
                    for kind, number in zip(self.targets, to, strict=True):
                        move[kind] = number
                        end[kind] = end.get(kind, 0) + number
                    moves.append([move[kind] for kind in self.kinds])
                    ends.append([end.get(kind, 0) for kind in self.kinds])
        return np.array(moves, dtype=np.int64), np.array(ends, dtype=np.int64)

    def _known(self) -> tuple[Numbers, Numbers]:
        """The same where all is known: nobody goes where nobody can choose to go."""
        ends = np.array(list(_shares(self.number, len(self.kinds))), dtype=np.int64)
        now = np.array([self._now[kind] for kind in self.kinds], dtype=np.int64)
        open_ = np.array([kind in self.targets for kind in self.kinds])
        ends = ends[((ends <= now) | open_).all(axis=1)]
        return ends - now, ends

    def single(self, n: int, position: Position) -> list[int]:
        """The move of one member of a class to a position."""
        kind = self.kind_of[position]
        move = {one: int(one == kind and kind in self.targets) for one in self.kinds}
        if self.known:
            move[self.kind_of[self._classes[n].held[0]]] -= 1
        return list(move.values())

    def changes(self, move: Sequence[int]) -> Iterator[tuple[int, Position, int]]:
        """Of which class how many change to what, in a move."""
        left = {n: one.number for n, one in self._classes.items()}
        if self.known:
            less = {k: -number for k, number in zip(self.kinds, move, strict=True) if number < 0}
            for n, one in self._classes.items():
                kind = self.kind_of[one.held[0]]
                left[n] = min(one.number, less.get(kind, 0))
                less[kind] = less.get(kind, 0) - left[n]
        for kind, number in zip(self.kinds, move, strict=True):
            wanted = max(number, 0)
            for n in left:
                taken = min(wanted, left[n])
                if taken:
                    yield n, self._named(kind), taken
                left[n], wanted = left[n] - taken, wanted - taken

    def _named(self, kind: Position | None) -> Position:
        """A position to change to that is of a kind."""
        return next(p for p in self._choices if self.kind_of[p] == kind)


def _shares(number: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a number into so many."""
    if parts == 0:
        if not number:
            yield ()
        return
    if parts == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in _shares(number - first, parts - 1):
            yield (first, *rest)


def _signature(rules: Sequence[Procedure], one: Like, position: Position | None) -> object:
    """What a rule makes of a position: positions with the same one make no difference."""
    rule = rules[0]
    if any(isinstance(step, Bloc | OnePer) for step in rule.steps):
        return position
    final = None if position is None else rule.normalised(position, one.attributes)
    if final is None:
        return position is None, None
    seen: list[object] = []
    for each in rules:
        for line in each.ladder:
            for node in walk(line.when):
                if isinstance(node, Term) and node.weight == VALUE:
                    seen.append(adds(rule, node, one, final))
                for name in ("members", "within"):
                    inside: Members | None = getattr(node, name, None)
                    if inside is not None:
                        seen.append(contains(inside, final, one.attributes))
    return tuple(seen)


# Steps over all ways at once


def filled(columns: Columns, cells: Cells, classes: Sequence[int], rows: int) -> Numbers:
    """What is in each column, for each way in which the members of these classes stand."""
    found = np.zeros((rows, columns.size), dtype=np.int64)
    for (n, _), numbers in cells.items():
        found[:, columns.seats[n]] += numbers
    for (n, final), numbers in _stepped(columns, cells).items():
        found[:, columns.place[n, final]] += numbers
    for (node, value), formula in columns.counts.items():
        if any(columns.members[n].attributes.get(node.by) == value for n in classes):
            totals = {row: times(found, row) for row in forms(formula)}
            found[:, columns.place[node, value]] = holds(formula, totals)
    return found


def _stepped(columns: Columns, cells: Cells) -> Cells:
    """How many members of each class end in each position, by the steps of the rule."""
    rule, members = columns.rule, columns.members
    eligible = rule.roll.eligible
    if eligible is not None:
        cells = {
            (n, p): numbers
            for (n, p), numbers in cells.items()
            if contains(eligible, p, members[n].attributes)
        }
    for step in rule.steps:
        if isinstance(step, Bloc):
            cells = _blocs(step, cells, members)
        elif isinstance(step, OnePer):
            cells = _one_per(step, cells, members)
        else:
            moved: Cells = {}
            for (n, p), numbers in cells.items():
                to = alone((step,), p, members[n].attributes)
                if to is not None:
                    moved[n, to] = moved[n, to] + numbers if (n, to) in moved else numbers
            cells = moved
    return cells


def _blocs(step: Bloc, cells: Cells, members: Sequence[Like]) -> Cells:
    """Those of one bloc who are not of one mind become invalid."""
    minds: dict[object, dict[Position, Numbers]] = defaultdict(dict)
    bound = {
        (n, p): members[n].attributes[step.attribute]
        for n, p in cells
        if step.attribute in members[n].attributes and p not in step.ignored
    }
    for (n, p), value in bound.items():
        here = minds[value]
        here[p] = here[p] + cells[n, p] if p in here else cells[n, p]
    split = {
        value: sum(((numbers > 0).astype(int) for numbers in here.values()), np.int64(0)) > 1
        for value, here in minds.items()
    }
    found = {key: np.zeros_like(numbers) for key, numbers in cells.items()}
    for (n, p), numbers in cells.items():
        if (n, p) not in bound:
            found[n, p] = found[n, p] + numbers
            continue
        mixed = split[bound[n, p]]
        found[n, p] = found[n, p] + np.where(mixed, 0, numbers)
        spoilt = found.get((n, INVALID), np.zeros_like(numbers))
        found[n, INVALID] = spoilt + np.where(mixed, numbers, 0)
    return found


def _one_per(step: OnePer, cells: Cells, members: Sequence[Like]) -> Cells:
    """Of like members with like positions, the first by attributes stands for all."""
    alike: dict[tuple[object, Position], list[int]] = defaultdict(list)
    found: Cells = {}
    for (n, p), numbers in cells.items():
        value = members[n].attributes.get(step.attribute)
        if value is None or p in INPUTS:
            found[n, p] = numbers
        else:
            alike[value, p].append(n)
    for (_, p), classes in alike.items():
        classes.sort(key=lambda n: repr(sorted(members[n].attributes.items())))
        taken = np.zeros(len(cells[classes[0], p]), dtype=bool)
        for n in classes:
            here = (cells[n, p] > 0) & ~taken
            found[n, p] = here.astype(np.int64)
            taken |= here
    return found


def times(rows: Numbers, weights: Sequence[int]) -> Numbers:
    """The sum of each row with these weights: in 64 bits where it fits, else in whole numbers."""
    most = int(rows.max(initial=0)) * sum(map(abs, weights))  # no count is below nought
    if most < _EXACT:
        return np.asarray(rows @ np.array(weights, dtype=np.int64))
    total: Any = np.zeros(len(rows), dtype=object)
    for column, weight in enumerate(weights):
        if weight:
            total = total + rows[:, column].astype(object) * weight
    return total  # type: ignore[no-any-return]


def front(costs: Numbers, gains: npt.NDArray[np.object_] | Numbers, still: int) -> list[int]:
    """The moves that no other outdoes: as cheap, and adding as much to every sum."""
    order = sorted(range(len(costs)), key=lambda m: (int(costs[m]), [-int(g) for g in gains[m]]))
    kept = [still]
    for m in order:
        if not (gains[kept] >= gains[m]).all(axis=1).any():
            kept.append(m)
    return kept[1:]
