"""Crashes, power failures, full disks: what was acknowledged is there, and nothing half-written."""

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from nemcon.record import Erased, Item, Record, StorageError
from nemcon.record.sqlite import SqliteLog
from tests.record.disk import Platters, copy_of_the_killed, watched
from tests.record.doubles import Clock, Random, content

BATCH = 3
Act = Callable[[SqliteLog], None]


def open_log(folder: Path, seed: str) -> SqliteLog:
    return SqliteLog(folder / "record", clock=Clock(), random=Random(seed))


def append_a_batch(log: SqliteLog) -> None:
    with log.writing() as writer:
        first = writer.head.seq + 1
        items = [Item(content(seq), "members") for seq in range(first, first + BATCH)]
        writer.append(items)


def erase_the_second(log: SqliteLog) -> None:
    log.erase(2)


def state(folder: Path) -> tuple[int, bool]:
    """How many entries are there, and whether the second is erased; all else must be sound."""
    with SqliteLog(folder / "record", readonly=True) as log:
        found = list(log.read())
    assert all(isinstance(each, Record) for each in found)
    contents = [each.content for each in found if isinstance(each, Record)]
    erased = isinstance(contents[1], Erased)
    expected: list[object] = [content(seq) for seq in range(1, len(found) + 1)]
    if erased:
        expected[1] = contents[1]
    assert contents == expected
    return len(found), erased


def goes_on(folder: Path) -> None:
    """Whatever happened, the record takes the next batch, and erases."""
    count, _ = state(folder)
    with open_log(folder, "afterwards") as log:
        append_a_batch(log)
        log.erase(2)
    assert state(folder) == (count + BATCH, True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a record of one batch."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with SqliteLog.create(folder / "record", clock=Clock(), random=Random()) as log:
        append_a_batch(log)
    return folder


def crashes(folder: Path, to: Path, act: Act, *, power: bool) -> list[tuple[int, bool]]:
    """The state that a crash leaves, at each step from opening the log to the acknowledgement.

    The last one is that of a crash right after the acknowledgement.
    """
    platters = Platters(folder)
    copies: list[Path] = []

    def crash_before(operation: str, name: str) -> None:
        if operation not in ("synced", "deleted"):
            copies.append(to / f"crash-{len(copies)}")
            if power:
                platters.copy(copies[-1])
            else:
                copy_of_the_killed(folder, copies[-1])
        platters.note(operation, name)

    with watched(crash_before), open_log(folder, "crash") as log:
        act(log)
        crash_before("acknowledged", "")
        acknowledged = len(copies)
    states: list[tuple[int, bool]] = []
    for each in copies[:acknowledged]:
        states.append(state(each))
        goes_on(each)
    return states


@pytest.mark.parametrize("power", [False, True], ids=["killed", "power fails"])
def test_a_crash_at_any_step_of_an_append(folder: Path, tmp_path: Path, power: bool) -> None:
    states = crashes(folder, tmp_path, append_a_batch, power=power)
    assert len(states) > 10
    assert states == sorted(states)
    assert set(states) == {(BATCH, False), (2 * BATCH, False)}
    assert states[-1] == (2 * BATCH, False)


@pytest.mark.parametrize("power", [False, True], ids=["killed", "power fails"])
def test_a_crash_at_any_step_of_an_erasure(folder: Path, tmp_path: Path, power: bool) -> None:
    states = crashes(folder, tmp_path, erase_the_second, power=power)
    assert len(states) > 10
    assert states == sorted(states)
    assert set(states) == {(BATCH, False), (BATCH, True)}
    assert states[-1] == (BATCH, True)


def test_keys_are_on_disk_before_the_entries_that_need_them(folder: Path) -> None:
    done: list[tuple[str, str]] = []
    with watched(lambda *step: done.append(step)), open_log(folder, "order") as log:
        append_a_batch(log)
        done.append(("acknowledged", ""))
    last_of_keys = max(at for at, (_, name) in enumerate(done) if name.startswith("record.keys"))
    first_row = done.index(("write", "record-wal"))
    row_safe = done.index(("synced", "record-wal"), first_row)
    assert last_of_keys < first_row < row_safe < done.index(("acknowledged", ""))


class FailingDisk:
    """From step `failing` on, nothing can be written, until it is `mended`."""

    def __init__(self, failing: int, error: type[apsw.Error]) -> None:
        self.left, self.error, self.mended = failing, error, False

    def hook(self, operation: str, name: str) -> None:
        if operation in ("write", "sync", "truncate") and not self.mended:
            self.left -= 1
            if self.left <= 0:
                raise self.error(f"{operation} {name}")


@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError])
def test_an_append_to_a_disk_that_fails_at_any_step(folder: Path, error: type[apsw.Error]) -> None:
    failures = 0
    while attempt(folder, append_a_batch, FailingDisk(failures + 1, error)):
        failures += 1
        assert state(folder) == (BATCH, False), failures
    assert failures > 5
    assert state(folder) == (2 * BATCH, False)
    goes_on(folder)


@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError])
def test_an_erasure_on_a_disk_that_fails_at_any_step(folder: Path, error: type[apsw.Error]) -> None:
    """An erasure cannot be taken back: after an error the key may be gone already."""
    states: list[tuple[int, bool]] = []
    while attempt(folder, erase_the_second, FailingDisk(len(states) + 1, error)):
        states.append(state(folder))
    assert len(states) > 5
    assert states == sorted(states)
    assert state(folder) == (BATCH, True)
    goes_on(folder)


def attempt(folder: Path, act: Act, disk: FailingDisk) -> bool:
    """Whether `act` failed on that disk; its message must name the file."""
    with watched(disk.hook), open_log(folder, f"failing {disk.left}") as log:
        try:
            act(log)
        except StorageError as problem:
            failed = str(folder / "record") in str(problem)
        else:
            failed = False
        disk.mended = True
        list(log.read())
    return failed


def test_a_block_in_which_the_log_itself_failed_cannot_end_well(folder: Path) -> None:
    """So large a batch reaches the disk before the commit; SQLite then undoes the whole block."""
    mended = False

    def hook(operation: str, name: str) -> None:
        if (operation, name) == ("write", "record-wal") and not mended:
            raise apsw.FullError(name)

    def swallow(log: SqliteLog) -> None:
        nonlocal mended
        with log.writing() as writer:
            writer.append([Item(content(4), "members")])
            with pytest.raises(StorageError, match="the disk is full"):
                writer.append([Item(content(seq), "members") for seq in range(5, 4000)])
            mended = True
            with pytest.raises(RuntimeError, match="ended or failed"):
                writer.append([Item(content(5), "members")])

    with watched(hook), open_log(folder, "swallow") as log:
        with pytest.raises(StorageError, match="undid all that was written"):
            swallow(log)
        append_a_batch(log)
    assert state(folder) == (2 * BATCH, False)


def test_a_log_goes_on_once_the_disk_has_space_again(folder: Path) -> None:
    disk = FailingDisk(8, apsw.FullError)
    with watched(disk.hook), open_log(folder, "full") as log:
        for _ in range(3):
            with pytest.raises(StorageError, match=r"the disk is full\. Free some space"):
                append_a_batch(log)
        disk.mended = True
        append_a_batch(log)
    assert state(folder) == (2 * BATCH, False)
