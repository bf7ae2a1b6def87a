"""How a command line starts and ends, whatever the command does."""

import io
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nemcon import __version__
from nemcon.cli import app
from nemcon.cli.app import COMMANDS
from nemcon.cli.paper import Paper, cells, clean
from tests.cli.conftest import CHAIN, FIRST, Nemcon, golden
from tools import write_commands

PROGRAM = (sys.executable, "-m", "nemcon")


def started(*arguments: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, **settings}
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, env=env, check=False)


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",), ("help",)])
def test_the_overview(nemcon: Nemcon, arguments: tuple[str, ...]) -> None:
    done = nemcon(*arguments)
    assert (done.code, done.err) == (0, "")
    golden("overview.txt", done.out)


def test_the_version(nemcon: Nemcon) -> None:
    assert nemcon("--version").out == f"nemcon {__version__}\n"


def test_the_page_of_commands_is_that_of_the_parsers() -> None:
    told = "run `./run python -m tools.write_commands` and commit what it wrote"
    page = write_commands.PAGE.read_text("utf-8")
    assert write_commands.page(page) == page, told


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_explained_with_an_example(nemcon: Nemcon, name: str) -> None:
    done = nemcon(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert nemcon("help", name) == done
    assert COMMANDS[name][0].lower() in done.out.lower().replace("\n", " ")
    examples = done.out.partition("example")[2].splitlines()[1:]
    assert examples
    assert all(line.startswith(f"  nemcon {name}") for line in examples)


SEE = "; 'nemcon {} --help' shows what it takes"
REFUSED = {
    "statu": "there is no command 'statu'; did you mean 'nemcon status'?",
    "--jsn": "there is no option '--jsn'; 'nemcon --help' lists the commands",
    "status --onn 2024 A": "nemcon status does not know --onn (did you mean --on?)" + SEE,
    "status": "RECORD is missing" + SEE,
    "add": "FILE and --record RECORD are missing" + SEE,
    "confirm --all": "RECORD is missing" + SEE,
    "correct r.nemcon tally-1": "give one of --with and --drop" + SEE,
    "status A --matter a --matter=b": "--matter is given twice; give it once" + SEE,
    "status A --on 2024-06-20T09:00": (
        "argument --on: '2024-06-20T09:00' does not say in which time zone; write "
        "2024-06-20T09:00Z or 2024-06-20T09:00+02:00" + SEE
    ),
    "status A --body natto": (
        "--body natto: neither these files nor a built-in pack describe it; did you mean 'nato'?"
    ),
    "status tally-chain.toml --body nat": (
        "--body nat: nothing here is of it, but of nato; did you mean 'nato'?"
    ),
    "register tally-chain.toml --body eu": "--body eu: nothing here is of it, but of nato",
    "status A --known 2024-06-19": (
        "nothing here was known of a matter to decide by 2024-06-19; the next that is known here "
        "is of 2024-06-20"
    ),
    "status nowhere.txt": "nowhere.txt: there is no such file; check the path",
    "status A --on 2024-06": (
        "argument --on: '2024-06' is more than one day; give one, such as 2024-06-30" + SEE
    ),
    "status A --on 2024-02-30": (
        "argument --on: '2024-02-30' is not in the calendar (day is out of range for month); "
        "correct the date" + SEE
    ),
    "status A --count intent": "--count intent: write NAME=VALUE, such as intent=yes",
    "status A --count hope=yes": (
        "--count no convention is called 'hope'; there are intent, tolerance, nominee, record"
    ),
    "status A --count intent=yes --count intent=no": "--count intent is given twice; give it once",
    "status A --recorded 2024-06-20": (
        "--recorded asks when a record learned something; files carry no such time"
    ),
    "status postgresql://user:secret@host/db": (
        "postgresql://…: records in PostgreSQL are not in this version; "
        "give the path of an SQLite record, or files"
    ),
    "status https://example.org/report.txt": (
        "https://example.org/report.txt: an address is not opened; "
        "save what is there as a file and give its path"
    ),
    "diff A --known 2024-06-20": (
        "give two dates to compare, such as --known 2024-06-20..2024-06-26"
    ),
    "diff A --known 2024-06-26..2024-06-20": (
        "argument --known: '2024-06-26..2024-06-20' ends before it starts; "
        "write the earlier first" + SEE
    ),
    "diff A --on 2024-06-20..": (
        "argument --on: '2024-06-20..' is no pair of dates; write two dates with two dots "
        "between them: 2024-06-20..2024-06-26" + SEE
    ),
    "read tally-chain.toml": "there is no report among these; a report is a dated text (.txt)",
    "confirm A": "A: this is no record; 'nemcon add FILE... --record FILE' makes one",
}


@pytest.mark.parametrize("line", REFUSED)
def test_bad_arguments_are_told_and_give_2(desk: Path, nemcon: Nemcon, line: str) -> None:
    (desk / FIRST).rename("A")
    done = nemcon(*line.split())
    told = REFUSED[line].format(line.split()[0])
    assert (done.code, done.out, done.err) == (2, "", f"nemcon: {told}\n")


def test_options_stand_anywhere_between_the_files(desk: Path, nemcon: Nemcon) -> None:
    one = nemcon("check", FIRST, "--json", "tally-chain.toml")
    assert one == nemcon("check", "--json", FIRST, "tally-chain.toml")
    assert one.code == 0


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (("--help",), ("nemcon.worlds", "nemcon.reading", "nemcon.record", "argparse")),
        (("check", "--help"), ("apsw", "cryptography", "sqlite3")),
        (("status", "tally-chain.toml"), ("apsw", "cryptography", "sqlite3", "nemcon.reading")),
        (("status", "tally-chain.toml"), ("openpyxl", "icalendar", "defusedxml", "nemcon.tables")),
        (("export", "tally-chain.toml", "--to", "a.csv"), ("openpyxl", "icalendar", "apsw")),
        (("import", "--help"), ("openpyxl", "icalendar", "defusedxml", "apsw")),
    ],
    ids=["overview", "help", "status", "status, tables", "export", "import, help"],
)
def test_only_what_is_needed_is_imported(
    desk: Path, arguments: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    code = (
        "import sys; from nemcon.cli import run; "
        f"run({arguments!r}); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(absent) & set(done.stderr.split()) == set()


def test_a_closed_pipe_is_no_error(desk: Path) -> None:
    """As in `nemcon register tally-chain.toml | head -1`, with a pipe that is closed at once."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "register", "tally-chain.toml"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    "line",
    [
        "status {}",
        "power {}",
        "power un-sc-1966 --roll {}",
        "add tally-chain.toml --record {}",
        "export tally-chain.toml --to {}.toml",
        "demo --copy {}",
        "rollcalls {}",
        "review {}",
    ],
)
def test_a_name_that_is_too_long_for_a_path_is_told(desk: Path, nemcon: Nemcon, line: str) -> None:
    done = nemcon(*line.format("a" * 300).split())
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("nemcon: aaa")
    assert done.err.endswith("(File name too long)\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
@pytest.mark.parametrize("command", [["register", CHAIN], ["check", CHAIN, "--json"]])
def test_output_that_does_not_fit_is_told(desk: Path, command: list[str]) -> None:
    """As in `nemcon register tally-chain.toml > file` on a full disk."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, *command], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    told = "nemcon: the output cannot be written (No space left on device)\n"
    assert (done.returncode, done.stderr) == (2, told)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a shell of POSIX")
@pytest.mark.parametrize(
    "line", ["review r.nemcon", "import table.csv --record r.nemcon --date 2024-06-18"]
)
def test_nobody_to_ask(desk: Path, nemcon: Nemcon, line: str) -> None:
    """As in `nemcon review r.nemcon <&-`: nothing is decided, and nothing goes wrong."""
    (desk / "table.csv").write_text("member,stance,candidate,matter\n", "utf-8")
    assert nemcon("add", FIRST, "--record", "r.nemcon").code == 0
    assert nemcon("export", "r.nemcon", "--to", "before.jsonl").code == 0
    done = subprocess.run(
        ["sh", "-c", f"{shlex.join([*PROGRAM, *line.split()])} <&-"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert nemcon("export", "r.nemcon", "--to", "after.jsonl").code == 0
    assert (desk / "after.jsonl").read_bytes() == (desk / "before.jsonl").read_bytes()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a shell of POSIX")
@pytest.mark.parametrize(("closed", "name", "code"), [(1, CHAIN, 0), (2, "missing", 2)])
def test_a_stream_that_the_shell_closed_is_not_missed(
    desk: Path, closed: int, name: str, code: int
) -> None:
    """As in `nemcon register tally-chain.toml >&-`."""
    line = f"{shlex.join([*PROGRAM, 'register', name])} {closed}>&-"
    done = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


def test_ctrl_c_is_clean(nemcon: Nemcon, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "_run", interrupted)
    done = nemcon("status", "x")
    assert (done.code, done.out) == (130, "")
    assert done.err == "\nstopped; nothing was left half done\n"


@pytest.mark.skipif(not hasattr(signal, "SIGINT"), reason="no signals")
def test_a_fault_of_ours_says_so(nemcon: Nemcon, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError("a fault for the test")

    monkeypatch.setattr(app, "_run", broken)
    done = nemcon("status", "x")
    assert (done.code, done.out) == (70, "")
    assert done.err.startswith("Traceback")
    assert done.err.endswith("nemcon: this is a fault of the program; the lines above say where\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_terminal_will_do(desk: Path, encoding: str) -> None:
    people = started("register", "tally-chain.toml", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert people.returncode == 0
    turkey = {"ascii": b"T?rkiye", "latin-1": b"T\xfcrkiye", "utf-8": "Türkiye".encode()}
    assert turkey[encoding] in people.stdout
    json = started("register", "tally-chain.toml", "--json", PYTHONIOENCODING=encoding)
    expected = "Türkiye".encode() if encoding == "utf-8" else rb"T\u00fcrkiye"
    assert expected in json.stdout


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("COLUMNS", "32")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Terminal()


def test_a_terminal_is_wrapped_and_coloured(terminal: Terminal) -> None:
    paper = Paper.on(terminal)
    paper.pair("Verdict", "met", "good")
    paper.bullets(["a formal decision of the North Atlantic Council"])
    assert terminal.getvalue() == (
        "Verdict: \x1b[32mmet\x1b[0m\n- a formal decision of the North\n  Atlantic Council\n"
    )


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_can_be_switched_off(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    Paper.on(terminal).pair("Verdict", "met", "good")
    assert terminal.getvalue() == "Verdict: met\n"


def test_a_pipe_is_neither_wrapped_nor_coloured() -> None:
    stream = io.StringIO()
    Paper.on(stream).line("word " * 60, "good")
    assert stream.getvalue() == "word " * 60 + "\n"


def test_no_text_steers_the_terminal() -> None:
    assert clean("a\x1b[2Jb\x9bc\u202ed\te\nf") == "a\ufffd[2Jb\ufffdc\ufffdd e f"
    stream = io.StringIO()
    Paper(stream).json({"quote": "a\x1b[2J\x9b\u202e"})
    assert stream.getvalue() == '{\n  "quote": "a\\u001b[2J\\u009b\\u202e"\n}\n'


@pytest.mark.parametrize(("text", "size"), [("abc", 3), ("Åé", 2), ("日本", 4), ("e\u0301", 1)])
def test_columns_are_counted_as_a_terminal_shows_them(text: str, size: int) -> None:
    assert cells(text) == size


def test_what_hangs_far_in_has_room_on_a_narrow_terminal() -> None:
    stream = io.StringIO()
    paper = Paper(stream, width=40)
    paper.line(f"{'a-rule-of-the-library':<30}Two words or three", indent=2, hang=30)
    paper.line("Adopted: when at least two thirds of the members support it", hang=9)
    assert stream.getvalue().splitlines() == [
        "  a-rule-of-the-library         Two",
        "      words or three",
        "Adopted: when at least two thirds of the",
        "         members support it",
    ]
