"""Which of a rule's positions stand for in favour, for against and for neither."""

from __future__ import annotations

from dataclasses import dataclass

from nemcon.rules.algebra import Position
from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll, Seat
from nemcon.saying import say

_AGAINST = ("confidence", "-1")  # besides what an objection is called


@dataclass(frozen=True, slots=True)
class Sides:
    """The positions in favour, against and, if the rule has it, of abstention."""

    favour: Position
    against: Position
    abstain: Position | None


def sides(procedure: Procedure) -> Sides:
    """What stands for in favour and for against in a rule with a ladder.

    In favour is the first position that the rule lists; against is the one that it calls no,
    objection or the like, else silence (of numbers: the highest and the lowest); neither is the
    one that it calls abstention. Raises `RuleError` where the rule has no ladder, or no position in
    favour.
    """
    if not procedure.ladder:
        raise RuleError(
            say(
                "'{id}' chooses among options or goes through rounds or steps; this needs a "
                "rule with one [[outcome]] ladder",
                id=procedure.id,
            )
        )
    if procedure.positions.numbers is not None:
        low, high = procedure.positions.numbers
        return Sides(high, low, None)
    listed = list(procedure.positions.shown) or ["support", "objection", "abstention"]
    words = (str(procedure.position("objection")), *_AGAINST)
    against = next((name for name in words if name in listed), None)
    abstain = next((name for name in listed if name.startswith("abst")), None)
    favour = next((name for name in listed if name not in (against, abstain)), None)
    if favour is None:
        raise RuleError(say("'{id}' lists no position in favour", id=procedure.id))
    return Sides(favour, against or "silent", abstain)


def seats(procedure: Procedure) -> Roll | None:
    """The abstract seats of a rule that fixes their number and classes; None if it does not.

    Seats with `permanent = true` are called *permanent 1* and so on.
    """
    if procedure.roll.size is None:
        return None
    classes = procedure.roll.classes
    if len(classes) > 1:
        return None
    found: list[Seat] = []
    for name, values in classes.items():
        for value, number in values.items():
            called = {True: name, False: f"not {name}"}.get(value, str(value))  # type: ignore[arg-type]
            found += [Seat(f"{called} {n}", (), {name: value}) for n in range(1, number + 1)]
    rest = procedure.roll.size - len(found)
    found += [Seat(f"seat {n}", ()) for n in range(1, rest + 1)]
    return Roll(tuple(found), say("{size} seats of the rule", size=procedure.roll.size))
