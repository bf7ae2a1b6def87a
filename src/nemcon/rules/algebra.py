"""The algebra of rules: sets of members, exact measures, predicates, as plain values.

Names of positions and attributes stand here in their canonical form (`nemcon.rules.names`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from typing import Any, Literal, TypeAlias, TypeVar

from nemcon.rules.names import Value, as_value, canonical

Operator = Literal[">=", ">", "=", "<=", "<", "!="]
VALUE = "value"  # the weight of a member whose position is a number

Number: TypeAlias = Fraction | int
Range: TypeAlias = tuple[Number, Number]

_T = TypeVar("_T")


# Sets of members


@dataclass(frozen=True, slots=True)
class Everyone:
    """The roll."""


@dataclass(frozen=True, slots=True)
class Stances:
    """Members with one of these positions."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Having:
    """Members whose attribute has this value; who lacks the attribute has it as false."""

    attribute: str
    value: Value


@dataclass(frozen=True, slots=True)
class HavingNumber:
    """Members whose attribute is a number that compares so; not those who lack it."""

    attribute: str
    operator: Operator
    number: Fraction


@dataclass(frozen=True, slots=True)
class Valued:
    """Members whose position is a number that compares so."""

    operator: Operator
    number: Fraction


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


Members: TypeAlias = Everyone | Stances | Having | HavingNumber | Valued | Both | Either | Without


# Measures


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
class Product:
    """The product of two measures, neither of them a number."""

    left: Measure
    right: Measure


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of measures."""

    parts: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least or the greatest of several measures."""

    which: Literal["min", "max"]
    parts: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """The square of a measure."""

    measure: Measure


@dataclass(frozen=True, slots=True)
class Floor:
    """A measure rounded down to a whole number."""

    measure: Measure


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that is said with the ballots."""

    name: str


@dataclass(frozen=True, slots=True)
class Groups:
    """How many groups of like `by` there are, or their `weight`, in which a predicate holds.

    The members of a group are those of the set `within`; for the predicate they are "all".
    """

    by: str
    where: Predicate
    weight: str = ""
    within: Members = Everyone()


@dataclass(frozen=True, slots=True)
class Fewest:
    """The least number of members of the set whose attribute together is more than (`>`) or at
    least (`>=`) the measure; one more than the set has, where all of them together are not.
    """

    attribute: str
    members: Members
    operator: Operator
    measure: Measure


@dataclass(frozen=True, slots=True)
class Versus:
    """How many rank the first option before the second: only where a rule chooses by rankings."""

    first: str
    second: str


Measure: TypeAlias = (
    Term
    | Constant
    | Multiple
    | Product
    | Sum
    | Extreme
    | Square
    | Floor
    | Parameter
    | Groups
    | Fewest
    | Versus
)


# Predicates


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


@dataclass(frozen=True, slots=True)
class ParameterIs:
    """What is said with the ballots has this value."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Attested:
    """A named office-holder has found this to be so."""

    finding: str


Predicate: TypeAlias = Always | Compare | Nobody | Every | Some | Not | If | ParameterIs | Attested


@dataclass(frozen=True, slots=True)
class Between:
    """A number as a position of which only this is known: it lies between these two."""

    low: Fraction
    high: Fraction


Position: TypeAlias = str | Fraction | Between
"""A member's position: a name in its canonical form, or a number."""


def contains(members: Members, position: Position, attributes: Mapping[str, Value]) -> bool:
    """Whether a member with this position and these attributes (canonical names) is in the set."""
    match members:
        case Everyone():
            return True
        case Stances():
            return position in members.names
        case Having():
            return attributes.get(members.attribute, False) == members.value
        case HavingNumber():
            held = attributes.get(members.attribute)
            number = held if isinstance(held, Fraction) else None
            return number is not None and compared(number, members.operator, members.number)
        case Valued():
            if isinstance(position, Between):  # cut so that no threshold lies inside
                position = (position.low + position.high) / 2
            return not isinstance(position, str) and compared(
                position, members.operator, members.number
            )
        case Both():
            return all(contains(part, position, attributes) for part in members.parts)
        case Either():
            return any(contains(part, position, attributes) for part in members.parts)
        case Without():
            return contains(members.whole, position, attributes) and not contains(
                members.part, position, attributes
            )


def compared(left: Number, operator: Operator, right: Number) -> bool:
    """Whether the comparison holds."""
    match operator:
        case ">=":
            return left >= right
        case ">":
            return left > right
        case "=":
            return left == right
        case "<=":
            return left <= right
        case "<":
            return left < right
        case "!=":
            return left != right


def as_attributes(attributes: Mapping[str, Any]) -> dict[str, Value]:
    """Attributes as they are compared: canonical names, comparable values; null is none."""
    return {
        canonical(name): as_value(value) for name, value in attributes.items() if value is not None
    }


# Walking


def parts_of(node: Any) -> Iterator[Any]:
    """The nodes directly inside a node."""
    for one in fields(node):
        value = getattr(node, one.name)
        if isinstance(value, tuple):
            yield from value
        elif is_dataclass(value):
            yield value


def walk(node: Any) -> Iterator[Any]:
    """The node and every node inside it, with repetitions."""
    yield node
    for part in parts_of(node):
        yield from walk(part)


def rewritten(node: _T, change: Callable[[Any], Any]) -> _T:
    """The node with `change` made to every node inside it, from the innermost on."""
    new: dict[str, Any] = {}
    for one in fields(node):  # type: ignore[arg-type]
        value = getattr(node, one.name)
        if isinstance(value, tuple):
            new[one.name] = tuple(rewritten(part, change) for part in value)
        elif is_dataclass(value):
            new[one.name] = rewritten(value, change)
    return change(replace(node, **new) if new else node)  # type: ignore[type-var,no-any-return]


def terms(node: Predicate | Measure) -> Iterator[Term]:
    """Every total over the whole roll that the predicate or measure reads, with repetitions."""
    match node:
        case Term():
            yield node
        case Nobody():
            yield Term(node.members)
        case Groups() | Fewest():
            return
        case _:
            for part in parts_of(node):
                yield from terms(part)
