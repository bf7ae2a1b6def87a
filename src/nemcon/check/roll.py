"""Who is on the roll on which days, and how many there can be."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from nemcon.state import State
from nemcon.worlds.days import FIRST, LAST, Range, Timing
from nemcon.worlds.events import event_timings
from nemcon.worlds.roll import RollChange, roll_changes


class Stay(NamedTuple):
    """A stretch on the roll: possible from `first` to `last`, certain from `sure` to `still`."""

    first: int
    sure: int
    still: int
    last: int


@dataclass(frozen=True)
class Roll:
    """Each member's stretches, and from each of `days` on the least and most members there can be.

    A member may be on the roll on the whole of the days on which it joins and leaves.
    """

    stays: Mapping[str, tuple[Stay, ...]]
    days: tuple[int, ...]
    least: tuple[int, ...]
    most: tuple[int, ...]

    def is_on(self, member: str, days: Range) -> bool:
        """Whether the member is certainly on the roll on all of these days."""
        first, last = days
        for stay in self.stays.get(member, ()):  # noqa: SIM110 - asked of each act: `any` costs more
            if stay.sure <= first and last <= stay.still:
                return True
        return False

    def may_be_on(self, member: str, days: Range) -> bool:
        """Whether the member can be on the roll on one of these days."""
        first, last = days
        return any(s.first <= last and first <= s.last for s in self.stays.get(member, ()))

    def may_number(self, number: int, days: Range) -> bool:
        """Whether the roll can have this many members on one of these days."""
        steps = range(*self._steps(days))
        # Most are counts of today's roll: look at the latest first.
        return any(self.least[n] <= number <= self.most[n] for n in reversed(steps))

    def sizes(self, days: Range) -> Range:
        """The least and the most members that there can be on these days."""
        start, end = self._steps(days)
        return min(self.least[start:end]), max(self.most[start:end])

    def _steps(self, days: Range) -> Range:
        return bisect_right(self.days, days[0]) - 1, bisect_right(self.days, days[1])


def roll_of(state: State) -> Roll:
    """The roll that the memberships of a state give."""
    changes = roll_changes(state)
    timings = event_timings(state, (), terms=False)  # there may be many, of no use here
    stays = {member: tuple(_stays(found, timings)) for member, found in changes.items()}
    every = [stay for found in stays.values() for stay in found]
    least = _steps((s.sure, s.still + 1) for s in every if s.sure <= s.still)
    most = _steps((s.first, s.last + 1) for s in every)
    days = sorted({FIRST, *least, *most})
    return Roll(
        stays,
        tuple(days),
        tuple(accumulate(least.get(day, 0) for day in days)),
        tuple(accumulate(most.get(day, 0) for day in days)),
    )


def _stays(changes: Iterable[RollChange], timings: Mapping[str, Timing]) -> Iterator[Stay]:
    joined: Range | None = None
    for change in changes:
        domain = timings[change.timing].domain
        low, high = domain[0][0], domain[-1][1]
        if change.joins and joined is None:
            joined = low, high
        elif not change.joins and joined is not None:
            yield Stay(joined[0], joined[1] + 1, low - 1, high)
            joined = None
    if joined is not None:
        yield Stay(joined[0], joined[1] + 1, LAST, LAST)


def _steps(stretches: Iterable[Range]) -> Mapping[int, int]:
    """By how much the number of members changes on which day."""
    steps: dict[int, int] = defaultdict(int)
    for start, end in stretches:
        steps[start] += 1
        steps[end] -= 1
    return steps
