"""What a file no longer says: entries whose rows are gone, members who are not on its list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from nemcon.entries import AnyEntry
from nemcon.findings import Finding
from nemcon.tables.columns import KIND, ROSTER
from nemcon.tables.held import Before
from nemcon.tables.names import Names
from nemcon.tables.read import ReadSheet

_MOST = 10  # members of whom it is told


def gone(sheets: Sequence[ReadSheet], here: Collection[str], before: Before) -> list[AnyEntry]:
    """The standing entries that the workbook said it holds, without those that are `here`.

    None where a sheet could not be read whole: it gave findings of its own, and may hold them all.
    """
    if any(_is_error(each) for sheet in sheets for each in sheet.findings):
        return []
    said = frozenset[str]().union(*(sheet.sheet.exported for sheet in sheets))
    return [
        before.entries[ident]
        for ident in sorted(said - set(here))
        if ident in before.entries and before.stands(ident)
    ]


def without_ids(
    sheets: Sequence[ReadSheet], missing: Sequence[AnyEntry], *, retract: bool
) -> Iterator[Finding]:
    """That rows which are gone cannot be told from changed ones: the column of ids is gone, too.

    Findings: `no-id-column`, an error where they were to be taken out.
    """
    for sheet in sheets:
        if sheet.identified or not of_sheet(sheet, missing):
            continue
        place = sheet.sheet.place(1)
        lost = (
            f"the sheet '{sheet.sheet.name}' has lost its column 'id' (hidden when it was "
            "exported), so a row that was deleted cannot be told from one that was changed"
        )
        if retract:
            message = f"{lost}; nothing is taken out: export again, and delete the rows there"
            yield Finding("no-id-column", "error", message, place=place)
        else:
            message = f"{lost}; a changed row comes in as a new one: export again, and edit there"
            yield Finding("no-id-column", "warning", message, place=place)


def of_sheet(sheet: ReadSheet, entries: Sequence[AnyEntry]) -> list[AnyEntry]:
    """Those of the entries that would stand in a sheet."""
    return [entry for entry in entries if sheet.kind in (entry.kind, KIND)]


def not_listed(sheets: Sequence[ReadSheet], before: Before, names: Names) -> Iterator[Finding]:
    """The members by the record whom a roster does not list: finding `not-on-list`."""
    for sheet in sheets:
        if sheet.kind != ROSTER or not sheet.rows or any(map(_is_error, sheet.findings)):
            continue
        listed = {names.find("party", row.named) for row in sheet.rows if row.named}
        listed |= {str(row.values.get("member", "")) for row in sheet.rows}
        missing = [f"{t} ({m})" for m, t in sorted(before.members.items()) if m not in listed]
        if missing:
            more = f" and {len(missing) - _MOST:,} more" if missing[_MOST:] else ""
            message = (
                f"not on this list, but members by the record: {', '.join(missing[:_MOST])}{more}; "
                "they stay members: to say that one left, give it a row with the day in a column "
                "'left'"
            )
            yield Finding("not-on-list", "note", message, place=sheet.sheet.place(1))


def _is_error(finding: Finding) -> bool:
    return finding.severity == "error"
