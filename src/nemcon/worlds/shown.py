"""What a rule shows beside its verdict, moving nothing: such as whether an objection is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from nemcon.rules.algebra import Not, Predicate
from nemcon.rules.procedure import Line, Procedure
from nemcon.state import State
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.verdict import Answer, answer

Told: TypeAlias = Literal["yes", "no", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing shown: whether it is so in every world (yes), in none (no) or in some.

    `candidate` says towards whom ("" in a motion).
    """

    label: str
    candidate: str
    answer: Told


def beside(
    state: State,
    matter: str,
    procedure: Procedure | None,
    conventions: Conventions,
    found: Answer,
) -> Iterator[Beside]:
    """What the rule shows, for each candidate that may be eligible."""
    if procedure is None or not procedure.shows:
        return
    running = [r.candidate for r in found.reckonings if r.standing.may_run or not r.candidate]
    for shown in procedure.shows:
        for candidate in running:
            asked = (state, matter, conventions, candidate)
            may_be = _possible(asked, procedure, shown.when)
            may_not = may_be is not None and _possible(asked, procedure, Not(shown.when))
            yield Beside(shown.label, candidate, _told(may_be, may_not))


def _told(may_be: bool | None, may_not: bool | None) -> Told:
    if may_be is None or may_not is None or may_be is may_not:
        return "cannot tell"
    return "yes" if may_be else "no"


def _possible(
    asked: tuple[State, str, Conventions, str], procedure: Procedure, when: Predicate
) -> bool | None:
    """Whether it is so in some world; None if nobody can tell."""
    state, matter, conventions, candidate = asked
    ladder = (Line(when, "so", favourable=True),)
    trial = answer(state, matter, replace(procedure, ladder=ladder), conventions, only=candidate)
    if not trial.exact or trial.unreadable or not trial.reckonings:
        return None
    return any(one.can_meet for one in trial.reckonings)
