"""How much say each member has under a rule: the indices of Banzhaf and of Shapley and Shubik."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from nemcon.analysis import by_halves, by_quadrature, counting, indices
from nemcon.analysis.compiler import Params
from nemcon.analysis.from_rule import eligible, game
from nemcon.analysis.game import Fixed, Game, GameError, Groups, Threshold, nodes, wins
from nemcon.analysis.swings import Swings
from nemcon.analysis.ternary import ternary_swings
from nemcon.rules.algebra import Attested, Fewest, contains
from nemcon.rules.algebra import Groups as Groups_
from nemcon.rules.given import put_in
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll, Seat
from nemcon.rules.sides import Sides, sides
from nemcon.saying import marked, say

Index: TypeAlias = Literal["banzhaf", "shapley"]


@dataclass(frozen=True, slots=True)
class Say:
    """One member's share of power; `swings` is None where they are not counted."""

    member: str
    swings: int | None
    value: Fraction | float

    @property
    def floating(self) -> float:
        """The share as a decimal, for display."""
        return float(self.value)


@dataclass(frozen=True, slots=True)
class Power:
    """Each member's power, in the order of the roll, and what was counted.

    `error` bounds the error of each value where they are not exact. `model` says in words what
    the votes of a member are taken to be. `winning` and `minimal_winning` are None where the
    method does not count them; `blocking` coalitions are those without which nobody wins.
    """

    index: Index
    method: str
    exact: bool
    members: tuple[Say, ...]
    winning: int | None
    minimal_winning: int | None
    blocking: int | None
    vetoes: tuple[str, ...]
    dummies: tuple[str, ...]
    model: str
    error: float = 0.0


def power(
    procedure: Procedure,
    roll: Roll,
    index: Index = "banzhaf",
    params: Params | None = None,
    *,
    abstaining: bool = False,
    approximate: bool = False,
) -> Power:
    """The index of each member of the roll.

    `abstaining` lets members abstain too (Banzhaf only); `approximate` takes a bounded error
    where the exact index of Shapley and Shubik is too much work. Raises `GameError` with the
    reason, and an estimate where the work is too much; it never answers wrongly instead.
    """
    if abstaining:
        return _ternary(procedure, roll, index, params)
    found = game(procedure, roll, params)
    model = _model(procedure, eligible(procedure, roll))
    if approximate and index == "shapley" and isinstance(found.formula, Threshold):
        return _approximate(found, found.formula, model)
    swings = counting.count(found, by_size=index == "shapley")
    shares = indices.shapley_shubik(swings) if index == "shapley" else indices.banzhaf(swings)
    many = 2 ** len(found.members)
    return Power(
        index,
        swings.method,
        True,
        tuple(map(Say, found.members, swings.totals, shares)),
        swings.winning,
        _minimal(found, swings),
        many - swings.winning,
        vetoes(found),
        tuple(m for m, n in zip(found.members, swings.totals, strict=True) if not n),
        model,
    )


def vetoes(found: Game) -> tuple[str, ...]:
    """The members without whom all others together do not win."""
    everyone = set(range(len(found.members)))
    if not wins(found.formula, everyone):
        return ()
    return tuple(
        member for i, member in enumerate(found.members) if not wins(found.formula, everyone - {i})
    )


def _minimal(found: Game, swings: Swings) -> int | None:
    if swings.minimal is not None:
        return swings.minimal
    size = len(found.members)
    grouped = any(isinstance(node, Groups) for node in nodes(found.formula))
    if grouped or isinstance(found.formula, Fixed) or size > by_halves.MOST_MEMBERS:
        return None
    return by_halves.minimal(found.formula, size)


def _approximate(found: Game, formula: Threshold, model: str) -> Power:
    if min(formula.quota, sum(formula.weights)) > by_quadrature.MOST_WIDTH:
        raise GameError(
            say(
                "sums up to {sum:,} do not fit in memory; scale the weights down, to at most "
                "{most_width:,} together",
                sum=sum(formula.weights),
                most_width=by_quadrature.MOST_WIDTH,
            )
        )
    near = by_quadrature.shapley_shubik(formula)
    return Power(
        "shapley",
        say("{method} at {points} points", method=by_quadrature.METHOD, points=near.points),
        False,
        tuple(map(Say, found.members, [None] * len(found.members), near.values)),
        None,
        None,
        None,
        vetoes(found),
        tuple(m for m, w in zip(found.members, formula.weights, strict=True) if not w),
        model,
        near.error,
    )


def _ternary(procedure: Procedure, roll: Roll, index: Index, params: Params | None) -> Power:
    if index != "banzhaf":
        raise GameError(say("with abstention only the index of Banzhaf is counted here"))
    votes = sides(procedure)
    if votes.abstain is None:
        raise GameError(say("'{id}' has no abstention; leave --abstain out", id=procedure.id))
    found = game(procedure, roll, params)
    seats = eligible(procedure, roll)
    totals = ternary_swings(_told(procedure, params), seats, votes)
    whole = sum(totals)
    shares = [Fraction(n, whole) if whole else Fraction(0) for n in totals]
    return Power(
        "banzhaf",
        say("classes of like members, three votes each"),
        True,
        tuple(map(Say, found.members, totals, shares)),
        None,
        None,
        None,
        vetoes(found),
        tuple(m for m, n in zip(found.members, totals, strict=True) if not n),
        say(
            "each member votes {favour}, {abstain} or {against}; a swing is a vote of "
            "all others in which {favour} wins and {against} loses",
            favour=votes.favour,
            abstain=votes.abstain,
            against=votes.against,
        ),
    )


def _told(procedure: Procedure, params: Params | None) -> Procedure:
    """The rule with what is said put in, and every finding made."""
    defaults = {name: p.default for name, p in procedure.params.items() if p.default is not None}
    findings = {node.finding for node in procedure.nodes() if isinstance(node, Attested)}
    return put_in(procedure, {**defaults, **(params or {})}, dict.fromkeys(findings, True))


def _model(procedure: Procedure, seats: Sequence[Seat]) -> str:
    """What the votes are taken to be; and that abstention is something else, where it is."""
    if procedure.choose is not None:
        return say("each member votes, with all its votes, for one candidate or not")
    votes = sides(procedure)
    text = say(
        "each member votes {favour} or {against}", favour=votes.favour, against=votes.against
    )
    if votes.abstain is not None and _abstention_counts(procedure, seats, votes):
        text = say(
            "{said}; {abstain} is taken for {against}, which is a model",
            said=text,
            abstain=votes.abstain,
            against=votes.against,
        )
        if not any(isinstance(node, Groups_ | Fewest) for node in procedure.nodes()):
            text = say(MAY_ABSTAIN, said=text)
    return text


MAY_ABSTAIN = marked("{said}: --abstain counts all three")[0]
"""What is said of a model where members could also abstain, which would be another count."""


def _abstention_counts(procedure: Procedure, seats: Sequence[Seat], votes: Sides) -> bool:
    """Whether abstaining puts a member into other sets of the rule than voting against."""
    sets = {
        inside
        for node in procedure.nodes()
        for name in ("members", "within")
        if (inside := getattr(node, name, None)) is not None
    }
    for seat in seats:
        abstained, against = (
            procedure.normalised(vote, seat.held)
            for vote in (votes.abstain, votes.against)
            if vote is not None
        )
        if (abstained is None) != (against is None):
            return True
        if abstained is None or against is None:
            continue
        for inside in sets:
            if contains(inside, abstained, seat.held) != contains(inside, against, seat.held):
                return True
    return False
