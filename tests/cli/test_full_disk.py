"""A disk that is full: what was there stays, and nothing new is left behind.

The limit of the shell on the size of files stands for the disk: a write beyond it fails as on a
full one, with any user and on any file system.
"""

from __future__ import annotations

import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CHAIN, FIRST, SECOND, Nemcon

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")

BLOCKS = 4  # of 512 or 1,024 bytes: the reports fit, what is made of them does not


def cramped(line: str, blocks: int = BLOCKS) -> subprocess.CompletedProcess[str]:
    """Run a command where no file can grow beyond some blocks."""
    # -B: Python would keep what it compiled of its modules, and cut that short, too.
    command = f"ulimit -f {blocks}; exec {shlex.quote(sys.executable)} -B -m nemcon {line}"
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)


def there(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and what it holds; folders too."""
    found = sorted(folder.rglob("*"))
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else b"" for p in found}


@pytest.mark.parametrize(
    "line",
    [
        "demo --copy nato/2024",
        f"timeline {FIRST} {SECOND} --plot way.svg",
        f"timeline {FIRST} {SECOND} --plot old.svg",
        "power un-sc-1966 --plot power.svg",
        f"export {CHAIN} --to chain.toml",
        f"export {CHAIN} --to chain/",
        f"export {CHAIN} --to old.jsonl --replace",
    ],
)
def test_a_file_is_written_whole_or_not_at_all(desk: Path, line: str) -> None:
    (desk / "old.svg").write_text("mine", "utf-8")
    (desk / "old.jsonl").write_text("mine", "utf-8")
    before = there(desk)
    done = cramped(line)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written (File too large)" in done.stderr
    assert there(desk) == before


@pytest.mark.parametrize("blocks", [0, 4, 16, 24])
@pytest.mark.parametrize("line", [f"add {FIRST} --json", f"import {CHAIN} --yes --json"])
def test_a_record_that_does_not_fit_is_not_begun(
    desk: Path, nemcon: Nemcon, line: str, blocks: int
) -> None:
    before = there(desk)
    done = cramped(f"{line} --record new.nemcon", blocks)
    assert done.returncode == 2
    assert done.stderr.startswith("nemcon: ")
    assert "full" in done.stderr
    assert there(desk) == before
    assert nemcon(*line.split(), "--record", "new.nemcon").code == 0


def test_a_record_whose_making_was_cut_short_is_made(desk: Path, nemcon: Nemcon) -> None:
    """As by a crash: an empty file, or a database with nothing in it."""
    (desk / "a.nemcon").touch()
    sqlite3.connect(desk / "b.nemcon").execute("PRAGMA journal_mode = WAL").close()
    for name in ("a.nemcon", "b.nemcon"):
        done = nemcon("add", FIRST, "--record", name)
        assert (done.code, done.out.split(":")[0]) == (0, "Made a new record")
    other = sqlite3.connect(desk / "c.nemcon")
    other.execute("CREATE TABLE mine (a)")
    other.close()
    assert "is no record of Nemcon's" in nemcon("add", FIRST, "--record", "c.nemcon").err


@pytest.mark.parametrize("blocks", [4, 64, 120])
def test_a_record_that_cannot_grow_holds_what_it_held(
    desk: Path, nemcon: Nemcon, blocks: int
) -> None:
    assert nemcon("add", FIRST, "--record", "r.nemcon").code == 0
    before = nemcon("export", "r.nemcon", "--to", "before.jsonl")
    assert before.code == 0
    done = cramped(f"add {CHAIN} {SECOND} --record r.nemcon", blocks)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.startswith("nemcon: ")
    assert nemcon("export", "r.nemcon", "--to", "after.jsonl").code == 0
    assert (desk / "after.jsonl").read_bytes() == (desk / "before.jsonl").read_bytes()
    assert nemcon("add", CHAIN, SECOND, "--record", "r.nemcon").code == 0


def test_what_is_no_plain_file_is_written_to(desk: Path, nemcon: Nemcon) -> None:
    done = nemcon("export", CHAIN, "--to", "/dev/null", "--as", "toml", "--replace")
    assert done.code == 0
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_a_link_and_permissions_stay(desk: Path, nemcon: Nemcon) -> None:
    (desk / "real.toml").write_text("old", "utf-8")
    (desk / "real.toml").chmod(0o640)
    (desk / "link.toml").symlink_to("real.toml")
    assert nemcon("export", CHAIN, "--to", "link.toml", "--replace").code == 0
    assert (desk / "link.toml").is_symlink()
    assert (desk / "real.toml").read_text("utf-8").startswith("body = ")
    assert (desk / "real.toml").stat().st_mode & 0o777 == 0o640
