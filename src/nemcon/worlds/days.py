"""Day ranges of events and claims, and points on the time axis of one matter."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from nemcon.when import Bound, When

FIRST, LAST = -(10**7), 10**7
END_OF_DAY = 10**12
# Distance of two events of one day, so that points fit between them and just before them.
STEP = 1000

Range: TypeAlias = tuple[int, int]
Domain: TypeAlias = tuple[Range, ...]
# Day number, microsecond of the day, order among events for which only the day is known.
Point: TypeAlias = tuple[int, int, int]

ANY_DAY: Domain = ((FIRST, LAST),)


def number(day: date) -> int:
    """The ordinal number of a day."""
    return day.toordinal()


@lru_cache(maxsize=32_768)  # of one date it is asked again and again
def day_range(when: When | None, zone: tzinfo) -> Range:
    """The first and last day of a When as day numbers; open ends reach to FIRST and LAST."""
    if when is None:
        return FIRST, LAST
    if (point := instant(when, zone)) is not None:
        return point[0], point[0]
    first, last = when.first_day(zone), when.last_day(zone)
    return (first.toordinal() if first else FIRST), (last.toordinal() if last else LAST)


@lru_cache(maxsize=32_768)
def instant(when: When | None, zone: tzinfo) -> Point | None:
    """The point of a When that is exactly one instant, else None."""
    if when is None or not when.certain or not isinstance(when.earliest, datetime):
        return None
    return point_of(when.earliest, zone)


@lru_cache(maxsize=16_384)  # of one instant it is asked again and again
def point_of(moment: datetime, zone: tzinfo) -> Point:
    """The point of an instant on the days of `zone`."""
    try:
        local = moment.astimezone(zone)
    except OverflowError:  # on the first or last day of the calendar
        local = moment
    seconds = (local.hour * 60 + local.minute) * 60 + local.second
    return local.toordinal(), seconds * 1_000_000 + local.microsecond, 0


def end_of_day(day: int) -> Point:
    """The last instant of a day."""
    return day, END_OF_DAY, 0


def question_point(on: When, zone: tzinfo) -> Point:
    """The instant that `on` means: itself, or the last instant of its (last) day."""
    last: Bound | None = on.latest
    if isinstance(last, datetime):
        return point_of(last, zone)
    return end_of_day(last.toordinal() if last else LAST)


def surely_by(one: When, other: When, zone: tzinfo) -> bool:
    """Whether the first is no later than the second, whenever both were; of two dates that are the
    same day, both are so by its end.
    """
    a, b = instant(one, zone), instant(other, zone)
    if a and b:
        return a <= b
    last, first = day_range(one, zone)[1], day_range(other, zone)[0]
    return last <= first if a is b is None else last < first


def later(whens: Sequence[When], zone: tzinfo) -> When:
    """When all of these are past."""
    moments = [instant(when, zone) for when in whens]
    last = max(range(len(whens)), key=lambda n: (day_range(whens[n], zone), moments[n] or ()))
    if all(surely_by(when, whens[last], zone) for when in whens):
        return whens[last]
    ranges = [day_range(when, zone) for when in whens]
    return as_when(((max(low for low, _ in ranges), max(high for _, high in ranges)),))


def meet(a: Range, b: Range) -> Range | None:
    """The days in both ranges, or None if there are none."""
    low, high = max(a[0], b[0]), min(a[1], b[1])
    return (low, high) if low <= high else None


def clip(domain: Domain, low: int = FIRST, high: int = LAST) -> Domain:
    """The part of a domain from `low` to `high`."""
    cut = (meet(part, (low, high)) for part in domain)
    return tuple(part for part in cut if part)


def agreeing(ranges: Sequence[Range]) -> Domain:
    """The days that a maximal set of mutually agreeing reports leaves, over all such sets."""
    if not ranges:
        return ANY_DAY
    low, high = max(r[0] for r in ranges), min(r[1] for r in ranges)
    if low <= high:
        return ((low, high),)
    starts = sorted({r[0] for r in ranges})
    groups = {frozenset(n for n, r in enumerate(ranges) if r[0] <= s <= r[1]) for s in starts}
    maximal = [g for g in groups if not any(g < other for other in groups)]
    parts = {
        (max(ranges[n][0] for n in group), min(ranges[n][1] for n in group)) for group in maximal
    }
    return tuple(sorted(parts))


def in_domain(day: int, domain: Domain) -> bool:
    """Whether the day lies in the domain."""
    return any(low <= day <= high for low, high in domain)


def share_a_day(a: Domain, b: Domain) -> bool:
    """Whether two domains have a day in common."""
    return any(meet(x, y) for x in a for y in b)


def is_single(domain: Domain) -> bool:
    """Whether the domain is exactly one day."""
    return len(domain) == 1 and domain[0][0] == domain[0][1]


def as_when(domain: Domain) -> When:
    """The range from the first to the last day of a domain."""
    low, high = domain[0][0], domain[-1][1]
    return When.between(
        date.fromordinal(low) if low > FIRST else None,
        date.fromordinal(high) if high < LAST else None,
    )


def representative_days(fixed: Iterable[int], domains: Sequence[Domain], room: int) -> list[int]:
    """Days that realise every order of events: each fixed day and range end, and up to `room`
    days inside each stretch between them that some domain reaches into.
    """
    ends = {day for domain in domains for part in domain for day in part if FIRST < day < LAST}
    marks = sorted({*fixed, *ends})
    if not marks:
        marks = [0]
    days = set(marks)
    stretches = [(marks[0] - room, marks[0] - 1), (marks[-1] + 1, marks[-1] + room)]
    stretches += [(a + 1, min(b - 1, a + room)) for a, b in pairwise(marks)]
    for low, high in stretches:
        if low <= high and any(meet((low, high), part) for domain in domains for part in domain):
            days.update(range(low, high + 1))
    return sorted(days)


class Timing(NamedTuple):
    """When a claim or event is: on a day of `domain`, at its end or at some instant of it.

    `at` fixes the instant. `just_before` names the event before whose instant it is; then the
    day is that event's, and still in `domain`. `after` names events that it cannot precede,
    `until` events that it certainly precedes; `contradicted`: its own date allows neither. An
    event that nobody `reported` with a date dates nothing else.
    """

    domain: Domain
    at_end: bool = False
    at: Point | None = None
    just_before: str = ""
    after: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    contradicted: bool = False
    reported: bool = True

    @property
    def links(self) -> tuple[str, ...]:
        """Every event that it is dated by."""
        tied = (self.just_before,) if self.just_before else ()
        return (*tied, *self.after, *self.until)

    @property
    def first(self) -> Point:
        """The earliest that it can be."""
        return self.at or (self.domain[0][0], END_OF_DAY if self.at_end else -1, 0)

    @property
    def last(self) -> Point:
        """The latest that it can be."""
        return self.at or (self.domain[-1][1], END_OF_DAY, 0 if self.at_end else -1)

    @property
    def fixed(self) -> Point | None:
        """The point, where only one is possible whatever else happens."""
        if self.at is not None:
            return self.at
        if self.at_end and is_single(self.domain) and not self.links:
            return end_of_day(self.domain[0][0])
        return None


def open_links(timing: Timing, others: Mapping[str, Timing]) -> Timing:
    """The timing with only those links that the dates do not settle already."""
    if not (timing.after or timing.until):
        return timing

    after = tuple(name for name in timing.after if others[name].last > timing.first)
    until = tuple(name for name in timing.until if timing.last >= others[name].first)
    return timing._replace(after=after, until=until)


def clusters(timings: Mapping[str, Timing], events: Container[str]) -> Mapping[str, frozenset[str]]:
    """For each event that dates others, or is dated by others, all that are linked with it."""
    found: dict[str, set[str]] = {}
    for name, timing in timings.items():
        for link in timing.links if name in events else ():
            one, other = (found.setdefault(n, {n}) for n in (name, link))
            if one is not other:
                one |= other
                found.update(dict.fromkeys(other, one))
    return {name: frozenset(together) for name, together in found.items()}
