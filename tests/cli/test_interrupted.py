"""A long import that is stopped at any moment: a record holds all of it, or what it held before."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import termios
from datetime import date, timedelta
from pathlib import Path

import pytest

from nemcon.record.sqlite import SqliteLog
from tests.cli.conftest import CHAIN, Nemcon

ROWS = 6_000
ALL = ROWS + 43  # with a source, the body, the matter, and twice twenty members
STANCES = ("support", "objection", "abstention")
IMPORT = ("import", "many.csv", "--record", "r.nemcon", "--date", "2024-03-20", "--yes")
MOMENTS = [0.3, 0.7, 1.0, 1.3, 1.8, 2.5]


def many(desk: Path) -> None:
    """A sheet that takes a second or two."""
    lines = ["kind,name,title,matter,member,members,stance,claim,happened"]
    lines += ["body,mill,Mill,,,,,,", "matter,roof,Roof,,,,,,"]
    for n in range(20):
        lines += [f"party,m{n},Member {n},,,,,,", f"membership,,,,m{n},,,,2019-01-01"]
    for n in range(ROWS):
        day = date(2020, 1, 1) + timedelta(n // 20)
        lines.append(f"position,,,roof,,m{n % 20},{STANCES[n // 20 % 3]},changes,{day}")
    (desk / "many.csv").write_text("\n".join(lines), "utf-8")


def start() -> subprocess.Popen[str]:
    """The import, in a process of its own."""
    command = [sys.executable, "-m", "nemcon", *IMPORT]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def held(desk: Path) -> int:
    """How many entries the record holds; none if there is no record."""
    path = desk / "r.nemcon"
    if not path.exists():
        return 0
    with SqliteLog(path) as log:
        return len(list(log.read()))


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_at_any_moment(desk: Path, moment: float, how: signal.Signals) -> None:
    many(desk)
    running = start()
    try:
        running.wait(moment)
    except subprocess.TimeoutExpired:
        running.send_signal(how)
    out, err = running.communicate(timeout=60)
    assert "Traceback" not in out + err
    assert held(desk) in (0, ALL)
    again = start()
    out, err = again.communicate(timeout=120)
    assert (again.returncode, err) == (0, "")
    assert held(desk) == ALL


@pytest.mark.parametrize("stage", ["reading", "comparing", "checking", "writing"])
def test_ctrl_c_leaves_the_record_as_it_was(
    desk: Path, stage: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from nemcon.cli import run
    from nemcon.cli.paper import Progress

    many(desk)

    def stop(_: Progress, what: str, *__: int) -> None:
        if stage in what:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Progress, "__call__", stop)
        assert run(IMPORT) == 130
    assert capsys.readouterr().err == "\nstopped; nothing was left half done\n"
    assert held(desk) == 0
    assert run(IMPORT) == 0
    assert held(desk) == ALL


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize(("key", "code"), [(b"\x04", 0), (b"\x03", 130), (b"\r", 0), (b"no\r", 0)])
def test_who_does_not_agree_writes_nothing(
    desk: Path, nemcon: Nemcon, key: bytes, code: int
) -> None:
    """Ctrl-D, Ctrl-C, Enter and a word at the question, in a terminal."""
    import pty

    assert nemcon("add", CHAIN, "--record", "r.nemcon").code == 0
    assert nemcon("export", "r.nemcon", "--to", "before.jsonl").code == 0
    (desk / "new.csv").write_text("member,stance\nfrance,support\n", "utf-8")
    line = "import new.csv --record r.nemcon --matter sg-2024 --date 2024-06-18"
    try:
        master, slave = pty.openpty()
    except OSError:
        pytest.skip("this machine gives no terminal (no /dev/pts)")
    running = subprocess.Popen(
        [sys.executable, "-m", "nemcon", *line.split()],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(slave)
    told = b""
    while b"[y/N]" not in told:
        told += os.read(master, 4096)
    os.write(master, key)
    try:
        running.wait(15)
    except subprocess.TimeoutExpired:  # it came between asking and reading: Python waits for more
        os.write(master, key)
    assert running.wait(30) == code
    os.close(master)
    assert nemcon("export", "r.nemcon", "--to", "after.jsonl").code == 0
    assert (desk / "after.jsonl").read_bytes() == (desk / "before.jsonl").read_bytes()
