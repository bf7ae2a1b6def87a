"""Sheets to rows, and rows to the plain values of entries. What is wrong is a finding with a cell.

A row with an id is compared with the content that the id stands for, so it is read exactly; names,
stances and defaults are only made out for rows that are new or were changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from nemcon.entries import KINDS
from nemcon.findings import Finding, Place
from nemcon.saying import say
from nemcon.tables.attributes import attribute
from nemcon.tables.cells import CellError, decoded
from nemcon.tables.columns import (
    ATTRIBUTE,
    COUNT,
    ID,
    KIND,
    SOURCE_DATE,
    STANCES,
    TABLED,
    columns_of,
    headers_of,
    kind_of_word,
    plain,
)
from nemcon.tables.grid import Cell, Row, Sheet, below, heading, unnamed
from nemcon.tables.names import stance_of

_PART = re.compile(r"(?P<of>.+)\((?P<number>[2-9]|[1-9]\d+)\)")
_LOOK = 20  # rows at the top among which the headers may stand


@dataclass(frozen=True)
class ReadRow:
    """A row as plain values of one kind; `columns` are the fields that the sheet has at all.

    `named` is what a row of a roster calls its member, where it gives no id, and `spelt` the
    headers above its attributes.
    """

    kind: str
    ident: str
    values: Mapping[str, Any]
    columns: frozenset[str]
    source_date: str
    sheet: Sheet
    number: int
    at: Mapping[str, int]
    named: str = ""
    spelt: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where the row is."""
        return self.sheet.place(self.number)

    def cell(self, name: str) -> Place:
        """Where the cell of a field is."""
        return self.sheet.place(self.number, self.at.get(name), name)


@dataclass
class ReadSheet:
    """The rows of a sheet, how its columns were read, and what is wrong.

    `identified` where a column ties rows to entries.
    """

    sheet: Sheet
    kind: str
    rows: list[ReadRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    identified: bool = False


@dataclass(frozen=True, slots=True)
class _Headers:
    row: int
    names: Mapping[int, str]  # column -> field, `count: …`, `attribute: …`, `id`, `kind`


def read_sheet(sheet: Sheet, kind: str) -> ReadSheet:
    """The rows of a sheet of one kind, or with `kind` of the kind that each row names."""
    out = ReadSheet(sheet, kind)
    found = _headers(sheet, kind)
    if found is None:
        if any(not row.empty for row in sheet.rows):
            out.findings.append(_no_headers(sheet, kind))
        return out
    out.findings += _told(sheet, kind, found)
    out.identified = ID in found.names.values()
    if any(each.severity == "error" for each in out.findings):
        return out
    head = next(row for row in sheet.rows if row.number == found.row)
    rows, more = below(sheet, head, found.names)
    out.findings += more
    for row in rows:
        _take(row, found, out)
    return out


def _headers(sheet: Sheet, kind: str) -> _Headers | None:
    """The row of headers: of the first rows the one with most columns that are known."""
    best: _Headers | None = None
    most = 0
    for row in sheet.rows[:_LOOK]:
        if not heading(row):
            continue
        names = {n: name for n, cell in enumerate(row.cells) if (name := _field(kind, cell))}
        known = len({*names.values()})  # a merged title repeats one
        if known > most:
            best, most = _Headers(row.number, names), known
    return best


def _field(kind: str, cell: Any) -> str | None:
    """The field that a header stands for."""
    if not isinstance(cell, str) or not plain(cell):
        return None
    word = cell.strip()
    low = word.casefold()
    if low.startswith("count:") and kind in ("tally", KIND):
        return COUNT + word[len("count:") :].strip()
    if low.startswith("attribute:") and kind in ("membership", KIND):
        return ATTRIBUTE + word[len("attribute:") :].strip()
    known = _known(kind)
    if name := known.get(plain(word)):
        return name
    if kind == "tally" and (stance := stance_of(word)):
        return COUNT + stance
    part = _PART.fullmatch(word)
    if part and (base := known.get(plain(part["of"]))):
        return f"{base} ({part['number']})"  # the rest of a long text
    return None


def _known(kind: str) -> Mapping[str, str]:
    if kind != KIND:
        return headers_of(kind)
    known: dict[str, str] = {plain(KIND): KIND, plain(ID): ID, plain(SOURCE_DATE): SOURCE_DATE}
    for each in TABLED:
        known.update({plain(name): name for name in columns_of(each)})
    return known


def _no_headers(sheet: Sheet, kind: str) -> Finding:
    wanted = (
        ", ".join(c.header for c in list(columns_of(kind).values())[:5])
        if (kind in KINDS)
        else "kind"
    )
    message = (
        f"no row of headers was found among the first {_LOOK} rows{sheet.apart}; write the names "
        f"of the columns above the rows ({wanted} …): 'nemcon export --template' makes a sheet to "
        "start from"
    )
    return Finding("no-headers", "error", message, place=sheet.place(1))


def _told(sheet: Sheet, kind: str, found: _Headers) -> Iterator[Finding]:
    """What is to be said of the headers: unknown, said twice, read as something else."""
    row = next(row for row in sheet.rows if row.number == found.row)
    seen: dict[str, int] = {}
    as_other = []
    for column, cell in enumerate(row.cells):
        if cell in (None, ""):
            continue
        name = found.names.get(column)
        if name is None:
            if any(each.at(column) not in (None, "") for each in sheet.rows if each is not row):
                yield _unknown(sheet, kind, found.row, column, str(cell))
            continue
        if name in seen:
            first = row.at(seen[name])
            message = (
                f"the columns '{first}' and '{cell}' are both read as '{name}'; keep one of them"
            )
            yield sheet.error("duplicate-column", message, found.row, column)
        seen[name] = column
        if plain(str(cell)) not in (plain(name), plain(name.partition(":")[2])):
            as_other.append(f"'{cell}' as {name}")
    if as_other:
        message = f"columns are read so: {', '.join(as_other)}"
        yield Finding("columns-read", "note", message, place=sheet.place(found.row))
    yield from unnamed(sheet, row)


def _unknown(sheet: Sheet, kind: str, row: int, column: int, cell: str) -> Finding:
    known = _known(kind)
    near = get_close_matches(plain(cell)[:60], list(known), 1)
    hint = f"did you mean '{known[near[0]]}'?" if near else "rename or remove it"
    message = f"the column '{cell[:60]}' is not known here, so it is not read; {hint}"
    return Finding("unknown-column", "warning", message, place=sheet.place(row, column))


def _take(row: Row, found: _Headers, out: ReadSheet) -> None:
    """Read one row; cells that cannot be read give findings, and the row is left out."""
    kind = out.kind if out.kind != KIND else _own_kind(row, found, out)
    if kind is None:
        return
    columns = columns_of(kind)
    values: dict[str, Any] = {}
    ident, source_date, fine = "", "", True
    counts: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    for name, (column, cell) in _joined(row, found).items():
        try:
            if name == ID:
                ident = decoded("text", cell) or ""
            elif name == SOURCE_DATE:
                source_date = decoded("when", cell) or ""
            elif name.startswith(COUNT):
                _put(counts, name.removeprefix(COUNT), decoded("whole", cell))
            elif name.startswith(ATTRIBUTE):
                named = name.removeprefix(ATTRIBUTE)
                _put(attributes, named, attribute(named, cell))
            elif name in columns:
                _put(values, name, decoded(columns[name].sort, cell))
            elif name != KIND and cell not in (None, ""):
                out.findings.append(_not_of_kind(out.sheet, row.number, column, name, kind))
        except CellError as error:
            fine = False
            header = next(each for each in out.sheet.rows if each.number == found.row)
            shown = str(header.at(column) or name)[:60]  # as whoever wrote the sheet calls it
            message = say("'{name}' {error}", name=shown, error=str(error))
            out.findings.append(out.sheet.error(error.code, message, row.number, column))
    _add_tables(kind, values, counts, attributes)
    if fine:
        own = frozenset(name for name in found.names.values() if name in columns)
        own |= {"counts"} if any(n.startswith(COUNT) for n in found.names.values()) else set()
        own |= (
            {"attributes"} if any(n.startswith(ATTRIBUTE) for n in found.names.values()) else set()
        )
        at = {name: column for column, name in found.names.items()}
        out.rows.append(
            ReadRow(kind, str(ident), values, own, str(source_date), out.sheet, row.number, at)
        )


def _joined(row: Row, found: _Headers) -> dict[str, tuple[int, Cell]]:
    """The cells by field; the parts of a long text (`text`, `text (2)` …) put together."""
    cells: dict[str, tuple[int, Cell]] = {}
    for column, name in found.names.items():
        cell = row.at(column)
        base = name.rpartition(" (")[0] if name.endswith(")") else ""
        if base in cells and not name.startswith((COUNT, ATTRIBUTE)):
            first, head = cells[base]
            if cell is not None:
                cells[base] = (first, f"{head}{cell}")
        else:
            cells[name] = (column, cell)
    return cells


def _own_kind(row: Row, found: _Headers, out: ReadSheet) -> str | None:
    column = next(c for c, name in found.names.items() if name == KIND)
    word = str(row.at(column) or "").strip()
    kind = kind_of_word(word)
    if kind is None:
        message = f"'{word}' is no kind of entry; write one of {', '.join(TABLED)}"
        out.findings.append(out.sheet.error("unknown-kind", message, row.number, column))
    return kind


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    if value is not None:
        values[name] = value


def _not_of_kind(sheet: Sheet, row: int, column: int, name: str, kind: str) -> Finding:
    message = f"a {kind} has no '{name}'; clear the cell, or write another kind"
    return sheet.error("unknown-field", message, row, column)


def _add_tables(
    kind: str, values: dict[str, Any], counts: dict[str, Any], attributes: dict[str, Any]
) -> None:
    """Counts and attributes from their columns, in the one order that exports use."""
    if kind == "tally" and counts and "counts" not in values:
        order = [*(s for s in STANCES if s in counts), *sorted(counts.keys() - set(STANCES))]
        values["counts"] = [{"stance": stance, "number": counts[stance]} for stance in order]
    if kind == "membership" and attributes and "attributes" not in values:
        values["attributes"] = attributes


def with_held(row: ReadRow, held: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row; those of columns that the sheet lacks are taken from what is held."""
    kept = {name: value for name, value in held.items() if name not in row.columns}
    return {**kept, **row.values, "kind": row.kind}


def located(found: Sequence[Finding], row: ReadRow) -> list[Finding]:
    """Findings of `from_dict` with the cell of their field as their place."""
    out = []
    for each in found:
        name = each.place.field if each.place else None
        at = row.cell(name) if name and name in row.at else row.place
        out.append(replace(each, place=at))
    return out
