"""What a rule shows beside its verdict, moving nothing: such as whether an objection is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from nemcon.rules.algebra import Nobody, Not, Predicate, Stances
from nemcon.rules.procedure import Line, Procedure
from nemcon.state import State
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.doubts import objecting_groups
from nemcon.worlds.kept import Kept
from nemcon.worlds.supposed import NOTHING, Supposed
from nemcon.worlds.verdict import Answer, answer

Told: TypeAlias = Literal["yes", "no", "cannot tell"]


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing shown: whether it is so in every world (yes), in none (no) or in some.

    `candidate` says towards whom ("" in a motion), `objection` whether it asks for objections.
    `groups` are groups without names that object, in the words of the sources: they count for no
    member, and are known all the same.
    """

    label: str
    candidate: str
    answer: Told
    objection: bool = False
    groups: tuple[str, ...] = ()


def beside(
    state: State,
    matter: str,
    procedure: Procedure | None,
    conventions: Conventions,
    found: Answer,
    supposed: Supposed = NOTHING,
    kept: Kept | None = None,
) -> Iterator[Beside]:
    """What the rule shows, for each candidate that may be eligible."""
    if procedure is None or not procedure.shows:
        return
    running = [r.candidate for r in found.reckonings if r.standing.may_run or not r.candidate]
    for shown in procedure.shows:
        for candidate in running:
            asked = (state, matter, procedure, conventions, candidate)
            told = holds(*asked, shown.when, supposed=supposed, kept=kept)
            if not _of_objections(shown.when):
                yield Beside(shown.label, candidate, told)
                continue
            groups = () if told == "yes" else objecting_groups(state, matter, candidate)
            yield Beside(shown.label, candidate, "yes" if groups else told, True, groups)


def _of_objections(when: Predicate) -> bool:
    """Whether a predicate asks if somebody objects: *not nobody objects*."""
    match when:
        case Not(Nobody(Stances(names))):
            return "objection" in names
    return False


def holds(
    state: State,
    matter: str,
    procedure: Procedure,
    conventions: Conventions,
    candidate: str,
    when: Predicate,
    *,
    supposed: Supposed = NOTHING,
    kept: Kept | None = None,
) -> Told:
    """Whether a predicate of the rule is so in every world (yes), in none (no) or in some."""
    asked = (state, matter, conventions, candidate, supposed, kept)
    may_be = _possible(asked, procedure, when)
    may_not = may_be is not None and _possible(asked, procedure, Not(when))
    if may_be is None or may_not is None or may_be is may_not:
        return "cannot tell"
    return "yes" if may_be else "no"


def _possible(
    asked: tuple[State, str, Conventions, str, Supposed, Kept | None],
    procedure: Procedure,
    when: Predicate,
) -> bool | None:
    """Whether it is so in some world; None if nobody can tell."""
    state, matter, conventions, candidate, supposed, kept = asked
    rule = replace(procedure, ladder=(Line(when, "so", favourable=True),))
    trial = answer(state, matter, rule, conventions, only=candidate, kept=kept, supposed=supposed)
    if not trial.exact or trial.unreadable or not trial.reckonings:
        return None
    return any(one.can_meet for one in trial.reckonings)
