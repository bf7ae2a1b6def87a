"""What leaves a verdict in doubt though no claim says so: entries that were left out for an error,
objections of groups without names, and objections of somebody whom the record does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from nemcon.entries import ALL, AnyEntry, Decision, Objection, Party, Position, Reserve, Tally
from nemcon.findings import Finding
from nemcon.rules.decide import one_objection_blocks
from nemcon.rules.objecting import silence_counts
from nemcon.rules.procedure import Procedure
from nemcon.saying import say, say_many
from nemcon.state import State, confirmed
from nemcon.worlds.answers import Answer, verdict_of
from nemcon.worlds.days import Range, day_range

_Objecting: TypeAlias = Position | Objection | Reserve


def doubted(
    found: Answer, state: State, matter: str, procedure: Procedure, event: str = ""
) -> Answer:
    """The answer, but *cannot tell* where an entry was left out that could say anything, and not
    *met* where somebody objects whom the claims do not name.

    An entry with an error is like one that cannot be read (SEMANTICS 15). Findings:
    `entries-left-out`, `objector-unknown`.
    """
    if number := sum(name in ("", matter) for name in state.left_out):
        return replace(
            found,
            verdict="cannot tell",
            findings=(*found.findings, _left_out(number)),
            unreadable=True,
        )
    beside = _beside(state, matter)
    if not beside or not found.may_be_met:
        return found
    blocks = one_objection_blocks(procedure) or silence_counts(procedure)
    until = day_range(state.on, state.zone)[1]
    if event:
        decided = [e for e in state.of_matter(matter) if isinstance(e, Decision)]
        until = min(until, max((_days(entry, state)[1] for entry in decided), default=until))
    in_doubt = []
    doubts: list[AnyEntry] = []
    for one in found.reckonings:
        here = [
            entry
            for entry in beside
            if _stands(entry, state, matter, one.candidate, until)
            and (blocks or not _is_unnamed(entry))
        ]
        doubts += [entry for entry in here if entry not in doubts]
        in_doubt.append(replace(one, can_fail=True) if here and one.can_meet else one)
    if not doubts:
        return found
    return replace(
        found,
        verdict=verdict_of(in_doubt, selection=any(one.candidate for one in in_doubt)),
        reckonings=tuple(in_doubt),
        findings=(*found.findings, _unknown(doubts)),
    )


def _left_out(number: int) -> Finding:
    message = say_many(
        "{n:,} entry is left out because of the error named here, and could say anything; the "
        "verdict is 'cannot tell' until that is put right",
        "{n:,} entries are left out because of the errors named here, and could say anything; the "
        "verdict is 'cannot tell' until they are put right",
        number,
        n=number,
    )
    return Finding("entries-left-out", "warning", message)


def _unknown(entries: Sequence[AnyEntry]) -> Finding:
    message = say(
        "somebody objects of whom no entry tells who it is: it may be a member, and so this is "
        "not taken as met; name the member"
    )
    return Finding("objector-unknown", "warning", message, tuple(entry.id for entry in entries))


def _beside(state: State, matter: str) -> tuple[_Objecting, ...]:
    """The objections of a matter that no claim of a member stands for."""
    return state.once(("objections beside", matter), lambda: tuple(_unclaimed(state, matter)))


def _unclaimed(state: State, matter: str) -> Iterator[_Objecting]:
    known = {*state.memberships, *(party.name for party in state.all(Party))}
    for entry in state.of_matter(matter):
        match entry:
            case Position() if confirmed(entry) and _objects(entry):
                if names_nobody(entry) or not known.issuperset({*entry.members} - {ALL}):
                    yield entry
            case Objection(admitted=False):
                continue
            case Objection() | Reserve() if confirmed(entry) and entry.member not in known:
                yield entry


def _stands(entry: _Objecting, state: State, matter: str, candidate: str, until: int) -> bool:
    """Whether such an objection still may stand by the end of a day, against this candidate."""
    if entry.candidate not in (candidate, ""):  # to nobody in particular is to everybody
        return False
    match entry:
        case Objection(end=end, ended=ended) if end or ended:
            return False
        case Reserve(lifted=lifted) if lifted:
            return False
    first, last = _days(entry, state)
    denied = (
        _days(other, state)[0]
        for other in state.of_matter(matter)
        if isinstance(other, Position | Tally)
        and other.candidate == candidate
        and confirmed(other)
        and _nobody_objects(other)
    )
    return first <= until and not any(last < day <= until for day in denied)


def _days(entry: AnyEntry, state: State) -> Range:
    """The days on which it may have been: none after it was known."""
    first, last = day_range(entry.happened, state.zone)
    known = state.known_day(entry)
    return first, min(last, known.toordinal()) if known else last


def objecting_groups(state: State, matter: str, candidate: str) -> tuple[str, ...]:
    """The groups without names that were said to object and still may by `on`: nothing said of all
    members since then says otherwise.
    """
    until = day_range(state.on, state.zone)[1]
    found = (
        entry.group
        for entry in _beside(state, matter)
        if isinstance(entry, Position)
        and names_nobody(entry)
        and _stands(entry, state, matter, candidate, until)
    )
    return tuple(dict.fromkeys(found))


def names_nobody(entry: Position) -> bool:
    """Whether it tells of an objection by a group, none of which is named."""
    return bool(entry.group) and not entry.members and _objects(entry)


def _is_unnamed(entry: AnyEntry) -> bool:
    return isinstance(entry, Position) and names_nobody(entry)


def _objects(entry: Position) -> bool:
    return entry.stance == "objection" and not entry.negated


def _nobody_objects(entry: AnyEntry) -> bool:
    """Whether it is said of all members, and leaves no place for an objection."""
    match entry:
        case Position(members=("all",), excepted=(), condition=""):
            return not entry.negated if entry.stance != "objection" else entry.negated
        case Tally(of=of) if of and entry.bound != "about":
            return any(c.number == of and c.stance != "objection" for c in entry.counts)
    return False
