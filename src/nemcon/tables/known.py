"""What a record holds, by what the rows of a file are looked up by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nemcon.entries import AnyEntry, Membership, Party, Source, canonical, to_dict
from nemcon.tables.held import IMPORTED
from nemcon.tables.read import ReadRow


def several(by_kind: Mapping[str, Sequence[ReadRow]]) -> dict[str, list[ReadRow]]:
    """The rows of each id that stands beside more than one."""
    by_id: dict[str, list[ReadRow]] = defaultdict(list)
    for rows in by_kind.values():
        for row in rows:
            if row.ident:
                by_id[row.ident].append(row)
    return {ident: rows for ident, rows in by_id.items() if len(rows) > 1}


def by_party(entries: Iterable[AnyEntry]) -> Mapping[str, list[Party | Membership]]:
    """What says who somebody is, or when they were in, by their name."""
    found: dict[str, list[Party | Membership]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Party):
            found[entry.name].append(entry)
        elif isinstance(entry, Membership):
            found[entry.member].append(entry)
    return found


def twins(entries: Iterable[AnyEntry]) -> Mapping[bytes, list[AnyEntry]]:
    """What imported tables said, without their name: a file saved again has another sum."""
    entries = tuple(entries)
    dates = {e.name: e.date.text for e in entries if isinstance(e, Source) and e.note == IMPORTED}
    found: dict[bytes, list[AnyEntry]] = defaultdict(list)
    for entry in entries:
        if entry.source in dates:
            found[twin_key(entry, dates[entry.source])].append(entry)
    return found


def files(entries: Iterable[AnyEntry]) -> Mapping[str, list[Source]]:
    """The files that were imported, by the names of their sources."""
    found: dict[str, list[Source]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Source) and entry.note == IMPORTED:
            found[entry.name].append(entry)
    return found


def twin_key(entry: AnyEntry, date: str) -> bytes:
    """What an entry says, with the date of its source instead of its name."""
    return canonical({**to_dict(entry), "source": date})
