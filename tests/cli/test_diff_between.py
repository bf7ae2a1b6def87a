"""`nemcon diff`: what came between two dates, and what of that belongs to the question."""

from pathlib import Path

import pytest

from tests.cli.conftest import Nemcon

BOARD = """
[body]
name = "board"
title = "Board"
zone = "Europe/Zurich"
[[organ]]
name = "full"
title = "Full board"
[[rule]]
name = "all"
organ = "full"
procedure = "nato-consensus"
[[matter]]
name = "one"
title = "Motion one"
organ = "full"
rule = "all"
[[matter]]
name = "two"
title = "Motion two"
organ = "full"
rule = "all"
[[source]]
name = "first"
date = "2009-01-05"
[[source]]
name = "second"
date = "2009-01-12"
[[membership]]
member = "fr"
happened = "2000-01-01"
source = "first"
[[membership]]
member = "de"
happened = "2000-01-01"
source = "first"
[[membership]]
member = "se"
happened = "2009-01-07"
source = "second"
[[position]]
matter = "one"
members = ["fr", "de"]
happened = "2009-01-03"
source = "first"
[[objection]]
matter = "one"
member = "de"
happened = "2009-01-06/2009-01-10"
source = "second"
[[position]]
matter = "two"
members = ["fr"]
claim = "changes"
happened = "2009-01-09"
source = "second"
"""
SWEDEN = "- Se joined Board on 7 January 2009"
OBJECTION = "De objected to the motion between 6 and 10 January 2009"


@pytest.fixture
def board(tmp_path: Path) -> str:
    """A record of two motions."""
    (tmp_path / "board.toml").write_text(BOARD, "utf-8")
    return str(tmp_path / "board.toml")


def between(nemcon: Nemcon, board: str, dates: str) -> list[str]:
    """What happened between the two dates, by the command, without ids and sources."""
    out = nemcon("diff", board, "--matter", "one", "--on", dates).out
    _, _, found = out.partition("What happened between\n")
    lines = found.partition("\n\n")[0].splitlines()
    return [line.partition("  (")[0] for line in lines if line.startswith("- ")]


def test_what_certainly_came_between_and_what_perhaps_did(nemcon: Nemcon, board: str) -> None:
    told = between(nemcon, board, "2009-01-05..2009-01-08")
    assert told == [f"- perhaps: {OBJECTION}", SWEDEN]
    assert between(nemcon, board, "2009-01-08..2009-01-12") == [f"- perhaps: {OBJECTION}"]
    assert between(nemcon, board, "2009-01-05..2009-01-12") == [f"- {OBJECTION}", SWEDEN]
    assert between(nemcon, board, "2009-01-11..2009-01-12") == []


def test_what_was_said_of_another_motion_is_no_news_of_this_one(nemcon: Nemcon, board: str) -> None:
    done = nemcon("diff", board, "--matter", "one", "--known", "2009-01-05..2009-01-12")
    assert "Fr came" not in done.out
    assert "- De objected to the motion" in done.out
    assert SWEDEN in done.out
