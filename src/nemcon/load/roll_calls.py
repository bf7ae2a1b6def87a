"""Roll calls from a table: one row a vote, one column a member."""

from __future__ import annotations

from nemcon.analysis.roll_calls import RollCall
from nemcon.findings import Finding, Place
from nemcon.load.polling import rows_of
from nemcon.rules.names import canonical, shown
from nemcon.saying import say

_ABOUT = {
    "id": ("roll-call", "rollcall", "vote", "id", "number"),
    "date": ("date", "day"),
    "title": ("resolution", "title", "text", "motion"),
}
_SIGNS = {"y": "yes", "n": "no", "a": "abstain", "+": "yes", "-": "no", "0": "abstain"}
_NOBODY = ("", "x", "absent", "-9")

_TABLES = (".csv", ".tsv", ".xlsx")


def is_table(name: str) -> bool:
    """Whether a file is a table of roll calls by its name: no entries come in such a file."""
    return name.lower().endswith(_TABLES)


def open_roll_calls(name: str) -> tuple[list[RollCall], list[Finding]]:
    """The roll calls of a CSV or XLSX file.

    Columns: `roll call`, `date`, `resolution`, then one for each member with Y, N, A (or the
    words); empty where it did not vote. Raises `LoadError` where it cannot be opened. Findings:
    those of the table, and `no-member-column`.
    """
    rows, findings = rows_of(name)
    if not rows:
        return [], findings
    about = {
        key: next((column for column in rows[0] if canonical(column) in names), "")
        for key, names in _ABOUT.items()
    }
    members = [column for column in rows[0] if column not in about.values()]
    if not members:
        message = say("no column holds a member; write one column for each, with Y, N or A")
        findings.append(Finding("no-member-column", "error", message, place=Place(name)))
    calls = []
    for number, row in enumerate(rows, 1):
        votes = {}
        for member in members:
            text = canonical(str(row.get(member) or ""))
            if text not in _NOBODY:
                votes[member] = _SIGNS.get(text, text)
        told = {key: str(row.get(column) or "") if column else "" for key, column in about.items()}
        calls.append(RollCall(told["id"] or str(number), told["date"], told["title"], votes))
        if unknown := set(votes.values()) - set(_SIGNS.values()):
            findings.append(
                Finding(
                    "unknown-position",
                    "warning",
                    say(
                        "{word} is neither yes, no nor abstain; it is kept",
                        word=shown(sorted(unknown)[0]),
                    ),
                    place=Place(name, field=f"row {number}"),
                )
            )
    return calls, findings
