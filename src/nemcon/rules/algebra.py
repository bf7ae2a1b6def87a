"""The algebra of rules: sets of members, exact measures, three-valued predicates, outcomes.

Every measure is a sum over members, so a rule is decided from a few totals (`Term`).
Totals are given as ranges; with ranges of one value every answer is exact, with wider ones a
predicate may be None: not yet determined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from nemcon.entries import Attribute

Range: TypeAlias = tuple[Fraction | int, Fraction | int]
Operator = Literal[">=", ">", "=", "<=", "<"]


@dataclass(frozen=True, slots=True)
class Everyone:
    """The roll."""


@dataclass(frozen=True, slots=True)
class Stances:
    """Members with one of these stances."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Having:
    """Members whose attribute has this value."""

    attribute: str
    value: Attribute


@dataclass(frozen=True, slots=True)
class Both:
    """Members in every one of the sets."""

    parts: tuple[Members, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Members in at least one of the sets."""

    parts: tuple[Members, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Members of the first set that are not in the second."""

    whole: Members
    part: Members


Members: TypeAlias = Everyone | Stances | Having | Both | Either | Without


@dataclass(frozen=True, slots=True)
class Term:
    """A total over members: how many are in the set, or their weight in the attribute `weight`."""

    members: Members
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Multiple:
    """A rational multiple of a measure."""

    factor: Fraction
    measure: Measure


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of measures."""

    parts: tuple[Measure, ...]


Measure: TypeAlias = Term | Constant | Multiple | Sum


@dataclass(frozen=True, slots=True)
class Always:
    """True or false whatever happens."""

    value: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """An exact comparison of two measures; strictness is data."""

    left: Measure
    operator: Operator
    right: Measure


@dataclass(frozen=True, slots=True)
class Nobody:
    """No member is in the set."""

    members: Members


@dataclass(frozen=True, slots=True)
class Every:
    """All parts are true."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part is true."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is false."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class If:
    """`then` where the condition is true, else `otherwise`."""

    condition: Predicate
    then: Predicate
    otherwise: Predicate


Predicate: TypeAlias = Always | Compare | Nobody | Every | Some | Not | If


def contains(members: Members, stance: str, attributes: Mapping[str, Attribute]) -> bool:
    """Whether a member with this stance and these attributes is in the set."""
    match members:
        case Everyone():
            return True
        case Stances():
            return stance in members.names
        case Having():
            return attributes.get(members.attribute) == members.value
        case Both():
            return all(contains(part, stance, attributes) for part in members.parts)
        case Either():
            return any(contains(part, stance, attributes) for part in members.parts)
        case Without():
            return contains(members.whole, stance, attributes) and not contains(
                members.part, stance, attributes
            )


def terms(node: Predicate | Measure) -> Iterator[Term]:
    """Every total that the predicate or measure reads, with repetitions."""
    match node:
        case Term():
            yield node
        case Nobody():
            yield Term(node.members)
        case Multiple():
            yield from terms(node.measure)
        case Compare():
            yield from terms(node.left)
            yield from terms(node.right)
        case Sum() | Every() | Some():
            for part in node.parts:
                yield from terms(part)
        case Not():
            yield from terms(node.part)
        case If():
            for part in (node.condition, node.then, node.otherwise):
                yield from terms(part)


def measure(node: Measure, totals: Mapping[Term, Range]) -> Range:
    """The range of a measure, from the ranges of the totals."""
    match node:
        case Term():
            return totals[node]
        case Constant():
            return node.value, node.value
        case Multiple():
            low, high = measure(node.measure, totals)
            ends = (node.factor * low, node.factor * high)
            return min(ends), max(ends)
        case Sum():
            ranges = [measure(part, totals) for part in node.parts]
            return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def holds(node: Predicate, totals: Mapping[Term, Range]) -> bool | None:
    """Whether the predicate is true for every, no (False) or only some (None) totals in the ranges.

    None may also mean that the ranges alone cannot show it.
    """
    match node:
        case Always():
            return node.value
        case Compare():
            return _compare(measure(node.left, totals), node.operator, measure(node.right, totals))
        case Nobody():
            return _compare(totals[Term(node.members)], "<=", (0, 0))
        case Every():
            return _all([holds(part, totals) for part in node.parts])
        case Some():
            return _not(_all([_not(holds(part, totals)) for part in node.parts]))
        case Not():
            return _not(holds(node.part, totals))
        case If():
            return _if(node, totals)


def _compare(left: Range, operator: Operator, right: Range) -> bool | None:
    match operator:
        case ">=":
            return _at_least(left, right)
        case "<=":
            return _at_least(right, left)
        case ">":
            return _not(_at_least(right, left))
        case "<":
            return _not(_at_least(left, right))
        case "=":
            return _all([_at_least(left, right), _at_least(right, left)])


def _at_least(left: Range, right: Range) -> bool | None:
    if left[0] >= right[1]:
        return True
    return False if left[1] < right[0] else None


def _all(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _if(node: If, totals: Mapping[Term, Range]) -> bool | None:
    condition = holds(node.condition, totals)
    if condition is not None:
        return holds(node.then if condition else node.otherwise, totals)
    then, otherwise = holds(node.then, totals), holds(node.otherwise, totals)
    return then if then == otherwise else None
