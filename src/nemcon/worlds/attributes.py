"""What is told of the attributes of parties (weight, class, ...), from when on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from nemcon.entries import Attribute, Membership
from nemcon.state import State, confirmed
from nemcon.worlds.days import END_OF_DAY, Point, day_range, end_of_day, instant, question_point
from nemcon.worlds.roll import JOINING, comings_and_goings


class Told(NamedTuple):
    """What one entry says of a party's attributes, from some point between two.

    `joins` where they come with an accession or a resumption; reports of one such event have the
    same number in `coming`, from 1 for each party; others have 0.
    """

    first: Point
    last: Point
    joins: bool
    coming: int
    attributes: Mapping[str, Attribute]


def attributes_at(state: State, day: int | None = None) -> dict[str, Mapping[str, Attribute]]:
    """Each member's attributes as of a day (`on` unless given), where only one value is possible.

    A later change overrides an earlier. Which of two is the later may be open, and reports of one
    event may contradict each other: such an attribute is left out, and a rule that needs it then
    says so. The attributes of an accession hold from it on, whenever it was.
    """
    point = question_point(state.on, state.zone) if day is None else end_of_day(day)
    return attributes_between(told_of_attributes(state), point, point)


def attributes_between(
    told: Mapping[str, Sequence[Told]], first: Point, last: Point
) -> dict[str, Mapping[str, Attribute]]:
    """Each member's attributes at an instant that is one of those from `first` to `last`, without
    those of which it is doubtful that they held then.
    """
    return {member: _certain(changes, first, last) for member, changes in told.items()}


def _certain(changes: Sequence[Told], first: Point, last: Point) -> Mapping[str, Attribute]:
    if len(changes) == 1:
        return changes[0].attributes if _begun(changes[0], first, last) else {}
    out: dict[str, Attribute] = {}
    for name in dict.fromkeys(name for change in changes for name in change.attributes):
        found = possible_values(changes, name, first, last)
        if len(found) == 1 and (value := found.pop()) is not None:
            out[name] = value
    return out


def possible_values(
    changes: Iterable[Told], name: str, first: Point, last: Point
) -> set[Attribute | None]:
    """Every value that an attribute of a member may have at an instant that is one of those from
    `first` to `last`; None where it may have none.
    """
    of = [change for change in changes if name in change.attributes]
    found: set[Attribute | None] = {
        change.attributes[name] for change in of if _may_stand(change, of, first, last)
    }
    if not any(_begun(change, first, last) for change in of):
        found.add(None)
    return found


def _begun(change: Told, first: Point, last: Point) -> bool:
    """Whether it holds by then; what comes with an accession does for every member."""
    return change.last <= first or (change.joins and change.first <= last)


def _may_stand(change: Told, changes: Iterable[Told], first: Point, last: Point) -> bool:
    """Whether a change may be the latest at one of the instants: best at the first one at which
    it may have come, and if it came as late as it can.
    """
    if change.first > last:
        return False
    asked = max(first, change.first)
    came = min(change.last, asked)
    after = [one for one in changes if one.last <= asked and _comes_after(one, change, came)]
    return all(one.joins and _otherwise_told(one, changes, after) for one in after)


def _otherwise_told(joining: Told, changes: Iterable[Told], after: Iterable[Told]) -> bool:
    """Whether another report of a joining leaves open whether it came after."""
    reports = (one for one in changes if one.joins and one.coming == joining.coming)
    return any(one not in after for one in reports)


def _comes_after(other: Told, change: Told, came: Point) -> bool:
    """Whether another change must follow on one that came at this point. A party joins before every
    change that it can join before; reports of one joining do not override each other.
    """
    if change.joins and not other.joins:
        return change.first <= other.last
    if other.joins and not change.joins and other.first <= change.last:
        return False
    if change.joins and change.coming == other.coming:
        return False
    return other.first > came


def told_of_attributes(state: State) -> dict[str, tuple[Told, ...]]:
    """What is told of each party's attributes, in the order of the latest dates."""
    number: Counter[str] = Counter()
    coming: dict[str, int] = {}
    for move in comings_and_goings(state):
        number[move.member] += 1
        coming |= {report.id: number[move.member] for report in move.reports}
    return {
        member: tuple(
            sorted(
                (_told(c, coming, state) for c in sorted(changes, key=attrgetter("id"))),
                key=attrgetter("last"),
            )
        )
        for member, changes in state.memberships.items()
    }


def _told(change: Membership, coming: Mapping[str, int], state: State) -> Told:
    first, last = day_range(change.happened, state.zone)
    moment = instant(change.happened, state.zone)
    joins = change.change in JOINING or change.happened is None
    attributes = change.attributes if confirmed(change) else {}
    begins, ends = (first, -1, 0), (last, END_OF_DAY, -1)
    return Told(moment or begins, moment or ends, joins, coming.get(change.id, 0), attributes)
