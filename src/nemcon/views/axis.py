"""The days that a matter spans, and those on which something changed or became known."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from nemcon.entries import AnyEntry, Expectation, Membership, Term
from nemcon.state import State
from nemcon.when import When
from nemcon.worlds.candidates import candidates_of

LONGEST = 92
"""A range of more days than this says too little of when something changed."""

_NOT_OF_THE_WORLD = frozenset({"known", "received", "window"})
_REGISTER = frozenset(
    {
        *("body", "organ", "party", "membership", "office", "term", "credential", "rule"),
        *("source", "matter", "correction", "confirmation", "rejection"),
    }
)


@dataclass(frozen=True)
class AxisView:
    """Whole months from `first` to `last`, and the days that matter.

    `happened` maps each day on which something may have changed to how many entries say so,
    `known` each on which something became known, both in order.
    """

    first: date
    last: date
    happened: Mapping[date, int]
    known: Mapping[date, int]

    @property
    def days(self) -> int:
        """How many days lie after the first."""
        return (self.last - self.first).days

    def to_json(self) -> dict[str, Any]:
        """The axis as plain values."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "happened": {day.isoformat(): n for day, n in self.happened.items()},
            "known": {day.isoformat(): n for day, n in self.known.items()},
        }


def axis(state: State, matter: str, office: str, asked: Iterable[date]) -> AxisView:
    """The axis of a matter, wide enough for the dates `asked` about.

    The state should know everything, so that the axis stays while `on` and `known` move.
    """
    happened: dict[date, int] = defaultdict(int)
    known: dict[date, int] = defaultdict(int)
    acts = [e for e in state.of_matter(matter) if e.kind not in _REGISTER]
    for entry in [*acts, *_terms(state, office, acts)]:
        for day in _days(entry, state):
            happened[day] += 1
    for entry in acts:
        if learned := state.known_day(entry):
            known[learned] += 1
    days = [*happened, *known, *asked]
    if not days:
        return AxisView(date(2000, 1, 1), date(2000, 1, 31), {}, {})
    first = min(days).replace(day=1)
    last = max(days).replace(day=monthrange(max(days).year, max(days).month)[1])
    for change in state.all(Membership):
        for day in _days(change, state):
            if first <= day <= last:
                happened[day] += 1
    return AxisView(first, last, dict(sorted(happened.items())), dict(sorted(known.items())))


def _days(entry: AnyEntry, state: State) -> Iterator[date]:
    """The first and the last day of each date that the entry gives of what happened."""
    if isinstance(entry, Expectation):
        return
    for item in fields(entry):
        value = getattr(entry, item.name)
        if not isinstance(value, When) or item.name in _NOT_OF_THE_WORLD:
            continue
        first, last = value.first_day(state.zone), value.last_day(state.zone)
        if first and last and (last - first).days <= LONGEST:
            yield from {first, last}


def _terms(state: State, office: str, entries: Iterable[AnyEntry]) -> Iterator[Term]:
    """When candidates took up or left the office, or are to."""
    names = candidates_of(entries)
    for term in state.all(Term):
        if office and term.office == office and term.holder in names:
            yield term
