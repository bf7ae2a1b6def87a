"""Sheets as an XLSX workbook.

Every text is written as a text, whatever it begins with, so that nothing is taken for a formula.
The last sheet but one explains the columns; a hidden one keeps which entries the workbook held.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nemcon.tables.columns import ID
from nemcon.tables.grid import Cell, Sheet, letters_of

if TYPE_CHECKING:
    from openpyxl import Workbook

HELD = "nemcon"
"""The hidden sheet that lists the entries; below `MARK` one id a row."""
ABOUT = "about"
"""The sheet that explains the others."""
LISTS = "lists"
"""The hidden sheet that holds what drop-down lists offer."""
MARK = "nemcon export 1"

PART = 16_000
"""Characters of a text that one cell takes; the rest stands in further columns."""

_WIDEST = 48
_MOST_FOR_LIST = 250  # characters of a list that a drop-down holds without a sheet


def workbook(
    sheets: Sequence[Sheet],
    about: Iterable[str],
    held: Iterable[str] = (),
    choices: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> bytes:
    """The workbook as bytes. `choices` offers, by sheet and header, what may stand there."""
    from openpyxl import Workbook  # slow to import

    book = Workbook(write_only=True)
    offers = choices or {}
    several = (tuple(words) for offer in offers.values() for words in offer.values())
    long = [words for words in dict.fromkeys(several) if len(",".join(words)) > _MOST_FOR_LIST]
    for sheet in sheets:
        _add(book, sheet, offers.get(sheet.name, {}), long)
    _plain(book, ABOUT, [[line] for line in about], width=100)
    if long:
        _plain(book, LISTS, _columns(long), hidden=True)
    ids = sorted(held)
    if ids:
        _plain(book, HELD, [[MARK], *([ident] for ident in ids)], hidden=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _columns(lists: Sequence[Sequence[str]]) -> list[list[Cell]]:
    deepest = max(len(words) for words in lists)
    return [[words[n] if n < len(words) else None for words in lists] for n in range(deepest)]


def _plain(
    book: Workbook,
    name: str,
    rows: Iterable[Sequence[Cell]],
    *,
    width: int = 0,
    hidden: bool = False,
) -> None:
    sheet = book.create_sheet(name)
    if hidden:
        sheet.sheet_state = "hidden"
    if width:
        sheet.column_dimensions["A"].width = width
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])


def _add(
    book: Workbook,
    table: Sheet,
    choices: Mapping[str, Sequence[str]],
    long: Sequence[tuple[str, ...]],
) -> None:
    from openpyxl.styles import Font, PatternFill

    rows = _parted(table)
    headers = [str(header) for header in rows[0]]
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    for column, header in enumerate(headers):
        dimension = sheet.column_dimensions[letters_of(column)]
        dimension.width = _width(rows, column)
        if header == ID:
            dimension.hidden = True
        if header in choices:
            _offer(sheet, column, choices[header], long)
    bold, grey = Font(bold=True), Font(color="888888")
    shade = PatternFill("solid", fgColor="EEEEEE")
    for number, row in enumerate(rows):
        cells = []
        for column, value in enumerate(row):
            cell = _cell(sheet, value)
            if cell is not None and number == 0:
                cell.font, cell.fill = bold, shade
            elif cell is not None and headers[column] == ID:
                cell.font = grey
            cells.append(cell)
        sheet.append(cells)


def _cell(sheet: Any, value: Any) -> Any:
    """A cell; a text is a text even where it looks like a formula, a date or an error."""
    from openpyxl.cell import WriteOnlyCell

    if value is None:
        return None
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, "")
    cell.value = value
    cell.data_type = "s"
    cell.number_format = "@"
    if value[:1] in "=+-@'":
        cell.quotePrefix = True
    return cell


def _offer(sheet: Any, column: int, words: Sequence[str], long: Sequence[tuple[str, ...]]) -> None:
    """A drop-down list below a header; other words may be typed all the same."""
    from openpyxl.worksheet.datavalidation import DataValidation

    letters = letters_of(column)
    if tuple(words) in long:
        at = letters_of(long.index(tuple(words)))
        formula = f"={LISTS}!${at}$1:${at}${len(words)}"
    else:
        formula = f'"{",".join(words)}"'
    offer = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    offer.add(f"{letters}2:{letters}1000")
    sheet.data_validations.append(offer)


def _width(rows: Sequence[Sequence[Cell]], column: int) -> int:
    longest = max(len(str(row[column] or "")) for row in rows[:200])
    return max(9, min(longest + 2, _WIDEST))


def _parted(table: Sheet) -> list[list[Cell]]:
    """The rows with further columns beside those that hold texts too long for a cell."""
    rows = [list(row.cells) for row in table.rows]
    parts = [
        max((len(cell) - 1) // PART + 1 for row in rows if isinstance(cell := row[column], str))
        for column in range(len(rows[0]))
    ]
    if max(parts) == 1:
        return rows
    out: list[list[Cell]] = []
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        for cell, many in zip(row, parts, strict=True):
            if number == 0:
                cells += [cell, *(f"{cell} ({n})" for n in range(2, many + 1))]
            else:
                cells += _cut(cell, many)
        out.append(cells)
    return out


def _cut(cell: Cell, many: int) -> list[Cell]:
    if not isinstance(cell, str) or many == 1:
        return [cell, *[None] * (many - 1)]
    pieces: list[Cell] = [cell[n * PART : (n + 1) * PART] or None for n in range(many)]
    return pieces
