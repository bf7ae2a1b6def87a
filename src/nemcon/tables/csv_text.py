"""A sheet as CSV text, and the marks that keep a spreadsheet from running what stands in it.

A cell that begins with one of ``= + - @``, a tab or a carriage return would be taken for a formula
(CWE-1236); an apostrophe is put before it, and taken away when the file is read.
"""

from __future__ import annotations

import csv
import io

from nemcon.tables.grid import Cell, Sheet

DELIMITERS = ",;\t"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")


def csv_text(sheet: Sheet) -> str:
    """The sheet as CSV: commas, quotes where needed, lines that end as RFC 4180 has them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in sheet.rows:
        cells = [_safe(cell) for cell in row.cells]
        # A row of one empty cell would be an empty line.
        writer.writerow(cells)
    return out.getvalue()


def _safe(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_STARTS) else text


def unsafe(text: str) -> str:
    """A cell of a CSV file without the apostrophe that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS) else text


def delimiter_of(head: str) -> str:
    """The delimiter of a CSV text by its first lines: what stands most often outside of quotes.

    Of the lines that hold any, the one that splits the first of them into most columns wins.
    """
    counts = dict.fromkeys(DELIMITERS, 0)
    for line in _lines(head):
        outside = "".join(line.split('"')[::2])
        if not outside.strip() or outside.lstrip("'").startswith("#"):
            continue
        counts = {mark: outside.count(mark) for mark in DELIMITERS}
        if any(counts.values()):
            break
    return max(DELIMITERS, key=lambda mark: counts[mark])


def _lines(head: str) -> list[str]:
    """Lines, without those breaks that stand inside quotes."""
    lines, start, inside = [], 0, False
    for at, mark in enumerate(head):
        if mark == '"':
            inside = not inside
        elif mark in "\r\n" and not inside:
            lines.append(head[start:at])
            start = at + 1
    return [*lines, head[start:]]
