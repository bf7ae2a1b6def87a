"""Opening XLSX files: what they hold, and what in them cannot be taken as it looks.

Nothing in a workbook is run or fetched: no macros, no formulas, no links. The archive's own list of
sizes is checked before anything is unpacked, and XML is read through defusedxml.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any

from nemcon.findings import Finding, Place
from nemcon.saying import marked, say, say_many
from nemcon.tables.grid import (
    EACH,
    MOST_COLUMNS,
    MOST_ROWS,
    Broken,
    Cell,
    Percent,
    Row,
    Sheet,
    Step,
    letters_of,
    quietly,
)
from nemcon.tables.xlsx import ABOUT, HELD, LISTS, MARK

if TYPE_CHECKING:
    from openpyxl import Workbook

UNPACKED = 50 * 1024 * 1024
"""Bytes that a workbook may have once unpacked."""
MEMBERS = 2_000
"""Files that the archive of a workbook may hold."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/"  # where others have http://schemas.openxmlformats.org
_HEAD = 4096
_WORKBOOK = "xl/workbook.xml"
_MACROS = ("xl/vbaproject.bin", "xl/macrosheets/")
_NEED_PASS = re.compile(rb'<(?:\w+:)?(?:f[ >/]|mergeCell[ >])|hidden="(?:1|true)"')
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # in a number format
_NO_VALUE = Broken(
    "formula-without-value",
    say(
        "is a formula whose result was not saved; open the file in a spreadsheet program and save "
        "it, or write the value instead of the formula"
    ),
)


@dataclass
class Opened:
    """The sheets of a file, and what is to be said about them."""

    sheets: list[Sheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def tell(self, code: str, severity: Any, message: str, place: Place) -> None:
        """Keep a finding."""
        self.findings.append(Finding(code, severity, message, place=place))


def open_workbook(data: bytes, file: str, step: Step = quietly) -> Opened:
    """The sheets of an XLSX file. Never raises for what the file holds.

    Findings, errors: `not-a-workbook`, `zip-bomb`, `too-many-rows`, `too-many-columns`; others:
    `macros`, `merged-cells`, `hidden-rows`, `hidden-sheet`, `formulas`, `days-from-1904`.
    """
    out = Opened()
    wrong = _refused(data)
    if wrong is not None:
        out.tell(wrong.code, "error", wrong.message, Place(file))
        return out
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name.casefold() for name in archive.namelist()]
        if any(name.startswith(_MACROS) for name in names):
            message = say(
                "the workbook holds macros; they are not run, and only its cells are read"
            )
            out.tell("macros", "warning", message, Place(file))
        try:
            _read(data, archive, file, out, step)
        except _DamageError as error:
            out.tell("not-a-workbook", "error", _damaged(str(error)), Place(file))
    return out


class _DamageError(Exception):
    """The workbook cannot be read; the reason of the library."""


def _refused(data: bytes) -> Broken | None:
    """Why the file is not even unpacked."""
    if data.startswith(_OLE):
        message = say(
            "this is an old .xls file, or a workbook with a password; save it as .xlsx without"
        )
        return Broken("not-a-workbook", message)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        return Broken("not-a-workbook", _damaged(say(str(error))))
    total = sum(info.file_size for info in infos)
    if total > UNPACKED or len(infos) > MEMBERS:
        message = say(
            "unpacked it would have {size:,.0f} MB in {parts:,} parts; workbooks "
            "of up to {most} MB in {members:,} parts are read: save fewer rows, "
            "or as CSV",
            size=total / 1024**2,
            parts=len(infos),
            most=UNPACKED // 1024**2,
            members=MEMBERS,
        )
        return Broken("zip-bomb" if total > 100 * max(len(data), 1) else "file-too-large", message)
    names = {info.filename for info in infos}
    if "mimetype" in names and "content.xml" in names:
        message = say("this is an OpenDocument file; save it as .xlsx ('Excel 2007-365') or as CSV")
        return Broken("not-a-workbook", message)
    if "[Content_Types].xml" not in names:
        return Broken("not-a-workbook", _damaged(say("an archive, but no workbook")))
    if _WORKBOOK in names and _is_strict(data):
        message = say(
            "this is a 'Strict Open XML' workbook, which is not read; save it as 'Excel Workbook "
            "(.xlsx)', the plain one"
        )
        return Broken("not-a-workbook", message)
    return None


def _is_strict(data: bytes) -> bool:
    """Whether it is the variant of the format in which the library finds no sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_WORKBOOK) as stream:
            return _STRICT in stream.read(_HEAD)
    except Exception:  # damaged; whoever reads it says how
        return False


marked("File is not a zip file")  # what Python says of an archive that is none


def _damaged(reason: str) -> str:
    return say(
        "this is no workbook that can be read ({reason}); save it as .xlsx anew", reason=reason
    )


def _read(data: bytes, archive: zipfile.ZipFile, file: str, out: Opened, step: Step) -> None:
    import openpyxl  # slow to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which mean nothing here
        try:
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
        except Exception as error:
            raise _DamageError(_reason(error)) from error
        try:
            _sheets(book, archive, file, out, step)
        finally:
            book.close()


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _sheets(book: Workbook, archive: zipfile.ZipFile, file: str, out: Opened, step: Step) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    if book.epoch == CALENDAR_MAC_1904:
        message = say("this workbook counts days from 1904; its dates were read so")
        out.tell("days-from-1904", "note", message, Place(file))
    exported: frozenset[str] = frozenset()
    rows_left = MOST_ROWS
    for sheet in book.worksheets:
        name = str(sheet.title)
        if name in (ABOUT, LISTS):
            continue
        marks = _marks(archive, sheet, file, out)
        rows = _rows(sheet, name, file, marks, rows_left, out, step)
        rows_left -= len(rows)
        if name == HELD and rows and rows[0].at(0) == MARK:
            exported = frozenset(str(row.at(0)) for row in rows[1:])
            continue
        if sheet.sheet_state != "visible" and rows:
            message = say("the sheet '{name}' is hidden; it is read like the others", name=name)
            out.tell("hidden-sheet", "note", message, Place(file))
        out.sheets.append(Sheet(file, name, rows))
    out.sheets = [Sheet(s.file, s.name, s.rows, exported) for s in out.sheets]


@dataclass
class _Marks:
    """What the streaming reader does not tell of a sheet, by cell: (row, column from 0)."""

    merged: list[str] = field(default_factory=list)
    inside: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    without_value: set[tuple[int, int]] = field(default_factory=set)
    formulas: int = 0
    hidden: list[int] = field(default_factory=list)


def _marks(archive: zipfile.ZipFile, sheet: Any, file: str, out: Opened) -> _Marks:
    """Merged cells, formulas and hidden rows of a sheet, with what is to be said of them."""
    marks, name, path = _Marks(), str(sheet.title), str(sheet._worksheet_path)
    try:
        if not _has_marks(archive, path):
            return marks
        with archive.open(path) as stream:
            _scan(stream, marks)
    except Exception as error:
        raise _DamageError(_reason(error)) from error
    if marks.merged:
        shown = ", ".join(sorted(marks.merged)[:5]) + (" …" if len(marks.merged) > 5 else "")
        message = say(
            "merged cells ({shown}): each of them is read as if it held the value "
            "of the first; unmerge them if that is not meant",
            shown=shown,
        )
        out.tell("merged-cells", "warning", message, Place(file, field=name))
    if marks.formulas:
        message = say_many(
            "{n:,} cell with a formula: the result that was saved last is read, and nothing "
            "is computed",
            "{n:,} cells with a formula: the result that was saved last is read, and nothing "
            "is computed",
            marks.formulas,
            n=marks.formulas,
        )
        out.tell("formulas", "note", message, Place(file, field=name))
    if marks.hidden:
        rows = ", ".join(map(str, marks.hidden[:5])) + (" …" if len(marks.hidden) > 5 else "")
        message = say("hidden rows ({rows}) are read like the others", rows=rows)
        out.tell("hidden-rows", "note", message, Place(file, field=name))
    return marks


def _has_marks(archive: zipfile.ZipFile, path: str) -> bool:
    """Whether a look at the bytes says that a pass over the XML is needed."""
    with archive.open(path) as stream:
        tail = b""
        while block := stream.read(1 << 20):
            if _NEED_PASS.search(tail + block):
                return True
            tail = block[-32:]
    return False


def _scan(stream: IO[bytes], marks: _Marks) -> None:
    from defusedxml.ElementTree import iterparse

    row = 0
    for event, element in iterparse(stream, events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            if tag == "row":
                row = int(element.get("r") or row + 1)
                if element.get("hidden") in ("1", "true") and len(marks.hidden) < MOST_ROWS:
                    marks.hidden.append(row)
            continue
        if tag == "c":
            _formula(element, marks)
        elif tag == "mergeCell":
            _merge(element.get("ref") or "", marks)
        if tag in ("row", "mergeCell"):
            element.clear()


def _formula(element: Any, marks: _Marks) -> None:
    parts = {part.tag.rpartition("}")[2]: part for part in element}
    at = _address(element.get("r") or "")
    if "f" not in parts or at is None:
        return
    marks.formulas += 1
    value = parts.get("v")
    if value is None or value.text is None:
        marks.without_value.add(at)


def _merge(ref: str, marks: _Marks) -> None:
    first, _, last = ref.partition(":")
    start, end = _address(first), _address(last or first)
    if start is None or end is None:
        return
    marks.merged.append(ref)
    cells = (end[0] - start[0] + 1) * (end[1] - start[1] + 1)
    if cells > 10_000 or len(marks.inside) > MOST_ROWS:
        return  # a whole column or sheet: only its first cell holds anything
    for row in range(start[0], end[0] + 1):
        marks.widths[row] = max(marks.widths.get(row, 0), end[1] + 1)
        for column in range(start[1], end[1] + 1):
            marks.inside[row, column] = start


_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def _address(text: str) -> tuple[int, int] | None:
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _rows(
    sheet: Any, name: str, file: str, marks: _Marks, most: int, out: Opened, step: Step
) -> list[Row]:
    """The rows that hold anything, up to the limit."""
    sheet.reset_dimensions()  # files are wrong about them
    rows: list[Row] = []
    tops: dict[tuple[int, int], Cell] = {}
    wide = False
    for number, cells in _iterated(sheet):
        if cells and any(cell is not None for cell in cells[MOST_COLUMNS:]) and not wide:
            wide = True
            message = say(
                "there is something right of column {column}; sheets of up to "
                "{most_columns} columns are read: remove what is not needed",
                column=letters_of(MOST_COLUMNS - 1),
                most_columns=MOST_COLUMNS,
            )
            out.tell(
                "too-many-columns", "error", message, Place(file, field=f"{name}!row {number}")
            )
        values = [_value(cell, number, n, marks) for n, cell in enumerate(cells[:MOST_COLUMNS])]
        if marks.inside:
            values = _merged(values, number, marks, tops)
        row = Row(number, tuple(values))
        if row.empty:
            continue
        if len(rows) >= most:
            message = say(
                "there are more than {most_rows:,} rows; split the file into parts of "
                "up to that many, and import them one by one",
                most_rows=MOST_ROWS,
            )
            out.tell("too-many-rows", "error", message, Place(file, field=f"{name}!row {number}"))
            break
        rows.append(row)
        if len(rows) % EACH == 0:
            step(MOST_ROWS - most + len(rows), 0)
    return rows


def _iterated(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    try:
        yield from enumerate(sheet.iter_rows(), 1)
    except Exception as error:
        raise _DamageError(_reason(error)) from error


def _value(cell: Any, row: int, column: int, marks: _Marks) -> Cell:
    if (row, column) in marks.without_value:
        return _NO_VALUE
    value: Cell = cell.value
    if value is None:
        return None
    if cell.data_type == "e":
        message = say(
            "is the error {value} of a formula; mend the formula, or write the value", value=value
        )
        return Broken("error-value", message)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Percent(value) if "%" in _shown_as(cell) else value
    if isinstance(value, datetime | date):
        return _as_shown(value, _shown_as(cell))
    return value


def _shown_as(cell: Any) -> str:
    """The number format of a cell, for what is not negative, without its literal texts."""
    form = str(cell.number_format or "").partition(";")[0]
    return _LITERAL.sub("", form).casefold()


def _as_shown(value: datetime | date, form: str) -> Cell:
    """A day of which a cell shows only the month or the year: the month or the year.

    A spreadsheet makes the first day of a month of a month that somebody writes. Where a cell holds
    another day, it holds more than it shows.
    """
    if "y" not in form or any(letter in form for letter in "dhs"):
        return value
    text = f"{value:%Y-%m}" if "m" in form else f"{value:%Y}"
    first = date(value.year, value.month if "m" in form else 1, 1).isoformat()
    held = value.isoformat().removesuffix("T00:00:00")
    if held == first:
        return text
    message = say(
        "shows {shown} and holds {held}; format the cell so that it shows the day, or as text with "
        "what is meant",
        shown=text,
        held=held,
    )
    return Broken("bad-date", message)


def _merged(
    values: list[Cell], row: int, marks: _Marks, tops: dict[tuple[int, int], Cell]
) -> list[Cell]:
    """The values of a row, those inside merged cells taken from the first of them."""
    values += [None] * (min(marks.widths.get(row, 0), MOST_COLUMNS) - len(values))
    for column in range(len(values)):
        top = marks.inside.get((row, column))
        if top == (row, column):
            tops[top] = values[column]
        elif top is not None:
            values[column] = tops.get(top)
    return values
