import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from nemcon.record.keys import ERASED, KeyStore
from nemcon.record.sqlite import SqliteLog
from tests.record.contract import append_and_fail, write
from tests.record.doubles import Clock, Random, content


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[KeyStore]:
    store = KeyStore.create(tmp_path / "keys", Random("log"), 1.0)
    yield store
    store.close()


def secrets(count: int, seed: str = "") -> list[bytes]:
    draw = Random(seed)
    return [draw(64) for _ in range(count)]


def found_in(folder: Path, secret: bytes) -> list[str]:
    """The files that hold any 12 bytes of a secret, whatever they are."""
    pieces = [secret[at : at + 12] for at in range(0, len(secret) - 12, 4)]
    texts = {file.name: file.read_bytes() for file in folder.iterdir()}
    return [name for name, text in texts.items() if any(piece in text for piece in pieces)]


def test_keys_come_back(keys: KeyStore) -> None:
    made = secrets(5)
    keys.put(0, 1, made[:3])
    keys.put(3, 4, made[3:])
    assert keys.get(1, 9) == dict(enumerate(made, 1))
    assert keys.get(2, 3) == {2: made[1], 3: made[2]}
    assert keys.count() == 5
    assert keys.seen() == 3


def test_leftover_keys_are_overwritten_by_the_next_append(keys: KeyStore, tmp_path: Path) -> None:
    lost, made = secrets(2, "lost"), secrets(1, "made")
    keys.put(0, 1, lost)
    keys.put(0, 1, made)
    assert keys.get(1, 2) == {1: made[0], 2: lost[1]}
    assert found_in(tmp_path, lost[0]) == []


def test_leftover_keys_go_with_an_erasure(keys: KeyStore, tmp_path: Path) -> None:
    made = secrets(3)
    keys.put(0, 1, made)
    keys.erase([1])
    keys.erase_beyond(2)
    assert keys.get(1, 3) == {1: ERASED, 2: made[1], 3: ERASED}
    assert [found_in(tmp_path, each) for each in made] == [[], ["keys"], []]


def test_erased_keys_are_in_no_file_whatever_came_before(keys: KeyStore, tmp_path: Path) -> None:
    """Pages fill, split and empty in a random order; every erased key is gone from all files."""
    chance = random.Random(1)
    made: list[bytes] = []
    while len(made) < 1500:
        batch = secrets(chance.choice([1, 1, 2, 5, 40, 200]), f"batch {len(made)}")
        keys.put(len(made), len(made) + 1, batch)
        made += batch
    seqs = list(range(1, len(made) + 1))
    chance.shuffle(seqs)
    gone, kept = seqs[: len(seqs) // 2], seqs[len(seqs) // 2 :]
    for start in range(0, len(gone), 50):
        keys.erase(gone[start : start + 50])
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [
        seq for seq in gone if any(made[seq - 1][at : at + 12] in raw for at in (0, 26, 52))
    ] == []
    assert [seq for seq in kept if raw.count(made[seq - 1]) != 1] == []
    assert keys.get(1, len(made)) == {
        seq: ERASED if seq in gone else made[seq - 1] for seq in sorted(seqs)
    }


def test_a_key_that_a_log_erased_is_in_no_file(tmp_path: Path) -> None:
    draw = Random()
    with SqliteLog.create(tmp_path / "record", clock=Clock(), random=draw) as log:
        write(log, *(content(number) for number in range(1, 101)))
        made = [each for each in draw.drawn if len(each) == 64]
        assert found_in(tmp_path, made[41]) == ["record.keys"]
        log.erase(42)
        assert found_in(tmp_path, made[41]) == []
        assert found_in(tmp_path, made[40]) == ["record.keys"]
    assert found_in(tmp_path, made[41]) == []


def test_an_erasure_takes_the_keys_of_an_append_that_was_undone(tmp_path: Path) -> None:
    draw = Random()
    with SqliteLog.create(tmp_path / "record", clock=Clock(), random=draw) as log:
        write(log, content(1))
        with pytest.raises(ZeroDivisionError):
            append_and_fail(log, content(2), content(3))
        made = [each for each in draw.drawn if len(each) == 64]
        assert [found_in(tmp_path, each) for each in made] == [["record.keys"]] * 3
        log.erase(1)
        assert [found_in(tmp_path, each) for each in made] == [[]] * 3
