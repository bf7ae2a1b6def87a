"""Objections: who still objects on a date, and which objections count at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from nemcon.access.packs import procedure
from nemcon.library import procedure_ids
from nemcon.rules.answer import RuleAnswer
from nemcon.rules.objections import read_objections
from nemcon.rules.place import Place, RuleError
from nemcon.rules.polled import Asked
from nemcon.rules.weigh import weigh


def found(rule: str, ledger: Any, on: str | None = None, **more: Any) -> RuleAnswer:
    one = procedure(rule)
    assert one is not None
    groups = more.pop("ballots", [{"pos": "support", "count": 27}])
    return weigh(one, {"ballots": groups, "objections": ledger, **more}, Asked(on=on))


TURKIYE = {
    "by": "turkiye",
    "raised": "2009-04-03",
    "then": [{"what": "withdrawn", "on": "2009-04-04"}],
}


@pytest.mark.parametrize(
    ("on", "outcome"),
    [("2009-04-02", "adopted"), ("2009-04-03", "blocked"), ("2009-04-04", "adopted")],
)
def test_an_objection_counts_from_when_it_is_raised_until_it_is_withdrawn(
    on: str, outcome: str
) -> None:
    """NATO's Secretary General in 2009: Türkiye objected on 3 April, and no longer on 4 April."""
    answer = found("nato-consensus", [TURKIYE], on)
    assert answer.outcome == outcome
    told = answer.more["objections"]
    assert [one["open"] for one in told] == ([] if on < "2009-04-03" else [outcome == "blocked"])


def test_who_objects_stands_in_no_other_group() -> None:
    groups = [{"pos": "support", "count": 2, "voters": ["turkiye", "france"]}]
    answer = found("nato-consensus", [{"by": "turkiye"}], ballots=groups)
    assert answer.outcome == "blocked"
    assert answer.roll["size"] == 2


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("raised", "issues not addressed"),
        ("sustained", "issues not addressed"),
        ("addressed", "rough consensus"),
        ("overruled", "rough consensus"),
    ],
)
def test_rough_consensus_asks_that_issues_are_addressed(status: str, outcome: str) -> None:
    """RFC 7282: all issues addressed, not all accommodated; the chair finds it, no count does."""
    ledger = [{"by": "a", "reason": "it does not scale", "status": status}]
    groups = [{"pos": "support", "count": 5}]
    answer = found(
        "ietf-rough-consensus",
        ledger,
        ballots=groups,
        attestations={"rough consensus": True},
    )
    assert answer.outcome == outcome


def test_a_veto_without_a_reason_does_not_count() -> None:
    rule = procedure("apache-code")
    assert rule is not None
    assert rule.objections is not None
    assert read_objections(rule.objections, Place("x")).needs == "reason"
    groups = [{"pos": "1", "count": 3, "binding": True}]
    answer = found("apache-code", [{"by": "a"}], ballots=groups)
    assert "objection-without-reason" in {finding.code for finding in answer.findings}
    assert answer.more["objections"][0]["open"] is False


@pytest.mark.parametrize(
    ("ledger", "message"),
    [
        ("turkiye", "are a list"),
        ([{"raised": "2009-04-03"}], "name who objects"),
        ([{"by": "a", "status": "withdrew"}], "did you mean 'withdrawn'"),
        ([{"by": "a", "raised": "2009-13-03"}], "2009-13-03"),
        ([{"by": "a", "raised_on": "2009"}], "did you mean 'raised'"),
        ([{"by": "a", "then": ["withdrawn"]}], "a step of 'then'"),
    ],
)
def test_a_ledger_that_cannot_be_read_leaves_the_outcome_open(ledger: Any, message: str) -> None:
    answer = found("nato-consensus", ledger, "2009-04-04")
    assert answer.outcome is None
    assert message in " ".join(finding.message for finding in answer.findings)


@pytest.mark.parametrize(
    "data",
    [{"open": ["raisd"]}, {"open": ["raised"], "closed": ["raised"]}, {"open": "raised"}],
)
def test_objections_that_cannot_be_read_name_their_place(data: Mapping[str, Any]) -> None:
    with pytest.raises(RuleError, match="rule 'x', objections"):
        read_objections(data, Place("x", ("objections",)))


def test_all_objections_of_the_library_can_be_read() -> None:
    rules = [one for each in procedure_ids() if (one := procedure(each)) and one.objections]
    assert len(rules) >= 3
    for one in rules:
        read_objections(one.objections, Place(one.id))
