"""Evaluating measures and predicates in three values, from ranges of totals.

With ranges of one value every answer is exact; with wider ones a predicate may be None: not yet
determined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import floor
from typing import Protocol

from nemcon.rules.algebra import (
    Always,
    Attested,
    Compare,
    Constant,
    Every,
    Extreme,
    Fewest,
    Floor,
    Groups,
    If,
    Measure,
    Multiple,
    Nobody,
    Not,
    Operator,
    Parameter,
    ParameterIs,
    Predicate,
    Product,
    Range,
    Some,
    Square,
    Sum,
    Term,
    Versus,
)
from nemcon.rules.place import RuleError
from nemcon.saying import say


class Totals(Protocol):
    """What a rule reads of the members: totals, groups, and what only members can show."""

    def total(self, term: Term) -> Range:
        """How many members are in a set, or what they weigh."""

    def size(self, node: Nobody) -> Range:
        """How many members are in the set of a predicate that nobody is in it."""

    def groups(self, node: Groups) -> Range:
        """How many groups hold, or what they weigh."""

    def fewest(self, node: Fewest) -> Range:
        """The least number of members that reach a measure."""

    def compare(self, node: Compare) -> Range | None:
        """Bounds of the left side less the right, up to a positive factor, that are closer than
        those of each side; None: there are none.
        """


class Known:
    """Totals that are given as ranges, for rules that are sums over members and no more."""

    def __init__(self, totals: Mapping[Term, Range]) -> None:
        self._totals = totals

    def total(self, term: Term) -> Range:
        """The range that was given."""
        return self._totals[term]

    def size(self, node: Nobody) -> Range:
        """The range that was given."""
        return self._totals[Term(node.members)]

    def groups(self, node: Groups) -> Range:
        """Not to be had from totals."""
        raise _needs_members(node.by)

    def fewest(self, node: Fewest) -> Range:
        """Not to be had from totals."""
        raise _needs_members(node.attribute)

    def compare(self, node: Compare) -> Range | None:  # noqa: ARG002
        """Nothing closer is known."""
        return None


def _needs_members(name: str) -> RuleError:
    return RuleError(
        say("this rule looks at members by '{name}', which totals cannot tell", name=name)
    )


def measure(node: Measure, totals: Totals) -> Range:
    """The range of a measure. Raises `RuleError` for a parameter that has no value."""
    match node:
        case Term():
            return totals.total(node)
        case Constant():
            return node.value, node.value
        case Multiple():
            return _times((node.factor, node.factor), measure(node.measure, totals))
        case Product():
            return _times(measure(node.left, totals), measure(node.right, totals))
        case Sum():
            ranges = [measure(part, totals) for part in node.parts]
            return sum(low for low, _ in ranges), sum(high for _, high in ranges)
        case Extreme():
            ranges = [measure(part, totals) for part in node.parts]
            pick = min if node.which == "min" else max
            return pick(low for low, _ in ranges), pick(high for _, high in ranges)
        case Square():
            return _square(measure(node.measure, totals))
        case Floor():
            low, high = measure(node.measure, totals)
            return floor(low), floor(high)
        case Groups():
            return totals.groups(node)
        case Fewest():
            return totals.fewest(node)
        case Parameter():
            raise RuleError(
                say("'{name}' has to be said with the ballots, and has no value", name=node.name)
            )
        case Versus():
            raise RuleError(say("{v = …} compares options, which only a rule with [choose] has"))


def _times(one: Range, other: Range) -> Range:
    ends = [a * b for a in one for b in other]
    return min(ends), max(ends)


def _square(one: Range) -> Range:
    low, high = _times(one, one)
    return (max(low, 0), high) if one[0] <= 0 <= one[1] else (min(a * a for a in one), high)


def holds(node: Predicate, totals: Totals) -> bool | None:
    """Whether the predicate is true for every, no (False) or only some (None) of what is possible.

    None may also mean that the ranges alone cannot show it, or that a finding is still to be made.
    """
    match node:
        case Always():
            return node.value
        case Compare():
            return compare(node, totals)
        case Nobody():
            return _sign(totals.size(node), "<=")
        case Every():
            return _all(holds(part, totals) for part in node.parts)
        case Some():
            return _not(_all(_not(holds(part, totals)) for part in node.parts))
        case Not():
            return _not(holds(node.part, totals))
        case If():
            return _if(node, totals)
        case ParameterIs() | Attested():
            return None


def compare(node: Compare, totals: Totals) -> bool | None:
    """Whether a comparison holds."""
    closer = totals.compare(node)
    if closer is None:
        (low, high), (least, most) = measure(node.left, totals), measure(node.right, totals)
        closer = low - most, high - least
    return _sign(closer, node.operator)


def _sign(difference: Range, operator: Operator) -> bool | None:
    """Whether a difference in this range compares so with nothing."""
    low, high = difference
    match operator:
        case ">=":
            return True if low >= 0 else (False if high < 0 else None)
        case "<=":
            return True if high <= 0 else (False if low > 0 else None)
        case ">":
            return True if low > 0 else (False if high <= 0 else None)
        case "<":
            return True if high < 0 else (False if low >= 0 else None)
        case "=":
            return True if low == high == 0 else (False if low > 0 or high < 0 else None)
        case "!=":
            return _not(_sign(difference, "="))


def _all(values: Iterable[bool | None]) -> bool | None:
    open_ = False
    for value in values:
        if value is False:
            return False
        open_ = open_ or value is None
    return None if open_ else True


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _if(node: If, totals: Totals) -> bool | None:
    condition = holds(node.condition, totals)
    if condition is not None:
        return holds(node.then if condition else node.otherwise, totals)
    then, otherwise = holds(node.then, totals), holds(node.otherwise, totals)
    return then if then == otherwise else None
