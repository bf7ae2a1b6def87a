"""The order in which files are named changes no byte of any answer (acceptance answer 7)."""

from itertools import permutations
from pathlib import Path

import pytest

from tests.cli.conftest import CHAIN, FIRST, SECOND, Nemcon

COMMANDS = {
    "status": ("--on", "2024-06-20"),
    "why": ("--on", "2024-06-20"),
    "diff": ("--known", "2024-06-20..2024-06-26"),
    "register": (),
    "read": ("--coverage",),
    "check": (),
}


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize("command", COMMANDS)
def test_two_reports_in_either_order(
    desk: Path, nemcon: Nemcon, command: str, form: tuple[str, ...]
) -> None:
    options = (*COMMANDS[command], *form)
    one, other = (nemcon(command, *names, *options) for names in permutations([FIRST, SECOND]))
    assert one.out.replace(f"{FIRST} {SECOND}", "A B") == other.out.replace(
        f"{SECOND} {FIRST}", "A B"
    )
    assert (one.code, one.err) == (other.code, other.err)
    assert one.out


@pytest.mark.parametrize("command", ["register", "read"])
def test_three_files_in_any_order(desk: Path, nemcon: Nemcon, command: str) -> None:
    answers = {
        nemcon(command, *names, "--json").out for names in permutations([FIRST, SECOND, CHAIN])
    }
    assert len(answers) == 1


def test_a_file_named_twice_or_in_its_folder_counts_once(desk: Path, nemcon: Nemcon) -> None:
    once = nemcon("check", FIRST, "--json")
    assert nemcon("check", FIRST, FIRST, "--json") == once
    assert nemcon("check", FIRST, f"./{FIRST}", str(desk / FIRST), "--json").code == once.code
    (desk / "copy.txt").write_bytes((desk / FIRST).read_bytes())
    assert nemcon("read", FIRST, "copy.txt", "--json") == nemcon("read", FIRST, "--json")
