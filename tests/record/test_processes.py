"""Real processes on one record: killed, and writing at the same time."""

import subprocess
import sys
from pathlib import Path

from nemcon.record import Record
from nemcon.record.sqlite import SqliteLog

BATCH = 3

# Appends batches of three for ever, and says after each which entry it ended with.
APPEND = """
import sys
from nemcon.record import Item
from nemcon.record.sqlite import SqliteLog
name, path, batches = sys.argv[1:]
with SqliteLog(path, wait=60) as log:
    print("ready", flush=True)
    for batch in range(int(batches)):
        with log.writing() as writer:
            first = writer.head.seq + 1
            items = [{"seq": first + n, "by": name, "batch": batch} for n in range(3)]
            written = writer.append([Item(each, "members") for each in items])
        print(written[-1].seq, flush=True)
"""

CREATE = """
import sys
from nemcon.record import WrongFileError
from nemcon.record.sqlite import SqliteLog
try:
    SqliteLog.create(sys.argv[1], wait=60).close()
    print("made")
except WrongFileError:
    print("there")
"""


def run(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def contents(path: Path) -> list[dict[str, object]]:
    """All contents; an entry that is not sound, or not in its place, fails the test."""
    with SqliteLog(path, readonly=True) as log:
        found = list(log.read())
    sound = [each.content for each in found if isinstance(each, Record)]
    assert [each["seq"] for each in sound if isinstance(each, dict)] == list(
        range(1, len(found) + 1)
    )
    return [each for each in sound if isinstance(each, dict)]


def test_what_a_killed_process_acknowledged_is_there(tmp_path: Path) -> None:
    path = tmp_path / "record"
    SqliteLog.create(path).close()
    acknowledged = 0
    for turn in range(8):
        with run(APPEND, f"turn {turn}", path, 10**9) as child:
            assert child.stdout is not None
            said = [child.stdout.readline() for _ in range(2 + 3 * turn)]
            child.kill()  # SIGKILL, in the middle of the next append
            said += child.stdout
        acknowledged = max(int(line) for line in said[1:] if line.endswith("\n"))
        there = len(contents(path))
        assert there >= acknowledged
        assert there % BATCH == 0
    assert acknowledged > 8 * BATCH


def test_processes_that_append_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "record"
    SqliteLog.create(path).close()
    children = [run(APPEND, name, path, 40) for name in "abc"]
    said = [child.communicate(timeout=60)[0].split()[1:] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0]
    found = contents(path)
    assert sorted(int(each) for lines in said for each in lines) == list(
        range(BATCH, 3 * 40 * BATCH + 1, BATCH)
    )
    for name, lines in zip("abc", said, strict=True):
        mine = [each["seq"] for each in found if each["by"] == name]
        assert mine[BATCH - 1 :: BATCH] == [int(line) for line in lines]
        assert [each["batch"] for each in found if each["by"] == name] == [
            batch for batch in range(40) for _ in range(BATCH)
        ]


def test_one_of_those_who_make_a_record_at_the_same_time_makes_it(tmp_path: Path) -> None:
    for turn in range(3):
        path = tmp_path / f"record {turn}"
        children = [run(CREATE, path) for _ in range(3)]
        said = sorted(child.communicate(timeout=60)[0].strip() for child in children)
        assert [child.returncode for child in children] == [0, 0, 0]
        assert said == ["made", "there", "there"]
        assert contents(path) == []
