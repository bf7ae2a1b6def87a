"""How rows are taken against what a record holds: unchanged, changed, new, copied, outdated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nemcon.entries import (
    AnyEntry,
    Body,
    Correction,
    Matter,
    Membership,
    Party,
    Position,
    Source,
    Tally,
)
from nemcon.load.before import before
from nemcon.load.csv_file import open_csv
from nemcon.load.tabular import read_table
from nemcon.state import Logged, at
from nemcon.tables.csv_text import csv_text
from nemcon.tables.grid import Row, Sheet
from nemcon.tables.held import Before, Origin, Plan
from nemcon.tables.plan import plan
from nemcon.tables.read import read_sheet
from nemcon.tables.roster import read_roster
from nemcon.tables.write import one_sheet
from nemcon.tables.xlsx import workbook
from nemcon.when import When

NOW = datetime(2024, 4, 1, 12, tzinfo=UTC)
ORIGIN = Origin("f.csv", "f.csv", "a" * 64, When.parse("2024-03-20"), "mill")


def party(name: str, title: str) -> Party:
    return Party(body="mill", name=name, title=title, sort="person")


def joined(member: str) -> Membership:
    return Membership(body="mill", member=member, happened=When.parse("2020-01-01"))


def position(member: str, day: str, stance: str = "support", **more: Any) -> Position:
    values = {"body": "mill", "matter": "new-roof", "claim": "changes", **more}
    return Position(members=(member,), stance=stance, happened=When.parse(day), **values)


ANA, BO = position("ana", "2024-03-10"), position("bo", "2024-03-11")
BASE: tuple[AnyEntry, ...] = (
    Body(body="mill", name="mill", title="Mill Cooperative"),
    Matter(body="mill", name="new-roof", title="A new roof"),
    party("ana", "Ana Blé"),
    party("bo", "Bo Åk"),
    joined("ana"),
    joined("bo"),
    ANA,
    BO,
)


def record(*entries: AnyEntry) -> Before:
    """What a record of these entries holds."""
    state = at(entries, When.parse("2024-04-01"), proposed=True)
    corrections = {each.corrects: each for each in state.all(Correction)}
    standing = frozenset(entry.id for entry in state.entries)
    return Before({entry.id: entry for entry in entries}, corrections, standing)


def rows(*entries: AnyEntry) -> list[str]:
    """The lines of a CSV file of these entries, headers first."""
    return csv_text(one_sheet(entries)).splitlines()


def taken(lines: Iterable[str], held: Before, kind: str = "position", now: datetime = NOW) -> Plan:
    """The plan for the lines of a CSV file."""
    text = "\n".join(lines) + "\n"
    (sheet,) = open_csv(text.encode(), "f.csv").sheets
    read = read_roster(sheet) if kind == "roster" else read_sheet(sheet, kind)
    return plan([read], held, ORIGIN, now)


def codes(found: Plan) -> list[str]:
    return [each.code for each in found.findings]


def kinds(found: Plan) -> list[str]:
    return sorted(entry.kind for entry in found.entries.values())


def test_a_changed_row_corrects_its_entry() -> None:
    head, ana, bo = rows(ANA, BO)
    found = taken([head, ana.replace("2024-03-10", "2024-03-09"), bo], record(*BASE))
    new = position("ana", "2024-03-09")
    assert found.changed == [(ANA, new)]
    assert found.unchanged == 1
    (correction,) = [e for e in found.entries.values() if isinstance(e, Correction)]
    assert (correction.corrects, correction.replacement) == (ANA.id, new.id)
    assert correction.source == "f-aaaaaaaa"

    after = record(*BASE, *found.entries.values())
    assert ANA.id not in (after.standing or ())
    assert new.id in (after.standing or ())
    again = taken([head, ana.replace("2024-03-10", "2024-03-09"), bo], after)
    assert (again.entries, again.unchanged) == ({}, 2)


@given(st.lists(st.sampled_from([f"2024-03-{day:02}" for day in (8, 9, 10, 11)]), max_size=8))
@example(["2024-03-09", "2024-03-08", "2024-03-10", "2024-03-08", "2024-03-10"])
def test_after_any_edits_and_undone_edits_the_last_one_stands(edits: list[str]) -> None:
    held = record(*BASE)
    now, clock = ANA, NOW
    for day in edits:
        head, line = rows(now)
        old = now.happened.text if now.happened else ""
        clock += timedelta(minutes=1)
        found = taken([head, line.replace(old, day)], held, now=clock)
        assert codes(found) == []
        held = record(*{**held.entries, **found.entries}.values())
        now = position("ana", day)
        of_ana = [
            e
            for e in held.entries.values()
            if isinstance(e, Position) and e.members == ("ana",) and held.stands(e.id)
        ]
        assert of_ana == [now]


def test_a_row_edited_to_say_what_another_says_leaves_that_one_as_it_was() -> None:
    """An entry that stood by itself before the edit was known goes on to stand then."""
    other = position("ana", "2024-03-12")
    held = record(*BASE, other)
    head, line = rows(ANA)
    found = taken([head, line.replace("2024-03-10", "2024-03-12")], held)
    entries = (*held.entries.values(), *found.entries.values())
    on = When.parse("2024-04-02")
    before_it, after_it = (at(entries, on, When.parse(k)) for k in ("2024-03-15", "2024-04-02"))
    assert other in before_it.entries
    assert other in after_it.entries
    assert ANA not in after_it.entries
    assert taken([head, line.replace("2024-03-10", "2024-03-12")], record(*entries)).entries == {}


def test_a_row_edited_to_say_what_a_new_row_says_takes_nothing_from_that_one() -> None:
    minutes = Source(body="mill", name="minutes", date=When.parse("2024-03-13"))
    old, new = (position("ana", f"2024-03-{day}", source="minutes") for day in (10, 12))
    held = record(*BASE, minutes, old)
    head, edited = rows(old)[0], rows(new)[1].replace(new.id, old.id)
    found = taken([head, edited, edited.replace(old.id, "")], held)
    assert codes(found) == ["duplicate-row"]
    entries = (*held.entries.values(), *found.entries.values())
    on, known = When.parse("2024-04-02"), When.parse("2024-03-15")
    assert new in at(entries, on, known).entries
    assert new in at(entries, on).entries
    assert old not in at(entries, on).entries


def test_a_row_edited_to_say_what_a_proposal_says_confirms_it() -> None:
    other = position("ana", "2024-03-12")
    held = replace(record(*BASE, other), open=frozenset([other.id]))
    head, line = rows(ANA)
    found = taken([head, line.replace("2024-03-10", "2024-03-12")], held)
    items = [Logged(entry, entry is other) for entry in held.entries.values()]
    items += [Logged(entry) for entry in found.entries.values()]
    state = at(items, When.parse("2024-04-02"))
    assert (other in state.entries, ANA in state.entries, state.proposed) == (True, False, 0)


def test_a_row_edited_after_the_record_was_is_refused() -> None:
    head, ana = rows(ANA)
    found = taken([head, ana.replace("2024-03-10", "2024-03-09")], record(*BASE))
    after = record(*BASE, *found.entries.values())
    other = taken([head, ana.replace("2024-03-10", "2024-03-01")], after)
    assert (codes(other), other.entries) == (["edited-since"], {})
    stale = taken([head, ana], after)
    assert (codes(stale), stale.entries) == (["outdated-row"], {})


def test_what_was_taken_out_does_not_come_back_by_an_edit() -> None:
    gone = Correction(body="mill", corrects=ANA.id, reason="misheard", happened=BO.happened)
    other = position("ana", "2024-03-12")
    head, line = rows(other)
    held = record(*BASE, gone, other)
    found = taken([head, line.replace("2024-03-12", "2024-03-10")], held)
    assert codes(found) == ["taken-out-before"]


def test_a_copied_row_that_was_changed_is_a_new_entry() -> None:
    head, ana = rows(ANA)
    copy = ana.replace("2024-03-10", "2024-03-15").replace("support", "abstention")
    found = taken([head, copy, ana], record(*BASE))
    assert (found.changed, kinds(found)) == ([], ["position", "source"])
    both = taken([head, copy, copy.replace("03-15", "03-16")], record(*BASE))
    assert codes(both) == ["id-twice"]


def test_a_column_that_was_deleted_takes_nothing_away() -> None:
    noted = position("ana", "2024-03-10", note="by letter", condition="if it is cheap")
    head, line = rows(noted)
    at_note = head.split(",").index("note")
    cut = []
    for row in (head, line):
        cells = row.split(",")
        cut.append(",".join([*cells[:at_note], *cells[at_note + 1 :]]))
    found = taken(cut, record(*BASE, noted))
    assert (found.entries, found.unchanged) == ({}, 1)


def test_a_row_of_another_record_is_new_and_told() -> None:
    head, line = rows(position("ana", "2024-02-01"))
    exact = taken([head, line], record(*BASE))
    assert (codes(exact), kinds(exact)) == ([], ["position"])
    edited = taken([head, line.replace("2024-02-01", "2024-02-02")], record(*BASE))
    assert codes(edited) == ["unknown-id"]
    assert kinds(edited) == ["position", "source"]


def test_a_row_moved_to_a_sheet_of_another_kind_is_not_taken_for_a_change() -> None:
    tally = "matter,count: support,of,id\nnew-roof,2,2," + ANA.id
    found = taken([tally], record(*BASE), "tally")
    assert (found.changed, codes(found)) == ([], ["unknown-id"])
    assert any(isinstance(entry, Tally) for entry in found.entries.values())


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Ana Bl", "'Ana Bl' is no member that the record knows; did you mean 'ana'?"),
        ("Zoë", "'Zoë' is no member that the record knows"),
    ],
)
def test_an_unknown_member_keeps_the_row_out(cell: str, told: str) -> None:
    found = taken(["matter,member,stance", f"new-roof,{cell},support"], record(*BASE))
    (wrong,) = [each for each in found.findings if each.code == "unknown-member"]
    assert (wrong.severity, wrong.message, str(wrong.place)) == ("error", told, "f.csv:2 (members)")
    assert kinds(found) == []


def test_a_member_that_stands_twice_in_a_cell_counts_once() -> None:
    found = taken(["matter,member,stance", "new-roof,ana; Bo Åk; Ana Blé,support"], record(*BASE))
    assert [e.members for e in found.entries.values() if isinstance(e, Position)] == [("ana", "bo")]
    (told,) = [each for each in found.findings if each.code == "named-twice"]
    words = "'ana' stands more than once in this cell; it counts once"
    assert (told.severity, told.message, str(told.place)) == (
        "warning",
        words,
        "f.csv:2 (members)",
    )


def test_names_cases_and_all_are_read() -> None:
    lines = [
        "Matter,Member,Stance",
        "a new roof,ANA BLE; Bo Åk,No objection",
        "new-roof,All,abstains",
        "new-roof,bo,against",
    ]
    found = taken(lines, record(*BASE))
    said = [(e.members, e.stance) for e in found.entries.values() if isinstance(e, Position)]
    assert said == [
        (("ana", "bo"), "no-objection"),
        (("all",), "abstention"),
        (("bo",), "against"),
    ]
    assert [each.code for each in found.findings if each.severity == "warning"] == [
        "unknown-stance"
    ]


def test_a_word_that_is_no_stance_is_told_once_with_what_to_write() -> None:
    lines = ["Matter,Member,Stance", *(f"new-roof,{name},yes" for name in ("ana", "bo", "cy"))]
    found = taken(lines, record(*BASE))
    (told,) = [each for each in found.findings if each.code == "unknown-stance"]
    assert str(told) == (
        "f.csv:2 (stance): warning: 'yes' (here and in 2 more rows) is no stance that every rule "
        "knows; it is kept as written, and counts only where the rule names it. Else write one of "
        "support, no-objection, objection, abstention, recusal, none [unknown-stance]"
    )


def test_a_cell_that_cannot_be_read_is_told_by_the_header_that_stands_above_it() -> None:
    lines = ["Matter,Member,Stance,Date", "new-roof,bo,support,05.03.2026"]
    found = taken(lines, record(*BASE))
    (told,) = [str(each) for each in found.findings if each.severity == "error"]
    assert told.startswith("f.csv:2: error: 'Date' is '05.03.2026', which may be 2026-03-05 or")


def test_how_words_were_read_is_told_where_the_first_stands() -> None:
    lines = [
        "Matter,Member,Stance",
        *(f"new-roof,{'Ana Blé' if n > 8 else 'Bo Åk'},support" for n in range(12)),
    ]
    found = taken(lines, record(*BASE))
    told = [each for each in found.findings if each.code == "read-as" and each.place]
    assert [str(each.place) for each in told if each.place and each.place.field == "members"] == [
        "f.csv:2 (members)"
    ]


def test_a_row_without_a_day_needs_the_day_of_the_file() -> None:
    text = b"matter,member,stance\nnew-roof,bo,support\n"
    (sheet,) = open_csv(text, "f.csv").sheets
    origin = Origin("f.csv", "f.csv", "a" * 64)
    found = plan([read_sheet(sheet, "position")], record(*BASE), origin, NOW)
    assert (codes(found), found.entries) == (["columns-read", "no-source-date"], {})


def test_the_file_is_the_source_with_its_sum() -> None:
    found = taken(["matter,member,stance", "new-roof,bo,support"], record(*BASE))
    (source,) = [e for e in found.entries.values() if isinstance(e, Source)]
    assert (source.title, source.sha256, source.date.text) == ("f.csv", "a" * 64, "2024-03-20")
    (said,) = [e for e in found.entries.values() if isinstance(e, Position)]
    assert said.source == source.name


def test_the_same_row_twice_counts_once() -> None:
    line = "new-roof,bo,support"
    found = taken(["matter,member,stance", line, line], record(*BASE))
    assert codes(found) == ["columns-read", "duplicate-row"]
    assert kinds(found) == ["position", "source"]


class TestRoster:
    def test_who_is_known_to_be_in_is_not_said_again(self) -> None:
        lines = ["member,joined", "Ana Blé,2020-01-01", "Bo Åk,", "Cy Þór,"]
        found = taken(lines, record(*BASE), "roster")
        new = [e for e in found.entries.values() if not isinstance(e, Source)]
        assert [(e.kind, getattr(e, "name", "") or getattr(e, "member", "")) for e in new] == [
            ("party", "cy-thor"),
            ("membership", "cy-thor"),
        ]
        assert new[1].happened == When.parse("../2024-03-20")

    def test_mistakes_are_told_by_cell(self) -> None:
        found = taken(["member;joined;phone", "Di;1.2.2020;", ";2020;1"], record(*BASE), "roster")
        assert [(each.code, str(each.place)) for each in found.findings] == [
            ("unknown-column", "f.csv:1"),
            ("bad-date", "f.csv:2"),
            ("missing-field", "f.csv:3"),
        ]


def test_deleted_rows_are_only_known_of_a_workbook(tmp_path: Any) -> None:
    held = record(*BASE)
    path = tmp_path / "f.xlsx"
    path.write_bytes(workbook([one_sheet([ANA])], [""], [ANA.id, BO.id]))
    table = read_table(str(path))
    found = plan(table.sheets, held, ORIGIN, NOW)
    assert [(each.code, each.entries) for each in found.findings] == [("row-deleted", (BO.id,))]
    assert found.entries == {}
    out = plan(table.sheets, held, ORIGIN, NOW, retract=True)
    assert (out.retracted, kinds(out)) == ([BO], ["correction", "source"])
    after = record(*BASE, *out.entries.values())
    assert not after.stands(BO.id)


class TestWithoutIds:
    """The hidden column of ids is gone, as where rows were copied to a sheet of one's own."""

    def found(self, lines: Sequence[Sequence[Any]], *, retract: bool) -> Plan:
        cells = [Row(n, tuple(each)) for n, each in enumerate(lines, 1)]
        exported = frozenset({ANA.id, BO.id})
        read = read_sheet(Sheet("f.xlsx", "positions", cells, exported), "position")
        return plan([read], record(*BASE), ORIGIN, NOW, retract=retract)

    def lines(self, *kept: AnyEntry) -> list[list[Any]]:
        table = [list(row.cells) for row in one_sheet([ANA, BO]).rows]
        return [table[0], *(row for row in table[1:] if row[-1] in {e.id for e in kept})]

    def test_rows_that_are_there_are_not_taken_out(self) -> None:
        found = self.found([row[:-1] for row in self.lines(ANA, BO)], retract=True)
        assert (codes(found), found.retracted, found.unchanged) == ([], [], 2)

    @pytest.mark.parametrize("retract", [True, False])
    def test_what_is_gone_cannot_be_told_from_what_was_changed(self, retract: bool) -> None:
        found = self.found([row[:-1] for row in self.lines(ANA)], retract=retract)
        (told,) = found.findings
        assert (told.code, found.retracted) == ("no-id-column", [])
        assert told.severity == ("error" if retract else "warning")
        assert "the sheet 'positions' has lost its column 'id'" in told.message

    def test_a_row_whose_id_was_cleared_is_there(self) -> None:
        head, ana, bo = self.lines(ANA, BO)
        found = self.found([head, ana, [*bo[:-1], None]], retract=True)
        assert (codes(found), found.retracted, found.unchanged) == ([], [], 2)
        found = self.found([head, [*ana[:-1], None]], retract=True)
        assert (codes(found), found.retracted) == ([], [BO])


def test_an_empty_record_holds_nothing() -> None:
    assert before(None, "") == Before(standing=frozenset())
