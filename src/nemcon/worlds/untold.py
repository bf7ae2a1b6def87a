"""What a rule reads of members that nobody is told to have, and seats that the roll does not fill.

Where some are told to have an attribute, the others have it as false. Where nobody is, each may
have it: the rule is decided for every way in which that can be, as for ballots without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias

from nemcon.findings import Finding
from nemcon.rules.names import Value, canonical, listed
from nemcon.rules.procedure import Procedure, RuleError
from nemcon.rules.seating import classes_of, grouping, values_of
from nemcon.saying import say, say_many
from nemcon.worlds.answers import Bounds
from nemcon.worlds.claims import Claims

Attributes: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class Untold:
    """The values that each member may have of what nobody is told to have. Of `quotas`, the number
    of members with a value of an attribute is known, by the seats of the rule.
    """

    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    quotas: tuple[tuple[str, Value, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values)

    def ways(self, rule: Procedure | None = None) -> Iterator[Attributes]:
        """Every combination of these values; with a rule, of the values of all that it reads."""
        values = self.values if rule is None else {n: values_of(rule, n) for n in read_of(rule)}
        for chosen in product(*values.values()):
            yield dict(zip(values, chosen, strict=True))

    def adds(self, way: Attributes | None) -> tuple[int, ...]:
        """What a member with these values adds to each quota; None: who is in no seat."""
        return tuple(int(way is not None and way[name] == v) for name, v, _ in self.quotas)


def untold(procedure: Procedure, claims: Claims) -> Untold:
    """What the rule reads of members, and no member that is ever on the roll is told to have.

    Raises `RuleError` where members are grouped by it: then there are too many ways.
    """
    names = lacking(procedure, claims)
    grouped = sorted(names & grouping(procedure))
    if grouped:
        raise RuleError(_nobody_has(procedure, grouped))
    classes = classes_of(procedure)
    return Untold(
        {name: values_of(procedure, name) for name in sorted(names)},
        tuple(
            (name, value, number)
            for name in sorted(names & classes.keys())
            for value, number in classes[name].items()
        ),
    )


def lacking(procedure: Procedure, claims: Claims) -> frozenset[str]:
    """The names of what the rule reads, gives no value by itself, and nobody is told to have."""
    left = read_of(procedure)
    for member in claims.roll if left else ():
        left -= {canonical(name) for name in claims.attributes.get(member, {})}
        if not left:
            break
    return frozenset(left)


def read_of(procedure: Procedure) -> set[str]:
    """What the rule reads of members and has no value for; a weight that is missing is an error."""
    return {*procedure.reads} - {*procedure.defaults} - {*procedure.weights}


def nobody_has(procedure: Procedure, names: Collection[str]) -> Finding:
    """That the answer is open because of these attributes."""
    return Finding("untold-attribute", "warning", _nobody_has(procedure, sorted(names)))


def _nobody_has(procedure: Procedure, names: Sequence[str]) -> str:
    return say_many(
        "rule '{id}' reads '{names}' of members, and nobody on the roll is told to have it, so the "
        "rule is open where it depends on that; add it to the 'attributes' of memberships (false "
        "for all, if nobody has it)",
        "rule '{id}' reads '{names}' of members, and nobody on the roll is told to have them, so "
        "the rule is open where it depends on that; add them to the 'attributes' of memberships "
        "(false for all, if nobody has them)",
        len(names),
        id=procedure.id,
        names=listed(names, "and"),
    )


def is_of_other_size(procedure: Procedure, roll: Bounds) -> bool:
    """Whether the roll surely has not as many members as the rule has seats."""
    size = procedure.roll.size
    return size is not None and roll.most > 0 and not roll.least <= size <= roll.most


def of_other_size(procedure: Procedure, roll: Bounds) -> Finding:
    """That the roll has not as many members as the rule has seats."""
    number = str(roll.least) if roll.least == roll.most else f"{roll.least}-{roll.most}"
    message = say(
        "rule '{id}' is for a roll of {size}, and here it has {number}; correct the memberships, "
        "or name another rule",
        id=procedure.id,
        size=procedure.roll.size,
        number=number,
    )
    return Finding("roll-of-other-size", "warning", message)
