"""Files that are broken, huge or meant to do harm: told, with the cell, and never a traceback."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from nemcon.entries import Party
from nemcon.findings import Finding, errors
from nemcon.load import LoadError
from nemcon.load.csv_file import open_csv
from nemcon.load.tabular import read_table
from nemcon.load.workbook import Opened, open_workbook
from nemcon.tables.csv_text import csv_text
from nemcon.tables.held import Before, Origin
from nemcon.tables.plan import plan
from nemcon.tables.read import read_sheet
from nemcon.tables.roster import read_roster
from nemcon.tables.write import one_sheet
from nemcon.tables.xlsx import workbook
from nemcon.when import When

NINE = datetime(2024, 6, 20, 9)  # noqa: DTZ001 - cells have no zone
HEADERS = ["matter", "members", "stance", "happened"]


def book(fill: Callable[[Any], None], name: str = "positions") -> bytes:
    """A workbook with one sheet that `fill` writes below the headers."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    sheet.append(HEADERS)
    fill(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def told(opened: Opened, kind: str = "position") -> list[str]:
    """Everything that is said of a file, opened and read."""
    findings = list(opened.findings)
    for sheet in opened.sheets:
        findings += read_sheet(sheet, kind).findings
    return [str(each) for each in findings]


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(each.severity, each.code) for each in findings]


def one_cell(value: Any, header: str = "happened") -> list[str]:
    """What is said of a sheet with this value in the column."""

    def fill(sheet: Any) -> None:
        sheet.append([value if name == header else "x" for name in HEADERS])

    return told(open_workbook(book(fill), "f.xlsx"))


class TestDates:
    def test_a_date_cell_is_the_day_that_it_shows(self) -> None:
        def fill(sheet: Any) -> None:
            sheet.append(["m", "x", "support", date(2024, 6, 20)])
            sheet.append(["m", "x", "support", datetime(2024, 6, 20)])  # noqa: DTZ001 - as cells are
            sheet.append(["m", "x", "support", 2024])

        (sheet,) = open_workbook(book(fill), "f.xlsx").sheets
        read = read_sheet(sheet, "position")
        assert read.findings == []
        assert [row.values["happened"] for row in read.rows] == ["2024-06-20", "2024-06-20", "2024"]

    def test_a_workbook_that_counts_from_1904(self) -> None:
        made = openpyxl.Workbook()
        made.epoch = CALENDAR_MAC_1904
        sheet = made.active
        assert sheet is not None
        sheet.title = "positions"
        sheet.append(HEADERS)
        sheet.append(["m", "x", "support", date(2024, 6, 20)])
        out = io.BytesIO()
        made.save(out)
        opened = open_workbook(out.getvalue(), "f.xlsx")
        assert said(opened.findings) == [("note", "days-from-1904")]
        assert read_sheet(opened.sheets[0], "position").rows[0].values["happened"] == "2024-06-20"

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ("20.06.2024", "dates stand as year-month-day: 2024-06-20 [bad-date]"),
            ("6/20/2024", "dates stand as year-month-day: 2024-06-20 [bad-date]"),
            ("06.07.2024", "which may be 2024-07-06 or 2024-06-07; write the one that is meant"),
            ("29.02.2023", "which is not in the calendar or lacks its year"),
            ("20.06.24", "which is not in the calendar or lacks its year"),
            (45463, "is the number 45463, which a spreadsheet may show as 2024-06-20"),
            ("45463", "which a spreadsheet may show as 2024-06-20"),
            (45463.5, "is the number 45463.5"),
            (True, "is 'True', no date"),
            (timedelta(hours=9), "no date; write it as 2024-06-20"),
            (NINE, "is the time 2024-06-20T09:00:00 without its zone"),
            ("2024/06/20", "dates stand as year-month-day: 2024-06-20 [bad-date]"),
            ("2024.6.20", "dates stand as year-month-day: 2024-06-20 [bad-date]"),
            ("20240620", "dates stand as year-month-day: 2024-06-20 [bad-date]"),
            ("2024\u201106\u201120", "dates stand as year-month-day: 2024-06-20 [bad-date]"),
            ("2024-06-20 09:00", "write it with the zone: 2024-06-20T09:00Z or"),
            (15, "is the number 15, no date"),
        ],
    )
    def test_what_is_no_date_is_told_with_its_cell(self, value: Any, words: str) -> None:
        (only,) = one_cell(value)
        assert only.startswith("f.xlsx (positions!D2): error: 'happened' ")
        assert words in only

    def test_29_february_2023_is_told_when_the_row_is_made_an_entry(self) -> None:
        (sheet,) = open_csv(b"matter,members,stance,happened\nm,x,support,2023-02-29\n", "f").sheets
        origin = Origin("f", "f", "", When.parse("2024"), "nato")
        made = plan([read_sheet(sheet, "position")], Before(), origin, datetime.now(UTC))
        (wrong,) = [each for each in made.findings if each.code == "bad-date"]
        assert str(wrong.place) == "f:2 (happened)"


class TestCells:
    def test_a_formula_without_its_result_is_an_error(self) -> None:
        first, second = one_cell("=TODAY()")
        assert first.startswith("f.xlsx (positions): note: 1 cell with a formula")
        assert second.startswith("f.xlsx (positions!D2): error: 'happened' is a formula whose")

    def test_the_result_of_a_formula_is_read_if_it_was_saved(self) -> None:
        data = book(lambda sheet: sheet.append(["m", "x", "=A2", "2024-06-20"]))
        data = rewritten(data, "sheet1.xml", b"<f>A2</f><v />", b"<f>A2</f><v>support</v>")
        data = rewritten(data, "sheet1.xml", b'<c r="C2">', b'<c r="C2" t="str">')
        opened = open_workbook(data, "f.xlsx")
        assert said(opened.findings) == [("note", "formulas")]
        (row,) = read_sheet(opened.sheets[0], "position").rows
        assert row.values["stance"] == "support"

    def test_an_error_value_is_told(self) -> None:
        def fill(sheet: Any) -> None:
            sheet.append(["m", "x", "support", "#REF!"])
            sheet["D2"].data_type = "e"

        (only,) = told(open_workbook(book(fill), "f.xlsx"))
        assert only.startswith("f.xlsx (positions!D2): error: 'happened' is the error #REF! of a")

    def test_merged_cells_hold_the_first_value_and_are_told(self) -> None:
        def fill(sheet: Any) -> None:
            sheet.append(["m", "ana", "support", "2024-06-20"])
            sheet.append([None, "bo", None, "2024-06-21"])
            sheet.merge_cells("A2:A3")
            sheet.merge_cells("C2:C3")

        opened = open_workbook(book(fill), "f.xlsx")
        assert said(opened.findings) == [("warning", "merged-cells")]
        assert "A2:A3, C2:C3" in str(opened.findings[0])
        rows = read_sheet(opened.sheets[0], "position").rows
        assert [(r.values["matter"], r.values["stance"]) for r in rows] == [("m", "support")] * 2

    def test_hidden_rows_and_sheets_are_read_and_told(self) -> None:
        def fill(sheet: Any) -> None:
            sheet.append(["m", "ana", "support", "2024-06-20"])
            sheet.row_dimensions[2].hidden = True
            other = sheet.parent.create_sheet("tallies")
            other.append(["matter", "support", "of"])
            other.append(["m", 3, 4])
            other.sheet_state = "hidden"

        opened = open_workbook(book(fill), "f.xlsx")
        assert said(opened.findings) == [("note", "hidden-rows"), ("note", "hidden-sheet")]
        assert [len(sheet.rows) for sheet in opened.sheets] == [2, 2]

    def test_numbers_as_text_count_and_half_members_do_not(self) -> None:
        rows = b"matter,support,abstain,of\nm, 29 ,3,32\nm,28.5,1,32\nm,1.000,1,32\n"
        (sheet,) = open_csv(rows, "tallies.csv").sheets
        read = read_sheet(sheet, "tally")
        assert [each.code for each in read.findings] == [
            "columns-read",
            "bad-number",
            "bad-number",
        ]
        assert read.rows[0].values["counts"] == [
            {"stance": "support", "number": 29},
            {"stance": "abstention", "number": 3},
        ]

    def test_headers_are_found_in_any_dress_and_unknown_ones_told(self) -> None:
        rows = "\ufeffÜberschrift\nMATTER;Country; Stance ;Dáte;Colour\nm;x;Support;2024;red\n"
        (sheet,) = open_csv(rows.encode(), "f.csv").sheets
        read = read_sheet(sheet, "position")
        assert [(each.code, str(each.place)) for each in read.findings] == [
            ("unknown-column", "f.csv:2"),
            ("columns-read", "f.csv:2"),
        ]
        assert "'Country' as members, 'Dáte' as happened" in read.findings[1].message
        assert read.rows[0].values["members"] == ["x"]

    def test_what_stands_below_no_header_is_told(self) -> None:
        text = b"matter,members,stance,,happened\nm,x,support,by phone,2024-06-20,late,\n#,,,no,\n"
        no_header = (
            "f.csv:2: warning: column {} has no header, so what stands in it is not read; the "
            "first is '{}': write a header, or clear the cells [unnamed-column]"
        )
        assert told(open_csv(text, "f.csv")) == [
            no_header.format("4 (D)", "by phone"),
            no_header.format("6 (F)", "late"),
            (
                "f.csv:3: warning: 1 row begins with # and is not read (row 3); take the # away "
                "from what is no comment [comment-rows]"
            ),
        ]
        (sheet,) = open_csv(b"Member;Type;\nAna;person;x\n", "f.csv").sheets
        assert said(read_roster(sheet).findings) == [("warning", "unnamed-column")]

    def test_two_columns_of_a_roster_for_one_field_keep_it_out(self) -> None:
        (sheet,) = open_csv(b"Member;Name;Joined\nAna;Dr Ana;2020\n", "f.csv").sheets
        found = read_roster(sheet)
        assert (said(found.findings), found.rows) == ([("error", "duplicate-column")], [])

    @pytest.mark.parametrize("name", ["positions.csv", "roster.csv"])
    def test_a_file_without_rows_is_told(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_text("Member,Stance\n" if name == "positions.csv" else "Member\n", "utf-8")
        assert ("warning", "no-rows") in said([*read_table(str(path)).findings])
        path.write_text("\n\n", "utf-8")
        assert said([*read_table(str(path)).findings]) == [("error", "no-rows")]

    def test_two_columns_for_one_field_keep_the_sheet_out(self) -> None:
        (sheet,) = open_csv(b"matter,country,members\nm,x,y\n", "f.csv").sheets
        read = read_sheet(sheet, "position")
        assert said(errors(read.findings)) == [("error", "duplicate-column")]
        assert read.rows == []


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with one part changed by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            content = before.read(info)
            if info.filename.endswith(part):
                assert old in content, content
                content = content.replace(old, new)
            after.writestr(info.filename, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class TestArchives:
    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "")
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
                for _ in range(300):
                    part.write(b"0" * (1 << 20))
        tracemalloc.start()
        opened = open_workbook(out.getvalue(), "bomb.xlsx")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert said(opened.findings) == [("error", "zip-bomb")]
        assert peak < 10 * 1024**2

    def test_an_archive_that_lies_about_its_sizes_is_no_workbook(self) -> None:
        data = bytearray(book(lambda sheet: sheet.append(["m", "x" * 5000, "support", "2024"])))
        name = b"xl/worksheets/sheet1.xml"
        at = data.rindex(name) - 46 + 24  # the unpacked size in the central directory
        data[at : at + 4] = (10).to_bytes(4, "little")
        assert said(open_workbook(bytes(data), "f.xlsx").findings) == [("error", "not-a-workbook")]

    def test_entities_are_not_expanded(self) -> None:
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        data = book(lambda sheet: sheet.append(["m", "x", "support", "2024"]))
        data = rewritten(data, "sheet1.xml", b"<worksheet ", bomb + b"<worksheet ")
        assert said(open_workbook(data, "f.xlsx").findings) == [("error", "not-a-workbook")]

    def test_macros_are_told_and_not_run(self, tmp_path: Path) -> None:
        data = book(lambda sheet: sheet.append(["m", "x", "support", "2024"]))
        out = io.BytesIO(data)
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
        (tmp_path / "f.xlsx").write_bytes(out.getvalue())
        (tmp_path / "f.xlsm").write_bytes(data)
        for name in ("f.xlsx", "f.xlsm"):
            table = read_table(str(tmp_path / name))
            assert said(list(table.findings)) == [("warning", "macros")]
            assert len(table.sheets[0].rows) == 1

    @pytest.mark.parametrize(
        ("name", "data", "code"),
        [
            ("f.xlsx", b"", "not-a-workbook"),
            ("f.xlsx", b"PK\x03\x04", "not-a-workbook"),
            ("f.xlsx", b"matter,members\n", "not-a-workbook"),
            ("f.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not-a-workbook"),
            ("f.xls", b"", "wrong-format"),
            ("f.ods", b"", "wrong-format"),
            ("f.csv", b"", "no-rows"),
            ("f.csv", b"a,b\n1,2\n", "unknown-table"),
            ("positions.csv", b"colour,size\nred,2\n", "no-headers"),
        ],
    )
    def test_what_is_no_table_is_told(
        self, tmp_path: Path, name: str, data: bytes, code: str
    ) -> None:
        (tmp_path / name).write_bytes(data)
        table = read_table(str(tmp_path / name))
        found = [*table.findings, *(f for sheet in table.sheets for f in sheet.findings)]
        assert code in [each.code for each in errors(found)]

    def test_a_file_that_is_not_there_is_an_error_of_the_path(self, tmp_path: Path) -> None:
        with pytest.raises(LoadError, match="it cannot be read"):
            read_table(str(tmp_path / "f.xlsx"))

    @given(st.binary(max_size=2000), st.booleans())
    def test_noise_gives_findings(self, noise: bytes, zipped: bool) -> None:
        data = noise
        if zipped:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as archive:
                archive.writestr("[Content_Types].xml", noise)
                archive.writestr("xl/workbook.xml", noise)
            data = out.getvalue()
        assert errors(open_workbook(data, "f.xlsx").findings)
        opened = open_csv(noise, "f.csv")
        for sheet in opened.sheets:
            read_sheet(sheet, "position")

    @given(st.data())
    def test_a_workbook_with_bytes_changed_never_breaks_the_reader(self, data: Any) -> None:
        content = bytearray(WORKBOOK)
        for _ in range(data.draw(st.integers(1, 8))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        for sheet in open_workbook(bytes(content), "f.xlsx").sheets:
            read_sheet(sheet, "position")


WORKBOOK = book(lambda sheet: sheet.append(["m", "x", "support", "2024-06-20"]))


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_text_in_unicode_is_read(self, encoding: str) -> None:
        opened = open_csv("matter,members\nm,Türkiye\n".encode(encoding), "f.csv")
        assert opened.findings == []
        assert [row.cells for row in opened.sheets[0].rows] == [
            ("matter", "members"),
            ("m", "Türkiye"),
        ]

    def test_windows_1252_is_read_and_told(self) -> None:
        opened = open_csv("matter,members\nm,Türkiye\n".encode("cp1252"), "f.csv")
        assert said(opened.findings) == [("warning", "encoding-guessed")]
        assert opened.sheets[0].rows[1].cells == ("m", "Türkiye")

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_the_delimiter_is_found(self, mark: str) -> None:
        text = f'matter{mark}members{mark}note\nm{mark}x{mark}"a, b; c, d, ""e"""\n'
        (sheet,) = open_csv(text.encode(), "f.csv").sheets
        assert sheet.rows[1].cells == ("m", "x", 'a, b; c, d, "e"')

    @pytest.mark.parametrize(
        "above", ["Members, as of May, 2024", "Ours, all", "# a; b, c, d, e, f"]
    )
    def test_a_title_with_commas_above_a_table_is_no_row_of_it(self, above: str) -> None:
        text = f"{above}\nMember;Joined;Mio.\nAna;2000;11,5\nBo;2001\nCy;;8,9\n"
        (sheet,) = open_csv(text.encode(), "f.csv").sheets
        assert sheet.rows[1].cells == ("Member", "Joined", "Mio.")

    def test_the_delimiter_is_told_where_the_table_makes_no_sense(self) -> None:
        (sheet,) = open_csv(b"a;b\nc;d\n", "f.csv").sheets
        for (wrong,) in (read_roster(sheet).findings, read_sheet(sheet, "position").findings):
            assert "found (the columns were taken apart at semicolons)" in wrong.message or (
                "rows (the columns were taken apart at semicolons)" in wrong.message
            )

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"matter,members\nm,\0\n", "not-text"),
            ("a,b\n1,\0\n".encode("utf-16"), "nul-byte"),
            (b"\xff\xfea", "not-text"),
            (b'matter,members\nm,"x\n', "bad-csv"),
            (b'matter,members\nm,"x"y\n', "bad-csv"),
            (b"matter,members\nm," + b"x" * 1_000_001 + b"\n", "bad-csv"),
            (b"matter" + b"," * 400 + b"\n", "too-many-columns"),
            (bytes(range(256)) * 4, "not-text"),
        ],
    )
    def test_broken_text_is_told(self, data: bytes, code: str) -> None:
        opened = open_csv(data, "f.csv")
        assert said(opened.findings)[:1] == [("error", code)]

    def test_a_million_rows_are_refused_quickly_in_bounded_memory(self, tmp_path: Path) -> None:
        path = tmp_path / "positions.csv"
        with path.open("w", encoding="utf-8") as out:
            out.write("matter,members,stance\n")
            for number in range(1_000_000):
                out.write(f"m,member-{number},support\n")
        code = (
            "import sys; from nemcon.load.tabular import read_table;"
            "table = read_table(sys.argv[1]); print(*table.findings, len(table.sheets));"
            # Of this program alone: ru_maxrss would begin with that of the one that started it.
            "print([line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line][0])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        )
        told, peak = done.stdout.splitlines()
        assert told == (
            f"{path}:200001: error: there are more than 200,000 rows; split the file into parts of "
            "up to that many, and import them one by one [too-many-rows] 0"
        )
        assert int(peak) < 300_000  # kilobytes

    def test_a_file_beyond_the_limit_is_not_read(self, tmp_path: Path) -> None:
        path = tmp_path / "positions.csv"
        with path.open("wb") as out:
            out.truncate(60 * 1024**2)
        table = read_table(str(path))
        assert said(list(table.findings)) == [("error", "file-too-large")]

    def test_what_would_run_as_a_formula_is_made_text_and_comes_back(self) -> None:
        dangerous = [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "'=1",
            "'",
            '=cmd|"/c calc"!A1',
            "=HYPERLINK(1)",
        ]
        entries = [Party(name=f"p{n}", title=text) for n, text in enumerate(dangerous)]
        text = csv_text(one_sheet(entries))
        (sheet,) = open_csv(text.encode(), "f.csv").sheets
        assert [row.cells[1] for row in sheet.rows[1:]] == dangerous
        assert not any(
            cell.startswith(("=", "+", "-", "@"))
            for row in text.splitlines()
            for cell in row.replace('"', "").split(",")
        )
        data = workbook([one_sheet(entries)], ["about"])
        made = openpyxl.load_workbook(io.BytesIO(data))
        cells = [row[1] for row in made["parties"].iter_rows(min_row=2)]
        assert [(cell.value, cell.data_type) for cell in cells] == [(t, "s") for t in dangerous]


def test_rows_in_any_disorder_never_break_the_reader() -> None:
    words = [
        "",
        "m",
        "2024",
        "=x",
        "json:[",
        "json:{}",
        "é" * 40,
        "45463",
        "yes",
        "-",
        "#",
        "json:1",
    ]
    chance = random.Random(7)
    for kind in ("position", "tally", "membership", "matter", "source"):
        rows = [",".join(chance.choice(words) for _ in range(9)) for _ in range(40)]
        head = "name,matter,members,stance,happened,of,counts,date,completeness"
        (sheet,) = open_csv("\n".join([head, *rows]).encode(), "f.csv").sheets
        read_sheet(sheet, kind)
