"""Opening SQLite files through apsw: settings, recognising our own files, errors in our words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import apsw

from nemcon.record.errors import BusyError, RecordError, StorageError, WrongFileError
from nemcon.saying import say


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file of ours: what people call it, its SQLite application id, version, tables."""

    name: str
    application_id: int
    version: int
    schema: str


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """Turn an error of SQLite inside the block into a `RecordError` that names file and remedy.

    Errors that only a mistake in this package can cause stay what they are.
    """
    try:
        yield
    except apsw.Error as error:
        translated = _translate(path, error)
        if translated is None:
            raise
        raise translated from error


def _translate(path: Path, error: apsw.Error) -> RecordError | None:
    match error:
        case apsw.BusyError() | apsw.LockedError():
            return BusyError(
                say(
                    "{path}: another process is writing to it and did not finish in time. Try "
                    "again; if it stays so, look for a command or server that hangs",
                    path=path,
                )
            )
        case apsw.FullError():
            return StorageError(
                say("{path}: the disk is full. Free some space, then try again", path=path)
            )
        case apsw.ReadOnlyError() | apsw.PermissionsError() | apsw.CantOpenError():
            return StorageError(
                say(
                    "{path}: it cannot be written to or opened ({error}). Check that you may "
                    "read and write the file and its folder, and that they are not mounted "
                    "read-only",
                    path=path,
                    error=error,
                )
            )
        case apsw.IOError():
            return StorageError(
                say(
                    "{path}: reading or writing the disk failed ({error}). Look whether the disk "
                    "is full or broken, then try again",
                    path=path,
                    error=error,
                )
            )
        case apsw.NotADBError():
            return WrongFileError(say("{path}: this is no SQLite file; check the path", path=path))
        case apsw.CorruptError() | apsw.SQLError() | apsw.FormatError():
            return StorageError(
                say(
                    "{path}: the file is damaged ({error}). Put back a sound copy from a backup",
                    path=path,
                    error=error,
                )
            )
    return None


def connect(path: Path, *, readonly: bool, wait: float) -> apsw.Connection:
    """Open an existing SQLite file, waiting `wait` seconds at most for another process's lock.

    `readonly` changes no data. SQLite may still tidy up after a process that crashed, if the file
    and its folder can be written: a reader would else have to wait for the next writer.
    """
    if not path.is_file():
        raise WrongFileError(say("{path}: there is no such file; check the path", path=path))
    with in_our_words(path):
        try:
            connection = _settled(str(path), wait)
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            # On a medium that cannot be written, SQLite reads a WAL database only on our word that
            # nobody else writes it. A filled WAL or a journal would be somebody, or a crash.
            if not readonly or _unfinished(path):
                raise
            connection = _settled(path.absolute().as_uri() + "?immutable=1", wait)
        if readonly:
            connection.pragma("query_only", "ON")
        elif connection.readonly("main"):  # SQLite falls back to that without a word
            connection.close()
            raise apsw.ReadOnlyError(say("no permission to write"))
    return connection


def _unfinished(path: Path) -> bool:
    wal, journal = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return journal.exists() or (wal.exists() and wal.stat().st_size > 0)


def _settled(name: str, wait: float) -> apsw.Connection:
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
    connection = apsw.Connection(name, flags=flags)
    connection.set_busy_timeout(int(wait * 1000))
    # The file may come from a stranger: its schema must not reach beyond reading tables.
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.pragma("synchronous", "FULL")
    connection.pragma("temp_store", "MEMORY")
    connection.pragma("application_id")  # reads the file, so that it fails here if it must
    return connection


def recognise(connection: apsw.Connection, path: Path, kind: Kind) -> None:
    """Raise `WrongFileError` unless the open file is of this kind, and not of a newer version."""
    with in_our_words(path):
        application_id = connection.pragma("application_id")
        version = connection.pragma("user_version")
    if application_id != kind.application_id:
        raise WrongFileError(
            say(
                "{path}: this SQLite file is no {name} of Nemcon's; check the path",
                path=path,
                name=kind.name,
            )
        )
    if version > kind.version:
        raise WrongFileError(
            say(
                "{path}: a newer Nemcon wrote this {name} (format {version}; this one reads "
                "up to {known}). Update Nemcon, then try again",
                path=path,
                name=kind.name,
                version=version,
                known=kind.version,
            )
        )


def touch(path: Path, *, private: bool = False) -> None:
    """Make an empty file where there is none; a `private` one may be read by its owner only, also
    where it was there before. Raises `StorageError`, also where a private one is somebody else's.
    """
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600 if private else 0o666)
        try:
            if private:
                _keep_to_owner(file, path)
        finally:
            os.close(file)
    except OSError as error:
        raise StorageError(
            say(
                "{path}: the file cannot be made or opened ({strerror}). Check that the "
                "folder exists and that you may write in it",
                path=path,
                strerror=error.strerror,
            )
        ) from error


def _keep_to_owner(file: int, path: Path) -> None:
    found = os.fstat(file)
    if found.st_uid != os.geteuid():
        raise StorageError(
            say(
                "{path}: this file belongs to another user, who could read what is kept there. "
                "Move it away, or choose another folder",
                path=path,
            )
        )
    if found.st_mode & 0o077:
        os.fchmod(file, 0o600)


def is_blank(connection: apsw.Connection) -> bool:
    """Whether the file holds nothing yet: new, or left by a creation that was cut short."""
    tables: int = connection.execute("SELECT count(*) FROM sqlite_schema").get
    return not tables and not connection.pragma("application_id")


def is_blank_file(path: Path) -> bool:
    """Whether nothing was ever committed to this file, as far as it can be told without a lock and
    without room on the disk.
    """
    try:
        with closing(_settled(path.absolute().as_uri() + "?immutable=1", 0)) as connection:
            return is_blank(connection) and not _commits(path.with_name(path.name + "-wal"))
    except (apsw.Error, OSError):
        return False


def _commits(wal: Path) -> bool:
    """Whether a write-ahead log holds a transaction: one of its frames then tells a size."""
    data = wal.read_bytes() if wal.exists() else b""
    page = int.from_bytes(data[8:12], "big")
    return any(any(data[at + 4 : at + 8]) for at in range(32, len(data), 24 + page))


@contextmanager
def exclusive(connection: apsw.Connection, path: Path) -> Iterator[None]:
    """One transaction that keeps every other writer out from its start: all of it or nothing."""
    if connection.in_transaction:
        raise RuntimeError(say("{path}: a writing block is already open; end it first", path=path))
    with in_our_words(path):
        connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        # SQLite rolls back by itself after some failures.
        if connection.txn_state("main") != apsw.SQLITE_TXN_WRITE:
            raise StorageError(
                say("{path}: a failed write undid all that was written with it", path=path)
            )
        with in_our_words(path):
            connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


def roll_back(connection: apsw.Connection) -> None:
    """Undo the open transaction, if there still is one; the error that led here is the one to show.

    A block of `exclusive` around it then fails at its end, whatever the block does about the error.
    """
    with suppress(apsw.Error):
        connection.execute("ROLLBACK")


def make(connection: apsw.Connection, kind: Kind) -> None:
    """Write the tables and the marks of this kind into a blank file, inside a transaction."""
    connection.execute(kind.schema)
    connection.pragma("application_id", kind.application_id)
    connection.pragma("user_version", kind.version)
