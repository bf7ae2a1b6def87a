"""The two files of a record: making them, opening them, and seeing that they belong together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import apsw

from nemcon.record.database import (
    Kind,
    connect,
    exclusive,
    in_our_words,
    is_blank,
    is_blank_file,
    make,
    recognise,
    touch,
)
from nemcon.record.errors import StorageError, WrongFileError
from nemcon.record.keys import KeyStore, beside

KIND = Kind(
    name="record",
    application_id=0x4E454D43,  # "NEMC"
    version=1,
    schema="""
        CREATE TABLE log (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id BLOB NOT NULL CHECK (length(id) = 16)
        ) STRICT;
        CREATE TABLE leaf (seq INTEGER PRIMARY KEY CHECK (seq > 0), leaf BLOB NOT NULL) STRICT;
        CREATE TABLE content (seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
        CREATE TABLE erasure (seq INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT;
        CREATE TRIGGER leaf_stays BEFORE UPDATE ON leaf
            BEGIN SELECT RAISE(ABORT, 'a leaf is never changed'); END;
        CREATE TRIGGER leaf_remains BEFORE DELETE ON leaf
            BEGIN SELECT RAISE(ABORT, 'a leaf is never removed'); END;
    """,
)

_BLANK = 64 * 1024  # no blank file is larger: one page


def make_files(path: Path, random: Callable[[int], bytes], wait: float) -> None:
    """Make an empty record and its key store; takes over what a cut-short attempt left.

    The key store comes first and decides between processes that do this at the same time. Raises
    `WrongFileError` if something else is there, `StorageError` if the folder cannot be written.
    """
    missing = [each for each in (path, beside(path)) if not each.exists()]
    if path not in missing:
        _refuse_unless_blank(path, wait)
    try:
        with closing(KeyStore.create(beside(path), random, wait)) as keys:
            log_id = keys.log_id()
        touch(path)
        with closing(connect(path, readonly=False, wait=wait)) as connection:
            _make_record(connection, path, log_id)
    except StorageError:  # a full disk: nothing half made stays behind
        if is_unmade(path):
            for each in missing:
                _remove(each)
        raise


def is_unmade(path: Path) -> bool:
    """Whether there is no record here: no file, or a blank one of an attempt that was cut short."""
    if not path.exists():
        return True
    return path.is_file() and path.stat().st_size <= _BLANK and is_blank_file(path)


def _remove(path: Path) -> None:
    """Take a file away, with what SQLite keeps beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + end).unlink()


def open_record(path: Path, *, readonly: bool, wait: float) -> tuple[apsw.Connection, bytes]:
    """Open an existing record file: its connection, and the id of its log."""
    connection = connect(path, readonly=readonly, wait=wait)
    try:
        recognise(connection, path, KIND)
        with in_our_words(path):
            return connection, connection.execute("SELECT id FROM log").get
    except BaseException:
        connection.close()
        raise


def open_keys(record: Path, log_id: bytes, *, readonly: bool, wait: float) -> KeyStore:
    """Open the key store beside a record. Raises `WrongFileError` if it is not this record's."""
    path = beside(record)
    if not path.exists():
        raise WrongFileError(
            f"{path}: the key store of this record is missing. Put it back beside the record; "
            "without it the record can only be opened sealed, with no content"
        )
    keys = KeyStore(path, readonly=readonly, wait=wait)
    if keys.log_id() != log_id:
        keys.close()
        raise WrongFileError(
            f"{path}: this key store belongs to another record than {record}. Put the right one "
            "beside it"
        )
    return keys


def _refuse_unless_blank(path: Path, wait: float) -> None:
    with closing(connect(path, readonly=True, wait=wait)) as connection, in_our_words(path):
        if not is_blank(connection):
            raise WrongFileError(f"{path}: there is already a database here; choose another path")


def _make_record(connection: apsw.Connection, path: Path, log_id: bytes) -> None:
    with in_our_words(path):
        connection.pragma("journal_mode", "WAL")
    with exclusive(connection, path), in_our_words(path):
        if not is_blank(connection):
            raise WrongFileError(f"{path}: another process has just made this record; open it")
        make(connection, KIND)
        connection.execute("INSERT INTO log VALUES (1, ?)", (log_id,))
