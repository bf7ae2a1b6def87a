"""Who comes onto the roll and leaves it, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from nemcon.entries import Membership
from nemcon.state import State, confirmed
from nemcon.when import When
from nemcon.worlds.days import Range, Timing, day_range
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
    of_member: dict[str, list[tuple[Range, bool, RollChange]]] = defaultdict(list)
    for move in comings_and_goings(state):
        first = move.timing.domain[0]
        of_member[move.member].append((first, not move.joins, RollChange(move.name, move.joins)))
    return {
        member: tuple(change for _, _, change in sorted(events, key=lambda event: event[:2]))
        for member, events in of_member.items()
        if any(change.joins for _, _, change in events)
    }


class Move(NamedTuple):
    """A party's coming or going: the event, who reports it, and when they say it was."""

    member: str
    name: str
    joins: bool
    reports: Sequence[Membership]
    timing: Timing


def comings_and_goings(state: State) -> Sequence[Move]:
    """All comings and goings, as their reports tell them; each party's by kind, then in order."""
    return state.once(
        "comings and goings",
        lambda: tuple(
            Move(member, name, joins, reports, timing_of(name, reports, {}, state))
            for member, changes in state.memberships.items()
            for name, joins, reports in _moves_of(member, changes, state)
        ),
    )


def _moves_of(
    member: str, changes: Sequence[Membership], state: State
) -> Iterator[tuple[str, bool, Sequence[Membership]]]:
    """A party's comings and goings as (event name, joins, reports), reports of one event merged.

    Who left had joined before, on a day that nothing tells.
    """
    moves = [c for c in changes if confirmed(c) and c.change != "attributes"]
    if moves and not any(move.change in JOINING for move in moves):
        moves.append(_joined_before(min(moves, key=lambda m: day_range(m.happened, state.zone))))
    by_change: dict[str, list[Membership]] = defaultdict(list)
    for move in moves:
        by_change[move.change].append(move)
    for change, reports in sorted(by_change.items()):
        joins = change in JOINING
        for number, group in enumerate(_separate(reports, moves, state)):
            yield (
                f"membership/{member}/{change}" + (f"#{number + 1}" if number else ""),
                joins,
                group,
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
    """Reports of one kind of change, apart where an opposite change lies between them."""

    def first(entry: Membership) -> int:
        return day_range(entry.happened, state.zone)[0]

    groups: list[list[Membership]] = []
    for report in sorted(reports, key=first):
        opposite = [
            m
            for m in moves
            if groups
            and _opposite(m, report)
            and day_range(groups[-1][0].happened, state.zone)[1] <= first(m)
            and day_range(m.happened, state.zone)[1] <= first(report)
        ]
        if groups and not opposite:
            groups[-1].append(report)
        else:
            groups.append([report])
    return groups


def _opposite(a: Membership, b: Membership) -> bool:
    return (a.change in JOINING) is not (b.change in JOINING)
