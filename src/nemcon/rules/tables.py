"""The table of one ballot among several: votes by candidate, which may be known only in part.

Every number is a range of whole numbers; `MANY` stands for no limit. What is not told is bounded
by what is: votes for candidates <= valid ballots <= voters <= those eligible <= members.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

from nemcon.rules.names import listed, nearest, shown
from nemcon.rules.phases import BASES, Phase
from nemcon.saying import joined, say

Span: TypeAlias = tuple[int, int]
MANY = 10**15
"""More votes than any body has."""

UNKNOWN: Span = (0, MANY)
ABOUT = ("source", "note", "date", "points", "cite")
SETTLING = ("tiebreak", "lot", "casting_vote", "agreement")
NUMBERS = (*BASES, "abstain", "invalid", "outstanding")
ALSO = {"present": "voters", "abstentions": "abstain", "blank": "invalid", "spoilt": "invalid"}
KEYS = (*NUMBERS, *ALSO, *SETTLING, "declared", "first", *ABOUT)


class TableError(ValueError):
    """The table of a ballot cannot be read, or not be true; the message says why."""


@dataclass(frozen=True)
class Table:
    """One ballot. `votes` is None where nothing is known of them.

    `told` holds the numbers beside the votes; `first` what is known of first preferences;
    `settled` names what settles a tie; `run_off` the votes of a ballot among the tied (None: none
    is given); `is_run_off` marks a table that is itself such a ballot.
    """

    votes: Mapping[str, Span] | None
    told: Mapping[str, int] = field(default_factory=dict)
    first: Mapping[str, Span] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
    run_off: Mapping[str, Span] | None = None
    is_run_off: bool = False
    declared: str = ""

    def names(self) -> tuple[str, ...]:
        """Who is named in the table."""
        return tuple(self.votes or ())

    @property
    def cast(self) -> Span:
        """All votes for candidates."""
        if self.votes is None:
            return UNKNOWN
        spans = self.votes.values()
        return sum(low for low, _ in spans), min(MANY, sum(high for _, high in spans))

    def base(self, name: str, each: int = 1, top: int = 1) -> Span:
        """The range of a base, from what is told of it and of the others.

        `each`: how many votes (or points) one ballot may hold; `top`: how many for one candidate.
        """
        if name in self.told:
            return self.told[name], self.told[name]
        low, high = self.cast
        most = min([MANY, *self._told_above(name)])
        if name == "cast" or (name == "valid" and each == 1):
            return low, min(high, most)
        spans = (self.votes or {}).values()
        least = max([-(-low // each), *(-(-span[0] // top) for span in spans)])
        if name != "valid":
            least += self.told.get("invalid", 0) + self.told.get("abstain", 0)
        below = BASES[1 : BASES.index(name)]
        least = max([least, *(self.told[other] for other in below if other in self.told)])
        return least, min(high, most) if name == "valid" else most

    def _told_above(self, name: str) -> list[int]:
        return [self.told[each] for each in BASES[BASES.index(name) :] if each in self.told]

    def among(self, race: tuple[str, ...]) -> Table:
        """The same table with a place for each candidate in the race, as tight as it can be."""
        votes = dict.fromkeys(race, UNKNOWN) if self.votes is None else dict(self.votes)
        most = min([MANY, *self._told_above("cast")])
        least = sum(low for low, _ in votes.values())
        tight = {
            name: (low, max(low, min(high, most - least + low)))
            for name, (low, high) in votes.items()
        }
        return replace(self, votes=tight)


def read_table(data: Any, number: int) -> Table:
    """Read one table. Raises `TableError` for what cannot be read or not be true."""
    place = say("round {number}", number=number)
    if data is None:
        return Table(None)
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise TableError(
            say(
                '{place}: {data} is no table; write {{"A": 12, "B": 9}} or null',
                place=place,
                data=shown(data),
            )
        )
    beside = data.get("_") or {}
    if not isinstance(beside, Mapping):
        raise TableError(
            say('{place}: \'_\' is no table; write {{"_": {{"eligible": 49}}}}', place=place)
        )
    told = _numbers(beside, place)
    outstanding = told.pop("outstanding", 0)
    votes = {name: _span(data[name], place, name) for name in data if name != "_"}
    if outstanding:
        votes = {name: (low, high + outstanding) for name, (low, high) in votes.items()}
        total = sum(low for low, _ in votes.values()) + outstanding
        told["valid"] = min(told.get("valid", total), total)
    run_off = beside.get("tiebreak")
    return Table(
        votes or None,
        told,
        _votes(beside.get("first", {}), place, "_.first"),
        {key: str(beside[key]) for key in SETTLING[1:] if key in beside},
        _votes(run_off, place, "_.tiebreak") if isinstance(run_off, Mapping) else None,
        run_off is True,
        str(beside.get("declared", "")),
    )


def _numbers(beside: Mapping[str, Any], place: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, value in beside.items():
        if key not in KEYS:
            near = nearest(key, KEYS)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("it may hold {keys}", keys=listed(KEYS, "and", 99))
            )
            raise TableError(
                say(
                    "{place}: nothing beside the votes is called {key}; {hint}",
                    place=place,
                    key=shown(key),
                    hint=hint,
                )
            )
        name = ALSO.get(key, key)
        if name in NUMBERS and value is not None:
            low, high = _span(value, place, f"_.{key}")
            if low != high:
                raise TableError(
                    say(
                        "{place}, '_.{key}': write one number, or leave it out",
                        place=place,
                        key=key,
                    )
                )
            found[name] = found.get(name, 0) + low if name == "invalid" else low
    return found


def _votes(data: Any, place: str, key: str) -> dict[str, Span]:
    if not isinstance(data, Mapping):
        raise TableError(
            say(
                '{place}: {data} is no table; write {{"A": 12, "B": 9}}',
                place=_inside(place, (key,)),
                data=shown(data),
            )
        )
    return {str(name): _span(data[name], place, key, str(name)) for name in data}


def _inside(place: str, keys: Iterable[str]) -> str:
    """A place in a table: *round 2, '_.first', 'A'*."""
    return joined(", ", (place, *(f"'{key}'" for key in keys)))


def _span(value: Any, place: str, *inside: str) -> Span:
    if value is None or value == "unknown":
        return UNKNOWN
    if isinstance(value, list | tuple) and len(value) == 2:
        low, high = (_span(each, place, *inside) for each in value)
        if low[0] <= high[1]:
            return low[0], high[1]
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MANY:
        raise TableError(
            say(
                "{place}: {value} is no number of votes; write a whole number from 0 "
                "on, a range such as [38, 39], or null or 'unknown'",
                place=_inside(place, inside),
                value=shown(value),
            )
        )
    return value, value


def impossible(table: Table, phase: Phase, seats: int) -> str:
    """Why the numbers of a table cannot be true, in words; empty if they can."""
    each = sum(phase.points) if phase.points else seats
    known = {name: table.told[name] for name in BASES if name in table.told}
    total = table.cast[0]
    for name, size in known.items():
        most = size if name == "cast" and not phase.points else size * each
        if total > most:
            parts = {"total": total, "most": most, "name": name, "size": size}
            if phase.points:
                return say(
                    "{total} points are more than {most}, all that '{name}' of {size} can give",
                    **parts,
                )
            return say(
                "{total} votes are more than {most}, all that '{name}' of {size} can give", **parts
            )
        if seats == 1 and not phase.points and name in BASES[2:]:
            others = table.told.get("invalid", 0) + table.told.get("abstain", 0)
            if total + others > size:
                return say(
                    "{total} votes and {others} others are more than '{name}', {size}",
                    total=total,
                    others=others,
                    name=name,
                    size=size,
                )
    sizes = list(known.items())
    for (less, small), (more, large) in pairwise(sizes):
        if small > large and not (less == "cast" and seats > 1):
            return say(
                "'{less}' is {small} and '{more}' only {large}",
                less=less,
                small=small,
                more=more,
                large=large,
            )
    return ""


def firsts(table: Table, phase: Phase, name: str, voters: Span) -> Span:
    """How many first preferences a candidate may have, where voters give points.

    With the points (3, 2, 1), 25 points are at most 8 first preferences; and of 27 voters, 68
    points need 14 of them, since the other 13 give 2 points at most.
    """
    if name in table.first:
        return table.first[name]
    low, high = (table.votes or {}).get(name, UNKNOWN)
    top, second = phase.points[0], (*phase.points[1:], 0)[0]
    least = 0 if voters[1] >= MANY else max(0, -(-(low - second * voters[1]) // (top - second)))
    return least, min(high // top, voters[1])


def reaches(votes: Span, base: Span, share: Fraction, strict: bool) -> bool | None:
    """Whether votes are a share of a base, in all (True), none (False) or some (None) cases."""
    low, high = votes
    if _is_share(low, base[1], share, strict):
        return True
    return None if _is_share(high, base[0], share, strict) else False


def _is_share(votes: int, base: int, share: Fraction, strict: bool) -> bool:
    needed = share * base
    return votes > needed if strict else votes >= needed
