"""The log in an SQLite file, its keys in a second file beside it.

Order of durability: the keys of a batch are on disk before the rows that need them. A crash
between the two leaves keys without entries, which open nothing and are overwritten by the next
append. The other way round would leave entries that nobody can read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

import apsw

from nemcon.record.content import SealedEntry, seal
from nemcon.record.database import exclusive, in_our_words, roll_back
from nemcon.record.errors import ContentError, RefusedError
from nemcon.record.files import make_files, open_keys, open_record
from nemcon.record.keys import ERASED, KeyStore
from nemcon.record.leaf import LeafError, decode, format_instant
from nemcon.record.log import Damage, Erased, Head, Item, Record, Sealed
from nemcon.record.opening import Row, damage, open_row
from nemcon.saying import say

Clock = Callable[[], datetime]
Random = Callable[[int], bytes]

WAIT = 10.0  # seconds for another process's lock
CHUNK = 1000  # rows read at once, so that no reader holds up a checkpoint for long
WAL_LIMIT = 16 * 1024 * 1024  # bytes; a large batch must not leave a large WAL behind
# A clock may be set back by this much (NTP steps); the time of the last entry then counts.
BACKWARD = timedelta(seconds=1)


def utc_now() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


class SqliteLog:
    """A `Log` in the file `path`, with its keys in `path` + `.keys`; see `log.Log`."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        readonly: bool = False,
        sealed: bool = False,
        clock: Clock = utc_now,
        random: Random = os.urandom,
        wait: float = WAIT,
    ) -> None:
        """Open an existing record.

        `sealed` opens it for reading without its key store: each content is then `Sealed`. `wait`
        is in seconds. Raises `WrongFileError` if a file is missing, is not ours, is newer or does
        not belong to the other; `StorageError` or `BusyError` if it cannot be opened.
        """
        self._path = Path(path).resolve()
        self._clock, self._random = clock, random
        self._writable = not (readonly or sealed)
        self._connection, self.id = open_record(self._path, readonly=not self._writable, wait=wait)
        self._keys: KeyStore | None = None
        try:
            if not sealed:
                readonly = not self._writable
                self._keys = open_keys(self._path, self.id, readonly=readonly, wait=wait)
            if self._writable and self._keys:
                self._settle(self._keys)
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(
        cls,
        path: str | os.PathLike[str],
        *,
        clock: Clock = utc_now,
        random: Random = os.urandom,
        wait: float = WAIT,
    ) -> SqliteLog:
        """Make an empty record and its key store, and open it.

        Raises `WrongFileError` if there is already a record, other data, or a key store in use at
        that place; `StorageError` if the folder cannot be written.
        """
        place = Path(path).resolve()
        make_files(place, random, wait)
        return cls(place, clock=clock, random=random, wait=wait)

    def __enter__(self) -> SqliteLog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; the log object is of no use afterwards."""
        self._connection.close()
        if self._keys:
            self._keys.close()

    def head(self) -> Head:
        """The last entry; see `Log.head`."""
        sql = "SELECT seq, ifnull(CAST(leaf AS BLOB), x'') FROM leaf ORDER BY seq DESC LIMIT 1"
        with in_our_words(self._path):
            row = self._connection.execute(sql).fetchone()
        if row is None:
            return Head(0, None)
        seq, leaf = row
        try:
            return Head(seq, decode(leaf).recorded)
        except LeafError as error:
            raise RefusedError(
                say(
                    "{path}: the last entry, {seq}, is damaged ({error}), so nothing can be "
                    "recorded after it. Put back a sound copy of the record from a backup",
                    path=self._path,
                    seq=seq,
                    error=error,
                )
            ) from error

    def read(self, after: int = 0, recorded: datetime | None = None) -> Iterator[Record | Damage]:
        """The entries above number `after`; see `Log.read`."""
        if recorded is not None and recorded.utcoffset() is None:
            raise ValueError(say("the instant {recorded} has no time zone", recorded=recorded))
        # In this order: what the key store has seen can then only be behind the log.
        seen = self._keys.seen() if self._keys else 0
        last = self._last()
        found = self._scan(max(after, 0) + 1, last, max(last, seen))
        if recorded is None:
            return found
        return (each for each in found if each.recorded is None or each.recorded <= recorded)

    @contextmanager
    def writing(self) -> Iterator[SqliteWriter]:
        """Hold the log; see `Log.writing`."""
        keys = self._writable_keys()
        with exclusive(self._connection, self._path):
            self._refuse_older_copy(keys)
            writer = SqliteWriter(
                self._connection, self._path, keys, self.head(), self._clock, self._random
            )
            try:
                yield writer
            finally:
                writer.ended = True

    def erase(self, seq: int) -> None:
        """Destroy the key of entry `seq` for good; see `Log.erase`."""
        keys = self._writable_keys()
        with exclusive(self._connection, self._path):
            self._refuse_older_copy(keys)
            with in_our_words(self._path):
                known = self._connection.execute("SELECT 1 FROM leaf WHERE seq = ?", (seq,)).get
                if not known:
                    raise RefusedError(
                        say("{path}: there is no entry {seq} to erase", path=self._path, seq=seq)
                    )
                self._connection.execute(
                    "INSERT INTO erasure VALUES (?, ?) ON CONFLICT DO NOTHING",
                    (seq, format_instant(self._clock())),
                )
            # Inside the lock, and before the note is in force: a crash in between leaves an
            # entry that is erased and reads so, without the time.
            keys.erase([seq])
            keys.erase_beyond(self._last())

    def erased(self) -> frozenset[int]:
        """The numbers of the entries noted as erased; see `Log.erased`."""
        with in_our_words(self._path):
            return frozenset(seq for (seq,) in self._connection.execute("SELECT seq FROM erasure"))

    def _last(self) -> int:
        with in_our_words(self._path):
            last: int = self._connection.execute("SELECT ifnull(max(seq), 0) FROM leaf").get
        return last

    def _scan(self, expected: int, last: int, through: int) -> Iterator[Record | Damage]:
        place = str(self._path)
        while expected <= last:
            rows, unreadable = self._rows(expected, last)
            for row in rows:
                if row.seq > expected:
                    yield damage(
                        expected, row.seq - 1, "record-gap", say("missing in the log"), place
                    )
                yield open_row(row, place)
                expected = row.seq + 1
            if unreadable:
                yield damage(expected, through, "record-unreadable", unreadable, place)
                return
        if expected <= through:
            yield damage(
                expected, through, "record-gap", say("missing at the end of the log"), place
            )

    def _rows(self, first: int, last: int) -> tuple[list[Row], str]:
        """The next rows with their secrets, and why there can be no more, if that is so."""
        rows: list[tuple[int, bytes, bytes, bytes | None]] = []
        unreadable = ""
        with in_our_words(self._path):
            try:
                rows.extend(self._connection.execute(_SELECT, (first, last, CHUNK)))
            except apsw.CorruptError as error:  # what came before it is sound
                unreadable = say("the file is damaged ({error})", error=error)
        if not rows:
            return [], unreadable or say("they vanished while the log was read")
        secrets = self._keys.get(rows[0][0], rows[-1][0]) if self._keys else {}
        return [self._row(row, secrets.get(row[0])) for row in rows], unreadable

    def _row(self, row: tuple[int, bytes, bytes, bytes | None], secret: bytes | None) -> Row:
        seq, leaf, sealed, erased_at = row
        instead: Erased | Sealed | None = None
        if erased_at is not None or secret == ERASED:
            instead = Erased(_instant(erased_at))
        elif self._keys is None:
            instead = Sealed()
        return Row(seq, leaf, sealed, secret, instead)

    def _writable_keys(self) -> KeyStore:
        if self._keys is None or not self._writable:
            raise RefusedError(
                say(
                    "{path}: the record was opened for reading only; open it for writing",
                    path=self._path,
                )
            )
        return self._keys

    def _refuse_older_copy(self, keys: KeyStore) -> None:
        last, seen = self._last(), keys.seen()
        if last < seen:
            raise RefusedError(
                say(
                    "{path}: this is an older copy of the record: it ends at entry {last}, but "
                    "its key store has seen {seen}. Put the newer copy back; to go on from here "
                    "would destroy the keys of the entries that are missing",
                    path=self._path,
                    last=last,
                    seen=seen,
                )
            )

    def _settle(self, keys: KeyStore) -> None:
        """Bring an opened record into order: WAL, and keys gone that were noted as erased.

        The second happens where the key store came back from an older copy.
        """
        with in_our_words(self._path):
            self._connection.pragma("journal_mode", "WAL")
            self._connection.pragma("journal_size_limit", WAL_LIMIT)
        if back := [seq for seq in self.erased() if keys.get(seq, seq).get(seq, ERASED) != ERASED]:
            with exclusive(self._connection, self._path):
                keys.erase(back)


class SqliteWriter:
    """A `Writer`; see `log.Writer`."""

    def __init__(
        self,
        connection: apsw.Connection,
        path: Path,
        keys: KeyStore,
        head: Head,
        clock: Clock,
        random: Random,
    ) -> None:
        """For `SqliteLog.writing`, which holds the transaction."""
        self.head = head
        self.ended = False
        self._committed = head.seq
        self._connection, self._path, self._keys = connection, path, keys
        self._clock, self._random = clock, random

    def append(self, items: Iterable[Item]) -> list[Record]:
        """Append the items in order; see `Writer.append`."""
        if self.ended or not self._connection.in_transaction:
            raise RuntimeError(say("the writing block has ended or failed; open a new one"))
        items = list(items)
        recorded = self._now()
        entries = list(self._sealed(items, recorded))
        if not entries:
            return []
        first = self.head.seq + 1
        self._keys.put(self._committed, first, [entry.secret for entry in entries])
        self._insert(first, entries)
        self.head = Head(self.head.seq + len(entries), recorded)
        return [
            Record(seq, recorded, item.visibility, item.content)
            for seq, item in enumerate(items, first)
        ]

    def _sealed(self, items: list[Item], recorded: datetime) -> Iterator[SealedEntry]:
        for number, item in enumerate(items, 1):
            try:
                yield seal(item.content, item.visibility, recorded, self._random)
            except ContentError as error:
                raise ContentError(
                    say(
                        "item {number} of {all}: {error}",
                        number=number,
                        all=len(items),
                        error=error,
                    )
                ) from error

    def _insert(self, first: int, entries: list[SealedEntry]) -> None:
        run = self._connection.executemany
        try:
            with in_our_words(self._path):
                run("INSERT INTO leaf VALUES (?, ?)", enumerate((e.leaf for e in entries), first))
                run(
                    "INSERT INTO content VALUES (?, ?)",
                    enumerate((e.sealed for e in entries), first),
                )
        except BaseException:
            roll_back(self._connection)
            raise

    def _now(self) -> datetime:
        """The recorded time of what comes next: never before the entry that it follows."""
        now, last = self._clock().astimezone(UTC), self.head.recorded
        if last is None or now >= last:
            return now
        if last - now <= BACKWARD:
            return last
        raise RefusedError(
            say(
                "{path}: the clock says {now}, before the last entry was recorded "
                "at {last}. Set the machine's clock right; recorded times never "
                "go back",
                path=self._path,
                now=format_instant(now),
                last=format_instant(last),
            )
        )


_SELECT = """
    SELECT leaf.seq, ifnull(CAST(leaf AS BLOB), x''), ifnull(CAST(sealed AS BLOB), x''),
        CAST(at AS BLOB)
    FROM leaf LEFT JOIN content USING (seq) LEFT JOIN erasure USING (seq)
    WHERE leaf.seq BETWEEN ? AND ? ORDER BY leaf.seq LIMIT ?
"""


def _instant(text: bytes | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text.decode()) if text else None
    except ValueError:
        return None
