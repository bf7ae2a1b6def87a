"""Time as the semantics has it: days, free instants within a day, the day's last instant.

A position is (day, place in the day, half): places lie between 0 and 1, `LAST` is the day's last
instant; half -1 is *just before* that place. Positions compare as tuples. Days are numbers: the
axis keeps one number for every day that some date tells apart, and of a stretch of days that no
date tells apart as many as things could lie there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise, product

from nemcon.when import When

LAST = 1.0
FREE = -1.0  # some instant of the day before the last one, yet to be chosen
Position = tuple[int, float, int]
Spot = tuple[int, float]
Fixed = tuple[tuple[int, tuple[float, ...]], ...]


@dataclass(frozen=True)
class Range:
    """From day to day (None: no bound), or one exact instant: a day and its place in it."""

    low: int | None
    high: int | None
    clock: float | None = None


def moment_after(bound: date | datetime, zone: tzinfo) -> tuple[datetime, bool]:
    """The first moment after a day or an instant, to compare bounds of both sorts."""
    if isinstance(bound, datetime):
        return bound, True
    return datetime.combine(bound + timedelta(days=1), time(), zone), False


def as_range(when: When, zone: tzinfo) -> Range:
    """The range of days that a date allows, or its exact instant."""
    low, high = when.first_day(zone), when.last_day(zone)
    days = (low.toordinal() if low else None, high.toordinal() if high else None)
    if isinstance(when.earliest, datetime) or isinstance(when.latest, datetime):
        if when.earliest != when.latest or not isinstance(when.earliest, datetime):
            raise ValueError(f"{when} is a range of instants; the oracle takes days or one instant")
        local = when.earliest.astimezone(zone)
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return Range(*days, clock=seconds / 86400)
    return Range(*days)


def settle(ranges: Sequence[Range]) -> tuple[Range, ...]:
    """Rule 7: the ranges given by the maximal sets of reports that agree."""
    agreeing: list[tuple[frozenset[int], Range]] = []
    for size in range(len(ranges), 0, -1):
        for some in _subsets(len(ranges), size):
            if any(some <= larger for larger, _ in agreeing):
                continue
            common = _common([ranges[i] for i in sorted(some)])
            if common is not None:
                agreeing.append((some, common))
    return tuple(dict.fromkeys(common for _, common in agreeing))


def _subsets(count: int, size: int) -> Iterator[frozenset[int]]:
    for bits in range(1 << count):
        if bits.bit_count() == size:
            yield frozenset(i for i in range(count) if bits >> i & 1)


def _common(ranges: Sequence[Range]) -> Range | None:
    low = max((r.low for r in ranges if r.low is not None), default=None)
    high = min((r.high for r in ranges if r.high is not None), default=None)
    clocks = {r.clock for r in ranges if r.clock is not None}
    if (low is not None and high is not None and low > high) or len(clocks) > 1:
        return None
    return Range(low, high, clocks.pop() if clocks else None)


class Axis:
    """The days that matter, numbered in order."""

    def __init__(self, items: Iterable[Range], marks: Iterable[Range]) -> None:
        """`items` are the ranges of the things to be dated, `marks` other dates compared with."""
        items, marks = list(items), list(marks)
        ends = {r.low for r in [*items, *marks]} | {
            r.high + 1 for r in [*items, *marks] if r.high is not None
        }
        cuts = sorted(cut for cut in ends if cut is not None)
        self._stretches: list[tuple[int | None, int | None, int, int]] = []
        start = 0
        for low, high in zip([None, *cuts], [*cuts, None], strict=True):
            room = len(items) + 1 if low is None or high is None else high - low
            needed = sum(1 for r in items if _covers(r, low, high))
            marked = any(_covers(r, low, high) for r in marks)
            days = min(room, max(needed, 1 if marked else 0))
            self._stretches.append((low, high, start, start + days))
            start += days

    def days(self, span: Range) -> range:
        """The numbers of the days in the range."""
        inside = [(s, e) for low, high, s, e in self._stretches if _covers(span, low, high)]
        return range(inside[0][0], inside[-1][1]) if inside else range(0)

    def moments(self, span: Range) -> list[Spot]:
        """Where an event or a change may fall: some instant of a day, or the exact instant."""
        place = FREE if span.clock is None else span.clock
        return [(day, place) for day in self.days(span)]

    def lasts(self, span: Range) -> list[Spot]:
        """Where a *holds* claim may be true: a day's last instant, or the exact instant."""
        place = LAST if span.clock is None else span.clock
        return [(day, place) for day in self.days(span)]


def _covers(span: Range, low: int | None, high: int | None) -> bool:
    """Whether the range holds every day from `low` to before `high` (None: no bound)."""
    starts = span.low is None or (low is not None and span.low <= low)
    return starts and (span.high is None or (high is not None and high - 1 <= span.high))


@lru_cache(maxsize=10_000)
def placements(
    options: tuple[tuple[Spot, ...], ...], fixed: Fixed
) -> tuple[tuple[Position, ...], ...]:
    """Every way to date the things, each from its spots, in every order within a day.

    `fixed` lists the places of a day that are taken already: a free instant may fall before,
    between, after or on them.
    """
    taken = dict(fixed)
    out: dict[tuple[Position, ...], None] = {}
    for spots in product(*options):
        days = sorted({day for day, place in spots if place == FREE})
        members = [[i for i, s in enumerate(spots) if s == (day, FREE)] for day in days]
        held = [
            tuple(
                sorted({*taken.get(day, ()), *(p for d, p in spots if d == day and 0 <= p < LAST)})
            )
            for day in days
        ]
        orders = [weak_orders(len(m), h) for m, h in zip(members, held, strict=True)]
        for choice in product(*orders):
            places = [place for _, place in spots]
            for which, chosen in zip(members, choice, strict=True):
                for i, place in zip(which, chosen, strict=True):
                    places[i] = place
            found = ((day, p, 0) for (day, _), p in zip(spots, places, strict=True))
            out[tuple(found)] = None
    return tuple(out)


@lru_cache(maxsize=10_000)
def weak_orders(count: int, fixed: tuple[float, ...]) -> tuple[tuple[float, ...], ...]:
    """All different ways to place `count` free instants among the fixed ones, ties included."""
    inner = tuple(place for place in fixed if place < LAST)
    edges = [0.0, *inner, LAST]
    slots = sorted({*inner, *(s for a, b in pairwise(edges) for s in _gap(a, b, count))})
    seen: dict[tuple[object, ...], tuple[float, ...]] = {}
    for places in product(slots, repeat=count):
        ranks = sorted({*places, *inner})
        seen.setdefault(
            (tuple(ranks.index(p) for p in places), tuple(ranks.index(f) for f in inner)), places
        )
    return tuple(seen.values())


def _gap(low: float, high: float, count: int) -> list[float]:
    return [low + (high - low) * (i + 1) / (count + 1) for i in range(count)] if low < high else []


def occupied(positions: Iterable[Position], clocks: Fixed = ()) -> Fixed:
    """The places that are taken on each day, from positions and from clock times."""
    days: dict[int, set[float]] = {day: set(places) for day, places in clocks}
    for day, place, _ in positions:
        if place < LAST:
            days.setdefault(day, set()).add(place)
    return tuple((day, tuple(sorted(places))) for day, places in sorted(days.items()))
