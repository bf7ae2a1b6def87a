"""From predicates over members in favour to formulas over thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor, isqrt, lcm
from typing import Literal, TypeAlias

from nemcon.analysis.game import (
    Fixed,
    Formula,
    GameError,
    Threshold,
    all_of,
    any_of,
    groups,
    opposite,
)
from nemcon.analysis.linear import Linear
from nemcon.rules.algebra import (
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
    Multiple,
    Nobody,
    Not,
    Parameter,
    ParameterIs,
    Predicate,
    Product,
    Some,
    Square,
    Sum,
    Term,
    Versus,
    compared,
)
from nemcon.rules.names import Value
from nemcon.rules.procedure import Procedure
from nemcon.saying import say

Params: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class _Sum:
    """A number plus what members in favour add to it; and how often groups add to it."""

    fixed: Fraction
    each: tuple[Fraction, ...]
    grouped: Mapping[Groups, Fraction] = field(default_factory=dict)

    def plus(self, other: _Sum) -> _Sum:
        """Both sums in one, member by member and group by group."""
        grouped = dict(self.grouped)
        for node, factor in other.grouped.items():
            grouped[node] = grouped.get(node, Fraction(0)) + factor
        each = tuple(a + b for a, b in zip(self.each, other.each, strict=True))
        return _Sum(self.fixed + other.fixed, each, grouped)

    def times(self, factor: Fraction) -> _Sum:
        """The sum with everything in it so many times."""
        return _Sum(
            self.fixed * factor,
            tuple(n * factor for n in self.each),
            {node: n * factor for node, n in self.grouped.items()},
        )

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same for every coalition: no member and no group adds to it."""
        return not any(self.each) and not any(self.grouped.values())


@dataclass(frozen=True)
class _Choice:
    """The least or the greatest of several sums."""

    which: Literal["min", "max"]
    parts: tuple[_Tree, ...]


_Tree: TypeAlias = _Sum | _Choice


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
                    raise GameError(
                        say("'{name}' has to be a number: --param {name}=12", name=node.name)
                    )
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
        raise GameError(
            say("'{name}' has to be said{about}: --param {name}=…", name=name, about=about)
        )

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
            say(
                "'{id}' compares more than sums over members ({name}); no method here counts that",
                id=self.procedure.id,
                name=type(node).__name__.lower(),
            )
        )


_OTHER: Mapping[str, Literal["min", "max"]] = {"min": "max", "max": "min"}
_MIRRORED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "!=": "!="}
