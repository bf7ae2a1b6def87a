"""Placements: every order in which the dates that several members share can fall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Any, TypeAlias

from nemcon.worlds.days import (
    END_OF_DAY,
    FIRST,
    LAST,
    STEP,
    Domain,
    Point,
    Timing,
    end_of_day,
    in_domain,
    meet,
)

Placement: TypeAlias = Mapping[str, Point]
MAX_PLACEMENTS = 20_000


class TooManyError(Exception):
    """More cases than the stated limit: the exact answer is given up, soundly."""


class Work:
    """How much work an answer may still cost, in steps of about a microsecond.

    Counting steps instead of time gives the same answer on every machine. `found` holds what was
    paid for and may be asked for again.
    """

    def __init__(self, limit: int) -> None:
        self.left = limit
        self.found: dict[Hashable, Any] = {}

    def spend(self, steps: int) -> None:
        """Count steps. Raises `TooManyError` once the limit is passed."""
        self.left -= steps
        if self.left < 0:
            raise TooManyError


def placements(
    timings: Mapping[str, Timing],
    shared: Sequence[str],
    points: Collection[Point],
    room: int,
    used: Collection[str],
    days: Collection[int] = (),
) -> Iterator[dict[str, Point]]:
    """Each way to place the `shared` timings, together with all fixed ones.

    `points` are other instants that they may come before or after. `room` is how many private
    dates may have to fit between two shared ones; only the dates of `used` timings, and these
    `days`, matter for the order. Raises `TooManyError` past MAX_PLACEMENTS.
    """
    fixed = {name: point for name, t in timings.items() if (point := t.fixed) is not None}
    instants: dict[int, set[int]] = defaultdict(set)
    points = [*points, *(p for name, p in fixed.items() if name in used)]
    for day, micro, _ in points:
        if micro != END_OF_DAY:
            instants[day].add(micro)
    loose = [name for name in shared if name not in fixed and not timings[name].just_before]
    tied = [name for name, timing in timings.items() if timing.just_before]
    linked = [name for name, timing in timings.items() if timing.after or timing.until]
    domains = [timings[name].domain for name in {*used, *loose}]
    ends = [d for domain in domains for part in domain for d in part if FIRST < d < LAST]
    marks = sorted({*days, *ends, *(day for day, _, _ in points)})
    options = [_days(timings[name].domain, marks, len(loose), room) for name in loose]
    spaced = _spaced(marks, len(loose), room)
    count = 0
    for chosen in product(*options):
        if not _no_gaps(chosen, spaced):
            continue  # the same order stands in the days before
        for placed in _within_days(dict(zip(loose, chosen, strict=True)), timings, instants):
            placed.update(fixed)
            count += 1
            if count > MAX_PLACEMENTS:
                raise TooManyError
            if _tie(tied, timings, placed) and _in_order(linked, timings, placed):
                yield placed


def _days(domain: Domain, marks: Sequence[int], shared: int, room: int) -> list[int]:
    """Days of a domain that realise every order among `shared` dates with `room` between them."""
    inside = [day for day in marks if in_domain(day, domain)]
    need = shared * (room + 1) + room
    first, last = (marks[0], marks[-1]) if marks else (0, 0)
    stretches = [(first - need, first - 1), (last + 1, last + need)]
    stretches += [(a + 1, b - 1) for a, b in pairwise(marks)]
    days = list(inside)
    for low, high in stretches:
        if low > high or not any(meet((low, high), part) for part in domain):
            continue
        if high - low + 1 >= need:
            days.extend(_every_so_often(low, shared, room))
        else:
            days.extend(range(low, high + 1))
    return sorted(set(days))


def _every_so_often(low: int, shared: int, room: int) -> list[int]:
    """Days for `shared` dates in a long stretch, with `room` days before, between and after."""
    return [low + room + n * (room + 1) for n in range(shared)]


def _spaced(marks: Sequence[int], shared: int, room: int) -> list[list[int]]:
    """The days of each long stretch, in which only the order of the dates matters."""
    need = shared * (room + 1) + room
    first, last = (marks[0], marks[-1]) if marks else (0, 0)
    lows = [first - need, last + 1]
    lows += [a + 1 for a, b in pairwise(marks) if b - a - 1 >= need]
    return [_every_so_often(low, shared, room) for low in lows]


def _no_gaps(days: Sequence[int], spaced: Sequence[Sequence[int]]) -> bool:
    """Whether the dates in each long stretch use its first days, with none left out between."""
    used = set(days)
    return all(
        not (later in used and earlier not in used)
        for stretch in spaced
        for earlier, later in pairwise(stretch)
    )


def _within_days(
    days: Mapping[str, int], timings: Mapping[str, Timing], instants: Mapping[int, Iterable[int]]
) -> Iterator[dict[str, Point]]:
    """Turn days into points: ends of days, and each order of events within a day."""
    placed = {name: end_of_day(day) for name, day in days.items() if timings[name].at_end}
    events: dict[int, list[str]] = defaultdict(list)
    for name, day in days.items():
        if not timings[name].at_end:
            events[day].append(name)
    per_day = [
        [(day, order) for order in orders(names, sorted(instants.get(day, ())))]
        for day, names in sorted(events.items())
    ]
    for combination in product(*per_day):
        out = dict(placed)
        for day, order in combination:
            out.update({name: (day, micro, rank) for name, (micro, rank) in order.items()})
        yield out


def orders(names: Sequence[str], instants: Sequence[int]) -> Iterator[dict[str, tuple[int, int]]]:
    """Each weak order of events among fixed instants of one day, as (instant before, rank).

    Ranks are STEP apart: one below an event is "just before" it, and private dates fit between.
    """
    steps: list[list[tuple[int | None, tuple[str, ...]]]] = [[(micro, ()) for micro in instants]]
    for name in names:
        steps = [grown for sequence in steps for grown in _insert(sequence, name)]
        if len(steps) > MAX_PLACEMENTS:
            raise TooManyError
    for sequence in steps:
        out: dict[str, tuple[int, int]] = {}
        base, rank = -1, 0
        for micro, together in sequence:
            base, rank = (base, rank + STEP) if micro is None else (micro, 0)
            out.update(dict.fromkeys(together, (base, rank)))
        yield out


def _insert(
    sequence: list[tuple[int | None, tuple[str, ...]]], name: str
) -> Iterator[list[tuple[int | None, tuple[str, ...]]]]:
    for n, (micro, together) in enumerate(sequence):
        yield [*sequence[:n], (None, (name,)), *sequence[n:]]
        yield [*sequence[:n], (micro, (*together, name)), *sequence[n + 1 :]]
    yield [*sequence, (None, (name,))]


def _tie(tied: Sequence[str], timings: Mapping[str, Timing], placed: dict[str, Point]) -> bool:
    """Place the claims that hold just before an event; False if their own days exclude it."""
    for name in tied:
        anchor = placed.get(timings[name].just_before)
        if anchor is None:
            continue
        if not in_domain(anchor[0], timings[name].domain):
            return False
        placed[name] = (anchor[0], anchor[1], anchor[2] - 1)
    return True


def _in_order(linked: Sequence[str], timings: Mapping[str, Timing], placed: Placement) -> bool:
    """Whether no placed date contradicts what it is said to come after, or before."""
    for name in linked:
        if name not in placed:
            continue
        point, timing = placed[name], timings[name]
        if any(link in placed and point < placed[link] for link in timing.after):
            return False
        if any(link in placed and point >= placed[link] for link in timing.until):
            return False
    return True
