"""From a rule and a roll to a simple game: each member is in favour or against.

Taking whoever is not in favour for *against* is a model. Where a rule treats abstention otherwise,
the game in which members may also abstain is another one (`ternary.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor, isqrt, lcm
from typing import Literal, Protocol, TypeAlias

from nemcon.analysis.game import (
    Fixed,
    Formula,
    Game,
    GameError,
    Threshold,
    all_of,
    any_of,
    groups,
    opposite,
    threshold,
)
from nemcon.rules.algebra import (
    VALUE,
    Always,
    Attested,
    Compare,
    Constant,
    Every,
    Everyone,
    Extreme,
    Fewest,
    Floor,
    Groups,
    If,
    Measure,
    Members,
    Multiple,
    Nobody,
    Not,
    Parameter,
    ParameterIs,
    Position,
    Predicate,
    Product,
    Some,
    Square,
    Sum,
    Term,
    Versus,
    compared,
    contains,
)
from nemcon.rules.choose import read_choose
from nemcon.rules.counts import Counts
from nemcon.rules.names import Value, as_number, listed
from nemcon.rules.normalise import Bloc, OnePer
from nemcon.rules.place import Place
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll, Seat
from nemcon.rules.sides import Sides, sides

MOST_MEMBERS = 5_000
Params: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class _Sum:
    """A number plus what members in favour add to it; and how often groups add to it."""

    fixed: Fraction
    each: tuple[Fraction, ...]
    grouped: Mapping[Groups, Fraction] = field(default_factory=dict)

    def plus(self, other: _Sum) -> _Sum:
        grouped = dict(self.grouped)
        for node, factor in other.grouped.items():
            grouped[node] = grouped.get(node, Fraction(0)) + factor
        each = tuple(a + b for a, b in zip(self.each, other.each, strict=True))
        return _Sum(self.fixed + other.fixed, each, grouped)

    def times(self, factor: Fraction) -> _Sum:
        return _Sum(
            self.fixed * factor,
            tuple(n * factor for n in self.each),
            {node: n * factor for node, n in self.grouped.items()},
        )

    @property
    def is_fixed(self) -> bool:
        return not any(self.each) and not any(self.grouped.values())


@dataclass(frozen=True)
class _Choice:
    """The least or the greatest of several sums."""

    which: Literal["min", "max"]
    parts: tuple[_Tree, ...]


_Tree: TypeAlias = _Sum | _Choice


def game(procedure: Procedure, roll: Roll, params: Params | None = None) -> Game:
    """The game that the rule makes of the roll.

    Raises `GameError` where the rule is no single decision, the roll lacks a weight, the rule needs
    a parameter or counts more than sums over members and groups; `RuleError` where it has nothing
    that stands for in favour.
    """
    suited(procedure)
    seats = eligible(procedure, roll)
    _few_enough(len(seats))
    _no_blocs(procedure, seats)
    _weights(procedure, seats, roll.source)
    if procedure.choose is not None:
        return Game(tuple(seat.name for seat in seats), _majority(procedure, seats))
    compiler = Compiler(procedure, _Votes(procedure, seats, sides(procedure)), dict(params or {}))
    return Game(tuple(seat.name for seat in seats), compiler.ladder())


def suited(procedure: Procedure) -> None:
    """Refuse a rule that is not one decision, with what to ask instead."""
    if procedure.ladder or procedure.choose is not None:
        return
    if procedure.chain:
        steps = dict.fromkeys(
            str(name)
            for step in procedure.chain
            for name in (step.get("rule"), *(step["on"].values() if "select" in step else ()))
            if name
        )
        raise GameError(
            f"'{procedure.id}' is several decisions, one after the other, and an index of power is "
            f"of one; ask for one of them: {listed(steps, 'or')}"
        )
    if procedure.rounds is not None:
        raise GameError(
            f"'{procedure.id}' goes through ballots until somebody has won, and an index of power "
            f"is of one decision; 'nemcon paths {procedure.id}' shows what comes of votes that you "
            "assume"
        )
    raise GameError(
        f"'{procedure.id}' has no [[outcome]] ladder to count; give a rule that has one"
    )


def _weights(procedure: Procedure, seats: Sequence[Seat], source: str) -> None:
    """Refuse a roll without a number that the rule weighs members by, with whom it lacks."""
    names = {node.attribute for node in procedure.nodes() if isinstance(node, Fewest)}
    names |= {node.weight for node in procedure.nodes() if isinstance(node, Term | Groups)}
    for name in sorted(names - {"", VALUE}):
        held = {seat.name: seat.held.get(name, procedure.defaults.get(name)) for seat in seats}
        lacking = [who for who, value in held.items() if value is None]
        if len(lacking) == len(seats):
            raise GameError(
                f"'{procedure.id}' weighs members by '{name}', and {source or 'the roll'} has no "
                "such column; add it, with a number for each member"
            )
        if lacking:
            raise GameError(
                f"'{procedure.id}' weighs members by '{name}', which {source or 'the roll'} does "
                f"not give for {listed(lacking, 'and', 6)}; write a number there"
            )
        for who, value in held.items():
            if as_number(value) is None:
                raise GameError(
                    f"'{procedure.id}' weighs members by '{name}', and {source or 'the roll'} has "
                    f"'{value}' there for {who}, which is no number; write a number"
                )


def eligible(procedure: Procedure, roll: Roll) -> tuple[Seat, ...]:
    """The members of the roll who may act under this rule."""
    wanted = procedure.roll.eligible
    if wanted is None:
        return roll.seats
    return tuple(seat for seat in roll.seats if contains(wanted, "silent", seat.held))


def _majority(procedure: Procedure, seats: Sequence[Seat]) -> Formula:
    """Who can elect a candidate together, where a share of all votes is needed.

    Members have as many votes as the one number that the roll gives each of them, else one.
    """
    chosen = read_choose(procedure.choose, Place(procedure.id) / "choose").rule
    if not isinstance(chosen, Counts) or chosen.method != "majority" or chosen.seats != 1:
        raise GameError(
            f"'{procedure.id}' chooses by another method than one majority; an index "
            "of power needs one, or a rule with one [[outcome]] ladder"
        )
    numbers = [
        {name: n for name, value in seat.held.items() if (n := as_number(value)) is not None}
        for seat in seats
    ]
    shared = set(numbers[0]).intersection(*numbers)
    if len(shared) > 1:
        raise GameError(
            f"the roll gives several numbers ({', '.join(sorted(shared))}); leave only the votes"
        )
    name = shared.pop() if shared else ""
    votes = [each[name] if name else Fraction(1) for each in numbers]
    scale = lcm(chosen.share.denominator, *(n.denominator for n in votes))
    needed = chosen.share * sum(votes) * scale
    quota = floor(needed) + 1 if chosen.strict else ceil(needed)
    return threshold([int(n * scale) for n in votes], quota)


def _few_enough(members: int) -> None:
    if not members:
        raise GameError("nobody is on the roll; give one with --roll, or a day with --on")
    if members > MOST_MEMBERS:
        raise GameError(
            f"{members:,} members are on the roll; at most {MOST_MEMBERS:,} can be taken. Put like "
            "members together, or leave the small ones out"
        )


def _no_blocs(procedure: Procedure, seats: Sequence[Seat]) -> None:
    """Refuse blocs of several members: they act as one, and are one player each."""
    for step in procedure.steps:
        if isinstance(step, Bloc | OnePer):
            values = [seat.held[step.attribute] for seat in seats if step.attribute in seat.held]
            if len(values) != len(set(values)):
                raise GameError(
                    f"members with the same '{step.attribute}' act as one under this rule; write "
                    "one row for each of them on the roll, with the weight of all"
                )


class Linear(Protocol):
    """What members can add to the totals of a rule."""

    @property
    def size(self) -> int:
        """How many may add something."""

    def term(self, node: Term) -> tuple[Fraction, tuple[Fraction, ...]]:
        """A total: what it is without anybody, and what each adds."""

    def condition(self, weights: Sequence[int], quota: int) -> Formula:
        """That what they add reaches a quota."""

    def groups(self, node: Groups) -> list[tuple[Sequence[int], Linear, Fraction]]:
        """The members of each group, those members apart, and the weight of the group.

        Raises `GameError` where groups cannot be told.
        """

    def weighed(self, node: Groups) -> tuple[Fraction, tuple[Fraction, ...]] | None:
        """What groups add as if each were a member; None where `groups` tells them."""

    def inside(self, node: Fewest) -> list[Fraction]:
        """What those of a set weigh whose members do not depend on votes. Raises `GameError`."""


class _Votes:
    """Members of a roll, each in favour or against."""

    def __init__(
        self,
        procedure: Procedure,
        seats: Sequence[Seat],
        votes: Sides,
        within: tuple[Members, ...] = (),
    ) -> None:
        self._procedure, self._seats, self._votes = procedure, seats, votes
        self._within = within  # the sets that all who count here are in

    @property
    def size(self) -> int:
        return len(self._seats)

    def term(self, node: Term) -> tuple[Fraction, tuple[Fraction, ...]]:
        fixed, each = Fraction(0), []
        for seat in self._seats:
            against = self._counted(node, self._votes.against, seat)
            fixed += against
            each.append(self._counted(node, self._votes.favour, seat) - against)
        return fixed, tuple(each)

    def _counted(self, node: Term, position: Position, seat: Seat) -> Fraction:
        held = self._procedure.normalised(position, seat.held)
        if held is None or not _in_all((node.members, *self._within), held, seat.held):
            return Fraction(0)
        return self._procedure.weight(node.weight, held, seat.held) if node.weight else Fraction(1)

    def condition(self, weights: Sequence[int], quota: int) -> Formula:
        return threshold(weights, quota)

    def weighed(self, node: Groups) -> None:
        """Groups are games of their own here."""
        del node

    def groups(self, node: Groups) -> list[tuple[Sequence[int], Linear, Fraction]]:
        kinds: dict[Value, list[int]] = {}
        for i, seat in enumerate(self._seats):
            if node.by in seat.held:
                kinds.setdefault(seat.held[node.by], []).append(i)
        found: list[tuple[Sequence[int], Linear, Fraction]] = []
        for members in kinds.values():
            seats = [self._seats[i] for i in members]
            apart = _Votes(self._procedure, seats, self._votes, (*self._within, node.within))
            found.append((members, apart, self._group_weight(node, seats)))
        return found

    def _group_weight(self, node: Groups, seats: Sequence[Seat]) -> Fraction:
        if not node.weight:
            return Fraction(1)
        found = {self._procedure.weight(node.weight, "", seat.held) for seat in seats}
        if len(found) > 1:
            raise GameError(
                f"members of one group have different '{node.weight}'; a group has one weight"
            )
        return found.pop()

    def inside(self, node: Fewest) -> list[Fraction]:
        found = []
        for seat in self._seats:
            here = set()
            for position in (self._votes.favour, self._votes.against):
                held = self._procedure.normalised(position, seat.held)
                here.add(
                    held is not None and _in_all((node.members, *self._within), held, seat.held)
                )
            if len(here) > 1:
                raise GameError("the least number of members of a set that votes can change")
            if here.pop():
                found.append(self._procedure.weight(node.attribute, "", seat.held))
        return found


def _in_all(sets: Sequence[Members], held: Position, attributes: Mapping[str, Value]) -> bool:
    return all(contains(each, held, attributes) for each in sets)


class Compiler:
    """Turns predicates over members in favour into formulas over thresholds."""

    def __init__(self, procedure: Procedure, sums: Linear, params: Mapping[str, Value]) -> None:
        self.procedure, self.sums, self.params = procedure, sums, params

    def ladder(self) -> Formula:
        """The formula for a favourable outcome: the first line that is true decides."""
        formula: Formula = Fixed(False)  # off the end of the ladder nothing is adopted
        for line in reversed(self.procedure.ladder):
            when = self.predicate(line.when)
            formula = (
                any_of([when, formula]) if line.favourable else all_of([opposite(when), formula])
            )
        return formula

    def predicate(self, node: Predicate) -> Formula:
        """The formula that holds exactly where the predicate does."""
        match node:
            case Always():
                return Fixed(node.value)
            case Compare():
                return self._compare(node)
            case Nobody():
                return self._sign(self._negated(self._measure(Term(node.members))), strict=False)
            case Every():
                return all_of(self.predicate(part) for part in node.parts)
            case Some():
                return any_of(self.predicate(part) for part in node.parts)
            case Not():
                return opposite(self.predicate(node.part))
            case If():
                condition = self.predicate(node.condition)
                return any_of(
                    [
                        all_of([condition, self.predicate(node.then)]),
                        all_of([opposite(condition), self.predicate(node.otherwise)]),
                    ]
                )
            case ParameterIs():
                return Fixed(self._param(node.name) == node.value)
            case Attested():
                return Fixed(True)  # the index is of the vote, once the finding is made

    def in_group(self, where: Predicate) -> Formula:
        """The formula that somebody is in the group, and the predicate holds there."""
        return all_of([opposite(self.predicate(Nobody(Everyone()))), self.predicate(where)])

    # Comparisons

    def _compare(self, node: Compare) -> Formula:
        left, right = self._squares_apart(node.left, node.right, node)
        less = self._added(left, self._negated(right))
        more = self._negated(less)
        match node.operator:
            case ">=":
                return self._sign(less, strict=False)
            case ">":
                return self._sign(less, strict=True)
            case "<=":
                return self._sign(more, strict=False)
            case "<":
                return self._sign(more, strict=True)
            case "=":
                return all_of([self._sign(less, strict=False), self._sign(more, strict=False)])
            case "!=":
                return any_of([self._sign(less, strict=True), self._sign(more, strict=True)])

    def _sign(self, tree: _Tree, *, strict: bool) -> Formula:
        """Whether it is at least nought, or more than nought."""
        if isinstance(tree, _Choice):
            parts = [self._sign(part, strict=strict) for part in tree.parts]
            return all_of(parts) if tree.which == "min" else any_of(parts)
        if tree.is_fixed:
            return Fixed(tree.fixed > 0 if strict else tree.fixed >= 0)
        if any(tree.grouped.values()):
            return self._sign_of_groups(tree, strict=strict)
        scale = lcm(tree.fixed.denominator, *(n.denominator for n in tree.each))
        weights = [int(n * scale) for n in tree.each]
        return self.sums.condition(weights, int(strict) - int(tree.fixed * scale))

    def _sign_of_groups(self, tree: _Sum, *, strict: bool) -> Formula:
        """Whether the weights of groups that hold, what members add and a number are positive.

        A member that adds something itself is a group of its own, which holds if it is in favour.
        """
        fixed = tree.fixed
        parts: list[tuple[Sequence[int], Formula, Fraction]] = [
            ((i,), Threshold((1,), 1), each) for i, each in enumerate(tree.each) if each
        ]
        for node, factor in tree.grouped.items():
            for members, apart, weight in self.sums.groups(node) if factor else ():
                formula = Compiler(self.procedure, apart, self.params).in_group(node.where)
                if isinstance(formula, Fixed):
                    fixed += factor * weight if formula.value else 0
                else:
                    parts.append((members, formula, factor * weight))
        scale = lcm(fixed.denominator, *(weight.denominator for _, _, weight in parts))
        return groups(
            [members for members, _, _ in parts],
            [formula for _, formula, _ in parts],
            [int(weight * scale) for _, _, weight in parts],
            int(strict) - int(fixed * scale),
        )

    def _squares_apart(self, left: Measure, right: Measure, node: Compare) -> tuple[_Tree, _Tree]:
        """Both sides; roots are taken where a square is compared with a number."""
        found = []
        for one, other in ((left, right), (right, left)):
            square = self._as_square(one)
            if square is None:
                found.append(self._measure(one))
                continue
            inner, factor = square
            bound = self._measure(other)
            if not isinstance(bound, _Sum) or not bound.is_fixed or not isinstance(inner, _Sum):
                raise self._not_linear(node)
            return self._roots(inner, bound.fixed / factor, node, left_is_square=one is left)
        return found[0], found[1]

    def _as_square(self, node: Measure) -> tuple[_Tree, Fraction] | None:
        if isinstance(node, Square):
            inner = self._measure(node.measure)
            return None if isinstance(inner, _Sum) and inner.is_fixed else (inner, Fraction(1))
        if isinstance(node, Multiple) and node.factor > 0:
            inside = self._as_square(node.measure)
            return None if inside is None else (inside[0], inside[1] * node.factor)
        return None

    def _roots(
        self, inner: _Sum, bound: Fraction, node: Compare, *, left_is_square: bool
    ) -> tuple[_Tree, _Tree]:
        """A count v with v² compared to a number: v compared to the least whole number that does.

        Only for counts, which are whole and never below nought.
        """
        whole = all(n.denominator == 1 and n >= 0 for n in (inner.fixed, *inner.each))
        if not whole or bound < 0:
            raise self._not_linear(node)
        operator = node.operator if left_is_square else _MIRRORED[node.operator]
        if operator in ("=", "!="):
            raise self._not_linear(node)
        # v² >= b and v² < b turn at the least v with v² >= b, the two others just below the least
        # with v² > b.
        if operator in (">=", "<"):
            edge = self._constant(Fraction(isqrt(ceil(bound) - 1) + 1 if bound > 0 else 0))
        else:
            edge = self._constant(Fraction(2 * isqrt(floor(bound)) + 1, 2))
        return (inner, edge) if left_is_square else (edge, inner)

    # Measures

    def _measure(self, node: Measure) -> _Tree:
        match node:
            case Term():
                return _Sum(*self.sums.term(node))
            case Constant():
                return self._constant(node.value)
            case Multiple():
                return self._times(self._measure(node.measure), node.factor)
            case Product():
                return self._product(node)
            case Sum():
                total: _Tree = self._constant(Fraction(0))
                for part in node.parts:
                    total = self._added(total, self._measure(part))
                return total
            case Extreme():
                return _Choice(node.which, tuple(self._measure(part) for part in node.parts))
            case Parameter():
                value = self._param(node.name)
                if not isinstance(value, Fraction):
                    raise GameError(f"'{node.name}' has to be a number: --param {node.name}=12")
                return self._constant(value)
            case Groups():
                if (added := self.sums.weighed(node)) is not None:
                    return _Sum(*added)
                nothing = self._constant(Fraction(0))
                return _Sum(nothing.fixed, nothing.each, {node: Fraction(1)})
            case Fewest():
                return self._fewest(node)
            case Square() | Floor():
                inner = self._measure(node.measure)
                if not isinstance(inner, _Sum) or not inner.is_fixed:
                    raise self._not_linear(node)
                value = inner.fixed
                return self._constant(
                    value * value if isinstance(node, Square) else Fraction(floor(value))
                )
            case Versus():
                raise self._not_linear(node)

    def _fewest(self, node: Fewest) -> _Sum:
        """The least number of members of a set that reach a number: the heaviest first."""
        bound = self._measure(node.measure)
        if not isinstance(bound, _Sum) or not bound.is_fixed:
            raise self._not_linear(node)
        weights = sorted(self.sums.inside(node), reverse=True)
        for number, total in enumerate(accumulate(weights, initial=Fraction(0))):
            if compared(total, node.operator, bound.fixed):
                return self._constant(Fraction(number))
        return self._constant(Fraction(len(weights) + 1))

    def _param(self, name: str) -> Value:
        if name in self.params:
            return self.params[name]
        declared = self.procedure.params.get(name)
        if declared is not None and declared.default is not None:
            return declared.default
        about = f" ({declared.about})" if declared is not None and declared.about else ""
        raise GameError(f"'{name}' has to be said{about}: --param {name}=…")

    def _product(self, node: Product) -> _Tree:
        left, right = self._measure(node.left), self._measure(node.right)
        for one, other in ((left, right), (right, left)):
            if isinstance(one, _Sum) and one.is_fixed:
                return self._times(other, one.fixed)
        raise self._not_linear(node)

    def _constant(self, value: Fraction) -> _Sum:
        return _Sum(value, (Fraction(0),) * self.sums.size)

    # Trees of sums

    def _added(self, one: _Tree, other: _Tree) -> _Tree:
        if isinstance(one, _Choice):
            return _Choice(one.which, tuple(self._added(part, other) for part in one.parts))
        if isinstance(other, _Choice):
            return self._added(other, one)
        return one.plus(other)

    def _negated(self, tree: _Tree) -> _Tree:
        return self._times(tree, Fraction(-1))

    def _times(self, tree: _Tree, factor: Fraction) -> _Tree:
        if isinstance(tree, _Sum):
            return tree.times(factor)
        which = tree.which if factor >= 0 else _OTHER[tree.which]
        return _Choice(which, tuple(self._times(part, factor) for part in tree.parts))

    def _not_linear(self, node: object) -> GameError:
        return GameError(
            f"'{self.procedure.id}' compares more than sums over members "
            f"({type(node).__name__.lower()}); no method here counts that"
        )


_OTHER: Mapping[str, Literal["min", "max"]] = {"min": "max", "max": "min"}
_MIRRORED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "!=": "!="}
