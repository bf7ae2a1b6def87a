"""How far a matter has come: the declared decision, whether it is carried, and the stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from nemcon.entries import AnyEntry, Candidacy, Decision, Expectation, Term
from nemcon.rules.procedure import Procedure
from nemcon.state import State, confirmed
from nemcon.when import When
from nemcon.worlds.candidates import decision_step
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.days import (
    Domain,
    Point,
    Timing,
    agreeing,
    as_when,
    clusters,
    day_range,
    question_point,
)
from nemcon.worlds.events import event_timings
from nemcon.worlds.kept import Kept
from nemcon.worlds.outcomes import FAVOURABLE, Outcome, outcomes
from nemcon.worlds.placements import TooManyError, placements
from nemcon.worlds.verdict import Answer, Verdict, answer

StageName: TypeAlias = Literal["open", "consensus", "decided", "in-office", "in-force"]
Carried: TypeAlias = Literal["carried", "not carried", "not shown to be carried"]
ORDER: tuple[StageName, ...] = ("open", "consensus", "decided", "in-office", "in-force")


@dataclass(frozen=True, slots=True)
class Stage:
    """Every stage that some world is at, in order; `certain` is the lowest of them."""

    possible: tuple[StageName, ...]

    @property
    def certain(self) -> StageName:
        """What is reached in every world."""
        return self.possible[0]


@dataclass(frozen=True)
class Declared:
    """A decision as the body declared it, its reports merged.

    `decided` is the range that its reports leave; `taken` says whether it is in at `on`: in every
    world (True), in none (False) or in some (None).
    """

    reports: tuple[Decision, ...]
    decided: When
    announced: When | None
    taken: bool | None
    carried: Carried | None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The reports by what they say; several where they contradict each other."""
        return outcomes(self.reports)

    @property
    def contradicting(self) -> bool:
        """Whether the reports do not agree on what was decided."""
        return len(self.outcomes) > 1

    @property
    def candidate(self) -> str:
        """Whom it appoints, if anybody, and if the reports agree on it."""
        if self.contradicting:
            return ""
        return next((r.candidate for r in self.reports if r.candidate), "")

    @property
    def candidates(self) -> tuple[str, ...]:
        """Whom it appoints by any report, and "" where one that contradicts them names nobody."""
        if not self.contradicting:
            return (self.candidate,)
        return tuple(dict.fromkeys(some[0].candidate for some in self._for))

    @property
    def favourable(self) -> bool:
        """Whether it appoints or adopts, by any report."""
        return any(r.result in FAVOURABLE for r in self.reports)

    @property
    def refused(self) -> bool:
        """Whether some reports say that it was refused, which others contradict."""
        return self.contradicting and len(self._for) < len(self.outcomes)

    @property
    def _for(self) -> tuple[Outcome, ...]:
        return tuple(some for some in self.outcomes if some[0].result in FAVOURABLE)


def declared(
    state: State,
    matter: str,
    procedure: Procedure | None,
    conventions: Conventions,
    kept: Kept | None = None,
) -> Declared | None:
    """The decision that sources declare on a matter, if any (SEMANTICS 13, 14); where corrections
    rival each other, as each of them leaves it.
    """
    variants = [state.variant(n) for n in range(len(state.variants))]
    alone = kept if len(variants) == 1 else None
    found = [(one, _reports(one, matter)) for one in variants]
    with_it = [one for one, reports in found if reports]
    if not with_it:
        return None
    reports = tuple(dict.fromkeys(report for _, some in found for report in some))
    taken = {
        _taken_in(one, matter, procedure, conventions, alone) if some else False
        for one, some in found
    }
    announced = [day_range(r.announced, state.zone) for r in reports if r.announced]
    made = Declared(
        reports,
        as_when(tuple(sorted({part for one in with_it for part in _decided(one, matter)}))),
        as_when(agreeing(announced)) if announced else None,
        taken.pop() if len(taken) == 1 else None,
        None,
    )
    if not made.favourable or procedure is None:
        return made
    asked = state if len(with_it) == len(variants) else _together(state, with_it)
    then = at_decision(asked, matter, procedure, conventions, made, kept)
    return replace(made, carried=carried(then, made))


def at_decision(
    state: State,
    matter: str,
    procedure: Procedure,
    conventions: Conventions,
    made: Declared,
    kept: Kept | None = None,
) -> Answer:
    """The answer at the instant of a decision, for the one whom it appoints, if reports agree."""
    whom = made.candidates[0] or None if len(made.candidates) == 1 else None
    return answer(state, matter, procedure, conventions, "decision", whom, kept)


def _reports(state: State, matter: str) -> list[Decision]:
    return [e for e in state.of_matter(matter) if isinstance(e, Decision) and confirmed(e)]


def _together(state: State, variants: Sequence[State]) -> State:
    return replace(state, variants=tuple(one.entries for one in variants))


def _decided(state: State, matter: str) -> Domain:
    """The days that the reports of the decision leave, whatever was expected."""
    said = [e for e in state.of_matter(matter) if not isinstance(e, Expectation)]
    return event_timings(state, said)["decision"].domain


def _taken_in(
    state: State,
    matter: str,
    procedure: Procedure | None,
    conventions: Conventions,
    kept: Kept | None,
) -> bool | None:
    """Whether the decision is in, by one variant: in every world, in none, or in some (None)."""
    entries = state.of_matter(matter)
    timings = event_timings(state, entries)
    taken = _taken("decision", timings, question_point(state.on, state.zone))
    tied = any("decision" in (e.before, e.after) for e in entries) or decision_step(timings)
    if taken is not None or procedure is None or not tied:
        return taken
    # What claims that are dated by it, or by what dates it, leave of its date.
    here = answer(state, matter, procedure, conventions, kept=kept)
    return min(here.decided) if here.decided and len(here.decided) == 1 else None


def _taken(event: str, timings: Mapping[str, Timing], question: Point) -> bool | None:
    """Whether an event is past: in every world (True), in none (False) or in some (None)."""
    together = sorted(clusters(timings, timings).get(event, {event}))
    some = {name: timings[name] for name in together}
    try:
        found = {
            placed[event] <= question for placed in placements(some, together, [question], 0, some)
        }
    except TooManyError:
        return None
    return found.pop() if len(found) == 1 else None


def carried(at_decision: Answer, made: Declared) -> Carried:
    """Whether the rule was met at the decision's own instant, for whom it appoints.

    Of reports that contradict each other, each must be carried, and none may say that it was
    refused; what is carried by none of them is *not carried*.
    """
    found = {_verdict_for(at_decision, candidate) for candidate in made.candidates}
    if found == {"met"} and not made.refused:
        return "carried"
    return "not carried" if found == {"not met"} else "not shown to be carried"


def _verdict_for(at_decision: Answer, candidate: str) -> Verdict:
    if candidate and at_decision.exact and not at_decision.unreadable:
        for one in at_decision.reckonings:
            if one.candidate == candidate:
                return one.verdict
    return at_decision.verdict


def stage(state: State, found: Answer, made: Declared | None) -> Stage:
    """The stages possible at `on` (SEMANTICS 13; no plan becomes fact by time passing)."""
    if made is not None and made.taken is True:
        return Stage((_after_decision(state, made),))
    possible: set[StageName] = set()
    if found.may_be_met:
        possible.add("consensus")
    if found.verdict != "met":
        possible.add("open")
    if made is not None and made.taken is None:
        possible.add("decided")
    return Stage(tuple(name for name in ORDER if name in possible))


def _after_decision(state: State, made: Declared) -> StageName:
    last = day_range(state.on, state.zone)[1]
    people = set(made.candidates) - {""}
    if people:
        starts = [t.start for t in state.all(Term) if t.holder in people and confirmed(t)]
        if any(
            s and _since(s, made, state) and day_range(s, state.zone)[1] <= last for s in starts
        ):
            return "in-office"
        return "decided"
    effective = [r.effective for r in made.reports if r.effective and r.effective_confirmed]
    if any(day_range(when, state.zone)[1] <= last for when in effective):
        return "in-force"
    return "decided"


def _since(start: When, made: Declared, state: State) -> bool:
    """Whether a term started with this decision, not in an earlier stint of the same person."""
    return day_range(start, state.zone)[1] >= day_range(made.decided, state.zone)[0]


@dataclass(frozen=True, slots=True)
class Hope:
    """An expectation and what came of it. `days`: from its report to the event's announcement.

    *Late*: the event came, certainly after the last day on which it was expected; `days_late` is by
    how many days, where that is certain.
    """

    entry: Expectation
    status: Literal["open", "fulfilled", "late", "failed"]
    reported: When | None
    resolved: When | None
    days: int | None
    days_late: int | None = None


def hopes(state: State, matter: str, made: Declared | None) -> list[Hope]:
    """The expectations reported on a matter; an open window never fails by time alone."""
    entries = state.of_matter(matter)
    found = [e for e in entries if isinstance(e, Expectation) and e.modality != "denied"]
    return [_hope(state, e, made, entries) for e in found if _told_by(state, e)]


def _told_by(state: State, entry: Expectation) -> bool:
    return day_range(entry.happened, state.zone)[0] <= day_range(state.on, state.zone)[1]


def _hope(
    state: State, entry: Expectation, made: Declared | None, entries: Sequence[AnyEntry]
) -> Hope:
    resolved: When | None = None
    if entry.expects == "decision":
        if made is not None and made.taken is True:
            resolved = made.announced or made.decided
    else:
        timings = event_timings(state, entries)
        point = question_point(state.on, state.zone)
        if entry.expects in timings and _taken(entry.expects, timings, point):
            resolved = as_when(timings[entry.expects].domain)
    reported = entry.happened
    days = _days_between(reported, resolved, state)
    if resolved is None:
        failed = _failed(entry, entries, state)
        return Hope(entry, "failed" if failed else "open", reported, resolved, days)
    came = resolved
    if entry.expects == "decision" and made is not None:
        came = made.decided  # what is announced later was taken in time
    if entry.window is None or not came.after(entry.window, state.zone):
        return Hope(entry, "fulfilled", reported, resolved, days)
    late = _days_between(_last_of(entry.window, state), came, state)
    return Hope(entry, "late", reported, came, days, late)


def _last_of(window: When, state: State) -> When | None:
    last = window.last_day(state.zone)
    return When.day(last) if last else None


def _failed(entry: Expectation, entries: Sequence[AnyEntry], state: State) -> bool:
    """Whether somebody who was expected to take a step has certainly left the contest instead."""
    parts = entry.expects.split("/")
    if parts[0] != "candidacy" or len(parts) != 3:
        return False
    last = day_range(state.on, state.zone)[1]
    return any(
        isinstance(e, Candidacy)
        and e.candidate == parts[1]
        and e.change in ("withdrawn", "declined", "eliminated")
        and e.change != parts[2]
        and confirmed(e)
        and day_range(e.public or e.happened, state.zone)[1] <= last
        for e in entries
    )


def _days_between(start: When | None, end: When | None, state: State) -> int | None:
    if start is None or end is None:
        return None
    first, last = start.last_day(state.zone), end.first_day(state.zone)
    certain = start.first_day(state.zone) == first and end.last_day(state.zone) == last
    return (last - first).days if first and last and certain else None
