"""Tables of results by candidate: each row is one count by the ladder, perhaps only in parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from nemcon.findings import Finding, Place, errors
from nemcon.rules.algebra import Members as Set
from nemcon.rules.algebra import Position, contains
from nemcon.rules.answer import Comparison, RuleAnswer, Verdict
from nemcon.rules.ballots import Ballots
from nemcon.rules.names import canonical, listed, nearest, shown
from nemcon.rules.place import RuleError
from nemcon.rules.polled import NOTHING_ELSE, Asked, decide_seated
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import whole
from nemcon.rules.seating import Attributes, Members, Seated, seat

_ABOUT = ("source", "note", "date", "round", "sum", "total", "cite")
Field = tuple[Position, str]  # a position, and the class whose members alone are counted ("": all)


def decide_rows(procedure: Procedure, data: Any, asked: Asked = NOTHING_ELSE) -> RuleAnswer:
    """What the ladder says of each candidate: `outcome` lists those with a favourable line.

    `data` is `{"fields": [...], candidate: [numbers]}`, `{candidate: "12-0-3"}`, or a table
    `{candidate: {position: number}}`. Findings of severity error: `rows-unreadable`, `row-sum`
    (a row has not as many members as the roll), `class-sum`.
    """
    reader = _Rows(procedure, asked)
    if not isinstance(data, Mapping) or not data:
        reader.error("rows-unreadable", 'write {"fields": [...], candidate: [numbers]}', "rows")
        return RuleAnswer(procedure.id, asked.on, findings=tuple(reader.findings))
    fields = reader.fields(data.get("fields"))
    found: dict[str, RuleAnswer] = {}
    for name, row in data.items():
        if name == "fields" or row is None:
            continue
        found[str(name)] = reader.row(str(name), row, fields)
    return _together(procedure, asked, reader, found)


def _together(
    procedure: Procedure, asked: Asked, reader: _Rows, found: Mapping[str, RuleAnswer]
) -> RuleAnswer:
    certain = [name for name, one in found.items() if one.verdict == "met"]
    possible = [name for name, one in found.items() if one.verdict != "not met"]
    sure = bool(found) and certain == possible and not errors(reader.findings)
    verdict: Verdict = "met" if certain else ("cannot tell" if possible else "not met")
    if not found or (not sure and not certain):
        verdict = "cannot tell"
    arithmetic: list[Comparison] = [
        replace(each, of=name) for name, one in found.items() for each in one.arithmetic
    ]
    roll = next((one.roll for one in found.values() if one.roll), {})
    return RuleAnswer(
        procedure.id,
        asked.on,
        outcome=certain if sure else None,
        possible=tuple(possible),
        certain=tuple(certain),
        verdict=verdict,
        favourable=bool(certain) if sure else None,
        arithmetic=tuple(arithmetic),
        roll=roll,
        findings=tuple(dict.fromkeys(reader.findings)),
        more={"rows": {name: one.outcome for name, one in found.items()}},
    )


class _Rows:
    def __init__(self, procedure: Procedure, asked: Asked) -> None:
        self.procedure, self.asked = procedure, asked
        self.findings: list[Finding] = []

    def error(self, code: str, message: str, where: str) -> None:
        """Keep a finding of severity error about the field `where`."""
        self.findings.append(Finding(code, "error", message, place=Place(field=where)))

    # What the numbers of a row are

    def fields(self, data: Any) -> list[Field | None]:
        """What each number of a row counts; None for what bears on nothing."""
        if data is None:
            names = list(self.procedure.positions.shown)
            return [(name, "") for name in names] if self.procedure.positions.declared else []
        if not isinstance(data, list | tuple):
            self.error("rows-unreadable", "'fields' is no list of positions", "fields")
            return []
        return [self.field(str(name)) for name in data]

    def field(self, name: str) -> Field | None:
        """What a number under a name counts."""
        position = self.procedure.positions.find(name)
        if position is not None:
            return position, ""
        for key in self.procedure.aggregates:
            rest = canonical(name).removeprefix(f"{key}-")
            if (
                rest != canonical(name)
                and (told := self.procedure.positions.find(rest)) is not None
            ):
                return told, key
        if canonical(name) in _ABOUT:
            return None
        known = [*self.procedure.positions.spelt, *(f"{k}_…" for k in self.procedure.aggregates)]
        near = nearest(name, known)
        hint = f"did you mean '{near}'?" if near else f"there are {listed(known, 'and')}"
        self.error("rows-unreadable", f"{shown(name)} is no position of the rule; {hint}", "fields")
        return None

    def row(self, name: str, row: Any, fields: Sequence[Field | None]) -> RuleAnswer:
        """The answer for one candidate; nothing where the row cannot be right."""
        counts = self.counts(name, row, fields)
        seated = self.seated(name, counts) if counts is not None else None
        if seated is None:
            return RuleAnswer(self.procedure.id)
        try:
            found = decide_seated(self.procedure, seated, self.asked)
        except RuleError as error:
            self.error("rule", str(error), name)
            return RuleAnswer(self.procedure.id)
        self.findings += [replace(f, place=Place(field=name)) for f in found.findings]
        return found

    def counts(
        self, name: str, row: Any, fields: Sequence[Field | None]
    ) -> dict[Field, int | None] | None:
        """The numbers of a row; None for one that is not known."""
        if isinstance(row, Mapping):
            fields, row = [self.field(str(key)) for key in row], list(row.values())
        if isinstance(row, str):
            row = row.strip().split("-")
        if not isinstance(row, list | tuple) or len(row) != len(fields):
            wanted = f"{len(fields)} numbers" if fields else "numbers, with their 'fields'"
            self.error("rows-unreadable", f"this row has to be a list of {wanted}", name)
            return None
        found: dict[Field, int | None] = {}
        for key, value in zip(fields, row, strict=True):
            number = None if value is None or value == "" else whole(value)
            if key is None:
                continue
            if number is None and value not in (None, ""):
                self.error("rows-unreadable", f"{shown(value)} is no number of members", name)
                return None
            if key in found:
                self.error("rows-unreadable", "two numbers count the same", "fields")
                return None
            found[key] = number
        return found

    # The members behind a row

    def seated(self, name: str, counts: Mapping[Field, int | None]) -> Seated | None:
        """The members of a row; None where its numbers cannot be right."""
        whole_ = {position: n for (position, part), n in counts.items() if not part}
        empty = seat(self.procedure, Ballots(()), self.asked.roll, closed=True)
        size = self.procedure.roll.size if self.asked.roll is None else empty.size
        unknown = [position for position, n in whole_.items() if n is None]
        given = sum(n for n in whole_.values() if n is not None)
        if size is None:
            if unknown:
                message = "a number is missing, and nothing says how many members there are"
                self.error("row-sum", message, name)
                return None
            size = given
            empty = Seated(source="the rows")
        if given > size or (given < size and not unknown):
            message = f"this row is of {given} members, and there are {size}; correct the numbers"
            self.error("row-sum", message, name)
            return None
        if len(unknown) == 1:
            whole_[unknown[0]] = size - given
        classes = tuple(dict.fromkeys(c for one in empty.members for c in one.classes)) or ((),)
        members: list[Members] = []
        if len(unknown) > 1:
            members.append(Members(size - given, tuple(unknown), classes))
        for position, number in whole_.items():
            if number is not None:
                part = self.parts(name, position, number, counts, classes)
                if part is None:
                    return None
                members += part
        quotas = empty.quotas or self.of_roll(empty)
        return Seated(members, quotas, size, empty.source or "the rows")

    def of_roll(self, empty: Seated) -> list[tuple[int, Attributes, str]]:
        """How many of each class a given roll has."""
        if self.asked.roll is None:
            return []
        reads = sorted(self.procedure.reads)
        found: dict[Attributes, int] = {}
        for one in empty.members:
            for held in one.classes:
                full = tuple((key, dict(held).get(key, False)) for key in reads)
                found[full] = found.get(full, 0) + (one.number if len(one.classes) == 1 else 0)
        if any(len(one.classes) > 1 for one in empty.members):
            return []
        return [(number, held, "its class") for held, number in found.items()]

    def parts(
        self,
        name: str,
        position: Position,
        number: int,
        counts: Mapping[Field, int | None],
        classes: tuple[Attributes, ...],
    ) -> list[Members] | None:
        """The members with a position, those of a class that is told apart by themselves."""
        told = {
            part: n for (at, part), n in counts.items() if at == position and part and n is not None
        }
        found: list[Members] = []
        rest = list(classes)
        for part, each in told.items():
            members: Set = self.procedure.aggregates[part]
            inside = [held for held in rest if contains(members, position, dict(held))]
            rest = [held for held in rest if held not in inside]
            number -= each
            if number < 0 or (each and not inside):
                message = f"more of '{part}' than there can be in all have this position"
                self.error("row-sum", message, name)
                return None
            found.append(Members(each, (position,), tuple(inside)))
        if number and not rest:
            self.error("row-sum", "there are not so many members outside these classes", name)
            return None
        return [one for one in [*found, Members(number, (position,), tuple(rest))] if one.number]
