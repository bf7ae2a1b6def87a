"""The key store: one erasable secret an entry, in a file of its own beside the record.

Whoever has this file and the record can read every entry that is not erased; whoever has only one
of them can read none. It lies outside the record's database, WAL and backups.

An erased key must not linger. It is overwritten in place by zeros of the same length: the row stays
and says that there was a key, and `secure_delete` zeroes what SQLite itself moves. The journal
holds the old page until the transaction ends and is then deleted; a WAL would keep it for long.
What file system, disk or snapshots keep below that is out of reach: see `docs/format-record.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from nemcon.record.content import SECRET_SIZE
from nemcon.record.database import (
    Kind,
    connect,
    exclusive,
    in_our_words,
    is_blank,
    make,
    recognise,
    touch,
)
from nemcon.record.errors import WrongFileError

KIND = Kind(
    name="key store",
    application_id=0x4E454D4B,  # "NEMK"
    version=1,
    schema=f"""
        CREATE TABLE log (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id BLOB NOT NULL CHECK (length(id) = 16),
            head INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE key (
            seq INTEGER PRIMARY KEY CHECK (seq > 0),
            secret BLOB NOT NULL CHECK (length(secret) = {SECRET_SIZE})
        ) STRICT;
    """,
)
ERASED = bytes(SECRET_SIZE)


def beside(record: Path) -> Path:
    """Where the key store of a record file is: the same name with `.keys` at its end."""
    return record.with_name(record.name + ".keys")


class KeyStore:
    """The secrets of one log. Only who holds the log's write lock may call `put` and `erase`."""

    def __init__(self, path: Path, *, readonly: bool, wait: float) -> None:
        """Open an existing key store. Raises `WrongFileError`, `StorageError` or `BusyError`."""
        self.path = path
        self._connection = connect(path, readonly=readonly, wait=wait)
        try:
            recognise(self._connection, path, KIND)
            with in_our_words(path):
                self._connection.pragma("secure_delete", "ON")
                self._connection.pragma("journal_mode", "DELETE")
                # FULL, and the folder is synced too: no journal with an old key comes back.
                self._connection.pragma("synchronous", "EXTRA")
        except BaseException:
            self.close()
            raise

    @staticmethod
    def create(path: Path, random: Callable[[int], bytes], wait: float) -> KeyStore:
        """Make a key store for a new log, readable by its owner only.

        One that a cut-short creation left without a key is taken over; raises `WrongFileError`
        if there are keys in it: they belong to a record that must be somewhere.
        """
        touch(path, private=True)
        with (
            closing(connect(path, readonly=False, wait=wait)) as connection,
            exclusive(connection, path),
            in_our_words(path),
        ):
            if is_blank(connection):
                make(connection, KIND)
                connection.execute("INSERT INTO log VALUES (1, ?, 0)", (random(16),))
        keys = KeyStore(path, readonly=False, wait=wait)
        if keys.count():
            keys.close()
            raise WrongFileError(
                f"{path}: this key store already holds the keys of a record. Put that record back "
                "beside it, or move the key store away to begin a new one"
            )
        return keys

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def count(self) -> int:
        """How many entries have a key here, erased ones included."""
        with in_our_words(self.path):
            number: int = self._connection.execute("SELECT count(*) FROM key").get
        return number

    def log_id(self) -> bytes:
        """The id of the log to which the keys belong."""
        with in_our_words(self.path):
            log_id: bytes = self._connection.execute("SELECT id FROM log").get
        return log_id

    def seen(self) -> int:
        """How many entries the log is known to have had: it must never have fewer."""
        with in_our_words(self.path):
            head: int = self._connection.execute("SELECT head FROM log").get
        return head

    def get(self, first: int, last: int) -> dict[int, bytes]:
        """The secrets of entries `first` to `last` that have one; `ERASED` where it was erased."""
        sql = "SELECT seq, CAST(secret AS BLOB) FROM key WHERE seq BETWEEN ? AND ?"
        with in_our_words(self.path):
            return dict(self._connection.execute(sql, (first, last)))

    def put(self, head: int, first: int, secrets: Sequence[bytes]) -> None:
        """Keep the secrets of entries `first` and following; durable on return.

        `head` is the log's last entry in force. A key beyond it is a leftover of an append that
        never came to be, and is overwritten.
        """
        with exclusive(self._connection, self.path), in_our_words(self.path):
            self._connection.execute("UPDATE log SET head = ? WHERE head <> ?", (head, head))
            self._connection.executemany(
                "INSERT INTO key VALUES (?, ?)"
                " ON CONFLICT (seq) DO UPDATE SET secret = excluded.secret",
                enumerate(secrets, first),
            )

    def erase(self, seqs: Iterable[int]) -> None:
        """Overwrite the keys of these entries; durable on return."""
        with exclusive(self._connection, self.path), in_our_words(self.path):
            self._connection.executemany(_ERASE + "seq = ?", [(seq,) for seq in seqs])

    def erase_beyond(self, head: int) -> None:
        """Overwrite leftover keys beyond the log's last entry; durable on return.

        They may still open what an append that was cut short left in the record's WAL.
        """
        with exclusive(self._connection, self.path), in_our_words(self.path):
            self._connection.execute(_ERASE + "seq > ?", (head,))


_ERASE = "UPDATE key SET secret = zeroblob(length(secret)) WHERE "
