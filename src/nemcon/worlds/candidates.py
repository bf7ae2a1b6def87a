"""Candidates: who is running, since when a withdrawal takes effect, who is eligible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nemcon.entries import AnyEntry, Candidacy, Expectation, event_key
from nemcon.state import State, confirmed
from nemcon.when import When
from nemcon.worlds.days import (
    END_OF_DAY,
    FIRST,
    LAST,
    Domain,
    Point,
    Range,
    agreeing,
    as_when,
    day_range,
    instant,
)

OUT = frozenset({"withdrawn", "declined", "eliminated"})
UNKNOWN, RUNNING = "unknown", "running"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a candidacy: the points between which it took effect, and its dates as told."""

    change: str
    first: Point
    last: Point
    told: When | None
    public: When | None


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


def steps_of(state: State, entries: Sequence[AnyEntry], candidate: str) -> list[Step]:
    """The steps of one candidacy, reports of one step merged."""
    reports: dict[str, list[Candidacy]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Candidacy) and entry.candidate == candidate and confirmed(entry):
            reports[entry.change].append(entry)
    hopes = [e for e in entries if isinstance(e, Expectation) and confirmed(e)]
    return [
        _step(state, change, found, [h for h in hopes if h.expects == event_key(found[0])[0]])
        for change, found in sorted(reports.items())
    ]


def _step(
    state: State, change: str, reports: Sequence[Candidacy], hopes: Sequence[Expectation]
) -> Step:
    dated = [r.public or (None if r.told else r.happened) for r in reports]
    public = _merged(state, dated, [_not_by(state, hope) for hope in hopes])
    told = _merged(state, [r.told for r in reports])
    if public is None:
        public = ((told[0][0] if told else FIRST, _known(state, reports)),)
    first = min(told[0][0], public[0][0]) if told else public[0][0]
    shown = as_when(told) if told else None, as_when(public)
    moment = next((p for when in dated if (p := instant(when, state.zone))), None)
    if moment and public == ((moment[0], moment[0]),):
        return Step(change, moment if first == moment[0] else (first, -1, 0), moment, *shown)
    return Step(change, (first, -1, 0), (public[-1][1], END_OF_DAY, -1), *shown)


def _merged(
    state: State, whens: Sequence[When | None], more: Sequence[Range] = ()
) -> Domain | None:
    ranges = [day_range(when, state.zone) for when in whens if when is not None]
    return agreeing([*ranges, *more]) if ranges else None


def _not_by(state: State, hope: Expectation) -> Range:
    """The days after the one on which the step was still expected."""
    return day_range(hope.happened, state.zone)[0] + 1, LAST


def _known(state: State, reports: Sequence[Candidacy]) -> int:
    days = [day for report in reports if (day := state.known_day(report))]
    return min(days).toordinal() if days else 10**7


def standing(steps: Sequence[Step], point: Point) -> Standing:
    """The statuses possible at a point (two steps of one day in any order)."""
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
    departures = [s for s in begun if s.change in OUT]
    last = max(departures, key=lambda s: s.last, default=None)
    return Standing(tuple(sorted(possible)), last)
