"""Deciding a rule from totals: which lines of the ladder can be the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from nemcon.rules.algebra import Range, Term, holds
from nemcon.rules.procedure import Line, Procedure


def possible_lines(procedure: Procedure, totals: Mapping[Term, Range]) -> list[Line | None]:
    """The lines that may be the first true one; None stands for falling off the ladder."""
    found: list[Line | None] = []
    for line in procedure.ladder:
        answer = holds(line.when, totals)
        if answer is not False:
            found.append(line)
        if answer is True:
            return found
    return [*found, None]


def favourable(procedure: Procedure, totals: Mapping[Term, Range]) -> bool | None:
    """Whether the outcome is favourable for all totals in the ranges; None: not determined."""
    lines = possible_lines(procedure, totals)
    answers = {line is not None and line.favourable for line in lines}
    return answers.pop() if len(answers) == 1 else None


def exact(totals: Mapping[Term, Fraction | int]) -> dict[Term, Range]:
    """Known totals as ranges of one value."""
    return {term: (value, value) for term, value in totals.items()}
