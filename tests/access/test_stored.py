"""Entries as a record holds them, and what cannot be read as one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from nemcon.access.stored import CONFIDENTIAL, PUBLIC, Stored, item_of, stored
from nemcon.entries import Party, Position
from nemcon.record import Item
from nemcon.record.sqlite import SqliteLog
from nemcon.state import Logged
from tests.random_entries import any_entry

NOW = datetime(2024, 7, 1, 12, tzinfo=UTC)
ANA = Party(name="ana", title="Ana Blé")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    with SqliteLog.create(tmp_path / "r.nemcon", clock=lambda: NOW) as made:
        yield made


def write(log: SqliteLog, *items: Item) -> None:
    with log.writing() as writer:
        writer.append(items)


def test_an_entry_comes_back_with_what_its_record_adds(log: SqliteLog) -> None:
    write(log, item_of(ANA), item_of(ANA, proposed=True, by="Anna Ek"))
    assert stored(log, "r") == Stored(
        (Logged(ANA, False, NOW, 1), Logged(ANA, True, NOW, 2)), 0, 0, ()
    )


@given(any_entry())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_entry_comes_back(log: SqliteLog, entry) -> None:
    last = log.head().seq
    write(log, item_of(entry))
    assert [item.entry for item in stored(log, "r").items[last:]] == [entry]


def test_what_is_said_in_confidence_is_of_another_class() -> None:
    assert item_of(ANA).visibility == PUBLIC
    assert item_of(Position(confidential=True)).visibility == CONFIDENTIAL


def test_what_cannot_be_read_is_unknown_and_never_absent(log: SqliteLog) -> None:
    write(
        log,
        item_of(ANA),
        item_of(ANA),
        Item({"id": "x-1", "entry": {"kind": "treaty"}}, PUBLIC),
        Item({"id": "party-0", "entry": {"kind": "party", "name": "a", "title": "A"}}, PUBLIC),
        Item({"some": "thing"}, PUBLIC),
    )
    log.erase(2)
    found = stored(log, "r")
    assert ([i.sequence for i in found.items], found.sealed, found.erased) == ([1], 3, 1)
    assert [(f.code, str(f.place)) for f in found.findings] == [
        ("record-entry", "r (entry 3)"),
        ("record-entry", "r (entry 4)"),
        ("record-entry", "r (entry 5)"),
    ]


def test_a_record_without_its_keys_at_hand_is_all_sealed(log: SqliteLog, tmp_path: Path) -> None:
    write(log, item_of(ANA), item_of(ANA))
    with SqliteLog(tmp_path / "r.nemcon", sealed=True) as closed:
        assert stored(closed, "r") == Stored((), 2, 0, ())
