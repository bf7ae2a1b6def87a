"""The log of one body: what is appended, what is read, and what every store promises.

`Log` is the contract; `sqlite.SqliteLog` keeps it in a file. A log knows nothing of entry kinds:
a content is a JSON object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from nemcon.findings import Finding

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """A content to append, and its visibility class: a slug such as `public` or `members`."""

    content: Content
    visibility: str


@dataclass(frozen=True, slots=True)
class Erased:
    """In place of a content whose key was erased, at `at` (UTC) as far as that is noted."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """In place of a content for which the reader has no key."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of the log: its number (from 1), when it was recorded (UTC), its content."""

    seq: int
    recorded: datetime
    visibility: str
    content: Content | Erased | Sealed


@dataclass(frozen=True, slots=True)
class Damage:
    """Entries `seq` to `through` (both included) that are there but cannot be shown.

    They are unknown, never absent. `recorded` and `visibility` are known where the leaf of a
    single entry can still be read. The finding's code is one of `record-gap`, `record-leaf`,
    `record-content`, `record-commitment`, `record-key` and `record-unreadable`.
    """

    seq: int
    through: int
    finding: Finding
    recorded: datetime | None = None
    visibility: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a log: its number (0 in an empty log) and when it was recorded."""

    seq: int
    recorded: datetime | None


class Writer(Protocol):
    """What may be done while nobody else can append."""

    @property
    def head(self) -> Head:
        """The last entry, those appended through this writer included."""

    def append(self, items: Iterable[Item]) -> list[Record]:
        """Append the items in order, with one recorded time for all of them.

        They are there, and durable, once the `with` block of `Log.writing` has ended without an
        exception; before that, only this log object reads them.

        Raises `ContentError` for an item that cannot be recorded and `RefusedError` if the clock is
        behind the last entry: then nothing of this batch is in the log. Raises `StorageError` or
        `BusyError` if the disk does not take it: leave the block with that error.
        """


class Log(Protocol):
    """An append-only log, for one thread of one process at a time.

    Several objects, in several processes, may have the same log open.
    """

    @property
    def id(self) -> bytes:
        """16 random bytes that name this log and bind its key store to it."""

    def head(self) -> Head:
        """The last entry. Raises `RefusedError` if its leaf cannot be read."""

    def read(self, after: int = 0, recorded: datetime | None = None) -> Iterator[Record | Damage]:
        """The entries above number `after`, in order, as they stand at the call.

        With `recorded` (aware), only those recorded at or before that instant. Damage is never
        filtered by time where its time is unknown, and damage that the store finds is read as a
        value; only a store that cannot be read at all raises, `StorageError` or `BusyError`.
        """

    def writing(self) -> AbstractContextManager[Writer]:
        """Hold the log: `with log.writing() as writer:` reads, checks and appends as one act.

        What is appended is in the log if the block ends without an exception; otherwise nothing
        is. Raises `BusyError` if another process does not let go in time, `RefusedError` if the
        log was opened for reading only or has lost entries that its key store has seen.
        """

    def erase(self, seq: int) -> None:
        """Destroy the key of entry `seq` for good; from then on it is read as `Erased`.

        Durable on return; erasing twice changes nothing. Raises `RefusedError` if there is no
        such entry or the log was opened for reading only. After a `StorageError` the key may be
        gone already, since this cannot be undone: erase again once the disk is mended.
        """

    def erased(self) -> frozenset[int]:
        """The numbers of the entries that were erased.

        For whoever keeps contents in memory: another process may have erased one since.
        """

    def close(self) -> None:
        """Let go of the files; the log object is of no use afterwards."""
