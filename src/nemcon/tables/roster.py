"""A roster as people keep it: one row a member, read as a party and its changes of membership."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nemcon.findings import Finding
from nemcon.tables.attributes import attribute
from nemcon.tables.cells import CellError, decoded
from nemcon.tables.columns import ATTRIBUTE, SOURCE_DATE, plain
from nemcon.tables.grid import Row, Sheet, below, heading, passed_over, unnamed
from nemcon.tables.names import slug, written
from nemcon.tables.read import ReadRow, ReadSheet
from nemcon.tables.roster_words import SORTS, field_of, no_member

HEADERS = ("member", "short name", "sort", "aliases", "joined", "left", "weight", "source date")
_LOOK = 20  # rows at the top among which the headers may stand
_SHOWN = {"title": "member", "name": "short name", "sort": "type"}
_SENTENCE = 5  # words of a text with a full stop that stands alone in its row


@dataclass(frozen=True, slots=True)
class _Headers:
    row: Row
    columns: Mapping[int, str]

    def above(self, column: int) -> str:
        """A header as whoever wrote the sheet calls it."""
        return str(self.row.at(column))[:60]

    @property
    def spelt(self) -> Mapping[str, str]:
        """The attributes by the headers that stand above them."""
        return {
            name.removeprefix(ATTRIBUTE): self.above(column).removeprefix(ATTRIBUTE)
            for column, name in self.columns.items()
            if name.startswith(ATTRIBUTE)
        }


def read_roster(sheet: Sheet) -> ReadSheet:
    """The members of a sheet.

    Findings: `no-headers`, `unknown-column`, `duplicate-column`, `columns-read`, `unnamed-column`,
    `comment-rows`, `no-member`, `missing-field`, `unknown-type`, `same-short-name`, those of cells.
    """
    out = ReadSheet(sheet, "roster")
    found = _headers(sheet)
    if found is None:
        message = (
            f"no column 'member' was found{sheet.apart}; 'nemcon export --template roster' makes a "
            "sheet to start from"
        )
        out.findings.append(sheet.error("no-headers", message, 1))
        return out
    out.findings += _told(sheet, found)
    if any(each.severity == "error" for each in out.findings):
        return out
    rows, more = below(sheet, found.row, found.columns)
    out.findings += more
    for row in rows:
        _take(row, found, out)
    out.findings += _unknown_types(out, found)
    out.findings += _same_names(out)
    return out


def _headers(sheet: Sheet) -> _Headers | None:
    """The row of headers: of the first rows with a name the one with most columns known."""
    best: _Headers | None = None
    for row in sheet.rows[:_LOOK]:
        if not heading(row):
            continue
        columns = {n: name for n, cell in enumerate(row.cells) if (name := field_of(cell))}
        fields = {*columns.values()}
        if "title" in fields and (best is None or len(fields) > len({*best.columns.values()})):
            best = _Headers(row, columns)
    return best


def _told(sheet: Sheet, found: _Headers) -> Iterator[Finding]:
    """What is to be said of the headers: unknown, said twice, read as something else."""
    top = found.row
    for n, cell in enumerate(top.cells):
        if n not in found.columns and cell not in (None, ""):
            message = f"the column '{cell}' is not known in a roster, so it is not read"
            yield Finding("unknown-column", "warning", message, place=sheet.place(top.number, n))
    names = [*found.columns.values()]
    twice = sorted({name for name in names if names.count(name) > 1})
    for name in twice:
        same = [found.above(n) for n, each in found.columns.items() if each == name]
        message = (
            f"the columns '{same[0]}' and '{same[1]}' are both read as '{_shown(name)}'; keep one"
        )
        yield sheet.error("duplicate-column", message, top.number)
    if twice:
        return
    read = [
        f"'{found.above(column)}' as {shown}"
        for column, name in found.columns.items()
        if plain(found.above(column)) not in (plain(shown := _shown(name)), plain(name))
    ]
    if read:
        message = f"columns are read so: {', '.join(read)}"
        yield Finding("columns-read", "note", message, place=sheet.place(top.number))
    yield from unnamed(sheet, top)


def _shown(name: str) -> str:
    return _SHOWN.get(name, name.removeprefix(ATTRIBUTE))


def _take(row: Row, found: _Headers, out: ReadSheet) -> None:
    values: dict[str, Any] = {}
    for column, name in found.columns.items():
        try:
            value = _value(name, row, column)
        except CellError as error:
            message = f"'{found.above(column)}' {error}"
            out.findings.append(out.sheet.error(error.code, message, row.number, column))
            return
        if value is not None:
            values[name] = value
    title = str(values.get("title") or values.get("name") or "")
    if not title:
        message = "this row names no member; write one, or clear the row"
        out.findings.append(out.sheet.error("missing-field", message, row.number))
        return
    if "name" not in values and (what := no_member(title) or _alone(title, values, found)):
        message = (
            f"'{title[:60]}' looks like {what}; delete the row or, if it is a member, give it a "
            "short name in a column 'short name'"
        )
        out.findings.append(out.sheet.error("no-member", message, row.number))
        return
    at = {name: column for column, name in found.columns.items()}
    at["happened"] = at.get("joined", 0)
    out.rows += _rows(values, title, out.sheet, row.number, at, found.spelt)


def _alone(title: str, values: Mapping[str, Any], found: _Headers) -> str:
    """That a sentence which stands alone in its row looks like a footnote; "" if it is none."""
    alone = len(values) == 1 and len(found.columns) > 1
    sentence = title.endswith(".") and len(title.split()) >= _SENTENCE
    return "a footnote" if alone and sentence else ""


def _value(name: str, row: Row, column: int) -> Any:
    if name in ("joined", "left", SOURCE_DATE):
        return decoded("when", row.at(column))
    if name.startswith(ATTRIBUTE):
        return attribute(name.removeprefix(ATTRIBUTE), row.at(column))
    return decoded("list" if name == "aliases" else "text", row.at(column))


def _rows(
    values: Mapping[str, Any],
    title: str,
    sheet: Sheet,
    number: int,
    at: Mapping[str, int],
    spelt: Mapping[str, str],
) -> list[ReadRow]:
    """The party, its accession, and its withdrawal."""
    name = str(values.get("name") or slug(title) or title)
    dated = str(values.get(SOURCE_DATE, ""))

    def made(kind: str, content: dict[str, Any]) -> ReadRow:
        named = "" if "name" in values else title
        own = frozenset(content)
        return ReadRow(kind, "", content, own, dated, sheet, number, at, named, spelt)

    party: dict[str, Any] = {"name": name, "title": title}
    if "sort" in values:
        party["sort"] = SORTS.get(plain(values["sort"]), "organisation")
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


def _unknown_types(out: ReadSheet, found: _Headers) -> Iterator[Finding]:
    """The words for what a member is that say nothing here, each once."""
    column = next((n for n, name in found.columns.items() if name == "sort"), None)
    seen: set[str] = set()
    for row in out.sheet.rows if column is not None else ():
        word = str(row.at(column or 0) or "").strip()
        if row.number <= found.row.number or passed_over(row, found.columns) or not word:
            continue
        if plain(word) in SORTS or word in seen:
            continue
        seen.add(word)
        message = (
            f"'{word[:60]}' is no type of member that is known, and is read as organisation; write "
            "state, person or organisation"
        )
        place = out.sheet.place(row.number, column, "sort")
        yield Finding("unknown-type", "warning", message, place=place)


def _same_names(out: ReadSheet) -> Iterator[Finding]:
    """Rows of different names that would be one member, by the short name of both."""
    by_name: dict[str, dict[str, ReadRow]] = defaultdict(dict)
    for row in out.rows:
        if row.kind == "party":
            by_name[row.values["name"]].setdefault(written(row.values["title"]), row)
    for name, rows in by_name.items():
        first, *others = rows.values()
        for row in others:
            message = (
                f"'{row.values['title']}' and '{first.values['title']}' in row {first.number} "
                f"both have the short name '{name}'; give each its own in a column 'short name' "
                "or, if they are one member, write its name in one way"
            )
            yield out.sheet.error("same-short-name", message, row.number)
