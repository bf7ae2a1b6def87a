"""The library of procedures: every file is complete, and every case of a ladder or chain comes out.

Cases of rounds and choices are tried in `tests/rules`.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from nemcon import library
from nemcon.access.packs import pack
from nemcon.entries import Body
from nemcon.rules.parts import Case
from nemcon.rules.polled import Asked
from nemcon.rules.procedure import Procedure
from nemcon.rules.weigh import weigh
from tools import write_procedures

IDS = library.procedure_ids()
RULES = {name: write_procedures.read(name) for name in IDS}
CASES = [(rule, case) for rule in RULES.values() for case in rule.cases]

# Others rely on these names.
PROMISED = (
    *("nato-consensus", "nato-secretary-general", "nato-silence", "osce-consensus"),
    *("wto-consensus", "un-sc-1946", "un-sc-1966", "un-sg-straw-poll", "un-ga-simple"),
    *("un-ga-two-thirds", "eu-qmv", "eu-qmv-reinforced", "eu-unanimity", "eu-examination"),
    *("iesg-ballot", "iesg-override", "w3c-ac-appeal", "iso-dis", "apache-release"),
    *("ca-b-forum", "de-bundesrat", "ch-double-majority", "governor-for-only"),
    *("governor-for-abstain", "php-rfc", "node-ctc", "wto-negative-consensus"),
    *("us-house-contingent", "imf-board-majority", "imf-board-70", "imf-board-85"),
    *("eec-1958", "eu-qmv-without-blocking-clause"),
)


def test_the_promised_rules_are_there():
    assert [name for name in PROMISED if name not in IDS] == []


def title(value: Procedure | Case) -> str:
    return value.id if isinstance(value, Procedure) else value.title


def favourable(rule: Procedure, outcome: Any) -> bool:
    """Whether an outcome of the rule is what was asked for."""
    if rule.ladder:
        if isinstance(outcome, list):
            return bool(outcome)
        return next(line.favourable for line in rule.ladder if line.outcome == outcome)
    return bool(outcome)


# What every file holds


@pytest.mark.parametrize("name", IDS)
def test_the_id_is_that_of_the_file_and_no_other_rule_goes_by_it(name):
    assert RULES[name].id == name
    others = {each for rule in RULES.values() for each in rule.aka}
    assert name not in others


@pytest.mark.parametrize("name", IDS)
def test_every_clause_and_case_is_cited(name):
    rule = RULES[name]
    assert rule.clauses
    told = [(row.cite, row.confidence) for row in rule.clauses]
    told += [(row.cite, row.confidence) for row in rule.cases]
    for cite, confidence in told:
        assert cite
        assert confidence in ("seen", "memory")


@pytest.mark.parametrize("name", IDS)
def test_a_rule_does_not_rest_on_memory_alone(name):
    assert any(clause.confidence == "seen" for clause in RULES[name].clauses)


@pytest.mark.parametrize("name", [name for name in IDS if RULES[name].ladder])
def test_there_are_cases_on_both_sides_and_a_near_miss(name):
    rule = RULES[name]
    sides = {favourable(rule, case.expected) for case in rule.cases}
    assert sides == {True, False} or (rule.kind == "selection" and True in sides)
    assert any(case.near_miss for case in rule.cases)


@pytest.mark.parametrize("name", IDS)
def test_the_file_begins_by_saying_what_it_is(name):
    assert re.match(r"# \S", library.procedure_text(name))


@pytest.mark.parametrize("name", IDS)
def test_the_body_of_the_roll_is_a_pack_or_told_with_the_ballots(name):
    named = RULES[name].roll.pack
    if named and named in library.packs():
        assert any(isinstance(entry, Body) and entry.name == named for entry in pack(named).entries)


@pytest.mark.parametrize("name", IDS)
def test_every_rule_that_a_rule_names_is_there(name):
    rule = RULES[name]
    named = [line.then for line in rule.ladder if line.then]
    for step in rule.chain:
        named += [step["rule"]] if "rule" in step else []
        named += step["on"].values() if step.get("select") else []
    assert [each for each in named if each not in IDS] == []


# Every case comes out


@pytest.mark.parametrize(("rule", "case"), [c for c in CASES if c[0].ladder], ids=title)
def test_the_case_comes_out(rule: Procedure, case: Case):
    answer = weigh(rule, case.ballots, Asked(on=case.date or None))
    assert answer.findings == ()
    assert answer.outcome == case.expected
    assert answer.favourable is favourable(rule, case.expected)


# Chains


@pytest.mark.parametrize(("rule", "case"), [c for c in CASES if c[0].chain], ids=title)
def test_the_chain_leads_where_it_did(rule: Procedure, case: Case):
    answer = weigh(rule, case.ballots, Asked(on=case.date or None, find=RULES.get))
    assert answer.findings == ()
    assert answer.outcome == case.expected
    assert {step["step"] for step in answer.more["steps"]} == set(case.ballots["steps"])


@pytest.mark.parametrize("name", [name for name in IDS if RULES[name].chain])
def test_every_outcome_of_a_step_leads_somewhere(name):
    rule = RULES[name]
    steps = {step["step"] for step in rule.chain}
    for step in rule.chain:
        to = step["on"].values()
        if not step.get("select"):
            assert [each for each in to if each not in steps and not each.startswith("end: ")] == []
        if "rule" in step:
            assert set(step["on"]) == {line.outcome for line in RULES[step["rule"]].ladder}
        elif "attest" in step:
            assert set(step["on"]) == {"true", "false"}
            assert step["attest"] in {each["finding"] for each in rule.attest}


# A few that are easily got wrong


def outcome(name: str, ballots: list[dict[str, Any]], **params: Any) -> Any:
    answer = weigh(RULES[name], ballots, Asked(params=params, closed=True))
    assert answer.findings == ()
    return answer.outcome


@pytest.mark.parametrize(
    ("against", "expected"), [(11, "adopted"), (12, "adopted"), (13, "not adopted")]
)
def test_a_tie_is_no_majority_of_the_members(against, expected):
    ballots = [{"pos": "yes", "count": 25 - against}, {"pos": "abstain", "count": against}]
    assert outcome("eu-simple-majority", ballots) == expected


@pytest.mark.parametrize("pos", ["abstain", "absent", "silent", "not participating"])
def test_a_permanent_member_that_does_not_vote_vetoes_nothing(pos):
    ballots = [
        {"pos": "yes", "permanent": True, "count": 4},
        {"pos": "yes", "permanent": False, "count": 5},
        {"pos": "no", "permanent": False, "count": 5},
        {"pos": pos, "permanent": True, "count": 1},
    ]
    assert outcome("un-sc-1966", ballots) == "adopted"


@pytest.mark.parametrize("pos", ["abstain", "absent", "silent", "recused", "invalid"])
def test_who_takes_no_side_is_not_in_favour_in_the_council_of_the_union(pos):
    ballots = [
        {"pos": "yes", "pop": 1, "count": 14},
        {"pos": "yes", "pop": 500, "count": 1},
        {"pos": pos, "pop": 1, "count": 12},
    ]
    assert outcome("eu-qmv", ballots) == "adopted"
    ballots[0]["count"], ballots[2]["count"] = 13, 13
    assert outcome("eu-qmv", ballots) == "not adopted"


def test_a_weight_that_is_not_told_is_one():
    ballots = [{"pos": "for", "count": 39}, {"pos": "for", "votes": 2, "count": 1}]
    assert outcome("governor-for-only", ballots, quorum=41) == "succeeded"
    assert outcome("governor-for-only", ballots, quorum=42) == "defeated"


def test_two_states_that_take_no_part_change_who_can_block():
    # Two of the seventeen that take part hold more than 35 % of their people: three block.
    ballots = [
        {"pos": "yes", "pop": 4, "count": 15},
        {"pos": "no", "pop": 20, "count": 2},
        {"pos": "not participating", "pop": 9, "count": 10},
    ]
    assert outcome("eu-qmv", ballots) == "adopted"
    ballots[0]["count"] = 14
    assert outcome("eu-qmv", [*ballots, {"pos": "abstain", "pop": 4, "count": 1}]) == "not adopted"


# The table


def test_the_page_of_procedures_is_that_of_the_files():
    told = "run `./run python -m tools.write_procedures` and commit what it wrote"
    text = write_procedures.PAGE.read_text("utf-8")
    assert write_procedures.page(text) == text, told
