"""`nemcon review` by keys: through a pipe, and on a terminal (a pseudo-terminal)."""

from __future__ import annotations

import io
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nemcon.cli import run
from nemcon.entries import Position
from tests.review.mill import ANA, CY, DE, Mill

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

import fcntl
import pty
import struct
import termios

_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def mill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mill:
    monkeypatch.chdir(tmp_path)
    return Mill(tmp_path / "mill.nemcon", live=True)


def piped(monkeypatch: pytest.MonkeyPatch, keys: str, *more: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(keys))
    return run(["review", "mill.nemcon", *more])


# Through a pipe


def test_at_the_end_stands_what_was_done(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, "a\na\nr nobody said that\nu\nq\n") == 0
    assert mill.became() == ["accepted", "accepted", "open", "open"]
    end = "2 accepted, 1 rejected, 1 taken back; 2 proposals still wait\n"
    assert capsys.readouterr().out.endswith(end)


def test_each_key_does_what_it_says(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = "a\ns\nm\nnegated=yes\n\na\nr nobody said that\np\nq\n"
    assert piped(monkeypatch, keys, "--by", "Zoë") == 0
    out = capsys.readouterr().out
    assert mill.became() == ["accepted", "open", "mended", "rejected"]
    by = {each.decision.by for each in mill.view().proposals if each.decision}
    assert by == {"Zoë"}
    assert out.startswith("4 proposals wait in mill.nemcon\n")
    assert "1 of 4 · “The roof”, 5 June 2024 · 4 still open\n" in out
    assert "  »Ana supports the new roof.« Bo supports it as well. Cy said" in out
    assert "Instead: Cy did not support the motion on 2 June 2024\n  negated: no → yes\n" in out
    assert out.endswith("1 accepted, 1 mended, 1 rejected; 1 proposal still waits\n")


def test_a_name_that_nobody_has_is_warned_of_as_it_is_typed(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, "m\ncandidate=anna\n\nx\nq\n") == 0
    out = capsys.readouterr().out
    told = "warning: no entry here has the name 'anna'; it is kept as written; did you mean 'ana'?"
    assert out.index(told) < out.index("Instead: ")
    assert mill.became() == ["open"] * 4
    assert piped(monkeypatch, "m\ncandidate=Ana\n\nx\nq\n") == 0
    assert "no entry here" not in capsys.readouterr().out


def test_undo_goes_back_and_what_others_decided_is_asked_for(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, "a\nu\nq\n") == 0
    assert mill.became() == ["open"] * 4
    mill.accept(ANA)
    assert piped(monkeypatch, "u\nx\nq\n") == 0
    assert mill.became()[0] == "accepted"
    assert "The last decision was not made here. Accepted by Zoë on " in capsys.readouterr().out
    assert piped(monkeypatch, "u\nu\nq\n") == 0
    assert mill.became() == ["open"] * 4


def test_what_is_wrong_is_told_and_asked_again(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = mill.items()
    keys = "m\nhappened=3.6.2024\nmembers=Nobody\nshoe=42\n\nr\n\nz\n"
    assert piped(monkeypatch, keys) == 1
    out = capsys.readouterr().out
    assert "which may be 2024-06-03 or 2024-03-06; write the one that is meant" in out
    assert "'Nobody' is no member that the record knows" in out
    assert "There is no field 'shoe' to change" in out
    assert "Nothing was changed" in out
    assert "Not rejected: a rejection needs its reason" in out
    assert mill.items() == before


def test_mending_can_be_explained_and_left(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, "m\n?\nhappened=2024-06-04\nq\na\nq\n") == 0
    out = capsys.readouterr().out
    assert "chooses a field" in out
    assert "Nothing was mended" in out
    assert mill.became() == ["accepted", "open", "open", "open"]


def test_only_one_report_or_json(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, "q\n", "--report", "report") == 0
    capsys.readouterr()
    assert piped(monkeypatch, "", "--report", "other") == 2
    assert "--report other: no such report; there is: report" in capsys.readouterr().err
    assert piped(monkeypatch, "", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["open"] == 4
    assert [each["number"] for each in told["reports"][0]["proposals"]] == [1, 2, 3, 4]


def test_without_proposals_there_is_nothing_to_do(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, "a\na\na\na\n") == 0
    assert piped(monkeypatch, "a\n") == 0
    assert capsys.readouterr().out.endswith("There is no open proposal\n")


# On a terminal


class Terminal:
    """The command on a pseudo-terminal."""

    def __init__(self, columns: int = 80, *more: str, **environment: str) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.theirs = theirs
        self.before = termios.tcgetattr(theirs)
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nemcon", "review", "mill.nemcon", *more],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_own_terminal,
            env={**clean, "TERM": "xterm", "PYTHONUTF8": "1", **environment},
        )
        self.raw = ""
        self.seen = 0

    def until(self, text: str) -> str:
        """What is shown up to where `text` is shown, from where the last search ended."""
        end = time.monotonic() + 30
        while text not in (plain := _CODES.sub("", self.raw)[self.seen :]):
            left = end - time.monotonic()
            assert left > 0, f"{text!r} never came: {plain!r}"
            assert self.process.poll() is None or self._ready(0), self.raw
            if self._ready(left):
                self.raw += os.read(self.ours, 65536).decode("utf-8", "replace")
        found = plain.index(text) + len(text)
        self.seen += found
        return plain[:found]

    def _ready(self, seconds: float) -> bool:
        return bool(select.select([self.ours], [], [], seconds)[0])

    def press(self, keys: str) -> None:
        """Press keys once they are read key by key: of those before, some are thrown away."""
        end = time.monotonic() + 30
        while termios.tcgetattr(self.theirs)[3] & termios.ICANON:
            assert time.monotonic() < end, f"no key is read: {self.raw!r}"
            time.sleep(0.005)
        os.write(self.ours, keys.encode())

    def end(self) -> int:
        code = self.process.wait(60)
        while self._ready(0.2):
            self.raw += os.read(self.ours, 65536).decode("utf-8", "replace")
        after = termios.tcgetattr(self.theirs)
        assert after == self.before, "the terminal is left as it was"
        os.close(self.ours)
        os.close(self.theirs)
        return code


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_single_keys_mend_and_accept_without_enter(mill: Mill) -> None:
    terminal = Terminal(100, "--by", "Zoë")
    shown = terminal.until("? help >")
    assert "1 of 4" in shown
    assert "\x1b[1;4m»Ana" in terminal.raw
    terminal.press("a")
    terminal.until("2 of 4")
    terminal.until("? help >")
    terminal.press("\x1b[B")  # the arrow down
    terminal.until("3 of 4")
    terminal.until("? help >")
    terminal.press("m")
    terminal.until("empty: done; ? help)")
    terminal.press("stance\r")
    terminal.until("stance: support")
    terminal.press("\x15objection\r")  # Ctrl-U clears what stands there
    terminal.until("empty: done; ? help)")
    terminal.press("\r")
    terminal.until("a write it")
    terminal.press("a")
    terminal.until("? help >")
    terminal.press("q")
    assert terminal.end() == 0
    assert mill.became() == ["accepted", "open", "mended", "open"]
    said = {e.members: e.stance for e in mill.state().all(Position)}
    assert said == {ANA.members: "support", CY.members: "objection"}


@pytest.mark.parametrize("where", ["key", "field", "reason", "preview"])
def test_ctrl_c_leaves_nothing_half_done(mill: Mill, where: str) -> None:
    terminal = Terminal(100)
    terminal.until("? help >")
    terminal.press("a")
    terminal.until("2 of 4")
    terminal.until("? help >")
    if where in ("field", "preview"):
        terminal.press("m")
        terminal.until("empty: done; ? help)")
    if where == "preview":
        terminal.press("negated=yes\r")
        terminal.until("empty: done; ? help)")
        terminal.press("\r")
        terminal.until("a write it")
    if where == "reason":
        terminal.press("r")
        terminal.until("not rejected)")
    time.sleep(0.4)  # Python's readline heeds no signal in the moment before it waits for keys
    terminal.press("\x03")
    assert terminal.end() == 130
    assert "nothing was left half done" in terminal.raw
    assert "1 accepted; 3 proposals still wait" in terminal.raw
    assert "Traceback" not in terminal.raw
    assert mill.became() == ["accepted", "open", "open", "open"]


def test_ctrl_c_at_any_moment_of_writing(mill: Mill) -> None:
    """However the signal falls, a decision is in the record whole or not at all."""
    for wait in (0.0, 0.05, 0.1):
        terminal = Terminal(100)
        terminal.until("? help >")
        terminal.press("m")
        terminal.until("empty: done; ? help)")
        terminal.press("negated=yes\r")
        terminal.until("empty: done; ? help)")
        terminal.press("\r")
        terminal.until("a write it")
        terminal.press("a")
        time.sleep(wait)
        os.kill(terminal.process.pid, signal.SIGINT)
        assert terminal.end() == 130
        kinds = [item.entry.kind for item in mill.items()[-2:]]
        whole = kinds == ["correction", "rejection"]
        assert whole == (mill.became()[0] == "mended")
        if whole:
            mill.undo()
        assert mill.became() == ["open"] * 4


def test_a_narrow_terminal_and_one_without_colours(mill: Mill) -> None:
    terminal = Terminal(30, NO_COLOR="1")
    terminal.until("? > ")
    terminal.press("?")
    terminal.until("written already")
    terminal.until("? > ")
    terminal.press("\x04")  # Ctrl-D
    assert terminal.end() == 0
    assert "\x1b[1" not in terminal.raw
    plain = _CODES.sub("", terminal.raw).replace("\r\n", "\n")
    assert max(map(len, re.split(r"[\r\n]", plain))) <= 30
    assert "»Ana supports the new" in plain
    assert DE.id not in plain
