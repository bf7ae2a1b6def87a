import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw
import pytest

from nemcon.record import (
    BusyError,
    Damage,
    Erased,
    Item,
    Record,
    RefusedError,
    Sealed,
    StorageError,
    WrongFileError,
)
from nemcon.record.sqlite import SqliteLog
from tests.record.contract import LogContract, Store, append_and_fail, damages, seqs, write
from tests.record.doubles import START, Clock, Random, content


class SqliteStore(Store):
    def __init__(self, path: Path) -> None:
        self.path = path
        self.keys = path.with_name(path.name + ".keys")
        self.opened: list[SqliteLog] = []

    def create(self, clock: Clock | None = None, random: Random | None = None) -> SqliteLog:
        log = SqliteLog.create(self.path, clock=clock or Clock(), random=random or Random())
        self.opened.append(log)
        return log

    def open(
        self,
        clock: Clock | None = None,
        *,
        readonly: bool = False,
        sealed: bool = False,
        wait: float = 10.0,
    ) -> SqliteLog:
        log = SqliteLog(
            self.path,
            readonly=readonly,
            sealed=sealed,
            clock=clock or Clock(),
            random=Random(f"opened {len(self.opened)}"),
            wait=wait,
        )
        self.opened.append(log)
        return log

    def close(self) -> None:
        while self.opened:
            self.opened.pop().close()

    def stored(self, seq: int) -> tuple[bytes, bytes]:
        with closing(apsw.Connection(str(self.path))) as connection:
            sql = "SELECT leaf, sealed FROM leaf JOIN content USING (seq) WHERE seq = ?"
            ((leaf, sealed),) = connection.execute(sql, (seq,))
        return leaf, sealed

    def overwrite(self, seq: int, leaf: bytes | None = None, sealed: bytes | None = None) -> None:
        if leaf is not None:
            self._tamper("UPDATE leaf SET leaf = ? WHERE seq = ?", leaf, seq)
        if sealed is not None:
            self._tamper("UPDATE content SET sealed = ? WHERE seq = ?", sealed, seq)

    def remove(self, seq: int) -> None:
        self._tamper("DELETE FROM leaf WHERE seq = ?", seq)
        self.remove_content(seq)

    def remove_content(self, seq: int) -> None:
        self._tamper("DELETE FROM content WHERE seq = ?", seq)

    def remove_key(self, seq: int) -> None:
        with closing(apsw.Connection(str(self.keys))) as connection:
            connection.execute("DELETE FROM key WHERE seq = ?", (seq,))

    def _tamper(self, sql: str, *bindings: bytes | int) -> None:
        with closing(apsw.Connection(str(self.path))) as connection:
            connection.pragma("synchronous", "OFF")
            connection.execute("DROP TRIGGER IF EXISTS leaf_stays")
            connection.execute("DROP TRIGGER IF EXISTS leaf_remains")
            connection.execute(sql, bindings)

    def raw(self) -> dict[str, bytes]:
        """Every file that has to do with the log, by name, as it is on disk now."""
        return {file.name: file.read_bytes() for file in self.path.parent.iterdir()}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "record")
    yield store
    store.close()


class TestSqliteLog(LogContract):
    """The contract, on SQLite."""


# -- what is on disk


SECRETS = ["Ķekava Münster", "position-00000007", "idempotency-00000007", "slovakia", "поддержка"]


def test_no_plaintext_reaches_the_record(store: SqliteStore) -> None:
    log = store.create()
    spoken = content(7, holder="Ķekava Münster", stance="поддержка", quote="Ķekava Münster " * 500)
    write(log, spoken)
    with log.writing() as writer:
        writer.append([Item(spoken, "members")] * 500)
    with pytest.raises(ZeroDivisionError):
        append_and_fail(log, *[spoken] * 500)
    log.erase(1)
    during = store.raw()
    assert sorted(during) == [
        "record",
        "record-shm",
        "record-wal",
        "record.keys",
    ]
    store.close()
    for files in (during, store.raw()):
        for name, data in files.items():
            for secret in SECRETS:
                for spelling in {
                    secret.encode(),
                    secret.encode("utf-16-le"),
                    ascii(secret)[1:-1].encode(),
                }:
                    assert spelling not in data, (name, spelling)


def test_no_secret_reaches_the_record(store: SqliteStore) -> None:
    random = Random()
    write(store.create(random=random), *(content(number) for number in range(50)))
    secrets = [drawn for drawn in random.drawn if len(drawn) == 64]
    assert len(secrets) == 50
    data = store.raw()
    for secret in secrets:
        assert secret in data["record.keys"]
        for part in (secret[:32], secret[32:]):
            assert not any(part in data[name] for name in data if "keys" not in name)


def test_the_key_store_and_its_journal_are_readable_by_their_owner_only(
    store: SqliteStore,
) -> None:
    old = os.umask(0o022)
    try:
        write(store.create(), content(1))
        with closing(apsw.Connection(str(store.keys))) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE key SET seq = seq + 1")
            modes = {
                file.name: stat.S_IMODE(file.stat().st_mode)
                for file in store.path.parent.iterdir()
                if "keys" in file.name
            }
    finally:
        os.umask(old)
    assert modes == {"record.keys": 0o600, "record.keys-journal": 0o600}


def test_a_blank_file_that_anybody_may_read_becomes_a_key_store_of_its_owner_only(
    store: SqliteStore,
) -> None:
    store.keys.touch()
    store.keys.chmod(0o644)
    write(store.create(), content(1))
    assert stat.S_IMODE(store.keys.stat().st_mode) == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_store_that_another_user_could_read_is_refused(store: SqliteStore) -> None:
    store.keys.touch(0o600)
    os.chown(store.keys, 12345, 12345)
    with pytest.raises(StorageError, match="belongs to another user"):
        store.create()


def test_the_settings_of_the_files(store: SqliteStore) -> None:
    store.create()
    with closing(apsw.Connection(str(store.path))) as connection:
        assert connection.pragma("journal_mode") == "wal"
        assert connection.pragma("application_id") == 0x4E454D43
        assert connection.pragma("user_version") == 1
        tables = connection.execute(
            "SELECT strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite%'"
        )
        assert [strict for (strict,) in tables] == [1] * 4
    with closing(apsw.Connection(str(store.keys))) as connection:
        assert connection.pragma("journal_mode") != "wal"
        assert connection.pragma("application_id") == 0x4E454D4B
        assert connection.pragma("user_version") == 1


def test_leaves_cannot_be_changed_by_mistake(store: SqliteStore) -> None:
    write(store.create(), content(1))
    with closing(apsw.Connection(str(store.path))) as connection:
        for sql in ("UPDATE leaf SET leaf = x''", "DELETE FROM leaf"):
            with pytest.raises(apsw.ConstraintError, match="a leaf is never"):
                connection.execute(sql)


# -- files that are not what they should be


def test_a_missing_record_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongFileError, match=r"nowhere: there is no such file; check the path"):
        SqliteLog(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    for attempt in (SqliteLog, SqliteLog.create):
        with pytest.raises(WrongFileError):
            attempt(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", [b"", b"# A report\n" * 500, b"SQLite format 3\0" + b"x" * 5000])
def test_other_files_are_no_record_and_stay_as_they_are(store: SqliteStore, text: bytes) -> None:
    store.path.write_bytes(text)
    with pytest.raises(WrongFileError):
        store.open()
    if text:
        with pytest.raises(WrongFileError):
            store.create()
    assert store.raw() == {"record": text}


def test_another_programs_database_is_no_record_and_stays_as_it_is(store: SqliteStore) -> None:
    with closing(apsw.Connection(str(store.path))) as connection:
        connection.execute("CREATE TABLE accounts (name TEXT)")
    before = store.raw()
    with pytest.raises(WrongFileError, match="no record of Nemcon's"):
        store.open()
    with pytest.raises(WrongFileError, match="already a database here"):
        store.create()
    assert store.raw() == before


def test_another_programs_database_is_no_key_store_and_stays_as_it_is(store: SqliteStore) -> None:
    with closing(apsw.Connection(str(store.keys))) as connection:
        connection.pragma("journal_mode", "WAL")
        connection.execute("CREATE TABLE accounts (name TEXT)")
    before = store.raw()
    with pytest.raises(WrongFileError, match="no key store of Nemcon's"):
        store.create()
    assert store.raw() == before


@pytest.mark.parametrize("name", ["record", "record.keys"])
def test_a_newer_format_is_refused(store: SqliteStore, name: str) -> None:
    store.create()
    store.close()
    with closing(apsw.Connection(str(store.path.with_name(name)))) as connection:
        connection.pragma("user_version", 2)
    with pytest.raises(WrongFileError, match=rf"{name}: a newer Nemcon .* Update Nemcon"):
        store.open()


def test_a_record_is_not_made_twice(store: SqliteStore) -> None:
    write(store.create(), content(1))
    with pytest.raises(WrongFileError, match="already a database here"):
        store.create()
    assert seqs(store.open().read()) == [1]


def test_a_creation_that_was_cut_short_is_completed(store: SqliteStore) -> None:
    store.create()
    store.close()
    store.path.write_bytes(b"")
    log = store.create()
    assert seqs(write(log, content(1))) == [1]


def test_keys_in_use_are_not_taken_over_by_a_new_record(store: SqliteStore) -> None:
    write(store.create(), content(1))
    store.close()
    store.path.unlink()
    with pytest.raises(WrongFileError, match="already holds the keys"):
        store.create()
    assert list(store.raw()) == ["record.keys"]


def test_without_its_key_store_a_record_opens_sealed_only(store: SqliteStore) -> None:
    write(store.create(), content(1))
    store.close()
    store.keys.unlink()
    for readonly in (False, True):
        with pytest.raises(WrongFileError, match=r"record\.keys: the key store .* is missing"):
            store.open(readonly=readonly)
    assert list(store.open(sealed=True).read()) == [Record(1, START, "members", Sealed())]
    assert "record.keys" not in store.raw()


def test_the_key_store_of_another_record_is_refused(store: SqliteStore, tmp_path: Path) -> None:
    write(store.create(), content(1))
    SqliteLog.create(tmp_path / "other", random=Random("other")).close()
    store.close()
    shutil.copy2(tmp_path / "other.keys", store.keys)
    with pytest.raises(WrongFileError, match="belongs to another record"):
        store.open()


def test_a_link_to_a_record_finds_its_keys(store: SqliteStore, tmp_path: Path) -> None:
    write(store.create(), content(1))
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link"
    link.symlink_to(store.path)
    with SqliteLog(link, readonly=True) as log:
        assert seqs(log.read()) == [1]


# -- copies that do not belong together


def test_an_older_copy_of_the_record_is_noticed(store: SqliteStore, tmp_path: Path) -> None:
    log = store.create()
    write(log, content(1))
    store.close()
    shutil.copy2(store.path, tmp_path / "copy")
    log = store.open()
    write(log, content(2))
    write(log, content(3))
    store.close()
    shutil.copy2(tmp_path / "copy", store.path)
    log = store.open()
    assert damages(log) == [(2, 2, "record-gap")]
    with pytest.raises(RefusedError, match="ends at entry 1, but its key store has seen 2"):
        write(log, content(4))


def test_keys_from_an_older_copy_do_not_bring_back_what_was_erased(
    store: SqliteStore, tmp_path: Path
) -> None:
    random = Random()
    log = store.create(random=random)
    write(log, content(1), content(2))
    store.close()
    shutil.copy2(store.keys, tmp_path / "copy")
    store.open().erase(1)
    store.close()
    shutil.copy2(tmp_path / "copy", store.keys)
    expected = [
        Record(1, START, "members", Erased(START)),
        Record(2, START, "members", content(2)),
    ]
    assert list(store.open(readonly=True).read()) == expected
    secret = next(drawn for drawn in random.drawn if len(drawn) == 64)
    assert secret in store.keys.read_bytes()
    assert list(store.open().read()) == expected
    assert secret not in store.keys.read_bytes()


def test_an_older_record_with_the_current_keys_still_knows_what_was_erased(
    store: SqliteStore, tmp_path: Path
) -> None:
    log = store.create()
    write(log, content(1), content(2))
    store.close()
    shutil.copy2(store.path, tmp_path / "copy")
    store.open().erase(1)
    store.close()
    shutil.copy2(tmp_path / "copy", store.path)
    assert next(store.open().read()) == Record(1, START, "members", Erased(None))


# -- what a damaged database does


def test_damaged_pages_are_a_damage_not_a_crash(store: SqliteStore) -> None:
    write(store.create(), *(content(number) for number in range(1, 41)))
    store.close()
    sound = store.path.read_bytes()
    for page in range(1, len(sound) // 4096):
        for fill in (b"\0", b"\xff", b"\x0d"):
            broken = sound[: page * 4096] + fill * 4096 + sound[(page + 1) * 4096 :]
            store.path.write_bytes(broken)
            try:
                with SqliteLog(store.path, readonly=True) as log:
                    found = list(log.read())
            except (StorageError, WrongFileError):
                continue
            covered = [
                seq
                for each in found
                for seq in (
                    range(each.seq, each.through + 1) if isinstance(each, Damage) else [each.seq]
                )
            ]
            assert covered[:40] == list(range(1, len(covered[:40]) + 1))
            for each in found:
                if isinstance(each, Record) and isinstance(each.content, dict):
                    assert each.content == content(each.seq)


def test_columns_of_another_type_are_a_damage_not_a_crash(store: SqliteStore) -> None:
    """A record from a stranger need not have our tables."""
    write(store.create(), content(1), content(2), content(3))
    store.close()
    with closing(apsw.Connection(str(store.path))) as connection:
        for table, columns in {"leaf": "leaf", "content": "sealed", "erasure": "at"}.items():
            connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
            connection.execute(f"CREATE TABLE {table} (seq INTEGER PRIMARY KEY, {columns})")
            connection.execute(f"INSERT INTO {table} SELECT * FROM old_{table}")
        connection.execute("UPDATE leaf SET leaf = NULL WHERE seq = 1")
        connection.execute("UPDATE content SET sealed = 1.5 WHERE seq = 2")
        connection.execute("INSERT INTO erasure VALUES (3, x'ff00')")
    log = store.open(readonly=True)
    assert damages(log) == [(1, 1, "record-leaf"), (2, 2, "record-content")]
    assert list(log.read())[2] == Record(3, START, "members", Erased(None))


def test_a_database_without_its_tables_is_damaged(store: SqliteStore) -> None:
    write(store.create(), content(1))
    store.close()
    with closing(apsw.Connection(str(store.path))) as connection:
        connection.execute("DROP TABLE content")
    log = store.open()
    with pytest.raises(StorageError, match="damaged"):
        list(log.read())


# -- locks and permissions


def test_a_busy_record_is_named(store: SqliteStore) -> None:
    store.create()
    other = store.open(wait=0.01)
    with closing(apsw.Connection(str(store.path))) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match=r"record: another process is writing"), other.writing():
            pass
    with other.writing() as writer:
        assert writer.head.seq == 0


def test_a_busy_key_store_undoes_the_whole_append(store: SqliteStore) -> None:
    store.create()
    log = store.open(wait=0.01)
    with closing(apsw.Connection(str(store.keys))) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match=r"record\.keys: another process"):
            write(log, content(1))
    assert list(log.read()) == []
    assert seqs(write(log, content(1))) == [1]


@contextmanager
def may_read_only(folder: Path) -> Iterator[None]:
    """Nobody may write in this folder or its files; root is somebody else meanwhile."""
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        list(folder.iterdir())
        yield
    except PermissionError:
        pytest.skip("run by root in a folder that only root may enter")
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def shelf() -> Iterator[SqliteStore]:
    """A store with one entry, in a folder that every user may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    store = SqliteStore(folder / "record")
    write(store.create(), content(1))
    store.close()
    yield store
    store.close()
    shutil.rmtree(folder)


def test_a_record_that_may_only_be_read_is_read(shelf: SqliteStore) -> None:
    with may_read_only(shelf.path.parent):
        assert list(shelf.open(readonly=True).read()) == [Record(1, START, "members", content(1))]


def test_reading_leaves_no_files_behind(store: SqliteStore) -> None:
    write(store.create(), content(1))
    store.close()
    before = store.raw()
    assert seqs(store.open(readonly=True).read()) == [1]
    assert seqs(store.open(sealed=True).read()) == [1]
    store.close()
    assert store.raw() == before


def test_a_record_that_may_only_be_read_is_not_opened_for_writing(shelf: SqliteStore) -> None:
    with may_read_only(shelf.path.parent), pytest.raises(StorageError, match="you may read and"):
        shelf.open()


def test_a_record_in_use_in_a_folder_that_may_only_be_read(shelf: SqliteStore) -> None:
    writer = shelf.open()
    write(writer, content(2))
    with may_read_only(shelf.path.parent):
        assert seqs(shelf.open(readonly=True).read()) == [1, 2]
        with pytest.raises(StorageError, match="you may read and"):
            shelf.open()


@pytest.mark.parametrize("name", ["record-wal", "record.keys-journal"])
def test_what_a_crash_left_is_not_overlooked_where_it_cannot_be_mended(
    shelf: SqliteStore, name: str
) -> None:
    connection = apsw.Connection(str(shelf.path.with_name(name.partition("-")[0])))
    connection.execute("CREATE TABLE more (x)")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE much_more (x)")
    left = shelf.path.with_name(name).read_bytes()
    connection.close()
    if name.endswith("journal"):
        left = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + left[8:]  # its header is written last
    shelf.path.with_name(name).write_bytes(left)
    with may_read_only(shelf.path.parent), pytest.raises(StorageError, match="read-only"):
        shelf.open(readonly=True)


def test_no_record_is_made_in_a_folder_that_may_only_be_read(shelf: SqliteStore) -> None:
    before = shelf.raw()
    with may_read_only(shelf.path.parent), pytest.raises(StorageError, match="cannot be made"):
        SqliteLog.create(shelf.path.parent / "new")
    assert shelf.raw() == before


def test_no_record_is_made_in_a_folder_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Check that the folder exists"):
        SqliteLog.create(tmp_path / "missing" / "record")
