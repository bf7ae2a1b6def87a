"""Matters that are said to be complete, and lack an act all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from nemcon.check.checked import Checked
from nemcon.check.words import listed
from nemcon.entries import ALL, AnyEntry, Matter, Objection, Position, Reserve
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.worlds.days import FIRST, LAST, Range


class _Said(NamedTuple):
    days: Range
    act: bool
    entry: AnyEntry


def acts_recorded(checked: Checked) -> Iterator[Finding]:
    """Members whose first claim in a complete matter only says what they held by then."""
    for name, stated in sorted(checked.state.matters.items()):
        periods = _complete(checked, stated)
        if not periods:
            continue
        lacking: dict[str, AnyEntry] = {}
        for member, said in _claims(checked, name).items():
            first = min(said, key=lambda one: (one.days, one.act, one.entry.id))
            moved = any(one.act and one.days[0] <= first.days[1] for one in said)
            inside = any(low <= first.days[0] and first.days[1] <= high for low, high in periods)
            if inside and not moved:
                lacking[member] = first.entry
        if lacking:
            yield _lacking(checked, name, lacking)


def _complete(checked: Checked, stated: Sequence[Matter]) -> list[Range]:
    """The periods for which the record of positions is said to be complete."""
    if checked.conventions.record == "reported":
        return []
    if checked.conventions.record == "complete":
        return [(FIRST, LAST)]
    parts = (part for matter in stated for part in matter.completeness if part.what == "position")
    return [(checked.day_range(p.start)[0], checked.day_range(p.end)[1]) for p in parts]


def _claims(checked: Checked, matter: str) -> Mapping[str, list[_Said]]:
    """What each member is said to hold or to do, as far as it counts."""
    claims: dict[str, list[_Said]] = defaultdict(list)
    for entry in checked.by_matter.get(matter, ()):
        if entry.modality == "planned":
            continue
        if isinstance(entry, Position):
            one = _Said(checked.days(entry), entry.claim == "changes", entry)
            for member in _members(checked, entry):
                claims[member].append(one)
        elif isinstance(entry, Reserve | Objection):
            claims[entry.member].append(_Said(checked.days(entry), True, entry))
    return claims


def _members(checked: Checked, entry: Position) -> Sequence[str]:
    if ALL not in entry.members:
        return entry.members
    when = checked.days(entry)
    every = (m for m in checked.roll.stays if checked.roll.may_be_on(m, when))
    return [member for member in every if member not in entry.excepted]


def _lacking(checked: Checked, matter: str, lacking: Mapping[str, AnyEntry]) -> Finding:
    names = listed(checked.title(member) for member in sorted(lacking))
    entries = {entry.id: entry for entry in lacking.values()}
    title = checked.title(matter)
    message = say(
        "the record of {title} is said to be complete, but the first that it says of "
        "{names} is a stance already held; record when it was taken (claim = "
        '"changes")',
        title=title,
        names=names,
    )
    return checked.finding("act-missing", "note", message, list(entries.values()))
