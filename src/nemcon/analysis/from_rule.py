"""From a rule and a roll to a simple game: each member is in favour or against.

Taking whoever is not in favour for *against* is a model. Where a rule treats abstention otherwise,
the game in which members may also abstain is another one (`ternary.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, lcm

from nemcon.analysis.compiler import Compiler, Params
from nemcon.analysis.game import Formula, Game, GameError, threshold
from nemcon.analysis.linear import Votes
from nemcon.rules.algebra import VALUE, Fewest, Groups, Term, contains
from nemcon.rules.choose import read_choose
from nemcon.rules.counts import Counts
from nemcon.rules.names import as_number, listed
from nemcon.rules.normalise import Bloc, OnePer
from nemcon.rules.place import Place
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll, Seat
from nemcon.rules.sides import sides
from nemcon.saying import say

MOST_MEMBERS = 5_000


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
    compiler = Compiler(procedure, Votes(procedure, seats, sides(procedure)), dict(params or {}))
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
            say(
                "'{id}' is several decisions, one after the other, and an index of power is "
                "of one; ask for one of them: {steps}",
                id=procedure.id,
                steps=listed(steps, "or"),
            )
        )
    if procedure.rounds is not None:
        raise GameError(
            say(
                "'{id}' goes through ballots until somebody has won, and an index of power "
                "is of one decision; 'nemcon paths {id}' shows what comes of votes that you "
                "assume",
                id=procedure.id,
            )
        )
    raise GameError(
        say("'{id}' has no [[outcome]] ladder to count; give a rule that has one", id=procedure.id)
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
                say(
                    "'{id}' weighs members by '{name}', and {what} has no such column; add it, "
                    "with a number for each member",
                    id=procedure.id,
                    name=name,
                    what=source or say("the roll"),
                )
            )
        if lacking:
            raise GameError(
                say(
                    "'{id}' weighs members by '{name}', which {what} does not give for "
                    "{lacking}; write a number there",
                    id=procedure.id,
                    name=name,
                    what=source or say("the roll"),
                    lacking=listed(lacking, "and", 6),
                )
            )
        for who, value in held.items():
            if as_number(value) is None:
                raise GameError(
                    say(
                        "'{id}' weighs members by '{name}', and {what} has '{value}' there for "
                        "{who}, which is no number; write a number",
                        id=procedure.id,
                        name=name,
                        what=source or say("the roll"),
                        value=value,
                        who=who,
                    )
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
            say(
                "'{id}' chooses by another method than one majority; an index of power needs "
                "one, or a rule with one [[outcome]] ladder",
                id=procedure.id,
            )
        )
    numbers = [
        {name: n for name, value in seat.held.items() if (n := as_number(value)) is not None}
        for seat in seats
    ]
    shared = set(numbers[0]).intersection(*numbers)
    if len(shared) > 1:
        raise GameError(
            say(
                "the roll gives several numbers ({shared}); leave only the votes",
                shared=", ".join(sorted(shared)),
            )
        )
    name = shared.pop() if shared else ""
    votes = [each[name] if name else Fraction(1) for each in numbers]
    scale = lcm(chosen.share.denominator, *(n.denominator for n in votes))
    needed = chosen.share * sum(votes) * scale
    quota = floor(needed) + 1 if chosen.strict else ceil(needed)
    return threshold([int(n * scale) for n in votes], quota)


def _few_enough(members: int) -> None:
    if not members:
        raise GameError(say("nobody is on the roll; give one with --roll, or a day with --on"))
    if members > MOST_MEMBERS:
        raise GameError(
            say(
                "{members:,} members are on the roll; at most {most_members:,} can be taken. "
                "Put like members together, or leave the small ones out",
                members=members,
                most_members=MOST_MEMBERS,
            )
        )


def _no_blocs(procedure: Procedure, seats: Sequence[Seat]) -> None:
    """Refuse blocs of several members: they act as one, and are one player each."""
    for step in procedure.steps:
        if isinstance(step, Bloc | OnePer):
            values = [seat.held[step.attribute] for seat in seats if step.attribute in seat.held]
            if len(values) != len(set(values)):
                raise GameError(
                    say(
                        "members with the same '{attribute}' act as one under this rule; write one "
                        "row for each of them on the roll, with the weight of all",
                        attribute=step.attribute,
                    )
                )
