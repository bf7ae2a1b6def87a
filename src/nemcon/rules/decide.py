"""Deciding a rule from totals: which lines of the ladder can be the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from nemcon.rules.algebra import Nobody, Position, Range, Stances, Term
from nemcon.rules.evaluate import Known, Totals, holds
from nemcon.rules.procedure import Line, Procedure, RuleError


def lines_from(procedure: Procedure, totals: Totals) -> list[Line | None]:
    """The lines that may be the first true one; None stands for falling off the ladder."""
    found: list[Line | None] = []
    for line in procedure.ladder:
        answer = holds(line.when, totals)
        if answer is not False:
            found.append(line)
        if answer is True:
            return found
    return [*found, None]


def possible_lines(procedure: Procedure, totals: Mapping[Term, Range]) -> list[Line | None]:
    """The lines that may be the first true one, from totals as ranges."""
    return lines_from(procedure, Known(totals))


def favourable(procedure: Procedure, totals: Mapping[Term, Range]) -> bool | None:
    """Whether the outcome is favourable for all totals in the ranges; None: not determined."""
    lines = possible_lines(procedure, totals)
    answers = {line is not None and line.favourable for line in lines}
    return answers.pop() if len(answers) == 1 else None


def exact(totals: Mapping[Term, Fraction | int]) -> dict[Term, Range]:
    """Known totals as ranges of one value."""
    return {term: (value, value) for term, value in totals.items()}


def one_objection_blocks(procedure: Procedure) -> bool:
    """Whether it is a rule of consensus: met if all support it, but not if one of many objects."""
    try:
        return _of_many(procedure, 0) is True and _of_many(procedure, 1) is False
    except RuleError:
        return False  # it weighs members by what only a roll can say


def one_break_blocks(procedure: Procedure) -> bool:
    """Whether it is a rule of silence: met if nobody says a word, but not if one of many objects,
    however many support it.
    """
    try:
        quiet = _of_stances(procedure, {"none": 1000})
        broken = [
            _of_stances(procedure, {"none": 999 - many, "support": many, "objection": 1})
            for many in (0, 500, 999)
        ]
    except RuleError:
        return False  # it weighs members by what only a roll can say
    return quiet is True and broken == [False, False, False]


def lets_a_reserve_pass(procedure: Procedure) -> bool:
    """Whether all but one of many are enough with a reserve, where an objection stops them."""
    if not procedure.sums:
        return any(_stopped_by(node, procedure.position("objection")) for node in procedure.nodes())
    try:
        reserved = _of_stances(procedure, {"support": 999, "reserve": 1})
        return reserved is True and _of_many(procedure, 1) is False
    except RuleError:
        return False  # it weighs members by what only a roll can say


def _stopped_by(node: object, position: Position) -> bool:
    """Whether a condition is that nobody at all has this position."""
    if not isinstance(node, Nobody) or not isinstance(node.members, Stances):
        return False
    return position in node.members.names


def _of_many(procedure: Procedure, objecting: int) -> bool | None:
    """Whether the outcome is favourable where all but some of a thousand members support it."""
    return _of_stances(procedure, {"support": 1000 - objecting, "objection": objecting})


def _of_stances(procedure: Procedure, stances: Mapping[str, int]) -> bool | None:
    totals = {
        term: sum(number * procedure.counts(term, name, {}) for name, number in stances.items())
        for term in procedure.totals()
    }
    return favourable(procedure, exact(totals))
