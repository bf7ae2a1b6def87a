"""A sheet as it was read or is to be written: rows of cells, whatever the file was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from nemcon.findings import Finding, Place
from nemcon.saying import say, say_many

MOST_ROWS = 200_000
"""Rows of one file that are read."""
MOST_COLUMNS = 300
"""Columns of one sheet that are read."""
LONGEST_CELL = 1_000_000
"""Characters of one cell that are read."""


@dataclass(frozen=True, slots=True)
class Broken:
    """In place of a value that a cell does not give: the code of the finding, and what to do."""

    code: str
    message: str


class Percent(float):
    """A number that its cell shows as a percentage: 0.5 as 50 %."""


Step = Callable[[int, int], None]
"""Is told from time to time how many rows are done, and of how many (0: nobody knows yet)."""
EACH = 500
"""Rows between two such calls."""


def quietly(done: int, of: int) -> None:
    """Tell nobody."""


Cell = str | int | float | bool | date | datetime | time | timedelta | Broken | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its number in the file, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell of a column, from 0; None past the end."""
        return self.cells[column] if column < len(self.cells) else None

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells) and all(cell in (None, "") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or the only one of a CSV file (`name` is then empty).

    `exported` holds the ids that a workbook of ours says it held when it was written. `delimiter`
    is what the columns of a CSV file were taken apart at.
    """

    file: str
    name: str
    rows: Sequence[Row]
    exported: frozenset[str] = field(default=frozenset())
    delimiter: str = ""

    def place(self, row: int, column: int | None = None, header: str = "") -> Place:
        """Where a cell or a row is, as its user finds it: ``file.xlsx (positions!C5)``."""
        if not self.name:
            return Place(self.file, row, header or None)
        letters = letters_of(column) if column is not None else ""
        return Place(self.file, field=f"{self.name}!{letters or 'row '}{row}")

    @property
    def apart(self) -> str:
        """How the columns of a CSV file were told apart, to be said where they make no sense."""
        if not self.delimiter:
            return ""
        marks = {",": say("commas"), ";": say("semicolons"), "\t": say("tabs")}
        return say(" (the columns were taken apart at {marks})", marks=marks[self.delimiter])

    def error(self, code: str, message: str, row: int, column: int | None = None) -> Finding:
        """A finding that keeps the file out."""
        return Finding(code, "error", message, place=self.place(row, column))


def comment(row: Row) -> bool:
    """Whether a row is for people alone: ``#`` and words in its first cell, and nothing else."""
    return _hashed(row) and all(map(_blank, row.cells[1:]))


def passed_over(row: Row, read: Container[int]) -> bool:
    """Whether a row below the headers is not read: it begins with ``#`` in a column that is
    `read`. In one that is not, ``#2`` is a number of the row.
    """
    return comment(row) or (_hashed(row) and 0 in read)


def heading(row: Row) -> bool:
    """Whether a row may hold the headers: not one that begins with ``#`` and a blank."""
    return not comment(row) and not str(row.at(0) or "").lstrip().startswith(("# ", "#\u00a0"))


def _hashed(row: Row) -> bool:
    first = row.at(0)
    return isinstance(first, str) and first.lstrip().startswith("#")


def below(sheet: Sheet, head: Row, read: Container[int]) -> tuple[list[Row], list[Finding]]:
    """The rows below the headers that are read, and that others are passed over."""
    rows = [row for row in sheet.rows if row.number > head.number and not row.empty]
    over = [row for row in rows if passed_over(row, read)]
    if not over:
        return rows, []
    numbers = ", ".join(str(row.number) for row in over[:5]) + (" …" if over[5:] else "")
    held = not all(map(comment, over))
    message = say_many(
        "{n:,} row begins with # and is not read (row {numbers})",
        "{n:,} rows begin with # and are not read (rows {numbers})",
        len(over),
        n=len(over),
        numbers=numbers,
    )
    if held:
        message = say("{told}; take the # away from what is no comment", told=message)
    place = sheet.place(over[0].number)
    told = Finding("comment-rows", "warning" if held else "note", message, place=place)
    return [row for row in rows if not passed_over(row, read)], [told]


def unnamed(sheet: Sheet, head: Row) -> Iterator[Finding]:
    """Columns in which something stands below no header, so that it is not read."""
    told: set[int] = set()
    for row in sheet.rows:
        first = row.at(0)
        if row.number <= head.number or (isinstance(first, str) and first.startswith("#")):
            continue
        for column, cell in enumerate(row.cells):
            if column in told or _blank(cell) or not _blank(head.at(column)):
                continue
            told.add(column)
            message = say(
                "column {number} ({letters}) has no header, so what stands in it is not "
                "read; the first is '{cell}': write a header, or clear the cells",
                number=column + 1,
                letters=letters_of(column),
                cell=str(cell)[:60],
            )
            place = sheet.place(row.number, column)
            yield Finding("unnamed-column", "warning", message, place=place)


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


MOST_ALIKE = 20
"""Findings of one code that are told of a file one by one."""


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, with very many of one code cut to the first of them and their number."""
    kept: list[Finding] = []
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for each in findings:
        key = (each.code, each.severity)
        counts[key] += 1
        if counts[key] <= MOST_ALIKE:
            kept.append(each)
    for (code, severity), number in counts.items():
        if number > MOST_ALIKE:
            first = next(each for each in kept if each.code == code and each.severity == severity)
            message = say("and {n:,} more like these", n=number - MOST_ALIKE)
            place = Place(first.place.file) if first.place else None
            kept.append(replace(first, message=message, entries=(), place=place))
    return kept


def letters_of(column: int) -> str:
    """The letters of a column, from 0: A … Z, AA …"""
    letters, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters
