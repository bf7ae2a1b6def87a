"""What a cell shows is what it says: no thousand becomes one, no month a day."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from nemcon.entries import Membership
from nemcon.load.csv_file import open_csv
from nemcon.load.workbook import open_workbook
from nemcon.tables.csv_text import csv_text
from nemcon.tables.held import Before, Origin
from nemcon.tables.plan import plan
from nemcon.tables.read import ReadSheet, read_sheet
from nemcon.tables.roster import read_roster
from nemcon.tables.write import one_sheet
from nemcon.tables.xlsx import workbook
from nemcon.when import When

ORIGIN = Origin("f.xlsx", "f.xlsx", "a" * 64, When.parse("2024-03-20"), "mill")


HOLDS_MORE = (
    "shows 2004-05 and holds 2004-05-17; format the cell so that it shows the day, or as text with "
    "what is meant"
)


def roster(header: str, value: Any, form: str = "General") -> ReadSheet:
    """A roster of one member with this value in a column."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["Member", header])
    sheet.append(["Ana", value])
    sheet["B2"].number_format = form
    out = io.BytesIO()
    made.save(out)
    (read,) = open_workbook(out.getvalue(), "f.xlsx").sheets
    return read_roster(read)


def attributes(read: ReadSheet) -> dict[str, Any]:
    """What the one row says of its member."""
    assert [each for each in read.findings if each.severity == "error"] == []
    (row,) = (row for row in read.rows if row.kind == "membership")
    return dict(row.values.get("attributes", {}))


@pytest.mark.parametrize(
    ("value", "form"),
    [
        *((text, "@") for text in ("1.000", "1,000", "1,5", "1 000", "1\u00a0000", "12,5 %")),
        *((text, "@") for text in ("0.5", "-5", "1'000", "many", "1e3", "1/0")),
        *((number, "General") for number in (0.25, -6, True)),
        *((number, "0 %") for number in (1, 0.125)),
        (datetime(2001, 5, 1), "yyyy-mm-dd"),  # noqa: DTZ001 - as cells are
    ],
)
@pytest.mark.parametrize("header", ["Weight", "Votes", "Population", "attribute: shares"])
def test_a_weight_is_a_whole_number_or_an_error(header: str, value: Any, form: str) -> None:
    read = roster(header, value, form)
    assert read.rows == []
    (wrong,) = (each for each in read.findings if each.severity == "error")
    assert str(wrong).startswith(f"f.xlsx (Sheet!B2): error: '{header}' is ")


def test_what_to_write_is_told() -> None:
    (wrong,) = roster("Weight", "1.000", "@").findings
    assert wrong.message == (
        "'Weight' is '1.000'; write a whole number in digits only, such as 1000, or a fraction "
        "such as 1/2"
    )
    (wrong,) = roster("Weight", 1, "0%").findings
    assert wrong.message == (
        "'Weight' is the percentage 100 %, which a spreadsheet keeps as 1.0; write a whole number, "
        "or format the cell as text and write what is meant"
    )


@pytest.mark.parametrize(
    ("value", "read"), [(3, 3), (3.0, 3), (" 12 ", 12), ("0", 0), ("1/2", "1/2"), (None, None)]
)
def test_a_weight_in_digits_or_as_a_fraction_is_read(value: Any, read: Any) -> None:
    assert attributes(roster("Weight", value)).get("weight") == read


@pytest.mark.parametrize("text", ["1.000", "1,5", "1 000", "12,5 %", "50%", "1.234.567"])
def test_no_attribute_is_a_number_that_may_be_another(text: str) -> None:
    (wrong,) = (e for e in roster("attribute: fee", text, "@").findings if e.severity == "error")
    assert "which may be read as another number than is meant" in wrong.message


@pytest.mark.parametrize(
    ("value", "read"),
    [("12.5", "12.5"), ("0.125", "0.125"), ("-5", -5), ("A 1", "A 1"), (2.5, "2.5")],
)
def test_other_attributes_are_read_as_they_are(value: Any, read: Any) -> None:
    assert attributes(roster("attribute: fee", value)) == {"fee": read}


@pytest.mark.parametrize("value", ["1.000", "-5", -6, True, "1/2", "0.5", "many", 3])
@pytest.mark.parametrize("name", ["weight", "fee"])
def test_what_a_record_holds_comes_back_all_the_same(name: str, value: Any) -> None:
    entry = Membership(body="mill", member="ana", attributes={name: value})
    table = one_sheet([entry])
    (text,) = open_csv(csv_text(table).encode(), "f.csv").sheets
    (book,) = open_workbook(workbook([table], ["about"]), "f.xlsx").sheets
    for sheet in (text, book):
        read = read_sheet(sheet, "membership")
        found = plan([read], Before(), ORIGIN, datetime.now(UTC))
        assert (found.findings, [*found.entries.values()]) == ([], [entry])


def dated(value: Any, form: str) -> tuple[Any, list[str]]:
    """How a date cell is read: its value, or what is said of it."""
    read = roster("Joined", value, form)
    values = [row.values.get("happened") for row in read.rows if row.kind == "membership"]
    return (values[0] if values else None), [
        e.message for e in read.findings if e.severity == "error"
    ]


@pytest.mark.parametrize("form", ["mmm yyyy", "mmm-yy", "[$-407]MMMM\\ YYYY;@", 'mm"/"yyyy'])
def test_a_month_is_no_day(form: str) -> None:
    assert dated(date(2004, 5, 1), form) == ("2004-05", [])
    assert dated(date(2004, 5, 17), form) == (
        None,
        ["'Joined' " + HOLDS_MORE],
    )


def test_a_year_is_no_day() -> None:
    assert dated(date(2004, 1, 1), "yyyy") == ("2004", [])
    assert dated(date(2004, 2, 1), "yyyy")[0] is None


@pytest.mark.parametrize("form", ["yyyy-mm-dd", "dd.mm.", "d mmm yy", "[$-409]d\\-mmm\\-yyyy;@"])
def test_a_day_stays_a_day(form: str) -> None:
    assert dated(date(2004, 5, 1), form) == ("2004-05-01", [])


@pytest.mark.parametrize("value", [8432, 3654, "8433", 2200, 9999.0])
def test_a_number_of_a_day_is_no_year(value: Any) -> None:
    (told,) = dated(value, "General")[1]
    assert "which a spreadsheet may show as" in told


@pytest.mark.parametrize("value", [1000, "2199", 2004.0])
def test_a_likely_year_is_one(value: Any) -> None:
    assert dated(value, "General") == (str(int(value)), [])


def test_a_strict_workbook_is_told_how_to_save() -> None:
    data = workbook([one_sheet([Membership(member="ana")])], ["about"])
    out = io.BytesIO()
    plainly = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strictly = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info).replace(plainly, strictly))
    (told,) = open_workbook(out.getvalue(), "f.xlsx").findings
    assert str(told) == (
        "f.xlsx: error: this is a 'Strict Open XML' workbook, which is not read; save it as 'Excel "
        "Workbook (.xlsx)', the plain one [not-a-workbook]"
    )
