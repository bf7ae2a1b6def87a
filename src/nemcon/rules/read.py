"""Reading sets, measures and predicates from the plain values of a TOML or JSON file.

Every reader takes the value, the place where it stands and the names that the rule may use. Each
raises `RuleError` for whatever it cannot read, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar, get_args

from nemcon.rules.algebra import (
    VALUE,
    Always,
    Attested,
    Both,
    Compare,
    Constant,
    Either,
    Every,
    Everyone,
    Extreme,
    Fewest,
    Floor,
    Groups,
    Having,
    HavingNumber,
    If,
    Measure,
    Members,
    Multiple,
    Nobody,
    Not,
    Operator,
    Parameter,
    ParameterIs,
    Predicate,
    Product,
    Some,
    Square,
    Stances,
    Sum,
    Term,
    Valued,
    Versus,
    Without,
)
from nemcon.rules.names import as_number, as_value, canonical, listed, nearest, shown
from nemcon.rules.place import Place
from nemcon.rules.scope import Scope, open_scope
from nemcon.saying import marked, say

DEEPEST = 100
OPERATORS: tuple[Operator, ...] = get_args(Operator)
SETS = ("pos", "attr", "value", "and", "or", "minus", "not", "use")
_MEASURES = (
    *("n", "w", "mul", "add", "sub", "min", "max", "square", "floor", "param"),
    *("groups", "fewest", "v", "use"),
)
_PREDICATES = ("cmp", "none", "some", "all", "any", "not", "if", "param", "attested", "use")

_T = TypeVar("_T")


def read_number(value: Any, at: Place) -> Fraction:
    """An exact number: an integer, or a text such as 2/3 or 0.65."""
    found = as_number(value)
    if found is None:
        raise at.no_number(value)
    return found


# Sets of members


def read_members(data: Any, at: Place, scope: Scope | None = None) -> Members:
    """A set of members: "all", a position, or a table with one of `pos`, `attr`, …"""
    scope = scope or open_scope(at)
    if isinstance(data, str):
        if canonical(data) == "all":
            return Everyone()
        return Stances(frozenset({scope.position(data, at)}))
    key, value = _single(data, at, say("a set of members"), say('"all", a position'), SETS)
    here = at / key
    match key:
        case "pos":
            names = [value] if isinstance(value, str) else here.items(value, '["yes", "no"]')
            return Stances(frozenset(scope.position(n, here / i) for i, n in enumerate(names)))
        case "attr":
            return _having(value, here, scope)
        case "value":
            if scope.positions.numbers is None:
                raise here.error(
                    say(
                        "no position of this rule is a number; write positions = "
                        '{ number = { low = "-1", high = "1" } }'
                    )
                )
            operator, number = _pair(value, here, say("[operator, number]"))
            return Valued(_operator(operator, here / 0), read_number(number, here / 1))
        case "and" | "or":
            parts = _all(value, here, scope, read_members, "sets")
            return Both(parts) if key == "and" else Either(parts)
        case "minus":
            whole, part = _pair(value, here, say("[set, set]"))
            return Without(
                *(_deeper(x, here / i, scope, read_members) for i, x in enumerate((whole, part)))
            )
        case "not":
            return Without(Everyone(), _deeper(value, here, scope, read_members))
        case _:
            return _used(value, here, scope, read_members)


def _having(value: Any, at: Place, scope: Scope) -> Members:
    parts = at.items(value, say("[attribute, value]"))
    if len(parts) == 3:
        name, operator, number = parts
        return HavingNumber(
            scope.attribute(name, at / 0), _operator(operator, at / 1), read_number(number, at / 2)
        )
    if len(parts) != 2:
        raise at.error(say("write [attribute, value], or [attribute, operator, number]"))
    name, wanted = parts
    _check_value(wanted, at / 1)
    return Having(scope.attribute(name, at / 0), as_value(wanted))


# Measures


def read_measure(data: Any, at: Place, scope: Scope | None = None) -> Measure:
    """A measure: a number, or a table with one of `n`, `w`, `mul`, …"""
    scope = scope or open_scope(at)
    if not isinstance(data, Mapping | list | tuple | bool) and data is not None:
        return Constant(read_number(data, at))
    key, value = _single(data, at, say("a measure"), say("a number"), _MEASURES)
    here = at / key
    match key:
        case "n":
            return Term(_deeper(value, here, scope, read_members))
        case "w":
            return _weighed(value, here, scope)
        case "mul":
            return _product(*_measures(value, here, scope, 2))
        case "add" | "min" | "max":
            parts = _all(value, here, scope, read_measure, "measures")
            if key == "add":
                return Sum(parts)
            if not parts:
                raise here.error(say("write at least one measure"))
            return Extreme("min" if key == "min" else "max", parts)
        case "sub":
            left, right = _measures(value, here, scope, 2)
            return Sum((left, _product(Constant(Fraction(-1)), right)))
        case "square":
            return Square(_deeper(value, here, scope, read_measure))
        case "floor":
            return Floor(_deeper(value, here, scope, read_measure))
        case "param":
            return Parameter(scope.parameter(value, here))
        case "groups":
            return _groups(value, here, scope)
        case "fewest":
            return _fewest(value, here, scope)
        case "v":
            first, second = _pair(value, here, '["option", "default"]')
            return Versus(
                canonical((here / 0).text(first, say("an option"))),
                canonical((here / 1).text(second, say("an option"))),
            )
        case _:
            return _used(value, here, scope, read_measure)


def _weighed(value: Any, at: Place, scope: Scope) -> Measure:
    name, members = _pair(value, at, say("[attribute, set]"))
    weight = scope.attribute(name, at / 0)
    if weight == VALUE and scope.positions.numbers is None:
        raise (at / 0).error(say("no position of this rule is a number, so 'value' weighs nothing"))
    return Term(_deeper(members, at / 1, scope, read_members), weight)


def _product(left: Measure, right: Measure) -> Measure:
    if isinstance(left, Constant):
        return Multiple(left.value, right)
    return Multiple(right.value, left) if isinstance(right, Constant) else Product(left, right)


def _groups(value: Any, at: Place, scope: Scope) -> Measure:
    table = at.table(value, say("{ by = attribute, where = predicate }"))
    at.known_keys(table, ("by", "where", "weight", "in"))
    for key in ("by", "where"):
        if key not in table:
            raise at.error(
                say("'{key}' is missing; write {{ by = attribute, where = predicate }}", key=key)
            )
    within = table.get("in", "all")
    return Groups(
        scope.attribute(table["by"], at / "by"),
        _deeper(table["where"], at / "where", scope, read_predicate),
        scope.attribute(table["weight"], at / "weight") if "weight" in table else "",
        _deeper(within, at / "in", scope, read_members),
    )


def _fewest(value: Any, at: Place, scope: Scope) -> Measure:
    parts = at.items(value, say("[attribute, set, operator, measure]"))
    if len(parts) != 4:
        raise at.error(say("write [attribute, set, operator, measure]"))
    name, members, written, measure = parts
    operator = _operator(written, at / 2)
    if operator not in (">", ">="):
        raise (at / 2).error(
            say("'{operator}' is reached by nobody at all; write > or >=", operator=operator)
        )
    return Fewest(
        scope.attribute(name, at / 0),
        _deeper(members, at / 1, scope, read_members),
        operator,
        _deeper(measure, at / 3, scope, read_measure),
    )


# Predicates


def read_predicate(data: Any, at: Place, scope: Scope | None = None) -> Predicate:
    """A predicate: true, false, or a table with one of `cmp`, `none`, `all`, …"""
    scope = scope or open_scope(at)
    if isinstance(data, bool):
        return Always(data)
    if isinstance(data, Mapping) and "if" in data:
        at.known_keys(at.table(data, "{ if = …, then = …, else = … }"), ("if", "then", "else"))
        parts = (
            ("if", data["if"]),
            ("then", data.get("then", True)),
            ("else", data.get("else", True)),
        )
        return If(*(_deeper(part, at / key, scope, read_predicate) for key, part in parts))
    key, value = _single(data, at, say("a predicate"), say("true, false"), _PREDICATES)
    here = at / key
    match key:
        case "cmp":
            return _comparison(value, here, scope)
        case "none":
            return Nobody(_deeper(value, here, scope, read_members))
        case "some":
            return Not(Nobody(_deeper(value, here, scope, read_members)))
        case "all" | "any":
            parts_ = _all(value, here, scope, read_predicate, "predicates")
            return Every(parts_) if key == "all" else Some(parts_)
        case "not":
            return Not(_deeper(value, here, scope, read_predicate))
        case "param":
            return _parameter_is(value, here, scope)
        case "attested":
            return Attested(canonical(here.text(value, say("the name of a finding"))))
        case _:
            return _used(value, here, scope, read_predicate)


def _comparison(value: Any, at: Place, scope: Scope) -> Compare:
    parts = at.items(value, say("[measure, operator, measure]"))
    if len(parts) != 3:
        raise at.error(say("write [measure, operator, measure]"))
    left, operator, right = parts
    return Compare(
        _deeper(left, at / "left", scope, read_measure),
        _operator(operator, at / "operator"),
        _deeper(right, at / "right", scope, read_measure),
    )


def _parameter_is(value: Any, at: Place, scope: Scope) -> Predicate:
    if isinstance(value, str):
        return ParameterIs(scope.parameter(value, at), True)
    name, wanted = _pair(value, at, say("[name, value]"))
    _check_value(wanted, at / 1)
    found, told = scope.parameter(name, at / 0), as_value(wanted)
    declared = scope.params.get(found) if scope.params else None
    if declared and declared.values and told not in declared.values:
        near = nearest(str(wanted), [str(each) for each in declared.values])
        hint = (
            say("did you mean '{near}'?", near=near) if near else say("'values' does not list it")
        )
        raise (at / 1).error(
            say("'{found}' is never {wanted}; {hint}", found=found, wanted=shown(wanted), hint=hint)
        )
    return ParameterIs(found, told)


# What they share


marked("measure", "set of members", "predicate")
marked("a list of measures", "a list of sets", "a list of predicates")


def _single(data: Any, at: Place, what: str, plain: str, known: Sequence[str]) -> tuple[str, Any]:
    if isinstance(data, Mapping) and len(data) == 1 and (key := next(iter(data))) in known:
        return key, data[key]
    if isinstance(data, float):
        raise at.no_number(data)
    choice = say(
        "write {plain}, or a table with one of {known}", plain=plain, known=listed(known, "or", 99)
    )
    if not isinstance(data, Mapping):
        raise at.error(
            say("{data} is not {what}; {choice}", data=shown(data), what=what, choice=choice)
        )
    if len(data) != 1:
        raise at.error(
            say(
                "{what} is a table with one key, and this has {number}; {choice}",
                what=what,
                number=len(data),
                choice=choice,
            )
        )
    key = next(iter(data))
    near = nearest(str(key), known)
    hint = say("did you mean '{near}'?", near=near) if near else choice
    raise at.error(
        say(
            "{key} is no {what}; {hint}",
            key=shown(key),
            what=say(what.removeprefix("a ")),
            hint=hint,
        )
    )


def _deeper(data: Any, at: Place, scope: Scope, read: Callable[[Any, Place, Scope], _T]) -> _T:
    if scope.depth >= DEEPEST:
        raise at.error(
            say("this nests more than {deepest} deep; write it flatter", deepest=DEEPEST)
        )
    scope.left[0] -= 1
    if scope.left[0] < 0:
        raise at.error(say("the rule has too many parts; write it shorter"))
    return read(data, at, replace(scope, depth=scope.depth + 1))


def _all(
    value: Any, at: Place, scope: Scope, read: Callable[[Any, Place, Scope], _T], what: str
) -> tuple[_T, ...]:
    parts = at.items(value, say(f"a list of {what}"))
    return tuple(_deeper(part, at / i, scope, read) for i, part in enumerate(parts))


def _measures(value: Any, at: Place, scope: Scope, count: int) -> list[Measure]:
    parts = at.items(value, say("[measure, measure]"))
    if len(parts) != count:
        raise at.error(say("write [measure, measure]"))
    return [_deeper(part, at / i, scope, read_measure) for i, part in enumerate(parts)]


def _pair(value: Any, at: Place, form: str) -> tuple[Any, Any]:
    parts = at.items(value, form)
    if len(parts) != 2:
        raise at.error(say("write {form}", form=form))
    return parts[0], parts[1]


def _check_value(value: Any, at: Place) -> None:
    if isinstance(value, float):
        raise at.no_number(value)
    if not isinstance(value, bool | int | str):
        raise at.error(
            say("{value} is no value; write a text, a number, true or false", value=shown(value))
        )


def _operator(value: Any, at: Place) -> Operator:
    for operator in OPERATORS:
        if value == operator:
            return operator
    hint = {"==": "=", "≥": ">=", "≤": "<=", "≠": "!=", "<>": "!=", "=>": ">=", "=<": "<="}
    near = hint.get(value) if isinstance(value, str) else None
    mend = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("write one of {operators}", operators=" ".join(OPERATORS))
    )
    raise at.error(say("{value} is no operator; {mend}", value=shown(value), mend=mend))


def _used(value: Any, at: Place, scope: Scope, read: Callable[[Any, Place, Scope], _T]) -> _T:
    """What `use` stands for, read where it is used."""
    name = at.text(value, say("a name of [define]"))
    keys = {canonical(key): key for key in scope.define}
    key = keys.get(canonical(name))
    if key is None:
        near = nearest(name, scope.define)
        hint = say("did you mean '{near}'?", near=near) if near else say("name it in [define]")
        raise at.error(say("nothing is defined as {name}; {hint}", name=shown(name), hint=hint))
    if key in scope.using:
        raise at.error(say("{name} is defined by itself; write it out", name=shown(name)))
    inner = replace(scope, using=(*scope.using, key))
    return _deeper(scope.define[key], scope.place / "define" / key, inner, read)
