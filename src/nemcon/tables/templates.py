"""Sheets to start from: headers, what to write below them, and words to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nemcon.tables.columns import COUNT, STANCES, columns_of
from nemcon.tables.grid import Row, Sheet
from nemcon.tables.roster import HEADERS

_POSITIONS = (
    *("matter", "members", "candidate", "stance", "claim", "happened", "condition"),
    *("authority", "speaker", "source date", "note"),
)
_TALLIES = (
    *("matter", "candidate", *(COUNT + stance for stance in STANCES), "of", "bound"),
    *("happened", "source date", "note"),
)
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "roster": HEADERS,
    "positions": _POSITIONS,
    "tallies": _TALLIES,
}

DATES = (
    "Dates are year-month-day: 2024-06-20. Also 2024-06, 2024, 2024-06-10/2024-06-16 (some day "
    "in between), ../2024-06-20 (by then), 2024-06-20T09:00Z (an instant)."
)
_ALWAYS = (
    "Rows that begin with # are not read. Empty cells say nothing.",
    DATES,
    (
        "source date: the day that this row's information is of; leave it out where the whole "
        "file is of one day, and give that day when you import: --date 2024-06-20."
    ),
    (
        "See what would be written, then write it: nemcon import FILE --record RECORD --date "
        "2024-06-20"
    ),
)
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "roster": (
        "One row a member.",
        (
            "member: the name for people. short name: the id, such as ana-ble; made from the name "
            "if left out."
        ),
        "sort: state, person or organisation. aliases: other names, with semicolons between them.",
        (
            "joined, left: the days of accession and withdrawal. Without the first, the member had "
            "joined by the day of the list."
        ),
        "weight: votes or shares, a whole number. Further attributes: a column 'attribute: NAME'.",
    ),
    "positions": (
        "One row a position. Nothing is filled in for members without a row: silence is no stance.",
        "matter: the id of the question. members: a member, several with semicolons, or all.",
        "candidate: for whom, in a selection.",
        "stance: {stances}.",
        "claim: holds (had the stance on the day) or changes (moved to it on that day).",
        "happened: the day of the stance. condition: what it depends on, if it is conditional.",
        "authority: on-instructions, ad-referendum or personal, where that is known.",
    ),
    "tallies": (
        "One row a count without names, such as 29 of 32.",
        "matter: the id of the question. candidate: for whom, in a selection.",
        "count: …: how many held that stance. Leave empty what was not counted; 0 says nobody.",
        "of: of how many members. bound: exactly, at-least or about.",
        "happened: the day of the count.",
    ),
}


def template(name: str) -> Sheet:
    """The sheet of a template: its headers alone."""
    return Sheet("", name, [Row(1, _HEADERS[name])])


def about(name: str, stances: Sequence[str] = ()) -> tuple[str, ...]:
    """What to write into a template, line by line; `stances` are those of the rules, if any."""
    words = ", ".join(stances or STANCES)
    return (*(line.replace("{stances}", words) for line in _ABOUT[name]), *_ALWAYS)


def with_comments(name: str, stances: Sequence[str] = ()) -> Sheet:
    """The template with its explanation as comments above the headers, for CSV."""
    lines = [(f"# {line}",) for line in about(name, stances)]
    rows = [*lines, _HEADERS[name]]
    return Sheet("", name, [Row(n, cells) for n, cells in enumerate(rows, 1)])


def exported_about(what: str) -> tuple[str, ...]:
    """What the sheet `about` of an export says. `what` tells what was exported."""
    return (
        what,
        (
            "One sheet a kind of entry, one row an entry. The hidden column 'id' ties a row to its "
            "entry; leave it as it is."
        ),
        (
            "Change a cell: the entry is corrected, and the old one stays readable. Add a row "
            "without an id: a new entry. Delete a row: nothing, unless you import with "
            "--deleted retract."
        ),
        "Bring the edits back: nemcon import FILE --record RECORD",
        DATES,
        (
            "Several names stand in one cell with semicolons between them. 'json:' begins what a "
            "cell cannot hold otherwise."
        ),
    )


def choices(
    kind: str, members: Sequence[str] = (), stances: Sequence[str] = ()
) -> Mapping[str, Sequence[str]]:
    """What the drop-down lists of a sheet offer, by header; `kind` may be `roster`, and `stances`
    are those of the rules, if any.
    """
    offered: dict[str, Sequence[str]] = {"stance": stances or STANCES}
    for column in columns_of("party" if kind == "roster" else kind).values():
        if column.choices:
            offered[column.header] = [choice for choice in column.choices if choice]
    if members and kind != "roster":
        offered["members"] = offered["member"] = tuple(members)
    return offered
