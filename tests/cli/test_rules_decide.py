"""`nemcon rules decide`: ballots from files in every form, and what is told of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.cli.conftest import Nemcon

MAJORITY = """
id = "majority"
title = "More for than against"
positions = ["yes", "no", "abstain"]

[[outcome]]
when = { cmp = [{ n = "yes" }, ">", { n = "no" }] }
is = "adopted"
favourable = true

[[outcome]]
is = "rejected"
"""
GROUPS = [{"pos": "yes", "count": 3}, {"pos": "no", "count": 2}, {"pos": None, "count": 1}]


@pytest.fixture
def rule(desk: Path) -> str:
    """A rule in a file on the desk."""
    (desk / "majority.toml").write_text(MAJORITY, "utf-8")
    return "majority.toml"


def answer(nemcon: Nemcon, *arguments: str) -> Any:
    """The answer as JSON, of a command that ends well."""
    done = nemcon("rules", "decide", *arguments, "--json")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_the_whole_answer(rule: str, nemcon: Nemcon) -> None:
    Path("b.json").write_text(json.dumps(GROUPS))
    assert answer(nemcon, rule, "--ballots", "b.json") == {
        "rule": "majority",
        "on": None,
        "outcome": "adopted",
        "possible": ["adopted"],
        "certain": ["adopted"],
        "verdict": "met",
        "favourable": True,
        "line": 1,
        "events": [],
        "notes": [],
        "arithmetic": [{"of": "outcome 1", "about": "yes > no", "text": "3 > 2", "holds": True}],
        "pivots": [
            {
                "members": [],
                "number": number,
                "attributes": {},
                "from": before,
                "to": after,
                "outcome": "rejected",
            }
            for number, before, after in (
                (3, "yes", "no"),
                (3, "yes", "abstain"),
                (3, "yes", "silent"),
                (1, "silent", "no"),
            )
        ],
        "binding_on": None,
        "effects": [],
        "then": None,
        "shows": {},
        "roll": {"size": 6, "open": 0, "from": "the groups"},
        "findings": [],
    }


def test_the_same_ballots_in_every_kind_of_file(rule: str, nemcon: Nemcon) -> None:
    rows: list[list[Any]] = [["Position", "Count"], ["yes", 3], ["no", 2], ["", 1]]
    Path("b.json").write_text(json.dumps({"ballots": GROUPS}))
    Path("b.toml").write_text(
        '[[ballots]]\npos = "yes"\ncount = 3\n[[ballots]]\npos = "no"\ncount = 2\n'
        '[[ballots]]\npos = "silent"\ncount = 1\n'
    )
    Path("b.csv").write_text("\n".join(",".join(map(str, row)) for row in rows))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save("b.xlsx")
    found = [
        answer(nemcon, rule, "--ballots", f"b.{kind}") for kind in ("json", "toml", "csv", "xlsx")
    ]
    assert found[0]["outcome"] == "adopted"
    assert found == [found[0]] * 4


def test_open_members_of_a_roll(rule: str, nemcon: Nemcon) -> None:
    Path("roll.csv").write_text("member\nAna\nBo\nCy\nDi\nEm\n")
    Path("b.csv").write_text("member,vote\nana,yes\nBo,yes\ncy,no\n")
    given = (rule, "--ballots", "b.csv", "--roll", "roll.csv")
    found = answer(nemcon, *given)
    assert (found["outcome"], found["possible"]) == (None, ["adopted", "rejected"])
    assert found["roll"] == {"size": 5, "open": 2, "from": "roll.csv"}
    assert answer(nemcon, *given, "--closed")["outcome"] == "adopted"
    Path("b.csv").write_text("member,vote\nana,yes\nBo,yes\ncy,yes\n")
    assert answer(nemcon, *given)["outcome"] == "adopted"  # it cannot fail any more


def test_the_roll_of_a_body_on_a_date(nemcon: Nemcon, desk: Path) -> None:
    ballots = [{"pos": "objection", "voters": ["Türkiye"]}]
    Path("b.json").write_text(json.dumps(ballots))
    found = answer(nemcon, "nato-consensus", "--ballots", "b.json", "--on", "2009-04-03")
    assert (found["outcome"], found["on"]) == ("blocked", "2009-04-03")
    assert found["roll"] == {"size": 28, "open": 27, "from": "the pack nato on 2009-04-03"}
    Path("b.json").write_text(json.dumps([{"pos": "support", "voters": ["France"]}]))
    found = answer(nemcon, "nato-consensus", "--ballots", "b.json", "--on", "2009-04-03")
    assert (found["outcome"], found["possible"]) == (None, ["adopted", "blocked"])


def test_for_people(nemcon: Nemcon, desk: Path) -> None:
    groups = [
        {"pos": "yes", "count": 9, "permanent": False},
        {"pos": "abstain", "count": 5, "permanent": True},
        {"pos": "no", "count": 1, "permanent": False},
    ]
    Path("b.json").write_text(json.dumps(groups))
    done = nemcon("rules", "decide", "un-sc-1966", "--ballots", "b.json", "--on", "1950-01-01")
    assert done.code == 0
    assert done.out.splitlines() == [
        "UN Security Council, fifteen members: nine votes and no veto (un-sc-1966)",
        "On 1950-01-01",
        "",
        "Outcome: adopted",
        "Verdict: met",
        "By line 3 of the rule's outcomes",
        "",
        "Arithmetic",
        "- outcome 1: 9 < 9 (yes < 9): does not hold",
        "- outcome 2: 0 = 0 (no, permanent): holds",
        "",
        "One change would turn it",
        "- any of the 9 (permanent false) from yes to no: not adopted (votes)",
        "- any of the 9 (permanent false) from yes to abstain: not adopted (votes)",
        "- any of the 9 (permanent false) from yes to silent: not adopted (votes)",
        "- any of the 5 (permanent true) from abstain to no: not adopted (veto)",
        "Roll: 15 members, from the rule",
        "Findings",
        (
            "- warning: on 1950-01-01 this rule was not in force (1965-08-31 to …); look for the "
            "one that was [not-in-force]"
        ),
    ]


ERRORS = {
    "unknown-position": [{"pos": "yess", "count": 1}],
    "bad-count": [{"pos": "yes", "count": 2, "voters": ["a", "b", "c"]}],
    "voter-twice": [{"pos": "yes", "count": 1, "voters": ["a"]}, {"pos": "no", "voters": ["A"]}],
    "no-roll": [{"pos": "yes", "voters": ["a"]}],
    "ballots-unreadable": {"balots": []},
}


@pytest.mark.parametrize("code", ERRORS)
def test_ballots_that_are_wrong(rule: str, nemcon: Nemcon, code: str) -> None:
    Path("b.json").write_text(json.dumps(ERRORS[code]))
    done = nemcon("rules", "decide", rule, "--ballots", "b.json", "--json")
    found = json.loads(done.out)
    assert done.code == 1
    assert (found["outcome"], found["verdict"]) == (None, "cannot tell")
    assert code in [finding["code"] for finding in found["findings"]]


def test_more_votes_than_seats_are_told_with_both_numbers(nemcon: Nemcon, desk: Path) -> None:
    Path("b.json").write_text(json.dumps([{"pos": "yes", "count": 16}]))
    done = nemcon("rules", "decide", "un-sc-1966", "--ballots", "b.json")
    assert done.code == 1
    assert "there are 15 seats, and these ballots are of 16 members" in done.out


def test_a_row_that_does_not_add_up(nemcon: Nemcon, desk: Path) -> None:
    Path("b.csv").write_text("candidate,encourage,discourage,no opinion\nAna,9,2,4\nBo,7,5,1\n")
    done = nemcon("rules", "decide", "un-sg-straw-poll", "--ballots", "b.csv", "--json")
    found = json.loads(done.out)
    assert done.code == 1
    assert found["outcome"] is None
    assert [(f["code"], f["place"]) for f in found["findings"]] == [("row-sum", "b.csv (Bo)")]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("no-such-rule", "--ballots", "b.json"), 2, "the library has no rule 'no-such-rule'"),
        (("nato-consensos", "--ballots", "b.json"), 2, "did you mean 'nato-consensus'?"),
        (("nato-consensus", "--ballots", "none.json"), 2, "there is no such file"),
        (("nato-consensus",), 2, "--ballots is missing"),
        (("none.toml", "--ballots", "b.json"), 2, "there is no such file"),
        (("broken.toml", "--ballots", "b.json"), 1, "broken.toml, line 2: rule 'broken', outcome"),
        (("majority.toml", "--ballots", "b.json", "--param", "x"), 2, "write NAME=VALUE"),
        (("majority.toml", "--ballots", "b.json", "--on", "yesterday"), 2, "yesterday"),
    ],
)
def test_what_cannot_be_done(
    rule: str, nemcon: Nemcon, arguments: tuple[str, ...], code: int, words: str
) -> None:
    Path("b.json").write_text(json.dumps(GROUPS))
    Path("broken.toml").write_text("\n[[outcome]]\nwhen = 3\nis = 'x'\n")
    done = nemcon("rules", "decide", *arguments)
    assert done.code == code
    assert words in done.err


def test_what_is_said_and_found_beside_the_ballots(nemcon: Nemcon, desk: Path) -> None:
    Path("r.toml").write_text(
        'id = "r"\npositions = ["yes", "no"]\n[params.share]\nabout = "the share that is needed"\n'
        '[[outcome]]\nwhen = { all = [{ attested = "in order" },\n'
        '  { cmp = [{ n = "yes" }, ">=", { mul = [{ param = "share" }, { n = "all" }] }] }] }\n'
        'is = "adopted"\nfavourable = true\n[[outcome]]\nis = "rejected"\n'
    )
    Path("b.json").write_text(json.dumps(GROUPS))
    done = nemcon("rules", "decide", "r.toml", "--ballots", "b.json")
    assert done.code == 1
    assert "rule 'r' needs to know 'share' (the share that is needed); give it with" in done.out
    found = answer(nemcon, "r.toml", "--ballots", "b.json", "--param", "share=1/2")
    assert (found["outcome"], found["possible"]) == (None, ["adopted", "rejected"])
    share = ("--param", "share=1/2", "--attested", "in order")
    assert answer(nemcon, "r.toml", "--ballots", "b.json", *share)["outcome"] == "adopted"
    refused = ("--param", "share=1/2", "--attested", "in order=no")
    assert answer(nemcon, "r.toml", "--ballots", "b.json", *refused)["outcome"] == "rejected"
