"""Candidates: who they are and whose, who is running, since when a withdrawal takes effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from nemcon.entries import AnyEntry, Candidacy, Party, event_key
from nemcon.state import State, confirmed
from nemcon.when import When
from nemcon.worlds.days import (
    END_OF_DAY,
    Point,
    Range,
    Timing,
    agreeing,
    as_when,
    day_range,
)
from nemcon.worlds.events import event_timings

OUT = frozenset({"withdrawn", "declined", "eliminated"})
UNKNOWN, RUNNING = "unknown", "running"
DECISION = "/decision"  # stands among the candidates where claims bear on the decision's date


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a candidacy: the points between which it took effect, and its dates as told.

    `event` is its name among the events; `since` the day from which it may have taken effect
    because the body had been told, though the public had not. Where reports contradict each other,
    `parts` are the first and last points of each set of days between them.
    """

    change: str
    first: Point
    last: Point
    told: When | None
    public: When | None
    event: str = ""
    since: int | None = None
    parts: tuple[tuple[Point, Point], ...] = ()

    def apart(self) -> list[Step]:
        """The step as it can have been, by each set of reports that agree."""
        return [replace(self, first=f, last=last, parts=()) for f, last in self.parts] or [self]

    def at(self, public: Point) -> Step:
        """The step, where it became public at that very point."""
        if self.since is None or self.since > public[0]:
            return replace(self, first=public, last=public, parts=())
        first, last = (self.since, -1, 0), (public[0], END_OF_DAY, -1)
        return replace(self, first=first, last=last, parts=())


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate's status at an instant: every possible one, and the last departure if any."""

    possible: tuple[str, ...]
    departure: Step | None

    @property
    def certain(self) -> str | None:
        """The status, where only one is possible."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def may_run(self) -> bool:
        """Whether the candidate is eligible in some world."""
        return any(status not in OUT for status in self.possible)

    @property
    def may_be_out(self) -> bool:
        """Whether the candidate is not eligible in some world."""
        return any(status in OUT for status in self.possible)


def steps_of(
    state: State,
    entries: Sequence[AnyEntry],
    candidate: str,
    timings: Mapping[str, Timing] | None = None,
) -> list[Step]:
    """The steps of one candidacy, reports of one step merged.

    `timings` are the dates of all events (by default, of these steps alone).
    """
    reports: dict[str, list[Candidacy]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Candidacy) and entry.candidate == candidate and confirmed(entry):
            reports[entry.change].append(entry)
    dates = event_timings(state, entries, register=False) if timings is None else timings
    return [_step(state, change, found, dates) for change, found in sorted(reports.items())]


def decision_step(timings: Mapping[str, Timing]) -> dict[str, list[Step]]:
    """The decision as a step, *running* once it is in, where claims may bear on its date: it is
    dated by other events, or they by it.
    """
    timing = timings.get("decision")
    linked = timing and (timing.links or any("decision" in t.links for t in timings.values()))
    if not timing or not linked:
        return {}
    begins, ends = (timing.domain[0][0], -1, 0), (timing.domain[-1][1], END_OF_DAY, -1)
    one = Step("running", timing.at or begins, timing.at or ends, None, None, "decision")
    return {DECISION: [one]}


def _step(
    state: State, change: str, reports: Sequence[Candidacy], timings: Mapping[str, Timing]
) -> Step:
    event = event_key(reports[0])[0]
    timing, told = timings[event], [day_range(r.told, state.zone) for r in reports if r.told]
    since = agreeing(told)[0][0] if told else None
    if since is not None and since > timing.domain[-1][1]:
        since = None
    days: list[Range] = []
    parts: list[tuple[Point, Point]] = []
    for low, high in timing.domain:
        if since is None or since > high:  # who says that it was public then knows of no telling
            days.append((low, high))
            parts.append(((low, -1, 0), (high, END_OF_DAY, -1)))
        else:
            days.append((max(low, since), high))
            parts.append(((since, -1, 0), (high, END_OF_DAY, -1)))
    shown = as_when(agreeing(told)) if told else None, as_when(tuple(sorted(days)))
    first, last = min(parts)[0], parts[-1][1]
    if since is None:
        first, last = timing.at or first, timing.at or last
    several = tuple(parts) if len(parts) > 1 else ()
    return Step(change, first, last, *shown, event, since, several)


def standing(steps: Sequence[Step], point: Point) -> Standing:
    """The statuses possible at a point (two steps of one day in any order)."""
    begun = [s for s in steps if s.first <= point]
    possible = {
        status for some in product(*(s.apart() for s in steps)) for status in _of(some, point)
    }
    departures = [s for s in begun if s.change in OUT]
    last = max(departures, key=lambda s: s.last, default=None)
    return Standing(tuple(sorted(possible)), last)


def _of(steps: Sequence[Step], point: Point) -> set[str]:
    """The statuses possible at a point, where each step can have been at any point of its own."""
    begun = [s for s in steps if s.first <= point]
    sure = [s for s in steps if s.last <= point]
    possible: set[str] = set()
    if not sure:
        departs = bool(steps) and all(s.change in OUT for s in steps)
        possible.add(RUNNING if departs else UNKNOWN)
    for step in begun:
        if all(other.first <= min(step.last, point) for other in sure if other is not step):
            possible.add(step.change if step.change in OUT else RUNNING)
            if step.change == RUNNING:
                # A report that somebody runs contradicts an earlier withdrawal: no undoing.
                possible |= {s.change for s in begun if s.change in OUT}
    return possible


def is_selection(state: State, matter: str) -> bool:
    """Whether the matter chooses among candidates."""
    stated = {m.sort for m in state.matters.get(matter, ())}
    if stated:
        return "selection" in stated
    return any(getattr(entry, "candidate", "") for entry in state.of_matter(matter))


def candidates_of(entries: Iterable[AnyEntry]) -> tuple[str, ...]:
    """Everybody whom an entry of the matter names as a candidate, in alphabetical order."""
    names = (getattr(entry, "candidate", "") for entry in entries)
    return tuple(sorted({name for name in names if name}))


def own_candidates(state: State, entries: Sequence[AnyEntry]) -> dict[str, tuple[str, ...]]:
    """The candidates that each member put forward, or who are of it."""
    own: dict[str, set[str]] = defaultdict(set)
    names = set(candidates_of(entries))
    for party in state.all(Party):
        if party.name in names and party.of:
            own[party.of].add(party.name)
    for entry in entries:
        if isinstance(entry, Candidacy) and entry.by:
            own[entry.by].add(entry.candidate)
    return {member: tuple(sorted(found)) for member, found in own.items()}
