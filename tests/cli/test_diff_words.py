"""What `diff` says of two dates: what happened between them, on whose word, and who moved."""

import json
from pathlib import Path

from tests.cli.conftest import Nemcon
from tests.cli.test_words import coop, says

LEFT = """
[[source]]
name = "minutes"
date = "2024-05-06"
title = "Minutes"

[[membership]]
member = "h"
change = "withdrawal"
happened = "2024-05-04"
source = "minutes"
"""


def test_who_left_the_roll_did_not_come_round(desk: Path, nemcon: Nemcon) -> None:
    file = coop(desk, says("abcdefg", "support"), says("h", "objection"), LEFT, share="1")
    done = nemcon("diff", file, "--on", "2024-05-03..2024-05-06")
    assert "- objecting: no longer on the roll: Member H\n" in done.out
    assert "- not supporting" not in done.out
    told = done.out.partition("What happened between\n")[2]
    assert told.startswith("- Member H left Coop on 4 May 2024  (membership-")
    assert "source: “Minutes”, 6 May 2024" in told
    assert told.count("Member H left") == 1
    view = json.loads(nemcon("diff", file, "--on", "2024-05-03..2024-05-06", "--json").out)
    assert [each["text"] for each in view["happened"]] == ["Member H left Coop on 4 May 2024"]


def test_who_objects_is_told_apart_from_who_does_not_support(desk: Path, nemcon: Nemcon) -> None:
    """Each line tells who came to a side and who left it; whoever objects is on one side only."""
    acts = (
        says("abcdef", "support"),
        says("gh", "abstention"),
        says("h", "objection", "2024-05-04", 'claim = "changes"'),
        says("f", "objection", "2024-05-05", 'claim = "changes"'),
        says("g", "support", "2024-05-06", 'claim = "changes"'),
        says("h", "support", "2024-05-07", 'claim = "changes"'),
    )
    file = coop(desk, *acts, share="1")

    def told(days: str) -> list[str]:
        done = nemcon("diff", file, "--on", days).out.splitlines()
        return [line for line in done if line.startswith(("- objecting", "- not supporting"))]

    assert told("2024-05-03..2024-05-04") == [
        "- objecting: now Member H",
        "- not supporting: no longer Member H",
    ]
    assert told("2024-05-04..2024-05-05") == ["- objecting: now Member F"]
    assert told("2024-05-05..2024-05-06") == ["- not supporting: no longer Member G"]
    assert told("2024-05-06..2024-05-07") == ["- objecting: no longer Member H"]
    view = json.loads(nemcon("diff", file, "--on", "2024-05-03..2024-05-04", "--json").out)
    (support,) = [each for each in view["changes"] if each["what"] == "support"]
    assert [support[side].get("objecting") for side in ("before", "after")] == [None, ["h"]]
    assert support["before"]["against"] == support["after"]["against"] == ["g", "h"]


def test_what_went_to_and_fro_is_told(desk: Path, nemcon: Nemcon) -> None:
    there = says("c", "none", "2024-05-04", 'claim = "changes"')
    back = says("c", "support", "2024-05-06", 'claim = "changes"')
    file = coop(desk, says("abcdefgh", "support"), there, back)
    told = nemcon("diff", file, "--on", "2024-05-03..2024-05-06").out
    assert "What changed in the answer\nnothing\n" in told
    assert told.count("- Member C came to") == 2
    assert "happened between" not in nemcon("diff", file, "--on", "2024-05-07..2024-05-09").out


def test_what_the_checks_find_stands_below(desk: Path, nemcon: Nemcon) -> None:
    ahead = says("a", "support", "2024-05-09").replace(
        "known = '2024-05-09'", "known = '2024-05-02'"
    )
    file = coop(desk, says("bcdefgh", "support"), ahead)
    done = nemcon("diff", file, "--on", "2024-05-03..2024-05-06")
    assert "[told-before-it-happened]" in done.out
