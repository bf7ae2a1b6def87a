"""One member through time: which stances it can have at the instant asked about.

The member's claims are walked in order of time; a set of states stands for all worlds. Dates that
only this member has are left open and placed on the way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

from nemcon.worlds.days import (
    END_OF_DAY,
    STEP,
    Domain,
    Point,
    end_of_day,
    in_domain,
    representative_days,
)
from nemcon.worlds.placements import Work
from nemcon.worlds.stances import Said, Stance, bits_of, stances_after

STEPS_A_STATE = 12
Parts: TypeAlias = tuple[tuple[bool, int], ...]  # at each tally: on the roll, part taken


class Act(NamedTuple):
    """What one claim does to this member: its operation, the mask of stances, and its date; a
    change leaves a stance that is none of `leaves`.

    `point` is None for a date that only this member has; then it lies in `domain`, at the end of a
    day or within it, not before `after`, before `until`, and not before the act named `follows`.
    `roll` is for comings (True) and goings (False).
    """

    operation: str
    mask: int
    leaves: int
    point: Point | None
    domain: Domain = ()
    at_end: bool = True
    after: Point | None = None
    until: Point | None = None
    if_member: bool = False
    dated: bool = False
    roll: bool | None = None
    name: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A tally as this member meets it: the masks of its stances, whether it is exact, when."""

    masks: tuple[int, ...]
    exactly: bool
    point: Point
    acts: bool = True
    adds: bool = True


# What one claim does, whenever that is: operation, mask, what it leaves, if only of a member, if it
# dates a change, coming or going, and if what it follows comes later, so that it cannot be.
Deed: TypeAlias = tuple[str, int, int, bool, bool, bool | None, bool]


@dataclass(frozen=True)
class Course:
    """Everything about one member; members with equal courses are interchangeable.

    `initial` is the mask that the stance is free in before the first claim; `none`, where the
    record is complete, the stance before the first change; `on_roll`: if it begins as one;
    `roll_at`: the instant whose roll decides, if that is not the question's. `done` may stand for
    `acts` of which no date is open: what is done at each instant, in order. `ends` is for whoever
    asks one course at many instants.
    """

    acts: tuple[Act, ...]
    counted: tuple[Counted, ...]
    initial: int
    none: int = 0
    on_roll: bool = False
    roll_at: Point | None = None
    done: tuple[tuple[Point, tuple[Deed, ...]], ...] = ()
    ends: dict[Point, frozenset[Ending]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def deeds(self) -> Mapping[Point, tuple[Deed, ...]] | None:
        """What is done at each instant, in the order of time; None where a date is open, or where
        tallies count the member.
        """
        if self.counted or any(act.point is None for act in self.acts):
            return None
        if self.done:
            return dict(self.done)
        followed = {act.follows for act in self.acts if act.follows}
        named = [(act.point, act.name) for act in self.acts if act.point and act.name in followed]
        at = {name: point for point, name in sorted(named)}
        found: dict[Point, list[Deed]] = defaultdict(list)
        for act in self.acts:
            point = act.point
            assert point is not None
            early = act.follows in at and point < at[act.follows]
            said = (act.operation, act.mask, act.leaves, act.if_member, act.dated, act.roll, early)
            found[point].append(said)
        return {point: tuple(found[point]) for point in sorted(found)}

    @cached_property
    def instants(self) -> Sequence[Point] | None:
        """Its own instants in order; None where a date is open."""
        if any(act.point is None for act in self.acts):
            return None
        points = {act.point for act in self.acts if act.point}
        points.update(point for point, _ in self.done)
        points.update(tally.point for tally in self.counted)
        points |= {self.roll_at} if self.roll_at else set()
        return sorted(points)


class Ending(NamedTuple):
    """One possible outcome of a course: at each tally (on the roll, part taken), on the roll that
    decides, and the mask of possible stances at the question.
    """

    parts: Parts
    on_roll: bool
    mask: int


class _State(NamedTuple):
    fired: int
    on_roll: bool
    stance: Stance
    seated: bool  # on the roll that decides
    opening: str  # in a complete record, until the first claim: "none" or "free"


class _Station(NamedTuple):
    acts: tuple[Act, ...]
    private: tuple[int, ...]
    counted: tuple[Counted, ...]
    asked: bool
    seats: bool  # the instant whose roll decides
    still_to_come: frozenset[str]  # names of placed acts at later points that others follow


def endings(course: Course, question: Point, every: int, work: Work) -> frozenset[Ending]:
    """All outcomes over the worlds of one member; empty if its claims contradict each other.

    `every` is the mask of all stances. Raises `TooManyError` once `work` is used up.
    """
    if course.deeds is not None:
        return _of_deeds(course, course.deeds, question, every, work)
    acts, private = _settle(course, question)
    # What follows does not depend on the parts taken so far: they are carried along, as a set.
    states: dict[_State, set[Parts]] = {state: {()} for state in _beginnings(course)}
    roll_at = course.roll_at or question
    stations = list(_stations(acts, private, course.counted, question, roll_at))
    for station, due in zip(stations, _due(stations, len(private)), strict=True):
        found: dict[_State, set[Parts]] = defaultdict(set)
        plans: dict[tuple[int, bool], list[_Plan]] = {}
        for state, taken in states.items():
            key = (state.fired, state.on_roll)
            if key not in plans:
                plans[key] = list(_plans(state, station, private, every, course.initial, due))
            for plan in plans[key]:
                grown = {parts + plan.parts for parts in taken} if plan.parts else taken
                for after in _follow(state, plan, station):
                    found[after] |= grown
            work.spend((STEPS_A_STATE + len(taken)) * len(plans[key]))
        states = found
    return _ended(states.items(), _places(course.counted))


def _beginnings(course: Course) -> Iterator[_State]:
    opening = "free" if course.none else ""
    first = _State(0, course.on_roll, Stance(0), False, opening)
    yield from (first._replace(stance=Stance(bit)) for bit in bits_of(course.initial))
    if course.none:
        yield first._replace(stance=Stance(course.none), opening="none")


def _ended(
    states: Iterable[tuple[_State, Iterable[Parts]]], place: Sequence[int]
) -> frozenset[Ending]:
    """How the member ends in these states, with the parts taken in each."""
    masks: dict[tuple[Parts, bool], int] = defaultdict(int)
    for state, taken in states:
        if state.opening != "free" and not state.stance.moved:
            assert state.stance.answer is not None
            for parts in taken:
                masks[tuple(parts[n] for n in place), state.seated] |= state.stance.answer
    return frozenset(Ending(*end, mask) for end, mask in masks.items() if mask)


# A course of which no date is open and that no tally counts: most are, and all go the same ways


def _of_deeds(
    course: Course,
    deeds: Mapping[Point, tuple[Deed, ...]],
    question: Point,
    every: int,
    work: Work,
) -> frozenset[Ending]:
    """The endings of such a course, with what was worked out for others."""
    roll_at = course.roll_at or question
    more = {question, roll_at}.difference(deeds)
    points = sorted((*deeds, *more)) if more else deeds
    work.spend(STEPS_A_STATE * len(points))
    states = frozenset(_beginnings(course))
    for point in points:
        done = deeds.get(point, ())
        states = _after(states, done, point == question, point == roll_at, every, course.initial)
    return _ends(states)


@lru_cache(maxsize=16_384)
def _after(
    states: frozenset[_State],
    deeds: tuple[Deed, ...],
    asked: bool,
    seats: bool,
    every: int,
    free: int,
) -> frozenset[_State]:
    """The states after an instant at which this was done."""
    found: set[_State] = set()
    station = _Station(tuple(map(_undated, deeds)), (), (), asked, seats, frozenset({_LATER}))
    for state in states:
        for plan in _plans(state, station, (), every, free, 0):
            found.update(_follow(state, plan, station))
    return frozenset(found)


_LATER = "what comes later"


def _undated(deed: Deed) -> Act:
    operation, mask, leaves, if_member, dated, roll, early = deed
    said = Act(operation, mask, leaves, None, if_member=if_member, dated=dated, roll=roll)
    return said._replace(follows=_LATER) if early else said


@lru_cache(maxsize=4096)
def _ends(states: frozenset[_State]) -> frozenset[Ending]:
    return _ended(((state, ((),)) for state in states), ())


def in_order(course: Course, question: Point) -> tuple[Course, Point]:
    """The course and the question with each instant moved to its place in the order of time.

    Where no date of the course is open only that order matters: courses that have it in common end
    alike, whatever else lies between their dates. Other courses are as they were.
    """
    acts, private = _settle(course, question)
    if private:
        return course, question
    roll_at = course.roll_at or question
    points = {question, roll_at, *(tally.point for tally in course.counted)}
    points.update(act.point for act in acts if act.point)
    place = {point: (n, 0, 0) for n, point in enumerate(sorted(points))}
    return (
        Course(
            tuple([_at(act, place) for act in acts]),
            tuple([replace(tally, point=place[tally.point]) for tally in course.counted]),
            *(course.initial, course.none, course.on_roll, place[roll_at]),
        ),
        place[question],
    )


def in_gap(course: Course, question: Point) -> Point:
    """The question moved as near as can be to the last instant of the course before it: where no
    date of the course is open, it is asked the same up to the next.
    """
    points = course.instants
    if not points:
        return question
    behind = bisect_right(points, question)
    if behind and points[behind - 1] == question:
        return question
    day, micro, rank = points[max(behind - 1, 0)]
    return day, micro, rank + (1 if behind else -1)


def _at(act: Act, place: Mapping[Point, Point]) -> Act:
    """The act at the place of its point."""
    assert act.point is not None
    said = (act.operation, act.mask, act.leaves, place[act.point], (), True, None, None)
    return Act(*said, act.if_member, act.dated, act.roll, act.name, act.follows)


def _due(stations: Sequence[_Station], private: int) -> list[int]:
    """For each station the private dates, as bits, that must have fallen with it."""
    if not private:
        return [0] * len(stations)
    due: list[int] = []
    later = 0
    for station in reversed(stations):
        due.append((1 << private) - 1 & ~later)
        later |= sum(1 << n for n in station.private)
    return due[::-1]


def _places(counted: Sequence[Counted]) -> list[int]:
    """For each tally its place in the order of time, in which the states list their parts."""
    ordered = sorted(range(len(counted)), key=lambda n: counted[n].point)
    return [ordered.index(n) for n in range(len(counted))]


def _settle(course: Course, question: Point) -> tuple[list[Act], list[Act]]:
    """Split acts in those with a point and those still to place; place what no order depends on."""
    placed = [act for act in course.acts if act.point is not None]
    private = [act for act in course.acts if act.point is None]
    days = {question[0], *(c.point[0] for c in course.counted)}
    days |= {course.roll_at[0]} if course.roll_at else set()
    days |= {act.point[0] for act in placed if act.point}
    changed = True
    while changed:
        changed = False
        for n, act in enumerate(private):
            if act.after is None and act.until is None and _alone(act.domain, days, private, n):
                day = act.domain[0][0] if act.domain[0][0] > -(10**7) else act.domain[0][1]
                point = end_of_day(day) if act.at_end else (day, 0, 0)
                placed.append(act._replace(point=point))
                days.add(day)
                del private[n]
                changed = True
                break
    return placed, private


def _alone(domain: Domain, days: set[int], private: Sequence[Act], own: int) -> bool:
    """Whether nothing else of this member can fall on the days of a (single) range."""
    if len(domain) != 1:
        return False
    low, high = domain[0]
    if any(low <= day <= high for day in days):
        return False
    return not any(
        part[0] <= high and low <= part[1]
        for n, act in enumerate(private)
        if n != own
        for part in act.domain
    )


def _stations(
    acts: Sequence[Act],
    private: Sequence[Act],
    counted: Sequence[Counted],
    question: Point,
    roll_at: Point,
) -> Iterator[_Station]:
    """The instants at which something can happen to the member, in order."""
    at: dict[Point, list[Act]] = defaultdict(list)
    for act in acts:
        assert act.point is not None
        at[act.point].append(act)
    tallies: dict[Point, list[Counted]] = defaultdict(list)
    for tally in counted:
        tallies[tally.point].append(tally)
    known = sorted({*at, *tallies, question, roll_at})
    points = known if not private else _with_gaps(known, private)
    followed = {act.follows for act in (*acts, *private) if act.follows}
    awaited = [act for act in acts if act.name in followed]
    for point in points:
        may = tuple([n for n, act in enumerate(private) if _fits(act, point)])
        here, sums = tuple(at.get(point, ())), tuple(tallies.get(point, ()))
        if may or here or sums or point in (question, roll_at):
            later = frozenset([act.name for act in awaited if act.point and act.point > point])
            yield _Station(here, may, sums, point == question, point == roll_at, later)


def _fits(act: Act, point: Point) -> bool:
    if (point[1] == END_OF_DAY) is not act.at_end or not in_domain(point[0], act.domain):
        return False
    if not act.at_end and point[2] % STEP == STEP - 1:
        return False  # just before an event nothing happens
    if act.until is not None and point >= act.until:
        return False
    return act.after is None or point >= act.after


def _with_gaps(known: Sequence[Point], private: Sequence[Act]) -> list[Point]:
    """The known points, with room for the member's own dates on the days around and between."""
    days = representative_days(
        {point[0] for point in known} | {p[0] for a in private for p in (a.after, a.until) if p},
        [act.domain for act in private],
        len(private),
    )
    events = sum(not act.at_end for act in private)
    points = {*known, *map(end_of_day, days)}
    anchors = {point for act in private for point in (act.after, act.until) if point}
    for day in days:
        inside = [p for p in {*known, *anchors} if p[0] == day and p[1] != END_OF_DAY]
        for _, micro, rank in [(day, -1, 0), *inside]:
            # The rank just before an event is one less than its own: the gap is behind the event.
            behind = rank + rank % STEP // (STEP - 1)
            points.update((day, micro, behind + n) for n in range(1, events + 1))
    return sorted(points)


class _Plan(NamedTuple):
    """One way for a station to go: what has fallen by then, whether the member is on the roll, the
    claims that speak, the member's part in each tally, and all that this says of the stance.
    """

    fired: int
    on_roll: bool
    claims: tuple[Act, ...]
    parts: Parts
    said: Said


def _plans(
    state: _State, station: _Station, private: Sequence[Act], every: int, free: int, due: int
) -> Iterator[_Plan]:
    """The ways for a station to go: any private dates may fall here, and any part be taken; those
    that are `due` must have fallen then.
    """
    waiting = [n for n in station.private if not state.fired >> n & 1]
    for chosen in range(1 << len(waiting)):
        falling = [n for k, n in enumerate(waiting) if chosen >> k & 1]
        fired = state.fired | sum([1 << n for n in falling])
        if due & ~fired:
            continue
        acts = (*station.acts, *[private[n] for n in falling])
        followed = {act.follows for act in acts if act.follows}
        if followed:
            missing = {act.name for n, act in enumerate(private) if not fired >> n & 1}
            if followed & (missing | station.still_to_come):
                continue
        moves = {act.roll for act in acts if act.roll is not None}
        # Who comes and goes at once is gone again, and who goes and comes is back.
        roll = moves.pop() if len(moves) == 1 else state.on_roll
        claims = tuple([a for a in acts if a.roll is None and (roll or not a.if_member)])
        for parts in _parts(station.counted, roll):
            said = _said(claims, station.counted, parts, every, free)
            yield _Plan(fired, roll, claims, parts, said)


def _parts(counted: Sequence[Counted], on_roll: bool) -> list[Parts]:
    """The parts that a member can take in the tallies of one instant; -1: none of their stances."""
    choices: list[Parts] = [()]
    for tally in counted:
        most = len(tally.masks) if on_roll and tally.acts else 0
        choices = [(*before, (on_roll, n)) for before in choices for n in range(-1, most)]
    return choices


def _follow(state: _State, plan: _Plan, station: _Station) -> Iterator[_State]:
    """The states after a station that goes by this plan."""
    if not _opens(state, plan.claims):
        return
    opening = "" if plan.claims else state.opening
    seated = plan.on_roll if station.seats else state.seated
    for stance in stances_after(plan.said, state.stance, station.asked):
        yield _State(plan.fired, plan.on_roll, stance, seated, opening)


def _opens(state: _State, claims: Sequence[Act]) -> bool:
    """Whether these can be the first claims of a member that, in a complete record, was *none*
    (before a change) or free (before a claim that only says what the stance was).
    """
    if not state.opening or not claims:
        return True
    dated = [act.dated for act in claims]
    return any(dated) if state.opening == "none" else not all(dated)


def _said(
    claims: Sequence[Act],
    counted: Sequence[Counted],
    parts: Sequence[tuple[bool, int]],
    every: int,
    free: int,
) -> Said:
    """Gather the claims and the member's parts in the tallies of one instant."""
    says, leaves, ended, found = every, 0, 0, every
    speaks = opens = False
    for act in claims:
        if act.operation == "open":
            opens = True
        else:
            says, speaks = says & act.mask, True
        if act.operation == "changes":
            leaves |= act.leaves
    for tally, (member, part) in zip(counted, parts, strict=True):
        if not (member and tally.acts):
            continue
        if part >= 0 and tally.adds:
            says, speaks = says & tally.masks[part], True
        elif part >= 0:
            found &= tally.masks[part]
        elif tally.exactly and tally.adds:
            ended |= _union(tally.masks)
        elif tally.exactly:
            found &= ~_union(tally.masks)
    return Said(says, speaks, leaves, ended, found, opens, free, every)


def _union(masks: Sequence[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
