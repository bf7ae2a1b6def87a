"""What every store of a log promises: `TestX(LogContract)` runs it on the store X.

A store's test class gives a `store` fixture, the only place where the stores differ.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemcon.record import (
    BusyError,
    ContentError,
    Damage,
    Erased,
    Head,
    Item,
    Log,
    Record,
    RefusedError,
    Sealed,
)
from nemcon.record.leaf import decode
from tests.record.doubles import (
    GOLDEN_CONTENT,
    GOLDEN_LEAF,
    GOLDEN_SEALED_SHA256,
    SECOND,
    START,
    Clock,
    Golden,
    Random,
    content,
)


class Store(ABC):
    """One place that holds one log, and what a test does to it behind the log's back."""

    @abstractmethod
    def create(self, clock: Clock | None = None, random: Random | None = None) -> Log:
        """Make the log; it is closed after the test."""

    def one_log(self) -> Log:
        """The log, made at the first call: for all examples of one Hypothesis test."""
        self._log = getattr(self, "_log", None) or self.create()
        return self._log

    @abstractmethod
    def open(
        self,
        clock: Clock | None = None,
        *,
        readonly: bool = False,
        sealed: bool = False,
        wait: float = 10.0,
    ) -> Log:
        """Open the log once more; it is closed after the test."""

    @abstractmethod
    def stored(self, seq: int) -> tuple[bytes, bytes]:
        """Leaf and encrypted content of an entry, as stored."""

    @abstractmethod
    def overwrite(self, seq: int, leaf: bytes | None = None, sealed: bytes | None = None) -> None:
        """Put other bytes in place of an entry's leaf or encrypted content."""

    @abstractmethod
    def remove(self, seq: int) -> None:
        """Take leaf and encrypted content of an entry out of the log."""

    @abstractmethod
    def remove_content(self, seq: int) -> None:
        """Take an entry's encrypted content away, and leave its leaf."""

    @abstractmethod
    def remove_key(self, seq: int) -> None:
        """Take an entry's key out of the key store, as no erasure would."""


def write(log: Log, *contents: dict[str, Any], visibility: str = "members") -> list[Record]:
    with log.writing() as writer:
        return writer.append([Item(each, visibility) for each in contents])


def append_and_fail(log: Log, *contents: dict[str, Any]) -> None:
    """Raises ZeroDivisionError in a writing block that has appended already."""
    with log.writing() as writer:
        writer.append([Item(each, "members") for each in contents])
        _ = 1 / 0


def damages(log: Log) -> list[tuple[int, int, str]]:
    found = [each for each in log.read() if isinstance(each, Damage)]
    return [(each.seq, each.through, each.finding.code) for each in found]


def seqs(found: Iterable[Record | Damage]) -> list[int]:
    return [each.seq for each in found]


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


json_numbers = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-(2.0**53) + 1, 2.0**53 - 1)
json_text = st.text(st.characters(codec="utf-8"))
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | json_numbers | json_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(json_text, inner, max_size=4),
    max_leaves=12,
)
contents = st.dictionaries(json_text, json_values, max_size=4)
visibilities = st.from_regex(r"[a-z][a-z0-9-]{0,31}", fullmatch=True)


class LogContract:
    """The promises of `nemcon.record.log`."""

    # -- appending and reading

    def test_a_new_log_is_empty(self, store: Store) -> None:
        log = store.create()
        assert log.head() == Head(0, None)
        assert list(log.read()) == []
        assert len(log.id) == 16

    def test_what_was_appended_is_read_in_order(self, store: Store) -> None:
        log = store.create(Clock(step=SECOND))
        first = write(log, content(1), content(2))
        second = write(log, content(3), visibility="public")
        expected = [
            Record(1, START, "members", content(1)),
            Record(2, START, "members", content(2)),
            Record(3, START + SECOND, "public", content(3)),
        ]
        assert first + second == expected
        assert list(log.read()) == expected
        assert list(store.open().read()) == expected
        assert log.head() == Head(3, START + SECOND)

    def test_reading_after_an_entry(self, store: Store) -> None:
        log = store.create()
        write(log, content(1), content(2), content(3))
        assert seqs(log.read(after=1)) == [2, 3]
        assert seqs(log.read(after=3)) == seqs(log.read(after=9)) == []

    def test_reading_what_was_recorded_by_an_instant(self, store: Store) -> None:
        log = store.create(Clock(step=SECOND))
        for number in range(1, 4):
            write(log, content(number))
        assert seqs(log.read(recorded=START + SECOND)) == [1, 2]
        assert seqs(log.read(recorded=START - SECOND)) == []
        same_instant = (START + SECOND).astimezone(timezone(timedelta(hours=2)))
        assert seqs(log.read(after=1, recorded=same_instant)) == [2]

    def test_an_instant_without_a_zone_is_refused(self, store: Store) -> None:
        log = store.create()
        with pytest.raises(ValueError, match="no time zone"):
            log.read(recorded=datetime(2024, 6, 20))  # noqa: DTZ001

    def test_reading_shows_the_log_as_it_was_at_the_call(self, store: Store) -> None:
        log = store.create()
        write(log, content(1))
        found = log.read()
        write(log, content(2))
        assert seqs(found) == [1]

    def test_more_entries_than_are_read_at_once(self, store: Store) -> None:
        log = store.create()
        write(log, *(content(number) for number in range(1, 2502)))
        assert seqs(log.read()) == list(range(1, 2502))

    @given(st.lists(st.tuples(contents, visibilities), min_size=1, max_size=3))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_json_comes_back_as_it_was(
        self, store: Store, items: list[tuple[dict[str, Any], str]]
    ) -> None:
        log = store.one_log()
        with log.writing() as writer:
            written = writer.append([Item(each, visibility) for each, visibility in items])
        assert list(log.read(after=written[0].seq - 1)) == written
        assert [(each.content, each.visibility) for each in written] == items

    # -- all or nothing

    def test_a_block_that_fails_leaves_nothing(self, store: Store) -> None:
        log = store.create()
        write(log, content(1))
        with pytest.raises(ZeroDivisionError):
            append_and_fail(log, content(2))
        assert seqs(log.read()) == [1]
        assert write(log, content(3))[0].seq == 2
        assert list(log.read())[1] == Record(2, START, "members", content(3))

    def test_the_writer_reads_what_it_has_appended(self, store: Store) -> None:
        log, other = store.create(), store.open()
        with log.writing() as writer:
            writer.append([Item(content(1), "members")])
            writer.append([Item(content(2), "members")])
            assert writer.head == Head(2, START) == log.head()
            assert seqs(log.read()) == [1, 2]
            assert seqs(other.read()) == []
        assert seqs(other.read()) == [1, 2]

    def test_an_empty_batch_is_nothing(self, store: Store) -> None:
        log = store.create()
        with log.writing() as writer:
            assert writer.append([]) == []
        assert log.head() == Head(0, None)

    @pytest.mark.parametrize(
        "bad",
        [
            {"x": float("nan")},
            {"x": float("inf")},
            {"x": 2**53},
            {"x": -(2.0**53)},
            {"x": 1e300},
            {1: "x"},
            {"x": "\ud800"},
            {"\ud800": "x"},
            {"x": b"bytes"},
            {"x": START},
            ["no", "object"],
            {"x": "a" * (16 * 1024 * 1024)},
        ],
        ids=lambda bad: repr(bad)[:20],
    )
    def test_what_is_no_json_is_refused_with_its_batch(self, store: Store, bad: Any) -> None:
        log = store.create()
        with pytest.raises(ContentError, match="item 2 of 2: "), log.writing() as writer:
            writer.append([Item(content(1), "members"), Item(bad, "members")])
        assert list(log.read()) == []

    def test_nesting_without_end_is_refused(self, store: Store) -> None:
        log = store.create()
        deep: dict[str, Any] = {}
        for _ in range(100_000):
            deep = {"x": deep}
        with pytest.raises(ContentError):
            write(log, deep)
        while deep:  # taken apart by hand: Python itself would go as deep to free it
            deep = deep.pop("x")

    @pytest.mark.parametrize(
        "bad", ["", "Public", "a b", "é", "-a", "1a", "a" * 33, "a\n", "\ud800"]
    )
    def test_a_visibility_class_is_a_slug(self, store: Store, bad: str) -> None:
        log = store.create()
        with pytest.raises(ContentError, match="visibility class"):
            write(log, content(1), visibility=bad)
        assert list(log.read()) == []

    def test_a_failed_append_that_the_caller_swallows_leaves_nothing_of_itself(
        self, store: Store
    ) -> None:
        log = store.create()
        with log.writing() as writer:
            writer.append([Item(content(1), "members")])
            with pytest.raises(ContentError):
                writer.append([Item(content(2), "members"), Item({"x": 2**60}, "members")])
            writer.append([Item(content(3), "members")])
        assert [each.content for each in log.read() if isinstance(each, Record)] == [
            content(1),
            content(3),
        ]

    def test_a_writer_is_of_no_use_after_its_block(self, store: Store) -> None:
        log = store.create()
        with log.writing() as writer:
            pass
        with pytest.raises(RuntimeError, match="ended"):
            writer.append([Item(content(1), "members")])
        with log.writing(), pytest.raises(RuntimeError, match="ended"):
            writer.append([Item(content(1), "members")])
        assert list(log.read()) == []

    def test_no_block_within_a_block(self, store: Store) -> None:
        log = store.create()
        with log.writing() as writer:
            with pytest.raises(RuntimeError, match="already open"), log.writing():
                pass
            with pytest.raises(RuntimeError, match="already open"):
                log.erase(1)
            writer.append([Item(content(1), "members")])
        assert seqs(log.read()) == [1]

    # -- recorded time

    def test_recorded_is_in_utc_whatever_the_clock_says(self, store: Store) -> None:
        log = store.create(Clock(START.astimezone(timezone(timedelta(hours=-7)))))
        written = write(log, content(1))
        assert written[0].recorded == START
        assert written[0].recorded.tzinfo is UTC
        assert decode(store.stored(1)[0]).recorded == START

    def test_a_clock_set_back_a_little_does_not_turn_the_order(self, store: Store) -> None:
        clock = Clock()
        log = store.create(clock)
        write(log, content(1))
        clock.now = START - SECOND
        assert write(log, content(2))[0].recorded == START

    def test_a_clock_set_back_far_is_refused(self, store: Store) -> None:
        clock = Clock()
        log = store.create(clock)
        write(log, content(1))
        clock.now = START - SECOND - timedelta(microseconds=1)
        with pytest.raises(RefusedError, match="clock"):
            write(log, content(2))
        assert seqs(log.read()) == [1]

    # -- several at once

    def test_two_writers_take_turns(self, store: Store) -> None:
        one, two = store.create(), store.open()
        numbers = count(1)
        for log in [one, two, two, one]:
            with log.writing() as writer:
                writer.append([Item(content(next(numbers)), "members")])
        assert list(one.read()) == list(two.read())
        assert [each.content for each in one.read() if isinstance(each, Record)] == [
            content(number) for number in range(1, 5)
        ]

    def test_the_log_is_held_while_a_block_is_open(self, store: Store) -> None:
        log, other = store.create(), store.open(wait=0.05)
        with log.writing() as writer:
            with pytest.raises(BusyError, match="another process"), other.writing():
                pass
            writer.append([Item(content(1), "members")])
        with other.writing() as later:
            assert later.head.seq == 1

    # -- erasure, and reading without keys

    def test_an_erased_entry_leaves_its_scar(self, store: Store) -> None:
        clock = Clock()
        log = store.create(clock)
        write(log, content(1), content(2), content(3))
        clock.now = START + SECOND
        log.erase(2)
        expected = [
            Record(1, START, "members", content(1)),
            Record(2, START, "members", Erased(START + SECOND)),
            Record(3, START, "members", content(3)),
        ]
        assert list(log.read()) == expected
        assert list(store.open().read()) == expected
        assert log.erased() == store.open(sealed=True).erased() == {2}

    def test_erasing_twice_changes_nothing(self, store: Store) -> None:
        log = store.create(Clock(step=SECOND))
        write(log, content(1))
        log.erase(1)
        before = list(log.read())
        log.erase(1)
        assert list(log.read()) == before

    def test_appending_goes_on_after_an_erasure(self, store: Store) -> None:
        log = store.create()
        write(log, content(1))
        log.erase(1)
        write(log, content(2))
        assert list(log.read())[1] == Record(2, START, "members", content(2))

    @pytest.mark.parametrize("seq", [0, 2, -1, 2**40])
    def test_only_what_is_there_can_be_erased(self, store: Store, seq: int) -> None:
        log = store.create()
        write(log, content(1))
        with pytest.raises(RefusedError, match=f"no entry {seq}"):
            log.erase(seq)
        assert list(log.read()) == [Record(1, START, "members", content(1))]

    def test_a_log_opened_for_reading_is_not_written(self, store: Store) -> None:
        write(store.create(), content(1))
        for log in [store.open(readonly=True), store.open(sealed=True)]:
            with pytest.raises(RefusedError, match="reading only"), log.writing():
                pass
            with pytest.raises(RefusedError, match="reading only"):
                log.erase(1)

    def test_without_keys_every_content_is_sealed(self, store: Store) -> None:
        log = store.create()
        write(log, content(1), content(2))
        log.erase(1)
        assert list(store.open(sealed=True).read()) == [
            Record(1, START, "members", Erased(START)),
            Record(2, START, "members", Sealed()),
        ]

    # -- damage

    def test_any_changed_byte_of_a_leaf_is_reported(self, store: Store) -> None:
        log = store.create()
        write(log, content(1), content(2), content(3))
        leaf, _ = store.stored(2)
        for at in range(len(leaf)):
            store.overwrite(2, leaf=flipped(leaf, at))
            assert damages(log) in ([(2, 2, "record-leaf")], [(2, 2, "record-content")]), at
        store.overwrite(2, leaf=leaf)
        assert damages(log) == []

    def test_any_changed_byte_of_an_encrypted_content_is_reported(self, store: Store) -> None:
        log = store.create()
        write(log, content(1), content(2), content(3))
        _, sealed = store.stored(2)
        for at in range(len(sealed)):
            store.overwrite(2, sealed=flipped(sealed, at))
            assert damages(log) == [(2, 2, "record-content")], at

    def test_a_damage_says_what_is_known_and_what_to_do(self, store: Store) -> None:
        log = store.create()
        write(log, content(1))
        store.overwrite(1, sealed=b"\0" * 1052)
        (damage,) = log.read()
        assert isinstance(damage, Damage)
        assert (damage.recorded, damage.visibility) == (START, "members")
        assert damage.finding.severity == "error"
        assert "entry 1 cannot be shown" in damage.finding.message
        assert "backup" in damage.finding.message
        assert damage.finding.place is not None
        assert damage.finding.place.field == "entry 1"

    @pytest.mark.parametrize("length", [0, 1, 12, 27, 28, 1051, 1053])
    def test_an_encrypted_content_of_another_length_is_reported(
        self, store: Store, length: int
    ) -> None:
        log = store.create()
        write(log, content(1))
        _, sealed = store.stored(1)
        store.overwrite(1, sealed=(sealed + b"\0")[:length])
        assert damages(log) == [(1, 1, "record-content")]

    def test_exchanged_entries_are_reported(self, store: Store) -> None:
        log = store.create()
        write(log, content(1), content(2))
        one, two = store.stored(1), store.stored(2)
        store.overwrite(1, *two)
        store.overwrite(2, *one)
        assert damages(log) == [(1, 1, "record-content"), (2, 2, "record-content")]

    def test_missing_entries_are_a_gap(self, store: Store) -> None:
        log = store.create()
        write(log, *(content(number) for number in range(1, 7)))
        for seq in (1, 3, 4):
            store.remove(seq)
        assert damages(log) == [(1, 1, "record-gap"), (3, 4, "record-gap")]
        assert seqs(log.read()) == [1, 2, 3, 5, 6]

    def test_a_gap_is_never_filtered_by_time(self, store: Store) -> None:
        log = store.create()
        write(log, content(1), content(2))
        store.remove(1)
        assert seqs(log.read(recorded=START - SECOND)) == [1]

    def test_damage_with_a_known_time_is_filtered_by_it(self, store: Store) -> None:
        log = store.create()
        write(log, content(1))
        store.overwrite(1, sealed=b"")
        assert seqs(log.read(recorded=START)) == [1]
        assert seqs(log.read(recorded=START - SECOND)) == []

    def test_a_missing_encrypted_content_is_reported(self, store: Store) -> None:
        log = store.create()
        write(log, content(1), content(2))
        store.remove_content(1)
        assert damages(log) == [(1, 1, "record-content")]

    def test_a_missing_key_is_no_erasure_until_it_is_noted(self, store: Store) -> None:
        log = store.create()
        write(log, content(1), content(2))
        store.remove_key(1)
        assert damages(log) == [(1, 1, "record-key")]
        log.erase(1)
        assert next(log.read()) == Record(1, START, "members", Erased(START))

    def test_an_end_that_was_cut_off_is_noticed(self, store: Store) -> None:
        log = store.create()
        for number in range(1, 5):
            write(log, content(number))
        store.remove(4)
        store.remove(3)
        assert damages(log) == [(3, 3, "record-gap")]  # of 4, the last batch, nobody else knows

    def test_nothing_is_recorded_after_an_end_that_was_cut_off(self, store: Store) -> None:
        log = store.create()
        for number in range(1, 5):
            write(log, content(number))
        store.remove(4)
        store.remove(3)
        with pytest.raises(RefusedError, match="older copy"):
            write(log, content(5))
        with pytest.raises(RefusedError, match="older copy"):
            log.erase(1)
        assert list(log.read())[:2] == [
            Record(1, START, "members", content(1)),
            Record(2, START, "members", content(2)),
        ]

    def test_nothing_is_recorded_after_a_damaged_last_entry(self, store: Store) -> None:
        log = store.create()
        write(log, content(1))
        store.overwrite(1, leaf=b"{}")
        with pytest.raises(RefusedError, match="the last entry, 1, is damaged"):
            write(log, content(2))
        with pytest.raises(RefusedError, match="the last entry, 1, is damaged"):
            log.head()

    @given(st.binary(max_size=300), st.binary(max_size=300))
    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_no_bytes_make_the_reader_fail(self, store: Store, leaf: bytes, sealed: bytes) -> None:
        log = store.one_log()
        if log.head().seq == 0:
            write(log, content(1), content(2))
        store.overwrite(1, leaf, sealed)
        assert [each[:2] for each in damages(log)] == [(1, 1)]

    # -- the format

    def test_the_store_keeps_the_bytes_of_the_format(self, store: Store) -> None:
        log = store.create(Clock(), Golden())
        write(log, GOLDEN_CONTENT, visibility="public")
        leaf, sealed = store.stored(1)
        assert leaf == GOLDEN_LEAF
        assert hashlib.sha256(sealed).hexdigest() == GOLDEN_SEALED_SHA256
