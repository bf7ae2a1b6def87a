"""Counting members of whom not everything is known: exact bounds of what a rule reads.

Members come in blocks. Of the members of a block it is known how many they are, and for each kind
(a position and attributes, or out of the count) how many at least and at most are of it. Where all
of that is exact, so is every bound, and every predicate is true or false.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from nemcon.rules.algebra import (
    VALUE,
    Between,
    Compare,
    Constant,
    Fewest,
    Groups,
    Measure,
    Multiple,
    Nobody,
    Number,
    Position,
    Range,
    Sum,
    Term,
    compared,
    contains,
)
from nemcon.rules.evaluate import holds, measure
from nemcon.rules.names import Value
from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Procedure
from nemcon.saying import say

OUT = -1  # the kind of a member that the rule drops


class Cell(NamedTuple):
    """How many members of a block are of a kind."""

    kind: int
    low: int
    high: int


class Block(NamedTuple):
    """How many members a block has, and of which kinds they are."""

    low: int
    high: int
    cells: tuple[Cell, ...]

    def within(self, wanted: Callable[[int], bool]) -> Block:
        """Those members of the block whose kind is wanted."""
        inside = tuple(cell for cell in self.cells if wanted(cell.kind))
        outside = [cell for cell in self.cells if not wanted(cell.kind)]
        low = self.low - sum(cell.high for cell in outside)
        high = self.high - sum(cell.low for cell in outside)
        return Block(
            max(low, sum(cell.low for cell in inside)),
            min(high, sum(cell.high for cell in inside)),
            inside,
        )


@dataclass(frozen=True)
class Kind:
    """A position after the rule's steps, and attributes."""

    position: Position
    attributes: Mapping[str, Value]


class Kinds:
    """The kinds of members that occur, by number, and what each adds to the rule's totals."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.all: list[Kind] = []
        self._numbers: dict[tuple[Position, tuple[tuple[str, Value], ...]], int] = {}
        self._weights: dict[tuple[int, int], tuple[Number, Number]] = {}
        self._forms: dict[int, Form] = {}
        self._kept: list[Any] = []  # keeps what the ids above stand for

    def number(self, position: Position | None, attributes: Mapping[str, Value]) -> int:
        """The number of a kind; OUT for none."""
        if position is None:
            return OUT
        key = (position, tuple(sorted(attributes.items())))
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(Kind(position, attributes))
        return self._numbers[key]

    def inside(self, members: Any, kind: int) -> bool:
        """Whether members of a kind are in a set."""
        if kind == OUT:
            return False
        one = self.all[kind]
        return contains(members, one.position, one.attributes)

    def member(self, node: Nobody, kind: int) -> Range:
        """(1, 1) if members of a kind are in the set of the predicate, else (0, 0)."""
        key = (id(node), kind)
        if key not in self._weights:
            self._kept.append(node)
            here = int(self.inside(node.members, kind))
            self._weights[key] = (here, here)
        return self._weights[key]

    def adds(self, term: Term, kind: int) -> Range:
        """What one member of a kind adds to a total."""
        key = (id(term), kind)
        if key not in self._weights:
            self._kept.append(term)
            self._weights[key] = self._adds(term, kind)
        return self._weights[key]

    def _adds(self, term: Term, kind: int) -> Range:
        if not self.inside(term.members, kind):
            return 0, 0
        if not term.weight:
            return 1, 1
        one = self.all[kind]
        if term.weight == VALUE and isinstance(one.position, Between):
            return one.position.low, one.position.high
        weight = self.procedure.weight(term.weight, one.position, one.attributes)
        whole = int(weight) if weight.denominator == 1 else weight
        return whole, whole

    def form(self, node: Compare) -> Form:
        """The difference of the two sides of a comparison, as sums as far as it is one."""
        if id(node) not in self._forms:
            self._kept.append(node)
            form = Form()
            form.add(node.left, Fraction(1))
            form.add(node.right, Fraction(-1))
            self._forms[id(node)] = form.whole()
        return self._forms[id(node)]


class Form:
    """A measure as a sum of multiples of totals, a constant, and measures that are no sums."""

    def __init__(self) -> None:
        self.terms: list[tuple[Number, Term]] = []
        self.constant: Number = 0
        self.others: list[tuple[Number, Measure]] = []
        self.coefficients: dict[int, Range] = {}

    def add(self, node: Measure, factor: Fraction) -> None:
        """Add a multiple of a measure."""
        match node:
            case Term():
                self.terms.append((factor, node))
            case Constant():
                self.constant += factor * node.value
            case Multiple():
                self.add(node.measure, factor * node.factor)
            case Sum():
                for part in node.parts:
                    self.add(part, factor)
            case _:
                self.others.append((factor, node))

    def whole(self) -> Form:
        """A positive multiple of this with whole numbers."""
        numbers = [self.constant, *(f for f, _ in self.terms), *(f for f, _ in self.others)]
        scale = lcm(*(Fraction(each).denominator for each in numbers))
        self.constant = int(self.constant * scale)
        self.terms = [(int(factor * scale), term) for factor, term in self.terms]
        self.others = [(int(factor * scale), node) for factor, node in self.others]
        return self

    def coefficient(self, kind: int, kinds: Kinds) -> Range:
        """What one member of a kind adds."""
        found = self.coefficients.get(kind)
        if found is None:
            low: Number = 0
            high: Number = 0
            for factor, term in self.terms:
                ends = [factor * end for end in kinds.adds(term, kind)]
                low, high = low + min(ends), high + max(ends)
            found = self.coefficients[kind] = (low, high)
        return found


class Counting:
    """What a rule reads of blocks of members: exact bounds of sums, sound bounds of the rest."""

    def __init__(self, blocks: Sequence[Block], kinds: Kinds) -> None:
        self.blocks, self.kinds = blocks, kinds

    def total(self, term: Term) -> Range:
        """The bounds of a total."""
        return self._bounds(lambda kind: self.kinds.adds(term, kind))

    def size(self, node: Nobody) -> Range:
        """The bounds of the number of members in the set."""
        return self._bounds(lambda kind: self.kinds.member(node, kind))

    def compare(self, node: Compare) -> Range:
        """Bounds of the left side less the right, up to a positive factor."""
        form = self.kinds.form(node)
        low, high = self._bounds(lambda kind: form.coefficient(kind, self.kinds))
        low, high = low + form.constant, high + form.constant
        for factor, other in form.others:
            ends = [factor * end for end in measure(other, self)]
            low, high = low + min(ends), high + max(ends)
        return low, high

    def _bounds(self, adds: Callable[[int], Range]) -> Range:
        low: Number = 0
        high: Number = 0
        for block in self.blocks:
            low += _least(block, [adds(cell.kind)[0] for cell in block.cells])
            high -= _least(block, [-adds(cell.kind)[1] for cell in block.cells])
        return low, high

    # Groups

    def groups(self, node: Groups) -> Range:
        """How many groups hold for certain and at most, or what they weigh."""
        low: Number = 0
        high: Number = 0
        for value in self._values(node):
            part = Counting(self._part(node, value), self.kinds)
            least, most = part._bounds(lambda _: (1, 1))
            if most <= 0:
                continue
            told = holds(node.where, part)
            weight = self._weight(node, value, part)
            ends = (
                weight if told is True and least > 0 else 0,
                weight if told is not False else 0,
            )
            low, high = low + min(ends), high + max(ends)
        return low, high

    def _values(self, node: Groups) -> list[Value]:
        kinds = {c.kind for block in self.blocks for c in block.cells if c.kind != OUT}
        held = (self.kinds.all[kind].attributes.get(node.by) for kind in sorted(kinds))
        return list(dict.fromkeys(value for value in held if value is not None))

    def _part(self, node: Groups, value: Value) -> list[Block]:
        def wanted(kind: int) -> bool:
            return (
                kind != OUT
                and self.kinds.all[kind].attributes.get(node.by) == value
                and self.kinds.inside(node.within, kind)
            )

        parts = (block.within(wanted) for block in self.blocks)
        return [part for part in parts if part.cells]

    def _weight(self, node: Groups, value: Value, part: Counting) -> Number:
        if not node.weight:
            return 1
        kinds = {c.kind for block in part.blocks for c in block.cells if c.high > 0}
        weights = {self._of_kind(node.weight, kind) for kind in kinds}
        if len(weights) != 1:
            raise RuleError(
                say(
                    "the members of the group '{value}' ({by}) differ in '{weight}', which "
                    "weighs the group; write the same number for all of them",
                    value=value,
                    by=node.by,
                    weight=node.weight,
                )
            )
        return weights.pop()

    def _of_kind(self, name: str, kind: int) -> Fraction:
        one = self.kinds.all[kind]
        return self.kinds.procedure.weight(name, one.position, one.attributes)

    # The fewest members that reach a measure

    def fewest(self, node: Fewest) -> Range:
        """The least number of members whose weights together are enough, over all that may be."""
        low, high = measure(node.measure, self)
        certain: dict[Fraction, int] = defaultdict(int)
        possible: dict[Fraction, int] = defaultdict(int)
        for block in self.blocks:
            kinds = {c.kind for c in block.cells if self.kinds.inside(node.members, c.kind)}
            weights = {self._of_kind(node.attribute, kind) for kind in kinds}
            for weight in weights:
                part = block.within(
                    lambda kind, weight=weight, kinds=kinds: (  # type: ignore[misc]
                        kind in kinds and self._of_kind(node.attribute, kind) == weight
                    )
                )
                certain[weight] += max(part.low, 0)
                possible[weight] += part.high
        least, most = sum(certain.values()), sum(possible.values())
        fewest, enough = _reach(possible, node, low), _reach(certain, node, high)
        if enough is not None:
            return (fewest or 0), enough
        # Who there may be in all need not be enough: then it is one more than there are.
        return (least + 1 if fewest is None else min(fewest, least + 1)), most + 1


def _reach(weights: Mapping[Fraction, int], node: Fewest, wanted: Number) -> int | None:
    """How many of these it takes to reach `wanted`; None if all together do not."""
    taken, sum_ = 0, Fraction(0)
    if compared(sum_, node.operator, wanted):
        return 0
    for weight in sorted(weights, reverse=True):
        number = weights[weight]
        if weight <= 0 or not number:
            continue
        missing = (Fraction(wanted) - sum_) / weight
        needed = -(-missing // 1) if node.operator == ">=" else missing // 1 + 1
        if needed <= number:
            return taken + int(needed)
        taken, sum_ = taken + number, sum_ + number * weight
    return None


def _least(block: Block, adds: Sequence[Number]) -> Number:
    """The least sum over a block: what is certain, then the rest where it adds least."""
    total: Number = 0
    placed = 0
    loose: list[tuple[Number, int]] = []
    for (_, low, high), each in zip(block.cells, adds, strict=True):
        total += each * low
        placed += low
        if high > low:
            loose.append((each, high - low))
    missing, spare = block.low - placed, block.high - placed
    if spare <= 0 or not loose:
        return total
    loose.sort(key=lambda one: one[0])
    for each, room in loose:
        count = min(room, spare if each < 0 else missing)
        if count <= 0:
            break
        total += each * count
        missing -= count
        spare -= count
    return total


def blocks_of(kinds_and_counts: Iterable[tuple[int, int]]) -> list[Block]:
    """Blocks of members of known kinds; a kind may come several times, also to be taken off."""
    numbers: dict[int, int] = defaultdict(int)
    for kind, number in kinds_and_counts:
        numbers[kind] += number
    return [Block(n, n, (Cell(kind, n, n),)) for kind, n in numbers.items() if n > 0]
