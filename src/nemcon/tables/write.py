"""Entries to sheets: one sheet a kind, one row an entry, the id of the entry last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nemcon.entries import AnyEntry, Count, Membership, Tally, to_dict
from nemcon.tables.attributes import attribute_cell
from nemcon.tables.cells import encoded, shown
from nemcon.tables.columns import (
    ATTRIBUTE,
    COUNT,
    ID,
    KIND,
    STANCES,
    TABLED,
    always,
    columns_of,
    plain,
    sheet_name,
)
from nemcon.tables.grid import Cell, Row, Sheet


def sheets(entries: Iterable[AnyEntry]) -> list[Sheet]:
    """A sheet for each kind of the entries, in a fixed order; acts upon a record are left out."""
    kinds: dict[str, list[AnyEntry]] = defaultdict(list)
    for entry in entries:
        kinds[entry.kind].append(entry)
    return [sheet_of(kind, kinds[kind]) for kind in TABLED if kind in kinds]


def sheet_of(kind: str, entries: Sequence[AnyEntry]) -> Sheet:
    """The sheet of entries of one kind."""
    headers, rows = _table(kind, entries)
    return _sheet(sheet_name(kind), headers, rows)


def one_sheet(entries: Sequence[AnyEntry]) -> Sheet:
    """All entries in one sheet, with a column that tells their kind where there are several."""
    kinds = {kind: of for kind in TABLED if (of := [e for e in entries if e.kind == kind])}
    if len(kinds) == 1:
        return sheet_of(*next(iter(kinds.items())))
    tables = {kind: _table(kind, of) for kind, of in kinds.items()}
    known = dict.fromkeys(header for headers, _ in tables.values() for header in headers)
    headers = [KIND, *(header for header in known if header != ID), ID]
    rows: list[list[Cell]] = []
    for kind, (own, table) in tables.items():
        for row in table:
            cells = dict(zip(own, row, strict=True))
            rows.append([kind, *(cells.get(header) for header in headers[1:])])
    return _sheet("entries", headers, rows)


def _sheet(name: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
    table = [Row(1, tuple(headers)), *(Row(n, tuple(row)) for n, row in enumerate(rows, 2))]
    return Sheet("", name, table)


def _table(kind: str, entries: Sequence[AnyEntry]) -> tuple[list[str], list[list[Cell]]]:
    contents = [(to_dict(entry), entry) for entry in entries]
    split = [(_split(content, entry), entry.id) for content, entry in contents]
    used = {name for content, _ in split for name in content}
    columns = columns_of(kind)
    first = list(always(kind))
    names = [*first, *(name for name in columns if name in used and name not in first)]
    extra = _extra(kind, used - columns.keys())
    headers = [*(columns[name].header for name in names), *extra, ID]
    rows = [
        [
            *(shown(columns[name].sort, columns[name].item, content.get(name)) for name in names),
            *(_extra_cell(key, content[key]) if key in content else None for key in extra),
            ident,
        ]
        for content, ident in split
    ]
    return headers, rows


def _extra(kind: str, used: set[str]) -> list[str]:
    """The columns of counts and attributes; those of the known stances always, in their order."""
    if kind == "tally":
        known = [COUNT + stance for stance in STANCES]
        return [*known, *sorted(used - set(known))]
    return sorted(used)


def _extra_cell(header: str, value: Any) -> Cell:
    if header.startswith(ATTRIBUTE):
        return attribute_cell(header.removeprefix(ATTRIBUTE), value)
    return encoded("attributes", value)


def _split(content: dict[str, Any], entry: AnyEntry) -> dict[str, Any]:
    """The content with counts and attributes in columns of their own, where they fit there."""
    content.pop("kind")
    if isinstance(entry, Tally) and _countable(entry.counts):
        content.pop("counts", None)
        content.update({COUNT + count.stance: count.number for count in entry.counts})
    if isinstance(entry, Membership) and _named(entry.attributes):
        content.pop("attributes", None)
        content.update({ATTRIBUTE + name: value for name, value in entry.attributes.items()})
    return content


def _countable(counts: Sequence[Count]) -> bool:
    """Whether the counts come back from their columns as they are, in their order."""
    stances = [count.stance for count in counts]
    order = [*(s for s in STANCES if s in stances), *sorted(set(stances) - set(STANCES))]
    plainly = all(_nameable(stance) for stance in stances) and not any(c.group for c in counts)
    return (
        bool(counts)
        and stances == order
        and plainly
        and len(set(map(plain, stances))) == (len(stances))
    )


def _named(attributes: Mapping[str, Any]) -> bool:
    return len({plain(name) for name in attributes}) == len(attributes) and all(
        map(_nameable, attributes)
    )


def _nameable(name: str) -> bool:
    """Whether a name may stand in a header and come back as it is."""
    return name.isprintable() and name == name.strip() and bool(plain(name)) and len(name) < 60
