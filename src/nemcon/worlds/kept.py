"""What was worked out for one question, kept for others: for whoever asks day after day, or asks
what if.

Between two dates of the claims only the order of the question among them matters, as far as there
is room: two days that stand in the same order have the same worlds, and the second need not be
worked out again.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from nemcon.state import State
from nemcon.worlds.days import END_OF_DAY, FIRST, LAST, Domain, Point, end_of_day, meet

if TYPE_CHECKING:
    from nemcon.worlds.problem import Problem

# The days strictly between two dates, and how many of them the dates between can take up.
Stretch: TypeAlias = tuple[int, int, int]
Made = TypeVar("Made")

STATES = 40
"""Of how many parts of a state what was made is kept."""


@dataclass
class _Made:
    """What was made of what one state knows: for whatever date, and for the date asked last."""

    variants: object
    whenever: dict[Hashable, Any] = field(default_factory=dict)
    on: object = None
    once: dict[Hashable, Any] = field(default_factory=dict)


@dataclass
class Kept:
    """Answers by all that they depend on; for the dates of one state only.

    `endings` holds how members' courses end (`Problem.found`), by the mask of all stances. Unless
    `again`, nobody asks twice for what stands in the same order, and answers are not kept.
    """

    again: bool = True
    answers: dict[Hashable, Any] = field(default_factory=dict)
    endings: dict[int, dict[Any, Any]] = field(default_factory=dict)
    _seen: list[Any] = field(default_factory=list)
    _made: OrderedDict[int, _Made] = field(default_factory=OrderedDict)

    def once(self, state: State, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for a key as long as nobody asks of another date."""
        made = self._made_of(state)
        if state.on != made.on:
            made.on, made.once = state.on, {}
        if key not in made.once:
            made.once[key] = make()
        found: Made = made.once[key]
        return found

    def whenever(self, state: State, key: Hashable, make: Callable[[], Made]) -> Made:
        """The same for what does not depend on the date that is asked about: made once for a key as
        long as what the state knows is the same.
        """
        made = self._made_of(state).whenever
        if key not in made:
            made[key] = make()
        found: Made = made[key]
        return found

    def _made_of(self, state: State) -> _Made:
        """What was made of what a state knows; a question may turn to parts of it in between (each
        candidate apart, each of rival corrections), and comes back to them.
        """
        made = self._made.get(id(state.variants))
        if made is None or made.variants is not state.variants:
            made = self._made[id(state.variants)] = _Made(state.variants)
        self._made.move_to_end(id(state.variants))
        while len(self._made) > STATES:
            self._made.popitem(last=False)
        return made

    def number(self, value: object) -> int:
        """The same number for equal values, for such as cannot be hashed and seldom differ."""
        for n, other in enumerate(self._seen):
            if other is value:
                return n
        for n, other in enumerate(self._seen):
            if type(other) is type(value) and other == value:
                return n
        self._seen.append(value)
        return len(self._seen) - 1


def same_order(question: Point | str, apart: Iterable[Stretch]) -> Point | str:
    """The question, moved to a day that stands in the same order to all dates of the claims, which
    leave these stretches between them.
    """
    if isinstance(question, str) or question[1] != END_OF_DAY:
        return question
    for after, before, room in apart:
        if after < question[0] < before:
            return end_of_day(_moved(question[0], after, before, room + 1))
    return question


def _moved(day: int, after: int, before: int, near: int) -> int:
    """The first day of a stretch with as many days on either side, counted up to `near`."""
    if after <= FIRST:
        return day if before >= LAST else before - min(before - day, near)
    return after + near if day - after > near and before - day >= near else day


def days_between(problem: Problem, first: int, last: int) -> set[int]:
    """The days from `first` to `last` on which the answer may be another than on the day before.

    These are the dates of the claims, the days behind them, and in a stretch that an unsettled
    date reaches into those that leave little room for it on one side.
    """
    days = {first}
    for after, before, room in stretches(problem):
        low, high = max(after, first - 1), min(before, last + 1)
        days |= {after, before}
        days.update(range(max(low, after) + 1, min(high, after + room + 2)))
        days.update(range(max(low + 1, before - room), high))
    return {day for day in days if first <= day <= last}


def stretches(problem: Problem) -> Iterator[Stretch]:
    """Every stretch between two dates of the claims, before the first and after the last."""
    timings = problem.claims.timings
    names = {change.timing for changes in problem.claims.roll.values() for change in changes}
    names |= problem.used  # and with them all that they are dated by
    marks = {point[0] for name, point in problem.fixed.items() if name in names}
    domains = {timings[name].domain for name in names if name not in problem.fixed}
    marks |= {day for domain in domains for part in domain for day in part if FIRST < day < LAST}
    # A date on one day, which is a mark, lies in no stretch.
    wide = {domain for domain in domains if any(low < high for low, high in domain)}
    loose = {n for n in names if timings[n].domain in wide and n not in problem.fixed}
    for after, before in pairwise([FIRST, *sorted(marks), LAST]):
        if before - after > 1:
            yield after, before, _room(problem, loose, (after + 1, before - 1))


def _room(problem: Problem, unsettled: set[str], days: tuple[int, int]) -> int:
    """How many days the dates that may fall on these can take up at most."""
    timings = problem.claims.timings

    def reaches(domain: Domain) -> bool:
        return any(meet(days, part) for part in domain)

    loose = {name for name in unsettled if reaches(timings[name].domain)}
    if not loose:
        return 0
    shared = loose.intersection(problem.shared)
    own = Counter(a.member for a in problem.claims.atoms if a.timing in loose - shared)
    moves = Counter(
        member
        for member, changes in problem.claims.roll.items()
        for change in changes
        if change.timing in loose - shared
    )
    alone = max(((own + moves)[member] for member in own | moves), default=0)
    return len(shared) * (alone + 1) + alone
