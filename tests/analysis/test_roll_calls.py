"""Roll calls: who votes with whom, who stood alone, and the same votes under other rules."""

from __future__ import annotations

import csv
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from nemcon.access.packs import procedure
from nemcon.analysis.roll_calls import RollCall, agreement, standing, under_rules
from nemcon.cli.app import run
from nemcon.load.roll_calls import open_roll_calls
from nemcon.rules.polled import Asked
from nemcon.rules.weigh import weigh

SESSION = Path(__file__).parents[2] / "examples" / "un-ga-74" / "roll-calls.csv"


def session() -> list[RollCall]:
    calls, findings = open_roll_calls(str(SESSION))
    assert not findings
    return calls


def rules(*names: str) -> dict[str, list[str | None]]:
    procedures = [one for name in names if (one := procedure(name))]
    assert len(procedures) == len(names)
    return {
        one.rule: [answer.outcome for answer in one.answers]
        for one in under_rules(session(), procedures)
    }


def test_the_session_has_all_its_roll_calls() -> None:
    """91 roll calls, 16,346 votes: 13,135 in favour, 2,027 abstentions, 1,184 against."""
    votes = Counter(vote for call in session() for vote in call.votes.values())
    assert len(session()) == 91
    assert votes == {"yes": 13_135, "abstain": 2_027, "no": 1_184}


def test_every_roll_call_was_adopted_and_one_would_have_failed_at_two_thirds() -> None:
    found = rules("un-ga-simple", "un-ga-two-thirds")
    assert set(found["un-ga-simple"]) == {"adopted"}
    failed = [
        call
        for call, outcome in zip(session(), found["un-ga-two-thirds"], strict=True)
        if outcome != "adopted"
    ]
    assert [call.id for call in failed] == ["9087"]
    (one,) = failed
    assert 3 * one.count("yes") < 2 * (one.count("yes") + one.count("no"))


def test_agreement_is_what_counting_by_hand_gives() -> None:
    found = agreement(session())
    one, other = found.members.index("United States"), found.members.index("Israel")
    with SESSION.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    both = [(r["United States"], r["Israel"]) for r in rows if r["United States"] and r["Israel"]]
    assert found.shares[one][other] == Fraction(sum(a == b for a, b in both), len(both))
    assert found.shares[one][other] == found.shares[other][one]
    assert found.shares[one][one] == 1


def test_who_stood_alone() -> None:
    calls = [
        RollCall("1", "", "", {"a": "yes", "b": "no", "c": "yes"}),
        RollCall("2", "", "", {"a": "abstain", "b": "no", "c": "no"}),
        RollCall("3", "", "", {"a": "yes"}),
    ]
    found = agreement(calls)
    assert dict(zip(found.members, found.alone, strict=True)) == {"a": 1, "b": 1, "c": 0}
    assert dict(zip(found.members, found.against, strict=True)) == {"a": 0, "b": 1, "c": 0}
    assert found.shares[0][2] == Fraction(1, 2)


def test_members_that_never_both_voted_have_no_share() -> None:
    found = agreement([RollCall("1", "", "", {"a": "yes"}), RollCall("2", "", "", {"b": "yes"})])
    assert found.shares[0][1] is None


def test_the_command_tells_where_rules_differ(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["rollcalls", str(SESSION), "--rule", "un-ga-simple", "--rule", "un-ga-two-thirds"]
    assert run([*arguments, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [(one["met"], one["not_met"]) for one in printed["rules"]] == [(91, 0), (90, 1)]
    assert run(arguments) == 0
    assert "90 carried, 1 not" in capsys.readouterr().out


def test_pictures_hold_the_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("vl_convert")
    picture = tmp_path / "rules.svg"
    assert (
        run(["rollcalls", str(SESSION), "--rule", "un-ga-two-thirds", "--plot", str(picture)]) == 0
    )
    assert "90 met, 1 not met" in picture.read_text()
    assert run(["rollcalls", str(SESSION), "--plot", str(tmp_path / "alike.png")]) == 0
    assert (tmp_path / "alike.png").read_bytes().startswith(b"\x89PNG")
    power = tmp_path / "power.svg"
    assert run(["power", "eec-1958", "--on", "1958-06-01", "--plot", str(power)]) == 0
    assert "23.81 %" in power.read_text()
    assert "Luxembourg" in power.read_text()
    capsys.readouterr()


@pytest.mark.parametrize(
    ("text", "code"),
    [("roll call,date\n1,2020-01-01\n", "no-member-column"), ("", "no-rows")],
)
def test_a_table_without_votes_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: str
) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(text)
    assert run(["rollcalls", str(file), "--json"]) == 1
    assert code in capsys.readouterr().out


def test_small_company_is_counted_and_the_loneliest_comes_first() -> None:
    """Of seven: f alone; e and f together against five; nobody is few where half votes so."""
    five = dict.fromkeys("abcde", "yes")
    calls = [
        RollCall("1", "", "", {**five, "f": "no", "g": "yes"}),
        RollCall("2", "", "", {**five, "e": "no", "f": "no", "g": "yes"}),
        RollCall("3", "", "", {**five, "f": "abstain", "g": "abstain", "e": "abstain"}),
        RollCall("4", "", "", {"a": "yes", "b": "yes", "c": "no", "d": "no"}),
    ]
    found = {one.member: one for one in standing(calls, within=3)}
    told = {name: (one.alone, one.with_one, one.with_few) for name, one in found.items()}
    assert told == {
        "f": (1, 1, 1),
        "e": (0, 1, 1),
        "g": (0, 0, 1),
        **dict.fromkeys("abcd", (0, 0, 0)),
    }
    assert list(found) == ["f", "e", "g", "a", "b", "c", "d"]
    assert (found["f"].against, found["f"].where, found["f"].voted) == (1, (0,), 3)
    assert standing(calls, within=2)[2].small == 0


def test_of_two_that_differ_both_stood_alone() -> None:
    (one, other) = standing([RollCall("1", "", "", {"a": "yes", "b": "no"})])
    assert (one.alone, other.alone) == (1, 1)


@pytest.mark.parametrize("name", ["un-ga-two-thirds", "nato-consensus", "de-mitbestg-31-third"])
def test_numbers_say_what_names_say(name: str) -> None:
    """A rule that does not ask who somebody is decides the same without the names."""
    rule = procedure(name)
    assert rule is not None
    calls = session()[::7]
    everyone = list(dict.fromkeys(member for call in session() for member in call.votes))
    (found,) = under_rules([*calls, *session()], [rule])
    for call, quick in zip(calls, found.answers, strict=False):
        sides: dict[str, list[str]] = {}
        for member in everyone:
            sides.setdefault(call.votes.get(member, "not participating"), []).append(member)
        groups = [{"pos": v, "count": len(who), "voters": who} for v, who in sides.items()]
        slow = weigh(rule, {"ballots": groups}, Asked(closed=True))
        assert (quick.verdict, quick.outcome) == (slow.verdict, slow.outcome)


def test_the_picture_of_who_stood_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("vl_convert")
    picture = tmp_path / "alone.svg"
    assert run(["rollcalls", str(SESSION), "--picture", "alone", "--plot", str(picture)]) == 0
    drawn = picture.read_text()
    assert "3 + 18 + 10" in drawn  # the United States
    assert "with 2 to 4 others" in drawn
    assert run(["rollcalls", str(SESSION), "--within", "0"]) == 2
    assert "--within 0" in capsys.readouterr().err
    assert run(["rollcalls", str(SESSION), "--within", "2", "--json"]) == 0
    members = json.loads(capsys.readouterr().out)["members"]
    assert {"member": "United States", "voted": 91, "alone": 3, "alone_against": 3, "with_one": 18,
            "with_few": 0} in members  # fmt: skip
