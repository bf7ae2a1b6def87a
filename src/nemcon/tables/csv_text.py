"""A sheet as CSV text, and the marks that keep a spreadsheet from running what stands in it.

A cell that begins with one of ``= + - @``, a tab or a carriage return would be taken for a formula
(CWE-1236); an apostrophe is put before it, and taken away when the file is read.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from nemcon.tables.grid import Cell, Sheet

DELIMITERS = ",;\t"
_LOOK = 30  # lines by which the delimiter is found
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
    """The delimiter of a CSV text by its first lines: what stands in most of them, outside of
    quotes, and splits most into the same number of columns. A title above the table may have
    commas of its own.
    """
    outside = ["".join(line.split('"')[::2]) for line in _lines(head)]
    told = [line for line in outside if line.strip() and not line.lstrip("'").startswith("# ")]
    return max(DELIMITERS, key=lambda mark: _weight([line.count(mark) for line in told[:_LOOK]]))


def _weight(counts: Sequence[int]) -> tuple[int, int, int]:
    """How many lines hold a mark, how many of them as often as one another, and how often."""
    found = Counter(count for count in counts if count)
    often = max(((lines, count) for count, lines in found.items()), default=(0, 0))
    return found.total(), *often


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
