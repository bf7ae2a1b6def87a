"""What a sheet holds: by its name, that of its file, or its headers."""

from __future__ import annotations

from nemcon.tables.columns import COUNT, KIND, ROSTER, STANCES, headers_of, kind_of_name, plain
from nemcon.tables.grid import Sheet
from nemcon.tables.roster_words import field_of

_LOOK = 20  # rows at the top among which the headers may stand


def guess_kind(sheet: Sheet, stem: str = "") -> str | None:
    """The kind that a sheet holds: by its name, the file's, or its headers; None if unclear."""
    if kind := kind_of_name(sheet.name) or kind_of_name(stem):
        return kind
    texts = [str(c) for row in sheet.rows[:_LOOK] for c in row.cells if isinstance(c, str)]
    head = {plain(text) for text in texts}
    if plain(KIND) in head:
        return KIND
    if {"joined", "left"} & {field_of(text) for text in texts if _says_a_roster(text)}:
        return ROSTER
    if "stance" in head:
        return "position"
    tallied = {plain(stance) for stance in STANCES} | {plain(COUNT + s) for s in STANCES}
    return "tally" if head & tallied and head & {"of", "outof", "total"} else None


def _says_a_roster(header: str) -> bool:
    """Whether a header stands in no other sheet: *from* and *until* begin and end terms, too."""
    return plain(header) not in headers_of("term")
