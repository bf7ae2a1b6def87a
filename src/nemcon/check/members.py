"""Members that act while they are none, and memberships that cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import TypeAlias

from nemcon.check.checked import Checked
from nemcon.check.words import days
from nemcon.entries import (
    ALL,
    AnyEntry,
    Decision,
    Membership,
    Objection,
    Party,
    Position,
    Reserve,
    Tally,
)
from nemcon.findings import Finding
from nemcon.saying import listed, say, say_many
from nemcon.state import confirmed
from nemcon.worlds.days import FIRST, LAST, Range, instant

_ACTS = (Position, Reserve, Objection)
_LEAVING = ("withdrawal", "suspension")


def no_members(checked: Checked) -> Iterator[Finding]:
    """Stances in a record in which nobody is a member."""
    counted = (*_ACTS, Tally, Decision)
    acts = checked.all(*counted)
    if acts and not checked.roll.stays:
        message = say(
            "no entry says who is a member, so no rule can be met: add [[membership]] "
            "entries, or name a body whose pack comes with the program"
        )
        yield checked.finding("no-members", "error", message, acts)


def nobody_on_the_day(checked: Checked) -> Iterator[Finding]:
    """A date on which nobody is a member, of a body that has members at other times."""
    today = checked.on, checked.on
    if not checked.roll.stays or checked.roll.sizes(today)[1]:
        return
    first = min(stay.first for stays in checked.roll.stays.values() for stay in stays)
    message = (
        say("nobody was a member on {on}, so no rule can be met then", on=checked.state.on)
        if first <= checked.on or first <= FIRST
        else say(
            "nobody was a member on {on}, so no rule can be met then; the first that joined did "
            "so on {day}",
            on=checked.state.on,
            day=days((first, first)),
        )
    )
    yield checked.finding("no-members", "warning", message, [])


def outside_membership(checked: Checked) -> Iterator[Finding]:
    """Positions, reserves and objections of parties that were certainly no member then."""
    if not checked.roll.stays:
        return
    parties = {party.name for party in checked.state.all(Party)} | checked.state.memberships.keys()
    never: dict[str, list[AnyEntry]] = defaultdict(list)
    moves = cache(partial(_moves, checked))
    for entry, member in _acts(checked):
        if checked.roll.is_on(member, checked.days(entry)):
            continue  # as nearly always
        if member in checked.roll.stays:
            if not checked.roll.may_be_on(member, checked.days(entry)):
                yield _outside(checked, entry, member)
            elif hours := _hours_outside(checked, entry, moves(member)):
                yield _outside_by_hours(checked, entry, member, hours)
        elif member in parties:
            never[member].append(entry)
    for member, entries in never.items():
        yield _never(checked, member, entries)


def _acts(checked: Checked) -> Iterator[tuple[AnyEntry, str]]:
    """What members themselves are said to hold; an intent may well come before the membership."""
    for entry in checked.all(*_ACTS):
        if confirmed(entry) or entry.modality == "denied":
            yield from ((entry, member) for member in _members(entry) if member != ALL)


def _members(entry: AnyEntry) -> tuple[str, ...]:
    match entry:
        case Position():
            return entry.members
        case Reserve() | Objection():
            return (entry.member,)
    return ()


def _outside(checked: Checked, entry: AnyEntry, member: str) -> Finding:
    first, last = checked.days(entry)
    name = checked.title(member)
    stays = checked.roll.stays[member]
    later = [stay for stay in stays if stay.first > last]
    before = [stay for stay in stays if stay.last < first]
    facts = []
    if before:
        facts.append(say("left on {day}", day=days((before[-1].still + 1, before[-1].last))))
    if later:
        day = days((later[0].first, later[0].sure - 1))
        facts.append(
            say("joined again on {day}", day=day) if before else say("joined on {day}", day=day)
        )
    message = say(
        "the {kind} of {name} is dated {day}, but {name} {facts}; check the date of "
        "the {kind} and of the membership",
        kind=say(entry.kind),
        name=name,
        day=days((first, last)),
        facts=listed(facts),
    )
    moves = checked.state.memberships[member]
    return checked.finding("outside-membership", "warning", message, [entry], "happened", moves)


_Move: TypeAlias = tuple[Range, Membership]


def _moves(checked: Checked, member: str) -> list[_Move]:
    """A party's comings and goings, with the moments between which each was."""
    return [
        (checked.moments(change.happened), change)
        for change in checked.state.memberships[member]
        if confirmed(change) and change.change != "attributes"
    ]


def _hours_outside(checked: Checked, entry: AnyEntry, moves: Sequence[_Move]) -> Membership | None:
    """What made the member none at the instant of an act, on a day of which it was one in part."""
    if instant(entry.happened, checked.zone) is None:
        return None
    moment = checked.moments(entry.happened)[0]
    if any(low < high and low <= moment <= high for (low, high), _ in moves):
        return None  # it may have come or gone just then
    before = max((move for move in moves if move[0][0] <= moment), default=None, key=_when)
    after = min((move for move in moves if move[0][0] > moment), default=None, key=_when)
    if before is not None:
        return before[1] if before[1].change in _LEAVING else None
    return after[1] if after is not None and after[1].change not in _LEAVING else None


def _when(move: _Move) -> tuple[Range, str]:
    return move[0], move[1].id


def _outside_by_hours(
    checked: Checked, entry: AnyEntry, member: str, change: Membership
) -> Finding:
    left = change.change in _LEAVING
    message = say(
        "the {kind} of {name} is dated {when}, but {name} {left_or_joined}; check the time of "
        "the {kind} and of the membership",
        kind=say(entry.kind),
        name=checked.title(member),
        when=entry.happened,
        left_or_joined=say("left on {day}", day=change.happened)
        if left
        else say("joined on {day}", day=change.happened),
    )
    return checked.finding("outside-membership", "warning", message, [entry], "happened")


def _never(checked: Checked, member: str, entries: Sequence[AnyEntry]) -> Finding:
    planned = [c for c in checked.state.memberships.get(member, ()) if c.modality == "planned"]
    if planned:
        message = say(
            "{member} is no member yet, so what it says counts for nothing: its accession is only "
            "planned; add the accession when it has come",
            member=checked.title(member),
        )
        return checked.finding("not-a-member", "error", message, [*entries, *planned])
    message = say_many(
        "{member} was never a member, so a {kind} of it counts for nothing; add its accession, or "
        "record what it said as a [[remark]]",
        "{member} was never a member, so {n} entries of it count for nothing; add its accession, "
        "or record what it said as a [[remark]]",
        len(entries),
        member=checked.title(member),
        kind=say(entries[0].kind),
        n=len(entries),
    )
    return checked.finding("not-a-member", "error", message, entries)


def memberships_in_order(checked: Checked) -> Iterator[Finding]:
    """Withdrawals and suspensions with no accession before them."""
    for member, changes in checked.state.memberships.items():
        moves = [c for c in changes if confirmed(c) and c.change != "attributes"]
        joins = [c for c in moves if c.change in ("accession", "resumption")]
        leaves = [c for c in moves if c.change in _LEAVING]
        first = min((checked.days(c)[0] for c in joins), default=LAST)
        early = [c for c in leaves if checked.days(c)[1] < first]
        if early:
            yield _early(checked, member, early, joins)


def _early(
    checked: Checked, member: str, early: Sequence[Membership], joins: Sequence[Membership]
) -> Finding:
    left = early[0]
    told = say(
        "the {change} of {member} on {day}",
        change=say(left.change),
        member=checked.title(member),
        day=days(checked.days(left)),
    )
    if joins:
        joined = min(joins, key=lambda change: (checked.days(change), change.id))
        message = say(
            "{told} lies before its first {change}, of {joined}; check both dates, or "
            "add the accession that came first",
            told=told,
            change=say(joined.change),
            joined=days(checked.days(joined)),
        )
    else:
        message = say("{told} is recorded, but no accession; add it with its date", told=told)
    return checked.finding(
        "withdrawal-without-accession", "error", message, [*early, *joins], "happened"
    )
