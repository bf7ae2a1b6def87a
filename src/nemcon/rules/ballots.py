"""Ballots as groups: who took which position, by name or by number, as a table gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nemcon.findings import Finding, Place
from nemcon.rules.algebra import Position
from nemcon.rules.names import Value, as_value, canonical, listed, nearest, shown
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import whole
from nemcon.rules.scope import SILENT

POSITION = ("pos", "position", "vote", "stance", "ballot")
VOTERS = ("voters", "members", "names")
VOTER = ("voter", "member", "name")
COUNT = ("count", "number", "votes-cast")
_LARGEST = 10**12
_SLIP = 0.8


@dataclass(frozen=True)
class Ballot:
    """Members of one position: those named, and how many there are together.

    `counted` says whether the number was given, or is that of the names.
    """

    position: Position
    count: int
    voters: tuple[str, ...] = ()
    attributes: Mapping[str, Value] = field(default_factory=dict)
    counted: bool = True
    place: str = ""

    @property
    def unnamed(self) -> int:
        """How many of them have no name here."""
        return self.count - len(self.voters)


@dataclass(frozen=True)
class Ballots:
    """All groups, with what is wrong with them."""

    groups: tuple[Ballot, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether every group says how many it has, so that together they are the roll."""
        return bool(self.groups) and all(group.counted for group in self.groups)


def read_ballots(data: Any, procedure: Procedure) -> Ballots:
    """The groups of ballots in a list of tables. Never raises for what they say.

    Findings, all of severity error but `position-unread`: `ballots-unreadable`,
    `unknown-position`, `bad-count`, `voter-twice`, `unknown-attribute`.
    """
    if isinstance(data, Mapping):
        data = [data]
    if not isinstance(data, Sequence) or isinstance(data, str):
        message = 'ballots are a list of groups; write [{ "pos": "yes", "count": 9 }]'
        return Ballots((), (Finding("ballots-unreadable", "error", message),))
    reader = _Reader(procedure)
    groups = [group for n, row in enumerate(data, 1) for group in reader.group(row, n)]
    reader.twice(groups)
    return Ballots(tuple(groups), tuple(dict.fromkeys(reader.findings)))


class _Reader:
    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.findings: list[Finding] = []
        self.where = ""

    def error(self, code: str, message: str) -> None:
        """Keep a finding of severity error, placed at the group that is being read."""
        self.findings.append(Finding(code, "error", message, place=Place(field=self.where)))

    def group(self, row: Any, number: int) -> Iterator[Ballot]:
        """The group of a row; nothing where it cannot be read."""
        self.where = f"group {number}"
        if not isinstance(row, Mapping):
            message = f'{shown(row)} is no group; write {{ "pos": "yes", "count": 9 }}'
            self.error("ballots-unreadable", message)
            return
        given = {canonical(str(key)): value for key, value in row.items()}
        key = next((name for name in POSITION if name in given), None)
        if key is None:
            self.error("ballots-unreadable", "no position is given; write it as 'pos'")
            return
        position = self.position(given.pop(key))
        voters = self.voters(given)
        counted = any(given.get(name) is not None for name in COUNT)
        count = self.count(given, voters)
        attributes = self.attributes(given)
        if position is not None and voters is not None and count is not None:
            yield Ballot(position, count, voters, attributes, counted, self.where)

    def position(self, value: Any) -> Position | None:
        """The position that a group has: null is silence."""
        if value is None:
            return SILENT
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.error("unknown-position", f"{shown(value)} is no position; write its name")
            return None
        known, name = self.procedure.positions, str(value)
        found = known.find(name)
        if found is not None:
            return found
        slip = known.slip(name)
        if known.declared or slip:
            hint = f"did you mean '{slip}'?" if slip else known.hint(name)
            self.error("unknown-position", f"unknown position {shown(name)}; {hint}")
            return None
        message = (
            f"{shown(name)} is no position that the rule names; it counts as one that the rule "
            "does not read ('positions' in the rule lists those there are)"
        )
        place = Place(field=self.where)
        self.findings.append(Finding("position-unread", "warning", message, place=place))
        return canonical(name)

    def voters(self, given: dict[str, Any]) -> tuple[str, ...] | None:
        """The names in a group."""
        names: list[Any] = []
        for key in VOTER:
            if isinstance(given.get(key), str):
                names.append(given.pop(key))
        for key in VOTERS:
            value = given.pop(key, None)
            if isinstance(value, str):
                value = [part for part in value.split(";") if part.strip()]
            if value is not None and not isinstance(value, list | tuple):
                self.error("ballots-unreadable", f"'{key}' is no list of names")
                return None
            names += value or []
        bad = [name for name in names if not isinstance(name, str) or not name.strip()]
        if bad:
            self.error("ballots-unreadable", f"{shown(bad[0])} is no name of a voter")
            return None
        return tuple(name.strip() for name in names)

    def count(self, given: dict[str, Any], voters: tuple[str, ...] | None) -> int | None:
        """How many members a group has."""
        key = next((name for name in COUNT if name in given), None)
        value = given.pop(key) if key else None
        if voters is None:
            return None
        if value is None:
            if not voters:
                self.error("bad-count", "nobody is in this group; write 'count' or 'voters'")
                return None
            return len(voters)
        count = whole(value)
        if count is None or count > _LARGEST:
            self.error("bad-count", f"{shown(value)} is no number of members; write 0, 1, 2 …")
            return None
        if count < len(voters):
            message = f"{len(voters)} voters are named, and 'count' is only {count}; correct one"
            self.error("bad-count", message)
            return None
        return count

    def attributes(self, given: Mapping[str, Any]) -> dict[str, Value]:
        """The attributes of a group that the rule reads."""
        spelt = self.procedure.attributes or {}
        reads = self.procedure.reads
        found: dict[str, Value] = {}
        for key, value in given.items():
            name = spelt.get(key, key)
            if name not in reads:
                near = nearest(key, [*reads, *spelt], _SLIP)
                if near and key not in spelt:
                    message = f"the rule reads no attribute '{key}'; did you mean '{near}'?"
                    self.error("unknown-attribute", message)
            elif isinstance(value, float | int | str):
                found[name] = as_value(str(value) if isinstance(value, float) else value)
            elif value is not None:
                self.error("unknown-attribute", f"{shown(value)} is no value of '{key}'")
        return found

    def twice(self, groups: Sequence[Ballot]) -> None:
        """Tell voters who are in two groups, or twice in one."""
        seen: dict[str, str] = {}
        for group in groups:
            self.where = group.place
            for name in group.voters:
                before = seen.setdefault(canonical(name), group.place)
                if before != group.place or group.voters.count(name) > 1:
                    where = listed(dict.fromkeys([before, group.place]), "and")
                    message = f"{shown(name)} is named twice ({where}); leave one of them"
                    self.error("voter-twice", message)
