"""What members add to the sums of a rule, as columns of a table: one for each class and position.

A rule that asks in how many groups something holds has one column more for each group. Where the
least number of a set is asked for, the set has to be known: it is told apart by *cases*, each of
which fixes how many members of a class are in which block of positions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, prod
from typing import TypeAlias

from nemcon.analysis.compiler import Compiler
from nemcon.analysis.game import Formula, GameError, Threshold, TooLargeError
from nemcon.analysis.linear import Linear
from nemcon.rules.algebra import (
    Fewest,
    Groups,
    Members,
    Position,
    Term,
    contains,
    walk,
)
from nemcon.rules.names import Value
from nemcon.rules.normalise import Bloc, OnePer, alone
from nemcon.rules.procedure import Procedure
from nemcon.rules.scope import INPUTS, INVALID

MOST_CASES = 64
Final: TypeAlias = Position | None
"""A position after all steps of the rule; None where the member does not count, or is off."""


@dataclass(frozen=True)
class Like:
    """Members alike: their names as far as they have some, what each may hold (None: it may be off
    the roll), and what the rule reads of them.
    """

    names: tuple[str, ...]
    number: int
    held: tuple[Position | None, ...]
    attributes: Mapping[str, Value]


@dataclass(frozen=True)
class Block:
    """So many members of a class end in one of these positions."""

    of: int
    finals: frozenset[Final]
    number: int


Case: TypeAlias = tuple[Block, ...]


class Columns:
    """The columns of a body, the same for every reading of the rule.

    `play` are, for each class, the positions that its members hold or may change to.
    """

    def __init__(
        self,
        rules: Sequence[Procedure],
        members: Sequence[Like],
        play: Sequence[Collection[Position | None]],
    ) -> None:
        self.rule, self.members = rules[0], members
        self.finals: list[tuple[Final, ...]] = [
            tuple(dict.fromkeys(f for p in play[n] for f in finals(self.rule, p, one.attributes)))
            for n, one in enumerate(members)
        ]
        nodes = [node for rule in rules for line in rule.ladder for node in walk(line.when)]
        self.fewest = tuple(dict.fromkeys(node for node in nodes if isinstance(node, Fewest)))
        self.groups = tuple(dict.fromkeys(node for node in nodes if isinstance(node, Groups)))
        self.place: dict[object, int] = {}
        for n, own in enumerate(self.finals):
            for final in own:
                if final is not None:
                    self.place[n, final] = len(self.place)
        self.seats = {n: len(self.place) + n for n in range(len(members))}
        self.place.update({("on the roll", n): at for n, at in self.seats.items()})
        pairs = [(node, value) for node in self.groups for value in self.values_of(node)]
        self.place.update({pair: len(self.place) + n for n, pair in enumerate(pairs)})
        self.counts: dict[tuple[Groups, Value], Formula] = {
            pair: _in_group(self, *pair) for pair in pairs
        }
        """Of each group that it is one of those that count, over the columns of its members."""

    @property
    def size(self) -> int:
        """How many columns there are."""
        return len(self.place)

    def values_of(self, node: Groups) -> list[Value]:
        """The groups that there may be."""
        held = (one.attributes[node.by] for one in self.members if node.by in one.attributes)
        return list(dict.fromkeys(held))

    def cases(self) -> Iterator[Case]:
        """Each way in which the sets may be that a rule asks the least number of.

        Raises `TooLargeError` where there are too many, `GameError` where they cannot be told.
        """
        if not self.fewest:
            yield ()
            return
        split = [self._blocks(n) for n in range(len(self.members))]
        open_ = [n for n, found in enumerate(split) if len(found) > 1]
        if open_ and any(isinstance(step, Bloc | OnePer) for step in self.rule.steps):
            raise GameError("this rule asks for the least number of a set that votes make up")
        many = prod(
            comb(self.members[n].number + len(split[n]) - 1, len(split[n]) - 1) for n in open_
        )
        if many > MOST_CASES:
            raise TooLargeError(
                "this rule asks for the least number of a set that positions can change, and "
                f"there are {many:,} ways in which it may be; at most {MOST_CASES} are looked at"
            )
        known = tuple(
            Block(n, split[n][0], self.members[n].number)
            for n in range(len(self.members))
            if n not in open_
        )
        ways = [list(_shares(self.members[n].number, len(split[n]))) for n in open_]
        for chosen in product(*ways):
            yield known + tuple(
                Block(n, block, number)
                for n, numbers in zip(open_, chosen, strict=True)
                for block, number in zip(split[n], numbers, strict=True)
            )

    def _blocks(self, n: int) -> list[frozenset[Final]]:
        """Positions of a class that are the same to every least number."""
        found: dict[tuple[object, ...], list[Final]] = {}
        for final in self.finals[n]:
            found.setdefault(tuple(self._seen(n, final)), []).append(final)
        return [frozenset(each) for each in found.values()]

    def _seen(self, n: int, final: Final) -> Iterator[object]:
        for node in self.fewest:
            yield adds(self.rule, Term(node.members, node.attribute), self.members[n], final)
            yield adds(self.rule, Term(node.members), self.members[n], final)
            for term in walk(node.measure):
                if isinstance(term, Term):
                    yield adds(self.rule, term, self.members[n], final)


def finals(
    rule: Procedure, position: Position | None, attributes: Mapping[str, Value]
) -> frozenset[Final]:
    """What may become of a position by the steps of the rule, whatever others hold."""
    eligible = rule.roll.eligible
    if position is None or (eligible and not contains(eligible, position, attributes)):
        return frozenset({None})
    found: frozenset[Final] = frozenset({position})
    for step in rule.steps:
        if isinstance(step, Bloc):
            bound = step.attribute in attributes and found - step.ignored - {None}
            found = found | {INVALID} if bound else found
        elif isinstance(step, OnePer):
            like = step.attribute in attributes and found - {None, *INPUTS}
            found = found | {None} if like else found
        else:
            found = frozenset(None if p is None else alone((step,), p, attributes) for p in found)
    return found


def adds(
    rule: Procedure, node: Term, one: Like, final: Final, within: tuple[Members, ...] = ()
) -> Fraction:
    """What one member adds to a total by its position after all steps."""
    sets = (node.members, *within)
    if final is None or not all(contains(each, final, one.attributes) for each in sets):
        return Fraction(0)
    return rule.weight(node.weight, final, one.attributes) if node.weight else Fraction(1)


class Sums(Linear):
    """The totals of a rule as columns, in one case; `group` tells one group's own."""

    def __init__(
        self,
        rule: Procedure,
        columns: Columns,
        case: Case = (),
        group: tuple[Groups, Value] | None = None,
    ) -> None:
        self._rule, self._columns, self._case = rule, columns, case
        self._group = group
        self._within = (group[0].within,) if group else ()

    @property
    def size(self) -> int:
        """How many columns there are."""
        return self._columns.size

    def _classes(self) -> Iterator[tuple[int, Like]]:
        for n, one in enumerate(self._columns.members):
            node, value = self._group or (None, None)
            if node is None or one.attributes.get(node.by) == value:
                yield n, one

    def _blocks(self, n: int) -> list[Block] | None:
        """How many members of a class end where, if that is known."""
        told = [block for block in self._case if block.of == n]
        whole = frozenset(self._columns.finals[n])
        if not told and None not in whole:
            told = [Block(n, whole, self._columns.members[n].number)]
        return told or None

    def term(self, node: Term) -> tuple[Fraction, tuple[Fraction, ...]]:
        """A total: what is known to be in it, and what one member adds by each position."""
        fixed, each = Fraction(0), [Fraction(0)] * self.size
        for n, one in self._classes():
            values = {
                final: adds(self._rule, node, one, final, self._within)
                for final in self._columns.finals[n]
            }
            blocks = self._blocks(n)
            if blocks and all(len({values[f] for f in b.finals}) == 1 for b in blocks):
                fixed += sum(b.number * values[next(iter(b.finals))] for b in blocks)
                continue
            for final, value in values.items():
                if final is not None:
                    each[self._columns.place[n, final]] = value
        return fixed, tuple(each)

    def condition(self, weights: Sequence[int], quota: int) -> Formula:
        """The condition as it is: how many members of a class hold what is not known here."""
        return Threshold(tuple(weights), quota)

    def weighed(self, node: Groups) -> tuple[Fraction, tuple[Fraction, ...]]:
        """The weights of the groups, each in its own column."""
        if self._group:
            raise GameError("this rule looks at groups within groups, which is not worked out here")
        each = [Fraction(0)] * self.size
        for value in self._columns.values_of(node):
            each[self._columns.place[node, value]] = self._weight(node, value)
        return Fraction(0), tuple(each)

    def _weight(self, node: Groups, value: Value) -> Fraction:
        if not node.weight:
            return Fraction(1)
        found = {
            self._rule.weight(node.weight, "", one.attributes)
            for one in self._columns.members
            if one.attributes.get(node.by) == value
        }
        if len(found) > 1:
            raise GameError(
                f"members of one group have different '{node.weight}'; a group has one weight"
            )
        return found.pop()

    def groups(self, node: Groups) -> list[tuple[Sequence[int], Linear, Fraction]]:
        """Groups have columns here."""
        raise TypeError(node)

    def inside(self, node: Fewest) -> list[Fraction]:
        """What those of a set weigh, as the case has it."""
        found: list[Fraction] = []
        count = Term(node.members)
        for n, one in self._classes():
            blocks = self._blocks(n)
            for block in blocks or ():
                is_in = {adds(self._rule, count, one, f, self._within) for f in block.finals}
                if len(is_in) > 1:
                    raise GameError("this rule asks for the least number of a set in a group")
                if is_in.pop():
                    weight = self._rule.weight(node.attribute, "", one.attributes)
                    found += [weight] * block.number
            if blocks is None:
                raise GameError("this rule asks for the least number of a set that may change")
        return found


def conditions(columns: Columns, case: Case) -> list[Formula]:
    """That a case is so: how many members of a class end in which block."""
    found: list[Formula] = []
    classes = {block.of for block in case}
    for n in sorted(classes):
        blocks = [block for block in case if block.of == n]
        left_out = next((b for b in blocks if None in b.finals), blocks[-1])
        for block in blocks:
            if block is not left_out:  # that one follows from the others
                row = [0] * columns.size
                for final in block.finals:
                    row[columns.place[n, final]] = 1
                found.append(Threshold(tuple(row), block.number))
                found.append(Threshold(tuple(-w for w in row), -block.number))
    return found


def _in_group(columns: Columns, node: Groups, value: Value) -> Formula:
    own = Sums(columns.rule, columns, group=(node, value))
    return Compiler(columns.rule, own, {}).in_group(node.where)


def _shares(number: int, blocks: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a number into so many."""
    if blocks == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in _shares(number - first, blocks - 1):
            yield (first, *rest)
