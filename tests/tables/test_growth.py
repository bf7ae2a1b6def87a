"""Twice the rows take twice the work: counted in calls, which no busy machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import FrameType

import pytest

from nemcon.entries import AnyEntry, Body, Matter, Membership, Party, Position
from nemcon.load.before import before
from nemcon.load.csv_file import open_csv
from nemcon.tables.held import Before, Origin, Plan
from nemcon.tables.plan import plan
from nemcon.tables.read import ReadSheet, read_sheet
from nemcon.tables.roster import read_roster
from nemcon.when import When

NOW = datetime(2024, 4, 1, 12, tzinfo=UTC)
DAY = When.parse("2024-03-20")
MEMBERS = 20
STANCES = ("support", "objection", "abstention")


def base(members: int = MEMBERS) -> list[AnyEntry]:
    """A body with members, and a matter."""
    found: list[AnyEntry] = [
        Body(body="mill", name="mill", title="Mill"),
        Matter(body="mill", name="roof", title="Roof"),
    ]
    for n in range(members):
        found.append(Party(body="mill", name=f"m{n}", title=f"Člen {n}", sort="person"))
        found.append(Membership(body="mill", member=f"m{n}", happened=When.parse("2020-01-01")))
    return found


def positions(number: int) -> str:
    """A sheet of that many moves."""
    lines = ["matter,members,stance,claim,happened"]
    for n in range(number):
        day = date(2021, 1, 1) + timedelta(n // MEMBERS)
        stance = STANCES[n // MEMBERS % 3]
        lines.append(f"roof,m{n % MEMBERS},{stance},changes,{day}")
    return "\n".join(lines)


def sheet(text: str, kind: str) -> list[ReadSheet]:
    """The rows of a CSV text."""
    opened = open_csv(text.encode(), "f.csv")
    if kind == "roster":
        return [read_roster(opened.sheets[0])]
    return [read_sheet(opened.sheets[0], kind)]


def planned(sheets: list[ReadSheet], held: list[AnyEntry]) -> Plan:
    """What the sheets come to on top of a record."""
    known = Before(entries={e.id: e for e in held}, standing=frozenset(e.id for e in held))
    return plan(sheets, known, Origin("f.csv", "f.csv", "a" * 64, DAY, "mill"), NOW)


def moves(number: int) -> Callable[[], Plan]:
    """New positions into one matter."""
    sheets = sheet(positions(number), "position")
    return lambda: planned(sheets, base())


def one_source(number: int) -> Callable[[], Plan]:
    """A new record: the body stands in the same file."""
    sheets = sheet(positions(number), "position")
    sheets += sheet("name,title\nmill,Mill", "body")
    known = Before(packed=base()[2:])
    return lambda: plan(sheets, known, Origin("f.csv", "f.csv", "a" * 64, DAY), NOW)


def roster(number: int) -> Callable[[], Plan]:
    """A list of members that the record knows already."""
    lines = [f"Člen {n};person;2020-01-01" for n in range(number)]
    sheets = sheet("\n".join(["Member;Type;Joined", *lines]), "roster")
    return lambda: planned(sheets, base(number))


def edits(number: int) -> Callable[[], Plan]:
    """Every row of an exported sheet was changed to what another, new row says as well."""
    held = base()
    lines = ["matter,members,stance,claim,happened,id"]
    for n in range(number):
        day = date(2021, 1, 1) + timedelta(n)
        old = Position(
            body="mill",
            matter="roof",
            members=("m1",),
            stance=STANCES[n % 3],
            claim="changes",
            happened=When.day(day),
        )
        held.append(old)
        new = f"roof,m1,{STANCES[(n + 1) % 3]},changes,{day}"
        lines += [f"{new},{old.id}", f"{new},"]
    sheets = sheet("\n".join(lines), "position")
    return lambda: planned(sheets, held)


def calls(work: Callable[[], Plan]) -> int:
    """How many functions are called, those of C included."""
    number = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


@pytest.mark.parametrize("case", [moves, one_source, roster, edits])
def test_twice_the_rows_take_twice_the_work(case: Callable[[int], Callable[[], Plan]]) -> None:
    case(10)()  # what is made once, such as a table of words, is made
    few, many = calls(case(400)), calls(case(800))
    assert many < 2.2 * few


def test_the_work_does_come_to_something() -> None:
    assert len(moves(60)().entries) == 61
    assert roster(60)().entries == {}
    assert len(edits(60)().changed) == 60
    assert len(one_source(60)().entries) == 62


def test_how_far_it_is_is_told() -> None:
    told: list[tuple[int, int]] = []
    sheets = sheet(positions(1_200), "position")
    origin = Origin("f.csv", "f.csv", "a" * 64, DAY, "mill")
    known = before(None, "", base())
    plan(sheets, known, origin, NOW, step=lambda done, of: told.append((done, of)))
    assert told == [(0, 1200), (500, 1200), (1000, 1200)]
