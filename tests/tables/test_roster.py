"""Rosters as clerks keep them: who is on the roll, and what is no member."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nemcon.entries import Membership, Party
from nemcon.load.csv_file import open_csv
from nemcon.tables.grid import Row, Sheet
from nemcon.tables.kinds import guess_kind
from nemcon.tables.names import slug
from nemcon.tables.read import ReadSheet, read_sheet
from nemcon.tables.roster import read_roster
from tests.tables.test_plan import BASE, codes, party, record, taken


def read(*lines: str) -> ReadSheet:
    """A roster of these lines of CSV."""
    (sheet,) = open_csv("\n".join([*lines, ""]).encode(), "f.csv").sheets
    return read_roster(sheet)


def titles(found: ReadSheet) -> list[str]:
    """The names of those who are on it."""
    return [row.values["title"] for row in found.rows if row.kind == "party"]


def told(found: ReadSheet) -> list[str]:
    """What is said of it, but how its columns were read."""
    return [str(each) for each in found.findings if each.code != "columns-read"]


class TestShortNames:
    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("Ana Blé", "ana-ble"),
            ("Артель 7", "артель-7"),
            ("Йошкар-Ола", "йошкар-ола"),
            ("日本", "日本"),
            ("Ærø (Ø)", "aero-o"),
            ("…", ""),
        ],
    )
    def test_letters_that_are_not_latin_stay(self, title: str, name: str) -> None:
        assert slug(title) == name

    def test_two_names_are_two_members(self) -> None:
        found = read("Member", "Кооператив 7", "Артель 7")
        assert told(found) == []
        assert [row.values["name"] for row in found.rows if row.kind == "party"] == [
            "кооператив-7",
            "артель-7",
        ]

    def test_two_names_with_one_short_name_are_an_error(self) -> None:
        assert told(read("Member", "Jan Müller", "Jan Muller")) == [
            (
                "f.csv:3: error: 'Jan Muller' and 'Jan Müller' in row 2 both have the short name "
                "'jan-muller'; give each its own in a column 'short name' or, if they are one "
                "member, write its name in one way [same-short-name]"
            )
        ]
        (twice,) = told(read("Member;Short name", "Ana;a", "Bo;a"))
        assert twice.endswith("[same-short-name]")

    def test_with_short_names_they_are_two(self) -> None:
        lines = ["Member;Short name", "Jan Müller;jan-1", "Jan Muller;jan-2"]
        found = taken(lines, record(*BASE), "roster")
        assert codes(found) == []
        joined = [e.member for e in found.entries.values() if isinstance(e, Membership)]
        assert joined == ["jan-1", "jan-2"]

    def test_one_name_in_two_rows_is_one_member(self) -> None:
        found = read("Member;Joined;Left", "Ana;2000;2004", "ana;2010;")
        assert told(found) == []

    def test_a_short_name_that_the_record_has_for_another_is_an_error(self) -> None:
        held = record(*BASE, party("bjorn", "Björn"))
        (wrong,) = taken(["Member", "Bjørn"], held, "roster").findings
        assert str(wrong) == (
            "f.csv:2: error: 'Bjørn' gets the short name 'bjorn', which is that of 'Björn' in the "
            "record; give it its own in a column 'short name' or, if they are one member, write "
            "its name as the record has it [same-short-name]"
        )

    def test_a_short_name_that_was_written_is_no_new_name_for_another(self) -> None:
        (wrong,) = taken(["Member;Short name", "Robert;bo"], record(*BASE), "roster").findings
        assert str(wrong) == (
            "f.csv:2: error: 'Robert' has the short name 'bo', which is that of 'Bo Åk' in the "
            "record; write another or, if they are one member, its name as the record has it, with "
            "this one among its aliases [same-short-name]"
        )
        lines = ["Member;Short name;Aliases", "Bo Åk;bo;Robert", "ana;ana;"]
        assert codes(taken(lines, record(*BASE), "roster")) == []

    def test_a_name_that_the_record_has_twice_is_an_error(self) -> None:
        held = record(*BASE, party("jan-1", "Jan Müller"), party("jan-2", "Jan Muller"))
        (wrong,) = taken(["Member", "JAN MULLER."], held, "roster").findings
        assert "may be jan-1 or jan-2" in wrong.message
        again = taken(["Member", "Jan Müller", "Bo Åk"], held, "roster")
        assert [e.member for e in again.entries.values() if isinstance(e, Membership)] == ["jan-1"]


class TestNoMembers:
    @pytest.mark.parametrize(
        "name",
        ["Total", "Summe:", "Gesamt", "Σ", "∑", "TOTAL (27)", "Total members", "Somme"],
    )
    def test_a_total_is_no_member(self, name: str) -> None:
        found = read("Member;Weight", "Ana;1", f"{name};1")
        assert told(found) == [
            (
                f"f.csv:3: error: '{name}' looks like a total; delete the row or, if it is a "
                "member, give it a short name in a column 'short name' [no-member]"
            )
        ]

    @pytest.mark.parametrize(
        "name",
        ["Source: our files", "* left in May", "Quelle: Amt", "This list is not yet complete."],
    )
    def test_a_footnote_is_no_member(self, name: str) -> None:
        (only,) = told(read("Member;Weight", "Ana;1", f"{name};"))
        assert "looks like a footnote" in only

    def test_a_member_of_such_a_name_is_one(self) -> None:
        found = read(
            "Member;Short name;Weight", "Total;total-sa;1", "Total Energies;;2", "Sumer;;3"
        )
        assert (told(found), titles(found)) == ([], ["Total", "Total Energies", "Sumer"])

    def test_rows_that_begin_with_a_hash_are_told(self) -> None:
        found = read("# Our list", "Member;Joined", "Ana;2000", "#Bo;2001", "# see above;")
        assert titles(found) == ["Ana"]
        assert told(found) == [
            (
                "f.csv:4: warning: 2 rows begin with # and are not read (rows 4, 5); take the # "
                "away from what is no comment [comment-rows]"
            )
        ]

    def test_a_column_of_numbers_of_rows_is_not_read(self) -> None:
        found = read("#;Member;Joined", "1;Ana;2000", "#2;Bo;2001")
        assert titles(found) == ["Ana", "Bo"]
        assert told(found) == [
            (
                "f.csv:1: warning: the column '#' is not known in a roster, so it is not read "
                "[unknown-column]"
            )
        ]


class TestWords:
    def test_a_type_that_is_not_known_is_told_once(self) -> None:
        found = read("Member;Type", "A;Staat", "B;Person", "C;Kanton", "D;Kanton", "E;company")
        sorts = [row.values["sort"] for row in found.rows if row.kind == "party"]
        assert sorts == ["state", "person", "organisation", "organisation", "organisation"]
        assert told(found) == [
            (
                "f.csv:4 (sort): warning: 'Kanton' is no type of member that is known, and is read "
                "as organisation; write state, person or organisation [unknown-type]"
            )
        ]

    def test_how_columns_were_read_is_told(self) -> None:
        (only,) = read("Country;Since;Votes;Population", "A;2000;3;9").findings
        assert str(only) == (
            "f.csv:1: note: columns are read so: 'Country' as member, 'Since' as joined, 'Votes' "
            "as weight [columns-read]"
        )

    @pytest.mark.parametrize(
        "head",
        [
            "Mitgliedstaat;Beitritt;Austritt",
            "État membre;Adhésion;Retrait",
            "Member;Joined",
            "Mitglied;Seit;Bis",
        ],
    )
    def test_a_roster_is_known_by_its_headers(self, head: str) -> None:
        (sheet,) = open_csv(f"{head}\nA;2000;\n".encode(), "f.csv").sheets
        assert guess_kind(sheet, "eu") == "roster"
        assert titles(read_roster(sheet)) == ["A"]

    def test_terms_of_office_are_no_roster(self) -> None:
        (sheet,) = open_csv(b"office;holder;from;to\nchair;ana;2000;\n", "f.csv").sheets
        assert guess_kind(sheet, "eu") is None

    def test_a_merged_title_is_no_row_of_headers(self) -> None:
        rows = [("Members",) * 3, ("Member", "Joined", "Weight"), ("Ana", "2000", "1")]
        sheet = Sheet("f.xlsx", "s", [Row(n, cells) for n, cells in enumerate(rows, 1)])
        assert titles(read_roster(sheet)) == ["Ana"]
        rows = [("Position",) * 3, ("member", "stance", "note"), ("ana", "support", "")]
        sheet = replace(sheet, rows=[Row(n, cells) for n, cells in enumerate(rows, 1)])
        assert [row.values["members"] for row in read_sheet(sheet, "position").rows] == [["ana"]]


def test_columns_with_a_remark_are_not_put_together() -> None:
    head = "matter,member,stance,Stance (comment),Note,Note (internal),Date,Date (published)"
    text = f"{head}\nm,ana,support,maybe,n,x,2024-01-01,2024-02-02\n"
    (sheet,) = open_csv(text.encode(), "f.csv").sheets
    found = read_sheet(sheet, "position")
    (row,) = found.rows
    assert (row.values["stance"], row.values["note"], row.values["happened"]) == (
        "support",
        "n",
        "2024-01-01",
    )
    unknown = [each.message for each in found.findings if each.code == "unknown-column"]
    assert [message.split("'")[1] for message in unknown] == [
        "Stance (comment)",
        "Note (internal)",
        "Date (published)",
    ]


def test_the_parts_of_a_long_text_are_put_together() -> None:
    text = "matter,member,stance,note,note (2),note (3)\nm,ana,support,a,b,c\n"
    (sheet,) = open_csv(text.encode(), "f.csv").sheets
    assert read_sheet(sheet, "position").rows[0].values["note"] == "abc"


def test_a_party_is_what_its_row_says() -> None:
    found = taken(["Member;Type", "Артель 7;organisation"], record(*BASE), "roster")
    assert [e.name for e in found.entries.values() if isinstance(e, Party)] == ["артель-7"]
