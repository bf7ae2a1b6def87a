"""How long a record takes: `./run python benchmarks/record.py [ENTRIES]`."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nemcon.record import Item
from nemcon.record.sqlite import SqliteLog


@contextmanager
def timed(what: str, times: int = 1) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"{what:<44}{(time.perf_counter() - start) / times * 1000:10.2f} ms")


def item(number: int) -> Item:
    """An entry of about 500 bytes, as a report of two sentences gives it."""
    entry = {
        "member": "slovakia",
        "stance": "support",
        "happened": "2024-06-17/2024-06-18",
        "source": "report-a",
        "span": {"start": 100, "end": 250},
        "quote": "The government said that it would support the candidate. " * 4,
    }
    key = f"{number:032x}"
    return Item(
        {"kind": "position", "id": f"position-{key}", "key": key, "entry": entry}, "members"
    )


def main(entries: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record"
        with timed("make a record"):
            log = SqliteLog.create(path)
        with timed(f"append {entries} entries in one batch"), log.writing() as writer:
            writer.append([item(number) for number in range(entries)])
        with timed("append one entry", 100):
            for number in range(100):
                with log.writing() as writer:
                    writer.append([item(number)])
        with timed("erase one entry", 20):
            for seq in range(1, 21):
                log.erase(seq)
        with timed("close"):
            log.close()
        with timed("open"):
            log = SqliteLog(path, readonly=True)
        with timed(f"read and check {entries + 100} entries"):
            assert sum(1 for _ in log.read()) == entries + 100
        log.close()
        for file in sorted(Path(folder).iterdir()):
            print(f"{file.name:<44}{file.stat().st_size / 1e6:10.2f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
