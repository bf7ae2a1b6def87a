"""Chains of decisions: what follows what, what is still open, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from nemcon.access.packs import procedure
from nemcon.library import procedure_ids
from nemcon.rules.answer import RuleAnswer
from nemcon.rules.place import RuleError
from nemcon.rules.polled import Asked
from nemcon.rules.procedure import read_procedure
from nemcon.rules.weigh import weigh

YES = {"ballots": [{"pos": "yes", "count": 10}]}
NO = {"ballots": [{"pos": "no", "count": 10}]}
SIMPLE: dict[str, Any] = {
    "id": "simple",
    "positions": ["yes", "no"],
    "outcome": [
        {
            "when": {"cmp": [{"n": "yes"}, ">", {"n": "no"}]},
            "is": "adopted",
            "favourable": True,
        },
        {"is": "rejected"},
    ],
}
AGAIN: dict[str, Any] = {
    "id": "again",
    "chain": [
        {
            "step": "first",
            "rule": "simple",
            "on": {"adopted": "chair", "rejected": "first"},
        },
        {"step": "chair", "attest": "agreed", "on": {"true": "end: done", "false": "end: off"}},
    ],
}


def found(chain: Mapping[str, Any], steps: Mapping[str, Any]) -> RuleAnswer:
    simple = read_procedure(SIMPLE)
    find = {"simple": simple}.get
    return weigh(read_procedure(chain), {"steps": steps}, Asked(find=find))


def test_every_chain_of_the_library_ends_as_its_cases_did() -> None:
    chains = [one for each in procedure_ids() if (one := procedure(each)) and one.chain]
    assert {"un-sg-selection", "un-ga-important-question", "wto-director-general"} <= {
        one.id for one in chains
    }
    for one in chains:
        assert any(case.near_miss for case in one.cases) or len(one.cases) == 1
        for case in one.cases:
            answer = weigh(one, case.ballots, Asked(find=procedure))
            assert answer.outcome == case.expected, (one.id, case.title)
            assert not answer.findings


def test_the_question_before_the_question_selects_the_rule() -> None:
    """A majority, not two thirds: lost where the question is important, carried where it is not."""
    rule = procedure("un-ga-important-question")
    assert rule is not None
    votes = {"ballots": [{"pos": "yes", "count": 51}, {"pos": "no", "count": 49}]}
    for priority, outcome in ((YES, "rejected"), (NO, "adopted")):
        answer = weigh(
            rule, {"steps": {"priority": priority, "substance": votes}}, Asked(find=procedure)
        )
        assert answer.outcome == outcome


def test_a_step_without_ballots_leaves_every_end_open() -> None:
    answer = found(AGAIN, {"first": YES})
    assert answer.outcome is None
    assert set(answer.possible) == {"done", "off"}
    assert answer.verdict == "cannot tell"
    assert answer.more["next"] == ["chair"]
    assert answer.notes == ("the next step is 'chair'",)


def test_going_back_asks_the_step_again() -> None:
    once = found(AGAIN, {"first": NO, "chair": True})
    assert once.outcome is None
    assert once.more["next"] == ["first"]
    twice = found(AGAIN, {"first": [NO, YES], "chair": {"attestations": {"agreed": True}}})
    assert twice.outcome == "done"
    assert twice.verdict == "not met"  # a finding ends it; no vote carried the end itself


def test_an_open_vote_follows_both_ways() -> None:
    chain = {
        "id": "two",
        "chain": [
            {"step": "a", "rule": "simple", "on": {"adopted": "end: yes", "rejected": "b"}},
            {"step": "b", "rule": "simple", "on": {"adopted": "end: later", "rejected": "end: no"}},
        ],
    }
    both = {"ballots": [{"pos": "yes", "count": 1}, {"pos": "no", "count": 1}], "closed": False}
    assert found(chain, {"a": both, "b": YES}).outcome == "later"
    open_vote = {"ballots": [{"pos": "yes", "voters": ["x"]}]}
    answer = found(chain, {"a": open_vote, "b": YES})
    assert set(answer.possible) >= {"yes"}


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ({"frist": YES}, "unknown-step"),
        ([YES], "ballots-unreadable"),
        ({"first": {"ballots": [{"pos": "perhaps", "count": 1}]}}, "unknown-position"),
    ],
)
def test_what_is_wrong_with_the_ballots_is_told(steps: Any, code: str) -> None:
    answer = found(AGAIN, steps)
    assert answer.outcome is None
    assert code in {finding.code for finding in answer.findings}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"on": {"adopted": "chiar"}}, "did you mean 'chair'"),
        ({"rule": "", "attest": ""}, "either a 'rule' or a finding"),
        ({"on": "chair"}, "is no table"),
        ({"step": ""}, "a name for the step"),
    ],
)
def test_a_chain_that_cannot_be_read_names_its_place(
    change: Mapping[str, Any], message: str
) -> None:
    first = {**AGAIN["chain"][0], **change}
    answer = found({"id": "again", "chain": [first, AGAIN["chain"][1]]}, {"first": YES})
    assert answer.outcome is None
    (finding,) = answer.findings
    assert message in finding.message
    assert "chain 1" in finding.message


def test_a_rule_that_is_not_in_the_library_is_named() -> None:
    chain = {"id": "x", "chain": [{"step": "a", "rule": "none-such", "on": {"adopted": "end: x"}}]}
    (finding,) = found(chain, {"a": YES}).findings
    assert "'none-such' is not in the library" in finding.message


def test_the_error_of_reading_is_one_of_rules() -> None:
    from nemcon.rules.chain import read_chain
    from nemcon.rules.place import Place

    with pytest.raises(RuleError, match="two steps have the same name"):
        read_chain([AGAIN["chain"][1], AGAIN["chain"][1]], Place("x"))
