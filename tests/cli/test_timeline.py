"""`nemcon timeline`: pictures in files, what is refused, and bars on any terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import FIRST, SECOND, Nemcon
from tests.cli.test_start import PROGRAM

JUNE = (FIRST, SECOND, "--from", "2024-06-15", "--to", "2024-06-30")


@pytest.mark.parametrize(("name", "head"), [("p.svg", b"<svg"), ("p.PNG", b"\x89PNG\r\n\x1a\n")])
def test_a_picture_is_written_beside_the_text(
    desk: Path, nemcon: Nemcon, name: str, head: bytes
) -> None:
    plain, done = nemcon("timeline", *JUNE), nemcon("timeline", *JUNE, "--plot", name)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{plain.out}Drawn in {name}\n"
    assert (desk / name).read_bytes().startswith(head)


def test_json_stays_json_with_a_picture(desk: Path, nemcon: Nemcon) -> None:
    plain, done = (
        nemcon("timeline", *JUNE, "--json"),
        nemcon("timeline", *JUNE, "--json", "--plot", "p.svg"),
    )
    assert done == plain
    assert (desk / "p.svg").exists()


def test_dark_is_another_picture(desk: Path, nemcon: Nemcon) -> None:
    nemcon("timeline", *JUNE, "--plot", "light.svg")
    nemcon("timeline", *JUNE, "--plot", "dark.svg", "--dark")
    assert "#16181d" in (desk / "dark.svg").read_text("utf-8")
    assert "#16181d" not in (desk / "light.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--plot", "p.jpg"), "--plot p.jpg: a picture is FILE.svg or FILE.png"),
        (
            ("--plot", "no/p.svg"),
            "--plot no/p.svg: there is no folder to put it in; make it first",
        ),
        (("--dark",), "--dark is for a picture; name its file with --plot FILE.svg"),
        (
            ("--from", "2024-06-20", "--to", "2024-06-10"),
            "--to 2024-06-10 lies before --from 2024-06-20; write the earlier first",
        ),
        (
            ("--matter", "none"),
            "no matter 'none' here; there are: sg-2024",
        ),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Path, nemcon: Nemcon, options: tuple[str, ...], told: str
) -> None:
    done = nemcon("timeline", FIRST, *options)
    assert (done.code, done.out, done.err) == (2, "", f"nemcon: {told}\n")


def test_without_the_drawer_the_message_says_what_to_install(
    desk: Path, nemcon: Nemcon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    done = nemcon("timeline", *JUNE, "--plot", "p.svg")
    assert (done.code, done.out) == (2, "")
    assert "pip install 'nemcon[plots]'" in done.err
    assert not (desk / "p.svg").exists()


def test_bars_are_plain_where_a_terminal_has_no_blocks(desk: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [*PROGRAM, "timeline", *JUNE]
    done = subprocess.run(command, capture_output=True, env=env, check=True)
    assert b"Mark Rutte      " + b"#" * 32 + b"  32 of 32" in done.stdout
    assert b"Mark Rutte      " + b"=" * 32 + b"  0 to 32 of 32" in done.stdout


def test_only_a_picture_loads_what_draws(desk: Path) -> None:
    code = (
        "import sys; from nemcon.cli import run; "
        f"run({('timeline', *JUNE)!r}); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"vl_convert", "altair", "django"} & set(done.stderr.split()) == set()
