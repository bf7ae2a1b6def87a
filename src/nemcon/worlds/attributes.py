"""What is told of the attributes of parties (weight, class, ...), from when on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from nemcon.entries import Attribute, Membership
from nemcon.state import State, confirmed
from nemcon.worlds.days import END_OF_DAY, Point, day_range, end_of_day, instant, question_point
from nemcon.worlds.roll import JOINING


class Told(NamedTuple):
    """What one entry says of a party's attributes, from some point between two."""

    first: Point
    last: Point
    joins: bool
    attributes: Mapping[str, Attribute]


def attributes_at(state: State, day: int | None = None) -> dict[str, Mapping[str, Attribute]]:
    """Each member's attributes as of a day (`on` unless given); later entries override earlier.

    What a change of doubtful date says is left out where it differs from what went before: a rule
    that needs it then says so. The attributes of an accession hold from it on, whenever it was.
    """
    point = question_point(state.on, state.zone) if day is None else end_of_day(day)
    return attributes_between(told_of_attributes(state), point, point)


def attributes_between(
    told: Mapping[str, Sequence[Told]], first: Point, last: Point
) -> dict[str, Mapping[str, Attribute]]:
    """Each member's attributes at an instant that is one of those from `first` to `last`, without
    those of which it is doubtful that they held then.
    """
    out: dict[str, Mapping[str, Attribute]] = {}
    for member, changes in told.items():
        merged: dict[str, Attribute] = {}
        for change in changes:
            if change.last <= first or (change.joins and change.first <= last):
                merged.update(change.attributes)
            elif change.first <= last:
                doubtful = change.attributes.items()
                merged = {
                    k: v
                    for k, v in merged.items()
                    if (k, v) in doubtful or k not in change.attributes
                }
        out[member] = merged
    return out


def told_of_attributes(state: State) -> dict[str, tuple[Told, ...]]:
    """What is told of each party's attributes, in the order of the latest dates; but a party's
    accession comes before every change that it can come before.
    """
    return {
        member: _in_turn([_told(c, state) for c in sorted(changes, key=attrgetter("id"))])
        for member, changes in state.memberships.items()
    }


def _told(change: Membership, state: State) -> Told:
    first, last = day_range(change.happened, state.zone)
    moment = instant(change.happened, state.zone)
    joins = change.change in JOINING or change.happened is None
    attributes = change.attributes if confirmed(change) else {}
    begins, ends = (first, -1, 0), (last, END_OF_DAY, -1)
    return Told(moment or begins, moment or ends, joins, attributes)


def _in_turn(told: Iterable[Told]) -> tuple[Told, ...]:
    ordered: list[Told] = []
    for one in sorted(told, key=lambda one: one.last):
        place = len(ordered)
        while one.joins and place and one.first <= ordered[place - 1].last:
            place -= 1
        ordered.insert(place, one)
    return tuple(ordered)
