"""What people read: names instead of ids and lists, and only what is really needed."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import CHAIN, FIRST, SECOND, Nemcon

MEMBERS = "".join(
    f'[[party]]\nname = "{n}"\ntitle = "Member {n.upper()}"\n'
    f'[[membership]]\nmember = "{n}"\nhappened = "2020"\n'
    for n in "abcdefgh"
)

HEAD = """
[body]
name = "coop"
title = "Coop"

[matter]
name = "bylaws"
title = "Bylaws"
rule = "share"
known = "2024-05-01"

[[rule]]
name = "share"
algebra = { outcome = [
  { is = "adopted", favourable = true, when = { cmp = [
    { n = "support" }, ">=", { mul = ["SHARE", { n = "all" }] } ] } },
  { is = "rejected" } ] }
"""


def says(members: str, stance: str, day: str = "2024-05-02", more: str = "") -> str:
    """The position of members, each a letter."""
    listed = ", ".join(f'"{member}"' for member in members)
    return (
        f"[[position]]\nmembers = [{listed}]\nstance = '{stance}'\nhappened = '{day}'\n"
        f"known = '{day}'\n{more}\n"
    )


def coop(desk: Path, *positions: str, share: str = "3/4") -> str:
    """A file of a cooperative of eight with these positions."""
    (desk / "c.toml").write_text(HEAD.replace("SHARE", share) + MEMBERS + "".join(positions))
    return "c.toml"


def needed(told: str) -> list[str]:
    """The lines under Needed, with what would settle it."""
    return told.partition("Needed\n")[2].partition("\n\n")[0].splitlines()


def test_a_share_needs_support_of_any_few_of_the_open_ones(desk: Path, nemcon: Nemcon) -> None:
    file = coop(desk, says("abcd", "support"), says("e", "objection"))
    done = nemcon("status", file)
    assert needed(done.out) == [
        "- support from any 2 of Member F, Member G and Member H",
        "- a formal decision of the body",
        "'met' would follow from the word of any 2 of Member F, Member G and Member H",
        "'not met' would follow from the word of any 2 of Member F, Member G and Member H",
    ]
    view = json.loads(nemcon("status", file, "--json").out)
    assert [each["code"] for each in view["needed"]] == ["open-members", "formal-decision"]
    assert view["settled_by"]["alike"] == [["f", "g", "h"]]
    assert view["settled_by"]["met"] == [["f", "g"], ["f", "h"], ["g", "h"]]


def test_support_of_one_against_is_needed_only_where_the_rule_needs_all(
    desk: Path, nemcon: Nemcon
) -> None:
    positions = says("abcde", "support"), says("fgh", "objection")
    neutral = "- a change of position by some of Member F, Member G and Member H"
    assert needed(nemcon("status", coop(desk, *positions)).out)[0] == neutral
    all_of = "- support from Member F, Member G and Member H"
    assert needed(nemcon("status", coop(desk, *positions, share="1")).out)[0] == all_of


@pytest.mark.parametrize(
    ("share", "words"), [("3/4", "rule met, not yet decided"), ("1", "consensus reported")]
)
def test_only_a_rule_of_consensus_speaks_of_consensus(
    desk: Path, nemcon: Nemcon, share: str, words: str
) -> None:
    file = coop(desk, says("abcdefgh", "support"), share=share)
    assert f"Stage: {words}\n" in nemcon("status", file).out
    assert json.loads(nemcon("status", file, "--json").out)["stage"]["certain"] == "consensus"


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("files", [(FIRST, SECOND, CHAIN), (CHAIN, SECOND, FIRST), (FIRST, CHAIN)])
def test_a_title_that_somebody_wrote_stands_over_that_of_a_report(
    nemcon: Nemcon, files: tuple[str, ...]
) -> None:
    told = nemcon("status", *files).out.splitlines()[0]
    assert told == "NATO: Selection of NATO's Secretary General, 2024 (sg-2024)"


@pytest.mark.usefixtures("desk")
def test_a_record_keeps_the_title_that_somebody_wrote(nemcon: Nemcon) -> None:
    nemcon("add", FIRST, "--record", "r.nemcon")
    nemcon("confirm", "r.nemcon", "--all")
    told = nemcon("status", "r.nemcon").out.splitlines()[0]
    assert told == "NATO: Secretary General, 2024 (sg-2024)"
    nemcon("add", CHAIN, "--record", "r.nemcon")
    told = nemcon("status", "r.nemcon").out.splitlines()[0]
    assert told == "NATO: Selection of NATO's Secretary General, 2024 (sg-2024)"


def test_a_motion_is_compared_in_words(desk: Path, nemcon: Nemcon) -> None:
    file = coop(desk, says("abcde", "support"), says("f", "support", "2024-05-03"))
    told = nemcon("diff", file, "--known", "2024-05-02..2024-05-03").out
    assert told.partition("answer\n")[2].partition("\n\n")[0].splitlines() == [
        "- verdict: cannot tell → met",
        "- stage: open (perhaps already rule met, not yet decided) → rule met, not yet decided",
        "- support: 5 to 8 of 8 → 6 to 8 of 8",
        "- open: no longer Member F",
        "- needed: no longer: support from any one of Member F, Member G and Member H",
    ]


def test_a_conflict_names_the_entries_it_rests_on(desk: Path, nemcon: Nemcon) -> None:
    file = coop(desk, says("abc", "support"), says("c", "objection"))
    told = nemcon("status", file).out
    shown = told.partition("[conflict]\n")[2].partition("\n\n")[0].splitlines()
    masked = (re.sub(r"[0-9a-f]{8}|(?<=:)[0-9]+", "N", line.strip()) for line in shown)
    both = "Member B and Member C"
    assert sorted(masked) == [
        f"Member A, {both} supported the motion on 2 May 2024  (position-N; c.toml:N)",
        "Member C objected to the motion on 2 May 2024  (position-N; c.toml:N)",
    ]


def test_of_many_entries_four_are_shown(desk: Path, nemcon: Nemcon) -> None:
    stances = ("support", "objection", "abstention", "recusal", "none", "no-objection")
    told = nemcon("status", coop(desk, *(says("c", stance) for stance in stances))).out
    shown = told.partition("[conflict]\n")[2].partition("\n\n")[0].splitlines()
    assert [line.strip() for line in shown[4:]] == ["and 2 more"]


def test_an_event_that_nothing_reports_is_told_once(desk: Path, nemcon: Nemcon) -> None:
    file = coop(desk, says("a", "support", more='before = "candidacy/eva/withdrawn"'))
    for command in ("status", "check"):
        assert nemcon(command, file).out.count("[unknown-event]") == 1
    assert nemcon("add", file, "--record", "c.nemcon").out.count("[unknown-event]") == 1


def test_check_finds_what_only_a_proposal_reports(desk: Path, nemcon: Nemcon) -> None:
    """A confirmed position is dated by an accession that is only proposed."""
    joined = '[[membership]]\nmember = "x"\nhappened = "2024-05-02"\n'
    (desk / "x.toml").write_text(f'body = "coop"\n{joined}[[party]]\nname = "x"\ntitle = "X"\n')
    file = coop(desk, says("a", "support", more='before = "membership/x/accession"'))
    nemcon("add", file, "--record", "c.nemcon")
    nemcon("add", "x.toml", "--record", "c.nemcon", "--proposed")
    for command in ("status", "check"):
        assert nemcon(command, "c.nemcon").out.count("[unknown-event]") == 1


def test_a_record_of_proposals_says_how_to_go_on(desk: Path, nemcon: Nemcon) -> None:
    nemcon("add", FIRST, "--record", "r.nemcon")
    done = nemcon("status", "r.nemcon")
    assert done.code == 2
    assert re.sub(r"\d+ proposals", "N proposals", done.err) == (
        "nemcon: nothing confirmed here speaks of a matter to decide, but N proposals wait for "
        "confirmation: 'nemcon confirm r.nemcon' lists them, --proposed asks as if they were "
        "confirmed\n"
    )
    assert nemcon("status", "r.nemcon", "--proposed").code == 0


def test_a_correction_tells_nothing_new_of_the_world(desk: Path, nemcon: Nemcon) -> None:
    wrong = says("b", "objection", "2024-05-02")
    nemcon("add", coop(desk, says("a", "support"), wrong), "--record", "c.nemcon")
    (entry,) = re.findall(r"Member B objected.*\((position-\w+)\)", nemcon("why", "c.nemcon").out)
    nemcon("correct", "c.nemcon", entry, "--drop", "--reason", "misread")
    assert ", as known on 2 May 2024" in nemcon("status", "c.nemcon").out


def test_a_withdrawal_says_from_when_it_is_certain(desk: Path, nemcon: Nemcon) -> None:
    told = nemcon("status", FIRST, SECOND, "--on", "2024-06-18").out
    assert "public on 20 June 2024; certain from 20 June 2024)" in told
    assert "'not met' would follow from the word of any one of 32 members\n" in told


@pytest.mark.parametrize(("on", "answer"), [("2024-06-20", "no"), ("2024-06-18", "cannot tell")])
def test_what_the_rule_shows_beside_the_verdict(
    desk: Path, nemcon: Nemcon, on: str, answer: str
) -> None:
    told = nemcon("status", FIRST, "--on", on)
    assert f"Any objection known (Mark Rutte): {answer}\n" in told.out
    view = json.loads(nemcon("status", FIRST, "--on", on, "--json").out)
    shown = {"label": "any objection known", "candidate": "mark-rutte", "answer": answer}
    assert shown in view["shows"]


def test_the_demo_shows_no_folder_of_the_program(desk: Path, nemcon: Nemcon) -> None:
    told = nemcon("demo").out
    assert str(Path(__file__).parents[2]) not in told
    start = told.index("nemcon demo --copy")
    shown = [line.strip() for line in told[start:].splitlines()]
    copied, entered, *commands = [line for line in shown if line.startswith(("nemcon", "cd"))]
    assert nemcon(*copied.split()[1:]).code == 0
    assert entered == "cd nato-2024"
    assert {path.name for path in (desk / "nato-2024").iterdir()} >= {FIRST, SECOND}
    assert [command.split()[:2] for command in commands] == [
        ["nemcon", "why"], ["nemcon", "diff"], ["nemcon", "read"], ["nemcon", "add"],
        ["nemcon", "serve"],
    ]  # fmt: skip
    assert nemcon(*copied.split()[1:]).code == 2
