"""An objection by a group that nobody names is told, though it counts for no member."""

import json
from pathlib import Path

from tests.cli.conftest import Nemcon
from tests.cli.test_words import HEAD, MEMBERS, says
from tests.club import ALL_AGREE, BODY

SHOWS = """{ is = "rejected" } ], shows = [
  { label = "any objection known", when = { not = { none = "objection" } } } ] }"""
GROUP = """
[[position]]
group = "some small members"
stance = "objection"
happened = "2024-05-02"
known = "2024-05-02"
"""

SELECTION = f"""{BODY}{ALL_AGREE}
[[rule.algebra.shows]]
label = "any objection known"
when = {{ not = {{ none = "objection" }} }}
[[matter]]
name = "head"
sort = "selection"
organ = "council"
rule = "all"
[[membership]]
member = "a"
change = "accession"
happened = "2020"
[[candidacy]]
candidate = "p"
change = "declared"
happened = "2024-05-01"
[[candidacy]]
candidate = "q"
change = "declared"
happened = "2024-05-01"
"""


def coop(desk: Path, *positions: str) -> str:
    head = HEAD.replace("SHARE", "3/4").replace('{ is = "rejected" } ] }', SHOWS)
    (desk / "c.toml").write_text(head + MEMBERS + "".join(positions))
    return "c.toml"


def test_a_group_that_objects_is_an_objection_known(desk: Path, nemcon: Nemcon) -> None:
    done = nemcon("status", coop(desk, says("abcdefgh", "support", "2024-05-01"), GROUP))
    assert "Any objection known: yes, by an unnamed group (some small members)\n" in done.out
    assert "the objection of 'some small members' names no member" in done.out
    view = json.loads(nemcon("status", "c.toml", "--json").out)
    shown = [(each["answer"], each["groups"]) for each in view["shows"]]
    assert shown == [("yes", ["some small members"])]
    assert "objection-of-nobody" in [finding["code"] for finding in view["findings"]]


def test_what_all_say_later_ends_it(desk: Path, nemcon: Nemcon) -> None:
    later = (
        '[[position]]\nmembers = "all"\nhappened = "2024-05-09"\nknown = "2024-05-09"\n'
        'stance = "objection"\nnegated = true\n'
    )
    file = coop(desk, says("abcdefgh", "support", "2024-05-01"), GROUP, later)
    assert "Any objection known: no\n" in nemcon("status", file, "--on", "2024-05-09").out
    assert "known: yes" in nemcon("status", file, "--on", "2024-05-08").out


def test_before_it_was_told_and_when_it_is_denied_there_is_none(desk: Path, nemcon: Nemcon) -> None:
    denied = GROUP.replace("happened", "negated = true\nhappened")
    file = coop(desk, says("abcdefgh", "support", "2024-05-01"), denied)
    assert "Any objection known: no\n" in nemcon("status", file).out
    file = coop(desk, says("abcdefgh", "support", "2024-05-01"), GROUP)
    assert "Any objection known: no\n" in nemcon("status", file, "--on", "2024-05-01").out


def test_a_named_member_is_a_plain_yes(desk: Path, nemcon: Nemcon) -> None:
    file = coop(desk, says("abcdefg", "support"), says("h", "objection"), GROUP)
    assert "Any objection known: yes\n" in nemcon("status", file).out


def test_a_count_of_nobody_in_a_body_of_unknown_size_ends_nothing(
    desk: Path, nemcon: Nemcon
) -> None:
    count = (
        '[[tally]]\nhappened = "2024-05-09"\nknown = "2024-05-09"\n'
        'counts = [{ stance = "abstention", number = 0 }]\n'
    )
    file = coop(desk, says("abcdefgh", "support", "2024-05-01"), GROUP, count)
    assert "Any objection known: yes" in nemcon("status", file, "--on", "2024-05-09").out


def test_an_objection_to_nobody_in_particular_is_one_to_each_candidate(
    desk: Path, nemcon: Nemcon
) -> None:
    for name, to in (("any", ""), ("one", 'candidate = "p"\n')):
        (desk / f"{name}.toml").write_text(SELECTION + GROUP + to)
        told = json.loads(nemcon("status", f"{name}.toml", "--json").out)["shows"]
        objected = {each["candidate"]: "groups" in each for each in told}
        assert objected == {"p": True, "q": name == "any"}
