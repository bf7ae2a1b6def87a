"""What of a question is the same whatever date of one state it asks about.

Claims do not depend on the date; nor do the stances that they tell apart, or whether they
contradict each other. Whoever asks day after day has them worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import Any

from nemcon.entries import AnyEntry
from nemcon.rules.procedure import Procedure
from nemcon.state import State
from nemcon.worlds.candidates import Step, is_selection
from nemcon.worlds.claims import Claims, asked_on, build_claims
from nemcon.worlds.conflicts import Settled
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.days import Point
from nemcon.worlds.kept import Kept, Stretch, same_order, stretches
from nemcon.worlds.labels import Labels, fold, in_words_of
from nemcon.worlds.placements import placements
from nemcon.worlds.problem import Problem
from nemcon.worlds.supposed import NOTHING, Supposed


def claims_of(
    state: State,
    matter: str,
    conventions: Conventions,
    event: str,
    candidates: Sequence[str],
    drafts: frozenset[str],
    kept: Kept | None,
) -> Claims:
    """The claims of a matter at the date of the state, where positions on these drafts count; made
    once for all dates, where `kept`.
    """
    if kept is None:
        return build_claims(state, matter, conventions, event, candidates, drafts)
    key = ("claims", matter, conventions, event, tuple(candidates), drafts)
    claims = kept.whenever(
        state, key, lambda: build_claims(state, matter, conventions, event, candidates, drafts)
    )
    here = asked_on(claims, state, event)
    if here is claims:
        return claims
    return kept.whenever(state, (*key, kept.number(here.attributes)), lambda: here)


class Basis:
    """The claims in the words of a rule, and what follows from them; nothing before it is needed.

    `settled` is, by mode, what a problem without conflicts was found to be on some date.
    """

    def __init__(
        self, state: State, matter: str, procedure: Procedure, told: Claims, supposed: Supposed
    ) -> None:
        self._told, self._procedure, self._supposed = told.of_the_roll(), procedure, supposed
        self.selection = is_selection(state, matter)
        self.entries: Sequence[AnyEntry] = state.of_matter(matter)
        self.settled: dict[tuple[bool, bool], Settled] = {}
        self._problems: dict[tuple[bool, bool], Problem] = {}
        self._stretches: list[list[Stretch]] = []  # once they are known

    @cached_property
    def can_happen(self) -> bool:
        """Whether the events that are dated by each other have an order that allows their links."""
        told = self._told
        links = {name: t.links for name, t in told.timings.items() if name in told.events}
        names = {*(name for name, found in links.items() if found), *chain(*links.values())}
        timings = {name: told.timings[name] for name in sorted(names)}
        return not names or any(True for _ in placements(timings, tuple(timings), (), 0, timings))

    @cached_property
    def claims(self) -> Claims:
        """The claims, with every stance called what the rule calls it."""
        return in_words_of(self._procedure, self._told, selection=self.selection)

    @cached_property
    def labels(self) -> Labels:
        """The stances that claims and rule tell apart."""
        told_apart = self._supposed.told_apart(self._each_once)
        return fold(told_apart, self._procedure, selection=self.selection)

    @cached_property
    def _each_once(self) -> Claims:
        """As many claims as are needed to name each set of stances in them."""
        held = {id(atom.stances): atom for atom in self.claims.atoms}
        atoms = {atom.stances: atom for atom in held.values()}
        return replace(self.claims, atoms=tuple(atoms.values()))

    def supposing(self, supposed: Supposed) -> Basis:
        """The same where something is supposed of stances or the roll, but nobody joins: with all
        that was worked out, unless other stances have then to be told apart.
        """
        if not supposed:
            return self
        other = copy(self)
        other._supposed = supposed
        other.__dict__.pop("labels", None)
        if other.labels != self.labels:
            other.settled, other._problems, other._stretches = {}, {}, []
        return other

    def problem(
        self,
        question: Point | str,
        mode: tuple[bool, bool],
        steps: Mapping[str, Sequence[Step]],
        supposed: Supposed,
        found: dict[Any, Any],
    ) -> Problem:
        """The problem at a date, with what was worked out of it for another."""
        made = Problem(self.claims, self.labels, question, *mode, steps, supposed, found=found)
        if mode in self._problems:
            made.like(self._problems[mode])
        self._problems[mode] = made
        return made

    def place(
        self,
        question: Point | str,
        mode: tuple[bool, bool],
        steps: Mapping[str, Sequence[Step]],
    ) -> Point | str:
        """The question, moved to a day that stands in the same order to all dates of the claims."""
        problem = self.problem(question, mode, steps, NOTHING, {})
        if not isinstance(question, str) and not self._stretches:
            self._stretches.append(list(stretches(problem)))
        return same_order(question, self._stretches[0] if self._stretches else ())
