"""Entries of every kind, with any text in them, survive being opened and saved in LibreOffice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nemcon.entries import KINDS, AnyEntry
from nemcon.load.tabular import read_table
from nemcon.tables.columns import TABLED
from nemcon.tables.held import Before, Origin
from nemcon.tables.plan import plan
from nemcon.tables.write import sheets
from nemcon.tables.xlsx import workbook
from tests.random_entries import entries_of
from tests.tables import office


def random_entries() -> dict[str, AnyEntry]:
    """Some hundred entries of all kinds that a sheet holds."""
    found: dict[str, AnyEntry] = {}

    @settings(
        max_examples=40,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(st.lists(st.one_of([entries_of(KINDS[kind]) for kind in TABLED]), min_size=8))
    def gather(entries: list[AnyEntry]) -> None:
        found.update({entry.id: entry for entry in entries})

    gather()
    return found


def test_nothing_is_lost_between_two_programs(tmp_path: Path) -> None:
    office.need()
    entries = random_entries()
    source, saved = tmp_path / "r.xlsx", tmp_path / "saved.xlsx"
    source.write_bytes(workbook(sheets(entries.values()), ["about"], entries))
    office.edit(source, saved, (), tmp_path / "profile")
    table = read_table(str(saved))
    origin = Origin("f", "f", "0" * 64)
    found = plan(table.sheets, Before(), origin, datetime.now(UTC))
    assert (table.findings, found.findings) == ((), [])
    assert found.entries == entries
