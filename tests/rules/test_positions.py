"""The words that a rule may use for positions, and what a wrong one is told."""

from typing import Any

import pytest

from nemcon.analysis.lint import lint
from nemcon.rules.algebra import Stances
from nemcon.rules.place import Place, RuleError
from nemcon.rules.procedure import read_procedure
from nemcon.rules.read import read_members


def asking(word: str, **more: Any) -> dict[str, Any]:
    when = {"cmp": [{"n": word}, ">=", 3]}
    return {"id": "x", "outcome": [{"when": when, "is": "agreed", "favourable": True}], **more}


def told(data: dict[str, Any]) -> str:
    with pytest.raises(RuleError) as error:
        read_procedure(data)
    return str(error.value).removeprefix("rule 'x', outcome 1, when, cmp, left, n: ")


@pytest.mark.parametrize(
    "word",
    [
        *("support", "no objection", "objection", "reserve", "abstention", "recusal"),
        *("yes", "no", "abstain", "silent", "none", "absent", "invalid", "all"),
    ],
)
def test_a_rule_that_lists_no_positions_knows_the_usual_stances_and_inputs(word: str):
    assert read_procedure(asking(word)).ladder


def test_another_word_is_an_error():
    assert told(asking("suport")) == "unknown position 'suport'; did you mean 'support'?"
    assert told(asking("qqq")) == (
        "unknown position 'qqq'; list the positions of the rule in 'positions', or write one of "
        "support, no-objection, objection, reserve, abstention, recusal, yes, no or abstain"
    )


@pytest.mark.parametrize(
    ("word", "positions", "meant"),
    [
        ("support", ["yes", "no"], "yes"),
        ("objection", ["yes", "no"], "no"),
        ("against", ["yes", "concern"], "concern"),
        ("abstention", ["yes", "no", "abstain"], "abstain"),
        ("yess", ["yes", "no"], "yes"),
    ],
)
def test_the_word_of_the_rule_for_the_same_is_named(word: str, positions: list[str], meant: str):
    expected = f"unknown position '{word}'; did you mean '{meant}'?"
    assert told(asking(word, positions=positions)) == expected


def test_sets_of_members_by_themselves_may_use_any_word():
    assert read_members("whatever", Place("x")) == Stances(frozenset({"whatever"}))


def test_a_rule_without_an_outcome_in_favour():
    rule = read_procedure({"id": "x", "outcome": [{"is": "agreed"}]})
    (found,) = [one for one in lint(rule) if one.severity == "error"]
    assert found.code == "never-met"
    assert found.message == (
        "no outcome says 'favourable = true', so the rule can never be met; write it beside the "
        "outcome that is in favour"
    )
