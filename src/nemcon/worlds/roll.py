"""Who comes onto the roll and leaves it, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from nemcon.entries import Membership
from nemcon.state import State, confirmed
from nemcon.when import When
from nemcon.worlds.days import Timing, day_range
from nemcon.worlds.reports import timing_of

JOINING = frozenset({"accession", "resumption"})


@dataclass(frozen=True, slots=True)
class RollChange:
    """A party comes onto the roll or leaves it, at the event `timing`."""

    timing: str
    joins: bool


def roll_changes(state: State) -> Mapping[str, tuple[RollChange, ...]]:
    """For each party ever on the roll, its comings and goings in the order of their dates."""
    return state.once("roll changes", lambda: _roll_changes(state))


def _roll_changes(state: State) -> Mapping[str, tuple[RollChange, ...]]:
    of_member: dict[str, list[RollChange]] = defaultdict(list)
    for move in comings_and_goings(state):
        of_member[move.member].append(RollChange(move.name, move.joins))
    return {
        member: tuple(changes)
        for member, changes in of_member.items()
        if any(change.joins for change in changes)
    }


class Move(NamedTuple):
    """A party's coming or going: the event, who reports it, and when they say it was; `follows`
    names the one before, where only that comings and goings take turns tells so; `again`, if one of
    its kind was told of before.
    """

    member: str
    name: str
    joins: bool
    reports: Sequence[Membership]
    timing: Timing
    again: bool
    follows: str = ""


def comings_and_goings(state: State) -> Sequence[Move]:
    """All comings and goings, as their reports tell them; each party's in turn."""
    return state.once("comings and goings", lambda: tuple(_each_in_turn(state)))


def _each_in_turn(state: State) -> Iterator[Move]:
    for member, changes in state.memberships.items():
        yield from _in_turn(
            Move(member, name, joins, reports, timing_of(name, reports, {}, state), again)
            for name, joins, again, reports in _moves_of(member, changes, state)
        )


def _in_turn(moves: Iterable[Move]) -> Iterator[Move]:
    """The moves by their dates; of those that these leave open, a leaving follows on a joining and
    a joining on a leaving.
    """
    left = sorted(moves, key=lambda move: (move.timing.first, move.timing.last))
    before: Move | None = None
    while left:
        latest = min(move.timing.last for move in left)
        may = [move for move in left if move.timing.first <= latest]
        joins = before is None or not before.joins
        chosen = next((move for move in may if move.joins is joins), may[0])
        left.remove(chosen)
        if before and chosen.joins is joins and _takes_its_turn(before, chosen):
            chosen = chosen._replace(follows=before.name)
        yield chosen
        before = chosen


def _takes_its_turn(before: Move, then: Move) -> bool:
    """Whether dates and links of two opposite moves leave open which of them was first, and only
    that they take turns tells it. A second move of a kind may be but another report of the first:
    then it does so only where what lies between them cannot come after both.
    """
    linked = any(report.before == then.name for report in before.reports)
    open_order = before.timing.last >= then.timing.first
    return open_order and not linked and (not then.again or before.timing.last <= then.timing.last)


def come_before(changes: Sequence[RollChange], timings: Mapping[str, Timing], day: int) -> int:
    """How many of a party's changes, as they take turns, were all done before a day, so that the
    last of them tells whether it was on the roll then: one that may as well have come after a
    later one was not.
    """
    past = 0
    while past < len(changes) and timings[changes[past].timing].domain[-1][1] < day:
        past += 1
    for number in range(past):
        if _may_come_late(number, changes, timings):
            return number
    return past


def _may_come_late(
    number: int, changes: Sequence[RollChange], timings: Mapping[str, Timing]
) -> bool:
    """Whether a change may have come after one that is behind it in turn."""
    last = timings[changes[number].timing].domain[-1][1]
    linked = True
    for before, then in pairwise(changes[number:]):
        tied = before.timing in timings[then.timing].after
        linked = linked and (tied or then.timing in timings[before.timing].until)
        if not linked and timings[then.timing].domain[0][0] <= last:
            return True
    return False


def _moves_of(
    member: str, changes: Sequence[Membership], state: State
) -> Iterator[tuple[str, bool, bool, Sequence[Membership]]]:
    """A party's comings and goings as (event name, joins, again, reports), reports of one event
    merged.

    Who left had joined before, on a day that nothing tells.
    """
    told = [c for c in changes if confirmed(c) and c.change != "attributes"]
    moves = list(told)
    leaving = [move for move in told if move.change not in JOINING]
    first = min(leaving, key=lambda move: day_range(move.happened, state.zone), default=None)
    if first and not any(_may_come_before(move, first, state) for move in told):
        moves.append(_joined_before(first))
    by_change: dict[str, list[Membership]] = defaultdict(list)
    for move in moves:
        by_change[move.change].append(move)
    for change, reports in sorted(by_change.items()):
        joins = change in JOINING
        for number, group in enumerate(_separate(reports, told, state)):
            yield (
                f"membership/{member}/{change}" + (f"#{number + 1}" if number else ""),
                joins,
                number > 0,
                group,
            )


def _may_come_before(move: Membership, left: Membership, state: State) -> bool:
    """Whether it is a joining that may come before this leaving; a resumption may only where the
    dates say so, as one of that time would follow on a suspension.
    """
    (first, last), (begun, ended) = (day_range(m.happened, state.zone) for m in (left, move))
    return (
        ended < first if move.change == "resumption" else move.change in JOINING and begun <= last
    )


def _joined_before(left: Membership) -> Membership:
    """The accession that a withdrawal or suspension implies."""
    until = left.happened.latest if left.happened is not None else None
    when = When.between(None, until) if until is not None else None
    own = f"membership/{left.member}/{left.change}"
    return replace(left, change="accession", happened=when, after="", before=own, attributes={})


def _separate(
    reports: Sequence[Membership], moves: Sequence[Membership], state: State
) -> list[list[Membership]]:
    """Reports of one kind of change, apart where they are of different days and an opposite change
    may lie between them.
    """

    def first(entry: Membership) -> int:
        return day_range(entry.happened, state.zone)[0]

    def last(entry: Membership) -> int:
        return day_range(entry.happened, state.zone)[1]

    groups: list[list[Membership]] = []
    for report in sorted(reports, key=first):
        opposite = [
            m
            for m in moves
            if groups
            and _opposite(m, report)
            and last(groups[-1][0]) < first(report)
            and first(m) <= last(report)
            and first(groups[-1][0]) <= last(m)
        ]
        if groups and not opposite:
            groups[-1].append(report)
        else:
            groups.append([report])
    return groups


def _opposite(a: Membership, b: Membership) -> bool:
    return (a.change in JOINING) is not (b.change in JOINING)
