"""A roster as people keep it: one row a member, read as a party and its changes of membership."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nemcon.findings import Finding
from nemcon.tables.attributes import attribute
from nemcon.tables.cells import CellError, decoded
from nemcon.tables.columns import ATTRIBUTE, SOURCE_DATE, plain
from nemcon.tables.grid import Row, Sheet, unnamed
from nemcon.tables.names import slug
from nemcon.tables.read import ReadRow, ReadSheet

HEADERS = ("member", "short name", "sort", "aliases", "joined", "left", "weight", "source date")

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("member", "member state", "name", "country", "state", "mitglied", "membre"),
    "name": ("short name", "short", "code", "slug"),
    "sort": ("sort", "type"),
    "aliases": ("aliases", "also called", "other names"),
    "joined": ("joined", "accession", "since", "from", "member since", "beitritt", "adhésion"),
    "left": ("left", "withdrawal", "until", "to", "austritt"),
    SOURCE_DATE: ("source date", "as of", "reported", "published"),
    f"{ATTRIBUTE}weight": ("weight", "votes", "shares"),
    f"{ATTRIBUTE}population": ("population",),
    f"{ATTRIBUTE}class": ("class", "group", "chamber"),
}
_KNOWN = {plain(word): name for name, words in _FIELDS.items() for word in words}
_SORTS = {"state": "state", "country": "state", "person": "person"}


def read_roster(sheet: Sheet) -> ReadSheet:
    """The members of a sheet.

    Findings: `no-headers`, `unknown-column`, `duplicate-column`, `unnamed-column`, those of cells.
    """
    out = ReadSheet(sheet, "roster")
    top = next((row for row in sheet.rows[:20] if _titles(row)), None)
    if top is None:
        message = (
            "no column 'member' was found; 'nemcon export --template roster' makes a sheet "
            "to start from"
        )
        out.findings.append(sheet.error("no-headers", message, 1))
        return out
    columns = {n: name for n, cell in enumerate(top.cells) if (name := _name(cell))}
    for n, cell in enumerate(top.cells):
        if n not in columns and cell not in (None, ""):
            message = f"the column '{cell}' is not known in a roster, so it is not read"
            place = sheet.place(top.number, n)
            out.findings.append(Finding("unknown-column", "warning", message, place=place))
    for name in {name for name in columns.values() if [*columns.values()].count(name) > 1}:
        same = [str(top.at(n)) for n, each in columns.items() if each == name]
        message = f"the columns '{same[0]}' and '{same[1]}' are both read as '{name}'; keep one"
        out.findings.append(sheet.error("duplicate-column", message, top.number))
        return out
    out.findings += unnamed(sheet, top)
    for row in sheet.rows:
        if row.number > top.number and not row.empty and not str(row.at(0)).startswith("#"):
            _take(row, top, columns, out)
    return out


def _titles(row: Row) -> bool:
    return "title" in {_name(cell) for cell in row.cells}


def _name(cell: Any) -> str | None:
    if not isinstance(cell, str):
        return None
    low = cell.strip().casefold()
    if low.startswith("attribute:"):
        return ATTRIBUTE + cell.strip()[len("attribute:") :].strip()
    return _KNOWN.get(plain(cell))


def _take(row: Row, top: Row, columns: Mapping[int, str], out: ReadSheet) -> None:
    values: dict[str, Any] = {}
    for column, name in columns.items():
        try:
            value = _value(name, row, column)
        except CellError as error:
            shown = str(top.at(column))[:60]  # as whoever wrote the sheet calls it
            finding = out.sheet.error(error.code, f"'{shown}' {error}", row.number, column)
            out.findings.append(finding)
            return
        if value is not None:
            values[name] = value
    title = str(values.get("title") or values.get("name") or "")
    if not title:
        message = "this row names no member; write one, or clear the row"
        out.findings.append(out.sheet.error("missing-field", message, row.number))
        return
    at = {name: column for column, name in columns.items()}
    at["happened"] = at.get("joined", 0)
    out.rows += _rows(values, title, out.sheet, row.number, at)


def _value(name: str, row: Row, column: int) -> Any:
    if name in ("joined", "left", SOURCE_DATE):
        return decoded("when", row.at(column))
    if name.startswith(ATTRIBUTE):
        return attribute(name.removeprefix(ATTRIBUTE), row.at(column))
    return decoded("list" if name == "aliases" else "text", row.at(column))


def _rows(
    values: Mapping[str, Any], title: str, sheet: Sheet, number: int, at: Mapping[str, int]
) -> list[ReadRow]:
    """The party, its accession, and its withdrawal."""
    name = str(values.get("name") or slug(title) or title)
    dated = str(values.get(SOURCE_DATE, ""))

    def made(kind: str, content: dict[str, Any]) -> ReadRow:
        named = "" if "name" in values else title
        return ReadRow(kind, "", content, frozenset(content), dated, sheet, number, at, named)

    party: dict[str, Any] = {"name": name, "title": title}
    if "sort" in values:
        party["sort"] = _SORTS.get(plain(values["sort"]), "organisation")
    if "aliases" in values:
        party["aliases"] = values["aliases"]
    accession: dict[str, Any] = {"member": name, "change": "accession"}
    if "joined" in values:
        accession["happened"] = values["joined"]
    attributes = {
        k.removeprefix(ATTRIBUTE): v for k, v in values.items() if k.startswith(ATTRIBUTE)
    }
    if attributes:
        accession["attributes"] = attributes
    rows = [made("party", party), made("membership", accession)]
    if "left" in values:
        withdrawal = {"member": name, "change": "withdrawal", "happened": values["left"]}
        rows.append(made("membership", withdrawal))
    return rows
