"""Opening CSV files: their encoding, their delimiter, their limits."""

from __future__ import annotations

import codecs
import csv
import io

from nemcon.findings import Place
from nemcon.load.workbook import Opened
from nemcon.saying import marked, say
from nemcon.tables.csv_text import delimiter_of, unsafe
from nemcon.tables.grid import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Row, Sheet

_HEAD = 65_536
marked("unexpected end of data")  # what Python says of a quote that is not closed
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def open_csv(data: bytes, file: str) -> Opened:
    """The rows of a CSV file. Never raises for what the file holds.

    Findings, errors: `not-text`, `nul-byte`, `bad-csv`, `too-many-rows`, `too-many-columns`;
    warning: `encoding-guessed`.
    """
    out = Opened()
    encoding = _encoding(data, file, out)
    if encoding is None:
        return out
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    head = stream.read(_HEAD)
    stream.seek(0)
    delimiter = delimiter_of(head)
    rows = _rows(stream, delimiter, file, out)
    out.sheets.append(Sheet(file, "", rows, delimiter=delimiter))
    return out


def _encoding(data: bytes, file: str, out: Opened) -> str | None:
    """The encoding of a text: by its mark, UTF-8 if it is that, else Windows-1252, told."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            if _decodes(data, name):
                return name
            _not_text(file, out, say("the file is broken {encoding}", encoding=name))
            return None
    if b"\0" in data[:_HEAD]:
        _not_text(
            file, out, say("the file holds NUL bytes: it is no text, or UTF-16 without its mark")
        )
        return None
    if _decodes(data, "utf-8"):
        return "utf-8"
    if _decodes(data, "cp1252") and not _binary(data):
        message = say(
            "the file is not UTF-8; it is read as Windows-1252. Look at names with "
            "accents in the preview, or save it as 'CSV UTF-8'"
        )
        out.tell("encoding-guessed", "warning", message, Place(file))
        return "cp1252"
    _not_text(file, out, say("the file is no text in UTF-8, UTF-16 or Windows-1252"))
    return None


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _binary(data: bytes) -> bool:
    """Whether the beginning is full of what no text holds."""
    head = data[:_HEAD]
    strange = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return strange * 100 > len(head)


def _not_text(file: str, out: Opened, what: str) -> None:
    message = say("{wrong}; save it as 'CSV UTF-8', or as .xlsx", wrong=what)
    out.tell("not-text", "error", message, Place(file))


def _rows(stream: io.TextIOWrapper, delimiter: str, file: str, out: Opened) -> list[Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            number, line = line, reader.line_num + 1
            if not any(cells):
                continue
            if any("\0" in cell for cell in cells):
                message = say(
                    "a NUL character stands in this row; it is no clean text: save it anew"
                )
                out.tell("nul-byte", "error", message, Place(file, number))
                break
            if len(cells) > MOST_COLUMNS:
                message = say(
                    "this row has {cells:,} columns; up to {most_columns} are read: is the "
                    "delimiter {delimiter!r} right?",
                    cells=len(cells),
                    most_columns=MOST_COLUMNS,
                    delimiter=delimiter,
                )
                out.tell("too-many-columns", "error", message, Place(file, number))
                break
            if len(rows) >= MOST_ROWS:
                message = say(
                    "there are more than {most_rows:,} rows; split the file into parts of "
                    "up to that many, and import them one by one",
                    most_rows=MOST_ROWS,
                )
                out.tell("too-many-rows", "error", message, Place(file, number))
                break
            rows.append(Row(number, tuple(unsafe(cell) for cell in cells)))
    except csv.Error as error:
        message = say(
            "this row cannot be read ({error}); look for a quote that is not "
            "closed, or a cell of more than {longest_cell:,} characters",
            error=say(str(error)),
            longest_cell=LONGEST_CELL,
        )
        out.tell("bad-csv", "error", message, Place(file, line))
    return rows
