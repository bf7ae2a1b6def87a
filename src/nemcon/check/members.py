"""Members that act while they are none, and memberships that cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

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
from nemcon.state import confirmed
from nemcon.worlds.days import LAST

_ACTS = (Position, Reserve, Objection)


def no_members(checked: Checked) -> Iterator[Finding]:
    """Stances in a record in which nobody is a member."""
    counted = (*_ACTS, Tally, Decision)
    acts = checked.all(*counted)
    if acts and not checked.roll.stays:
        message = (
            "no entry says who is a member, so no rule can be met: add [[membership]] entries, or "
            "name a body whose pack comes with the program"
        )
        yield checked.finding("no-members", "error", message, acts)


def outside_membership(checked: Checked) -> Iterator[Finding]:
    """Positions, reserves and objections of parties that were certainly no member then."""
    if not checked.roll.stays:
        return
    parties = {party.name for party in checked.state.all(Party)} | checked.state.memberships.keys()
    never: dict[str, list[AnyEntry]] = defaultdict(list)
    for entry, member in _acts(checked):
        if member in checked.roll.stays:
            if not checked.roll.may_be_on(member, checked.days(entry)):
                yield _outside(checked, entry, member)
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
        facts.append(f"left on {days((before[-1].still + 1, before[-1].last))}")
    if later:
        again = " again" if before else ""
        facts.append(f"joined{again} on {days((later[0].first, later[0].sure - 1))}")
    message = (
        f"the {entry.kind} of {name} is dated {days((first, last))}, but {name} "
        f"{' and '.join(facts)}; check the date of the {entry.kind} and of the membership"
    )
    return checked.finding("outside-membership", "warning", message, [entry], "happened")


def _never(checked: Checked, member: str, entries: Sequence[AnyEntry]) -> Finding:
    one = f"a {entries[0].kind} of it counts"
    what = one if len(entries) == 1 else f"{len(entries)} entries of it count"
    message = (
        f"{checked.title(member)} was never a member, so {what} for nothing; add its accession, "
        "or record what it said as a [[remark]]"
    )
    return checked.finding("not-a-member", "error", message, entries)


def memberships_in_order(checked: Checked) -> Iterator[Finding]:
    """Withdrawals and suspensions with no accession before them."""
    for member, changes in checked.state.memberships.items():
        moves = [c for c in changes if confirmed(c) and c.change != "attributes"]
        joins = [c for c in moves if c.change in ("accession", "resumption")]
        leaves = [c for c in moves if c.change in ("withdrawal", "suspension")]
        first = min((checked.days(c)[0] for c in joins), default=LAST)
        early = [c for c in leaves if checked.days(c)[1] < first]
        if early:
            yield _early(checked, member, early, joins)


def _early(
    checked: Checked, member: str, early: Sequence[Membership], joins: Sequence[Membership]
) -> Finding:
    left = early[0]
    told = f"the {left.change} of {checked.title(member)} on {days(checked.days(left))}"
    if joins:
        joined = min(joins, key=lambda change: (checked.days(change), change.id))
        message = (
            f"{told} lies before its first {joined.change}, of {days(checked.days(joined))}; "
            "check both dates, or add the accession that came first"
        )
    else:
        message = f"{told} is recorded, but no accession; add it with its date"
    return checked.finding(
        "withdrawal-without-accession", "error", message, [*early, *joins], "happened"
    )
