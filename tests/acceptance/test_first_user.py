"""What a first user's small records must answer, worked out by hand from what the answers mean."""

from __future__ import annotations

from typing import Any

import pytest

from nemcon.access.packs import procedure
from nemcon.state import at
from nemcon.text import read_toml
from nemcon.views.status import status
from nemcon.when import When
from nemcon.worlds.conventions import parse_conventions
from tests.club import ALL_AGREE, BODY

MEMBERS = ("ada", "bea", "cleo", "dot")

SOURCES = """
[[source]]
name = "wire"
date = "2025-03-01"

[[source]]
name = "gazette"
date = "2025-04-01"
"""
RULES = """
[[rule]]
name = "silent"
organ = "council"
start = "2020"
[[rule.algebra.outcome]]
when = { none = "objection" }
is = "adopted"
favourable = true

[[rule]]
name = "majority"
organ = "council"
start = "2020"
[[rule.algebra.outcome]]
when = { cmp = [{ n = { pos = ["support", "objection", "abstention"] } }, "<", 3] }
is = "no quorum"
[[rule.algebra.outcome]]
when = { cmp = [{ n = "support" }, ">", { n = "objection" }] }
is = "carried"
favourable = true

[[rule]]
name = "weighted"
organ = "council"
start = "2020"
[rule.algebra]
attributes = { weight = [] }
[[rule.algebra.outcome]]
when = { all = [
  { cmp = [{ n = "support" }, ">=", { mul = ["55/100", { n = "all" }] }] },
  { cmp = [{ w = ["weight", "support"] }, ">=", { mul = ["65/100", { w = ["weight", "all"] }] }] },
] }
is = "carried"
favourable = true
"""
CLUB = BODY + 'zone = "America/New_York"\n' + SOURCES + ALL_AGREE + RULES


def table(kind: str, **fields: object) -> str:
    """One entry of that kind as TOML, from the wire if nothing else is said."""
    fields = {"source": "wire", **fields}
    rows = (f"{key} = {_written(value)}" for key, value in fields.items())
    return "\n".join((f"[[{kind}]]", *rows, ""))


def _written(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_written(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'


def position(members: object, happened: str, stance: str = "support", **more: object) -> str:
    return table("position", members=members, happened=happened, stance=stance, **more)


def ask(told: str, on: str, rule: str = "all", known: str = "", **count: str) -> dict[str, Any]:
    """What is said of the plan on a day, as plain values."""
    roll = "".join(
        table("membership", member=each, happened="2020-01-01", known="2020-01-01")
        + table("party", name=each, title=each.title(), known="2020-01-01")
        for each in MEMBERS
    )
    plan = table("matter", name="plan", organ="council", rule=rule, known="2020-01-01")
    loaded = read_toml(CLUB + roll + plan + told, "club.toml")
    assert loaded.findings == ()
    state = at(loaded.entries, When.parse(on), When.parse(known) if known else None)
    counting = parse_conventions(count)
    return status(state, procedure, matter="plan", conventions=counting).to_json()


THREE = position(MEMBERS[:3], "2025-02-01")
SILENT = position("all", "2025-02-01", "objection", negated=True)


@pytest.mark.parametrize(
    ("on", "verdict"),
    [("2025-02-10", "met"), ("2025-02-12", "not met"), ("2025-02-24", "not met"),
     ("2025-02-25", "met")],
)  # fmt: skip
def test_support_taken_back_counts_again_once_it_is_given_again(on: str, verdict: str) -> None:
    moved = position("dot", "2025-02-12", "none", claim="changes")
    again = position("dot", "2025-02-25", claim="changes")
    assert ask(position(MEMBERS, "2025-02-01") + moved + again, on)["verdict"] == verdict


@pytest.mark.parametrize(
    ("on", "verdict"),
    [("2025-02-02", "met"), ("2025-02-03", "not met"), ("2025-02-10", "met"),
     ("2025-02-19", "met"), ("2025-02-20", "not met")],
)  # fmt: skip
def test_an_objection_withdrawn_and_raised_anew(on: str, verdict: str) -> None:
    first = table("objection", member="dot", happened="2025-02-03", end="withdrawn",
                  ended="2025-02-10")  # fmt: skip
    second = table("objection", member="dot", happened="2025-02-20")
    assert ask(SILENT + first + second, on, "silent")["verdict"] == verdict


@pytest.mark.parametrize(
    "waits",
    [{"condition": "a seat", "condition_met": "2025-02-15"},
     {"authority": "ad-referendum", "confirmed": "2025-02-15"}],
)  # fmt: skip
def test_what_waits_for_something_is_open_until_that_is_so(waits: dict[str, str]) -> None:
    record = THREE + position("dot", "2025-02-05", **waits)
    before, after = ask(record, "2025-02-14"), ask(record, "2025-02-15")
    assert (before["verdict"], before["support"]["open"]) == ("cannot tell", ["dot"])
    assert after["verdict"] == "met"


def test_a_condition_never_met_leaves_its_member_open() -> None:
    found = ask(THREE + position("dot", "2025-02-05", condition="a seat"), "2025-02-28")
    assert (found["verdict"], found["support"]["open"]) == ("cannot tell", ["dot"])


def test_who_joins_between_agreement_and_decision_leaves_it_unproved() -> None:
    joins = table("party", name="eve", title="Eve") + table(
        "membership", member="eve", happened="2025-02-15"
    )
    decided = table("decision", organ="council", happened="2025-02-20")
    record = position("all", "2025-02-05") + joins + decided
    assert ask(record, "2025-02-14")["verdict"] == "met"
    found = ask(record, "2025-02-21")
    assert (found["verdict"], found["stage"]["certain"]) == ("cannot tell", "decided")
    assert found["support"]["open"] == ["eve"]
    assert found["decision"]["carried"] == "not shown to be carried"


@pytest.mark.parametrize(
    ("on", "verdict"),
    [("2025-02-11", "not met"), ("2025-02-13", "met"), ("2025-02-21", "not met"),
     ("2025-02-26", "met")],
)  # fmt: skip
def test_an_objector_counts_while_it_is_a_member(on: str, verdict: str) -> None:
    steps = (
        ("suspension", "2025-02-12"),
        ("resumption", "2025-02-20"),
        ("withdrawal", "2025-02-25"),
    )
    moves = "".join(table("membership", member="dot", change=c, happened=d) for c, d in steps)
    record = THREE + position("dot", "2025-02-01", "objection") + moves
    assert ask(record, on)["verdict"] == verdict


@pytest.mark.parametrize(("cleo", "verdict"), [(25, "met"), (24, "not met")])
def test_a_weighted_majority_at_its_limit_and_one_below(cleo: int, verdict: str) -> None:
    weights = dict(zip(MEMBERS, (20, 20, cleo, 60 - cleo), strict=True))
    given = "".join(
        table("membership", member=m, change="attributes", attributes={"weight": w},
              happened="2025-01-05")
        for m, w in weights.items()
    )  # fmt: skip
    record = given + THREE + position("dot", "2025-02-01", "objection")
    assert ask(record, "2025-02-10", "weighted")["verdict"] == verdict


@pytest.mark.parametrize(
    ("bea", "cleo", "verdict"),
    [("none", "none", "not met"), ("support", "none", "not met"),
     ("abstention", "abstention", "met"), ("objection", "abstention", "not met")],
)  # fmt: skip
def test_abstentions_make_a_quorum_and_no_majority(bea: str, cleo: str, verdict: str) -> None:
    said = {"ada": "support", "bea": bea, "cleo": cleo, "dot": "none"}
    record = "".join(position(m, "2025-02-01", stance) for m, stance in said.items())
    assert ask(record, "2025-02-10", "majority")["verdict"] == verdict


@pytest.mark.parametrize(("rule", "verdict"), [("all", "not met"), ("silent", "met")])
def test_who_abstains_does_not_support_and_does_not_object(rule: str, verdict: str) -> None:
    record = THREE + position("dot", "2025-02-01", "abstention")
    assert ask(record, "2025-02-10", rule)["verdict"] == verdict


@pytest.mark.parametrize(
    ("raised", "carried"),
    [("2025-02-10T22:00+01:00", "not carried"), ("2025-02-11T00:00+01:00", "carried")],
)
def test_an_hour_before_and_after_a_deadline_in_another_zone(raised: str, carried: str) -> None:
    letter = table("objection", member="dot", happened=raised)
    decided = table("decision", organ="council", manner="silence",
                    happened="2025-02-10T17:00-05:00")  # fmt: skip
    record = SILENT + letter + decided
    found = ask(record, "2025-02-11", "silent")
    assert (found["verdict"], found["stage"]["certain"]) == ("not met", "decided")
    assert found["decision"]["carried"] == carried
    at_deadline = ask(record, "2025-02-10T17:00-05:00", "silent")["verdict"]
    assert at_deadline == ("met" if carried == "carried" else "not met")


def test_a_day_ends_in_the_zone_of_the_body() -> None:
    record = THREE + position("dot", "2025-02-11T03:00Z", claim="changes")
    verdicts = [ask(record, on)["verdict"] for on in ("2025-02-10", "2025-02-11T02:59Z")]
    assert verdicts == ["met", "not met"]


def test_what_a_later_report_tells_of_earlier_counts_from_when_it_is_known() -> None:
    later = position("dot", "2025-02-05", claim="changes", source="gazette")
    record = THREE + later
    assert ask(record, "2025-02-10", known="2025-03-31")["verdict"] == "cannot tell"
    assert ask(record, "2025-02-10", known="2025-04-01")["verdict"] == "met"


def test_a_contradicting_report_opens_what_was_settled_by_the_first() -> None:
    later = position("dot", "2025-02-01", "objection", source="gazette")
    record = position("all", "2025-02-01") + later
    assert ask(record, "2025-02-10", known="2025-03-31")["verdict"] == "met"
    found = ask(record, "2025-02-10", known="2025-04-01")
    assert (found["verdict"], found["support"]["open"]) == ("cannot tell", ["dot"])


def test_intent_counts_only_where_it_is_asked_for() -> None:
    record = THREE + position("dot", "2025-02-05", modality="planned")
    assert ask(record, "2025-02-10")["verdict"] == "cannot tell"
    assert ask(record, "2025-02-10", intent="yes")["verdict"] == "met"


def test_silence_in_a_complete_record_is_no_support() -> None:
    record = position(MEMBERS[:3], "2025-02-01", claim="changes")
    assert ask(record, "2025-02-10", record="reported")["verdict"] == "cannot tell"
    assert ask(record, "2025-02-10", record="complete")["verdict"] == "not met"


def test_a_planned_departure_and_a_planned_decision_change_nothing() -> None:
    plans = table("membership", member="dot", change="withdrawal", modality="planned",
                  happened="2025-02-05")  # fmt: skip
    plans += table("decision", organ="council", modality="planned", happened="2025-02-05")
    found = ask(THREE + plans, "2025-02-10")
    assert (found["verdict"], found["decision"]) == ("cannot tell", None)
    assert found["support"]["open"] == ["dot"]


@pytest.mark.parametrize(
    ("on", "verdict"), [("2025-02-05", "cannot tell"), ("2025-02-08", "met"), ("2025-02-12", "met")]
)
@pytest.mark.parametrize(
    "waits",
    [
        {"condition": "a seat", "condition_met": "2025-02-03"},
        {"condition": "a seat", "condition_met": "2025-02-08"},
        {"authority": "ad-referendum", "confirmed": "2025-02-03"},
    ],
)
def test_a_stance_counts_from_when_it_was_taken_if_nothing_is_waited_for(
    waits: dict[str, str], on: str, verdict: str
) -> None:
    assert ask(THREE + position("dot", "2025-02-08", **waits), on)["verdict"] == verdict


def test_a_condition_met_brings_nobody_back_who_has_objected_since() -> None:
    waiting = position("dot", "2025-02-02", condition="a seat", condition_met="2025-02-05")
    objects = position("dot", "2025-02-04", "objection", claim="changes")
    assert ask(THREE + waiting, "2025-02-06")["verdict"] == "met"
    assert ask(THREE + waiting + objects, "2025-02-06")["verdict"] == "not met"


@pytest.mark.parametrize("word", ["veto", "objeciton", "oppose"])
def test_a_word_that_is_no_stance_of_the_rule_does_not_count_as_neutral(word: str) -> None:
    against = position("dot", "2025-02-04", word, claim="changes")
    assert ask(SILENT + against, "2025-02-06", "silent")["verdict"] == "cannot tell"


def test_all_except_somebody_unknown_is_said_of_nobody_for_certain() -> None:
    assert ask(position("all", "2025-02-01"), "2025-02-06")["verdict"] == "met"
    told = position("all", "2025-02-01", excepted=["dott"])
    assert ask(told, "2025-02-06")["verdict"] == "cannot tell"
