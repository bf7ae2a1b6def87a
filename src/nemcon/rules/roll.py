"""A roll for a count: who is a member, under which names, with which attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nemcon.findings import Finding, Place
from nemcon.rules.algebra import as_attributes
from nemcon.rules.names import Value, as_number, canonical, nearest, shown
from nemcon.saying import say

MEMBER = ("member", "name", "voter", "country", "state")


@dataclass(frozen=True)
class Seat:
    """One member: its name, other names, and attributes by canonical name."""

    name: str
    also: tuple[str, ...] = ()
    attributes: Mapping[str, Value] | None = None

    @property
    def held(self) -> Mapping[str, Value]:
        """The attributes."""
        return self.attributes or {}


@dataclass(frozen=True)
class Roll:
    """The members, and where they are from: *roll.csv*, or *the pack nato on 2024-04-29*."""

    seats: tuple[Seat, ...]
    source: str

    @cached_property
    def _by_name(self) -> Mapping[str, Seat | None]:
        """Each spelling -> its member; None where it means several."""
        found: dict[str, Seat | None] = {}
        for seat in self.seats:
            for name in seat.also:
                key = canonical(name)
                found[key] = seat if found.get(key, seat) is seat else None
        found.update({canonical(seat.name): seat for seat in self.seats})
        return found

    def find(self, name: str) -> Seat | None:
        """The member of a name; None if there is none, or several may be meant."""
        return self._by_name.get(canonical(name))

    def near(self, name: str) -> str | None:
        """The member's name that is spelled most like this one."""
        return nearest(name, self._by_name)

    @cached_property
    def carried(self) -> frozenset[str]:
        """The attributes that some member has."""
        return frozenset(name for seat in self.seats for name in seat.held)


def roll_of_rows(
    rows: Iterable[Mapping[str, Any]], source: str, spelt: Mapping[str, str] | None = None
) -> tuple[Roll, list[Finding]]:
    """A roll from the rows of a table: `member`, then one column an attribute or weight.

    `spelt` gives the name of an attribute for its other spellings. Findings: `no-member`,
    `member-twice`.
    """
    seats: dict[str, Seat] = {}
    findings: list[Finding] = []
    for number, row in enumerate(rows, 1):
        given = {canonical(str(key)): value for key, value in row.items()}
        key = next((name for name in MEMBER if name in given), None)
        name = str(given.pop(key)).strip() if key and given.get(key) is not None else ""
        place = Place(source, field=say("row {number}", number=number))
        if not name:
            message = say("no member is named in this row; write the names in a column 'member'")
            findings.append(Finding("no-member", "error", message, place=place))
            continue
        if canonical(name) in seats:
            message = say("{name} is on the roll twice; take one of the rows out", name=shown(name))
            findings.append(Finding("member-twice", "error", message, place=place))
            continue
        also = given.pop("aliases", None)
        values = {
            spelt.get(k, k) if spelt else k: v for k, v in given.items() if v not in (None, "")
        }
        seats[canonical(name)] = Seat(
            name,
            tuple(part.strip() for part in str(also).split(";")) if also else (),
            as_attributes({k: str(v) if isinstance(v, float) else v for k, v in values.items()}),
        )
    return Roll(tuple(seats.values()), source), findings


def whole(value: Any) -> int | None:
    """A whole number from 0 on, also as a text; None if it is none."""
    number = as_number(str(value) if isinstance(value, float) else value)
    return int(number) if number is not None and number.denominator == 1 and number >= 0 else None
