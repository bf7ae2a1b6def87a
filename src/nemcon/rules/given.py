"""What is said with the ballots, put into the rule: parameters, and findings of office-holders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from nemcon.rules.algebra import (
    Always,
    Attested,
    Constant,
    Multiple,
    Parameter,
    ParameterIs,
    Product,
    rewritten,
)
from nemcon.rules.names import Value, as_value, canonical, listed, nearest, shown
from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Procedure
from nemcon.saying import say

MOST_WAYS = 256


def said(procedure: Procedure, params: Mapping[str, Any]) -> dict[str, Value]:
    """The parameters that are said, in the form in which they are compared.

    Raises `RuleError` for one that the rule does not know, or a value that it does not take.
    """
    found: dict[str, Value] = {}
    for name, value in params.items():
        key = canonical(name)
        declared = procedure.params.get(key)
        known = {*procedure.params, *_read(procedure, Parameter), *_read(procedure, ParameterIs)}
        if key not in known:
            near = nearest(name, known)
            there = (
                say("it takes {known}", known=listed(sorted(known), "and"))
                if known
                else say("it takes none")
            )
            hint = say("did you mean '{near}'?", near=near) if near else there
            raise RuleError(
                say(
                    "rule '{id}' has no parameter {name}; {hint}",
                    id=procedure.id,
                    name=shown(name),
                    hint=hint,
                )
            )
        told = as_value(str(value) if isinstance(value, float) else value)
        if declared and declared.values and told not in declared.values:
            allowed = listed([str(each) for each in declared.values])
            raise RuleError(
                say(
                    "'{name}' cannot be {value}; write {allowed}",
                    name=name,
                    value=shown(value),
                    allowed=allowed,
                )
            )
        found[key] = told
    return found


def _read(procedure: Procedure, kind: type[Parameter] | type[ParameterIs]) -> set[str]:
    return {node.name for node in procedure.nodes() if isinstance(node, kind)}


def ways(
    procedure: Procedure,
    params: Mapping[str, Any],
    attested: Mapping[str, bool],
) -> Iterator[tuple[Procedure, Mapping[str, Any]]]:
    """The rule without parameters and findings, once for each way in which what nobody has said
    may be; beside it what is assumed for that.

    Raises `RuleError` for a parameter that has no value and no list of possible ones.
    """
    values = {
        name: one.default for name, one in procedure.params.items() if one.default is not None
    }
    known: dict[str, Value] = {**values, **said(procedure, params)}
    made = {canonical(name): holds for name, holds in attested.items()}
    unsaid = {name: _choices(procedure, name) for name in sorted(_names(procedure) - set(known))}
    unmade = sorted({n.finding for n in procedure.nodes() if isinstance(n, Attested)} - set(made))
    count = 2 ** len(unmade)
    for choices in unsaid.values():
        count *= len(choices)
    if count > MOST_WAYS:
        raise RuleError(
            say("too much is unsaid: say {what}", what=listed([*unsaid, *unmade], "and"))
        )
    for chosen in product(*unsaid.values(), *([(True, False)] * len(unmade))):
        assumed = dict(zip([*unsaid, *unmade], chosen, strict=True))
        with_params = {**known, **{n: assumed[n] for n in unsaid}}
        with_findings = {**made, **{n: bool(assumed[n]) for n in unmade}}
        yield put_in(procedure, with_params, with_findings), assumed


def _names(procedure: Procedure) -> set[str]:
    return _read(procedure, Parameter) | _read(procedure, ParameterIs)


def _choices(procedure: Procedure, name: str) -> tuple[Any, ...]:
    """What a parameter that nobody has said may be; for a name, one that the rule never names."""
    declared = procedure.params.get(name)
    if declared and declared.values:
        return declared.values
    if name in _read(procedure, Parameter):
        about = f" ({declared.about})" if declared and declared.about else ""
        raise RuleError(
            say(
                "rule '{id}' needs to know '{name}'{about}; give it with --param {name}=…",
                id=procedure.id,
                name=name,
                about=about,
            )
        )
    compared = {n.value for n in procedure.nodes() if isinstance(n, ParameterIs) and n.name == name}
    return (*sorted(compared, key=repr), None)


def put_in(
    procedure: Procedure, params: Mapping[str, Any], attested: Mapping[str, bool]
) -> Procedure:
    """The rule with these values in the place of parameters and findings."""

    def change(node: Any) -> Any:
        match node:
            case Parameter() if node.name in params:
                number = params[node.name]
                if not isinstance(number, Fraction):
                    raise RuleError(
                        say(
                            "'{name}' has to be a number, not {number}",
                            name=node.name,
                            number=shown(number),
                        )
                    )
                return Constant(number)
            case ParameterIs() if node.name in params:
                return Always(params[node.name] == node.value)
            case Attested() if node.finding in attested:
                return Always(attested[node.finding])
            case Product(left=Constant() as number_, right=other):
                return Multiple(number_.value, other)
            case Product(left=other, right=Constant() as number_):
                return Multiple(number_.value, other)
        return node

    if not any(isinstance(n, Parameter | ParameterIs | Attested) for n in procedure.nodes()):
        return procedure
    ladder = tuple(replace(line, when=rewritten(line.when, change)) for line in procedure.ladder)
    shows = tuple(replace(one, when=rewritten(one.when, change)) for one in procedure.shows)
    return replace(procedure, ladder=ladder, shows=shows)
