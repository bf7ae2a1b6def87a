"""A procedure: one rule as data, read from the values of a TOML or JSON file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, get_args

from nemcon.entries import Attribute
from nemcon.rules.algebra import (
    Always,
    Both,
    Compare,
    Constant,
    Either,
    Every,
    Everyone,
    Having,
    If,
    Measure,
    Members,
    Multiple,
    Nobody,
    Not,
    Operator,
    Predicate,
    Some,
    Stances,
    Sum,
    Term,
    Without,
    contains,
    terms,
)
from nemcon.when import When, WhenError


class RuleError(ValueError):
    """The rule is not in the algebra; the message names the place and what is expected there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the outcome ladder: `outcome`, where `when` is the first that is true."""

    when: Predicate
    outcome: str
    favourable: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """What the rule's text says, in our words, with its citation."""

    text: str
    cite: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A predicate that is shown beside the verdict and moves nothing."""

    label: str
    when: Predicate


@dataclass(frozen=True)
class Procedure:
    """A rule as data. The first line of `ladder` that is true gives the outcome."""

    id: str
    title: str
    body: str
    ladder: tuple[Line, ...]
    kind: str = "motion"
    stances: tuple[str, ...] = ()
    default: str = ""
    mapped: tuple[tuple[str, str], ...] = ()
    dropped: Members | None = None
    clauses: tuple[Clause, ...] = ()
    shows: tuple[Shown, ...] = ()
    in_force: tuple[tuple[When | None, When | None], ...] = ()

    def totals(self) -> tuple[Term, ...]:
        """The totals that the ladder reads, each once, in the order of reading."""
        found = [term for line in self.ladder for term in terms(line.when)]
        return tuple(dict.fromkeys(found))

    def counts(
        self, term: Term, stance: str, attributes: Mapping[str, Attribute]
    ) -> Fraction | int:
        """What one member of the roll adds to a total, after normalising its stance.

        Raises `RuleError` if the rule weighs members by an attribute that this one lacks.
        """
        stance = self.default if self.default and stance == "none" else stance
        stance = dict(self.mapped).get(stance, stance)
        if self.dropped is not None and contains(self.dropped, stance, attributes):
            return 0
        if not contains(term.members, stance, attributes):
            return 0
        return (
            number(attributes[term.weight], term.weight)
            if term.weight in attributes
            else (self._unweighted(term))
        )

    def _unweighted(self, term: Term) -> int:
        if term.weight:
            raise RuleError(
                f"rule '{self.id}' weighs members by '{term.weight}', which a member on the roll "
                "does not have; add it to the attributes of its membership"
            )
        return 1


def number(value: Any, place: str) -> Fraction:
    """An exact number: an integer, or text such as 2/3 or 0.65. Raises `RuleError` otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise RuleError(f"{place}: {value!r} is no exact number; write an integer, 2/3 or '0.65'")
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise RuleError(
            f"{place}: '{value}' is no number; write an integer, 2/3 or '0.65'"
        ) from None


def read_procedure(data: Mapping[str, Any], name: str = "") -> Procedure:
    """Read a procedure from plain values. Raises `RuleError` with the place of what is wrong."""
    ident = str(data.get("id", name))
    ladder = data.get("outcome")
    if not isinstance(ladder, Sequence) or not ladder:
        raise RuleError(f"rule '{ident}': no [[outcome]] line; write at least one")
    default, mapped, dropped = _normalise(data.get("normalise", ()), ident)
    return Procedure(
        id=ident,
        title=str(data.get("title", ident)),
        body=str(data.get("body", "")),
        ladder=tuple(_line(row, f"rule '{ident}', outcome {n}") for n, row in enumerate(ladder, 1)),
        kind=str(data.get("kind", "motion")),
        stances=tuple(data.get("stances", ())),
        default=default,
        mapped=mapped,
        dropped=dropped,
        clauses=tuple(_clause(row) for row in data.get("clause", ())),
        shows=tuple(
            Shown(str(row["label"]), read_predicate(row["when"], f"rule '{ident}', shows"))
            for row in data.get("shows", ())
        ),
        in_force=tuple(_period(row, ident) for row in data.get("in_force", ())),
    )


def _clause(row: Mapping[str, Any]) -> Clause:
    return Clause(row.get("text", ""), row.get("cite", ""), row.get("confidence", "seen"))


def _period(row: Mapping[str, Any], ident: str) -> tuple[When | None, When | None]:
    try:
        start, end = (When.parse(str(row[key])) if key in row else None for key in ("from", "to"))
    except WhenError as error:
        raise RuleError(f"rule '{ident}', in_force: {error}") from None
    return start, end


def _line(row: Mapping[str, Any], place: str) -> Line:
    if "is" not in row:
        raise RuleError(f"{place}: no 'is'; name the outcome of this line")
    when = read_predicate(row["when"], place) if "when" in row else Always(True)
    return Line(when, str(row["is"]), bool(row.get("favourable", False)))


def _normalise(
    steps: Sequence[Mapping[str, Any]], ident: str
) -> tuple[str, tuple[tuple[str, str], ...], Members | None]:
    default, mapped, dropped = "", {}, None
    for step in steps:
        for key, value in step.items():
            if key == "default":
                default = str(value)
            elif key == "map":
                mapped.update({str(a): str(b) for a, b in value.items()})
            elif key == "drop":
                dropped = read_members(value, f"rule '{ident}', normalise")
            else:
                raise RuleError(f"rule '{ident}', normalise: '{key}' is no step of this version")
    return default, tuple(mapped.items()), dropped


def read_members(data: Any, place: str) -> Members:
    """Read a set of members: "all", a stance, or {pos, attr, and, or, minus}."""
    if isinstance(data, str):
        return Everyone() if data == "all" else Stances(frozenset({data}))
    key, value = _single(data, place, "a set of members")
    match key:
        case "pos":
            names = [value] if isinstance(value, str) else value
            return Stances(frozenset(map(str, names)))
        case "attr":
            name, wanted = _pair(value, place, "attr")
            return Having(str(name), wanted)
        case "and":
            return Both(tuple(read_members(part, place) for part in value))
        case "or":
            return Either(tuple(read_members(part, place) for part in value))
        case "minus":
            whole, part = _pair(value, place, "minus")
            return Without(read_members(whole, place), read_members(part, place))
    raise RuleError(f"{place}: '{key}' is no set of members; write pos, attr, and, or, minus")


def read_measure(data: Any, place: str) -> Measure:
    """Read a measure: a number, or {n, w, mul, add}."""
    if isinstance(data, int | str):
        return Constant(number(data, place))
    key, value = _single(data, place, "a measure")
    match key:
        case "n":
            return Term(read_members(value, place))
        case "w":
            weight, members = _pair(value, place, "w")
            return Term(read_members(members, place), str(weight))
        case "mul":
            factor, of = _pair(value, place, "mul")
            return Multiple(number(factor, place), read_measure(of, place))
        case "add":
            return Sum(tuple(read_measure(part, place) for part in value))
    raise RuleError(f"{place}: '{key}' is no measure of this version; write n, w, mul, add")


def read_predicate(data: Any, place: str) -> Predicate:
    """Read a predicate: true, false, or {cmp, none, all, any, not, if/then/else}."""
    if isinstance(data, bool):
        return Always(data)
    if isinstance(data, Mapping) and "if" in data:
        parts = (data["if"], data.get("then", True), data.get("else", True))
        return If(*(read_predicate(part, place) for part in parts))
    key, value = _single(data, place, "a predicate")
    match key:
        case "cmp":
            return _comparison(value, place)
        case "none":
            return Nobody(read_members(value, place))
        case "all":
            return Every(tuple(read_predicate(part, place) for part in value))
        case "any":
            return Some(tuple(read_predicate(part, place) for part in value))
        case "not":
            return Not(read_predicate(value, place))
    raise RuleError(f"{place}: '{key}' is no predicate; write cmp, none, all, any, not, if")


def _comparison(value: Any, place: str) -> Compare:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 3:
        raise RuleError(f"{place}: cmp takes [measure, operator, measure]")
    left, operator, right = value
    operators: tuple[Operator, ...] = get_args(Operator)
    if operator not in operators:
        raise RuleError(f"{place}: '{operator}' is no operator; write one of {' '.join(operators)}")
    return Compare(read_measure(left, place), operator, read_measure(right, place))


def _single(data: Any, place: str, what: str) -> tuple[str, Any]:
    if not isinstance(data, Mapping) or len(data) != 1:
        raise RuleError(f"{place}: {data!r} is not {what}; write one key with its value")
    return next(iter(data.items()))


def _pair(value: Any, place: str, key: str) -> tuple[Any, Any]:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise RuleError(f"{place}: '{key}' takes a list of two")
    return value[0], value[1]
