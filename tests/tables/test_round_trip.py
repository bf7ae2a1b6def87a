"""What leaves as a table comes back as the same entries."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemcon.entries import KINDS, AnyEntry
from nemcon.load.csv_file import open_csv
from nemcon.load.workbook import Opened, open_workbook
from nemcon.tables.columns import KIND, TABLED, kind_of_name
from nemcon.tables.csv_text import csv_text
from nemcon.tables.held import Before, Origin, Plan
from nemcon.tables.kinds import guess_kind
from nemcon.tables.plan import plan
from nemcon.tables.read import read_sheet
from nemcon.tables.write import one_sheet, sheets
from nemcon.tables.xlsx import workbook
from tests.random_entries import entries_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ORIGIN = Origin("f", "f", "0" * 64)

tabled = st.lists(
    st.one_of([entries_of(KINDS[kind]) for kind in TABLED]),
    min_size=1,
    max_size=4,
    unique_by=lambda entry: entry.id,
)


def planned(opened: Opened, kind: str = "", before: Before | None = None) -> Plan:
    """What importing the file into an empty record, or that of `before`, would write."""
    assert not opened.findings, opened.findings
    read = [read_sheet(s, kind or kind_of_name(s.name) or "") for s in opened.sheets]
    return plan(read, before or Before(), ORIGIN, NOW)


def ids(entries: list[AnyEntry]) -> set[str]:
    return {entry.id for entry in entries}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(tabled)
def test_entries_of_any_kind_come_back_from_a_workbook(entries: list[AnyEntry]) -> None:
    data = workbook(sheets(entries), ["about"], ids(entries))
    found = planned(open_workbook(data, "f.xlsx"))
    assert (found.findings, set(found.entries)) == ([], ids(entries))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(tabled)
def test_entries_of_any_kind_come_back_from_csv(entries: list[AnyEntry]) -> None:
    data = csv_text(one_sheet(entries)).encode("utf-8-sig")
    opened = open_csv(data, "f.csv")
    kind = KIND if len({e.kind for e in entries}) > 1 else entries[0].kind
    found = planned(opened, kind)
    assert (found.findings, set(found.entries)) == ([], ids(entries))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(tabled)
def test_a_sheet_that_nobody_edited_changes_nothing(entries: list[AnyEntry]) -> None:
    before = Before({entry.id: entry for entry in entries})
    data = workbook(sheets(entries), ["about"], ids(entries))
    found = planned(open_workbook(data, "f.xlsx"), before=before)
    assert (found.findings, found.entries) == ([], {})


def test_a_csv_file_of_several_kinds_is_known_by_its_column() -> None:
    (sheet,) = open_csv(b"kind,name,title\nparty,a,A\n", "f.csv").sheets
    assert guess_kind(sheet) == KIND
