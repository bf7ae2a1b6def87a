"""Files for the user: written whole, with the permissions that the user expects."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from nemcon.cli.writing import write_files


@pytest.fixture(params=[0o022, 0o077, 0o002])
def masked(request: pytest.FixtureRequest) -> Iterator[int]:
    """Files are made under this mask."""
    mask: int = request.param
    old = os.umask(mask)
    yield mask
    os.umask(old)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_made_as_by_any_program(tmp_path: Path, masked: int) -> None:
    path = tmp_path / "new.txt"
    write_files({path: b"x"})
    assert (path.read_bytes(), mode(path)) == (b"x", 0o666 & ~masked)
    assert [each.name for each in tmp_path.iterdir()] == ["new.txt"]


def test_a_file_that_is_there_keeps_its_permissions(tmp_path: Path, masked: int) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_files({path: b"new"})
    assert (path.read_bytes(), mode(path)) == (b"new", 0o640)


def test_links_that_lie_in_the_folder_lead_the_writing_nowhere(tmp_path: Path) -> None:
    victim, folder = tmp_path / "victim", tmp_path / "everybody's"
    victim.write_bytes(b"kept")
    folder.mkdir()
    path = folder / "plan.txt"
    traps = {folder / f".plan.txt.{number}" for number in (os.getpid(), 0, 1)}
    for trap in traps:
        trap.symlink_to(victim)
    write_files({path: b"x"})
    assert (victim.read_bytes(), path.read_bytes()) == (b"kept", b"x")
    assert set(folder.iterdir()) == {path, *traps}
    assert not path.is_symlink()


def test_a_name_as_long_as_the_disk_takes_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("計" * 85)
    write_files({path: b"x"})
    assert path.read_bytes() == b"x"


def test_where_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "there" / "new.txt"
    old.write_bytes(b"old")
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        write_files({old: b"x", new: b"x", tmp_path / "file" / "under": b"x"})
    assert old.read_bytes() == b"old"
    assert {each.name for each in tmp_path.iterdir()} == {"old.txt", "file"}
