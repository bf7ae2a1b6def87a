"""The linter: what is odd about a rule, with a ballot that shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from nemcon.access.packs import procedure
from nemcon.analysis.lint import lint
from nemcon.cli.app import run
from nemcon.library import procedure_ids
from nemcon.rules.polled import Asked
from nemcon.rules.procedure import read_procedure
from nemcon.rules.weigh import weigh

MORE = {"cmp": [{"n": "yes"}, ">", {"n": "no"}]}
POSITIONS = ["yes", "no", "abstain"]


def found(*lines: Mapping[str, Any], **more: Any) -> dict[str, str]:
    rule = read_procedure({"id": "x", "positions": POSITIONS, "outcome": list(lines), **more})
    return {finding.code: finding.message for finding in lint(rule)}


def adopted(when: Any) -> dict[str, Any]:
    return {"when": when, "is": "adopted", "favourable": True}


REJECTED = {"is": "rejected"}


def test_the_appeal_of_the_w3c_is_not_monotone_and_the_witness_is_true() -> None:
    """An additional ballot against can turn a loss into a win: it lifts the participation."""
    rule = procedure("w3c-ac-appeal")
    assert rule is not None
    (message,) = [one.message for one in lint(rule) if one.code == "not-monotone"]
    told = re.search(
        r"with (.*) the outcome is '(.*)'; with one (\w+) in the place of one (\w+)", message
    )
    assert told, message
    counts = {name: int(n) for n, name in re.findall(r"(\d+) (\w+)", told[1])}
    assert told[2] == "fails"
    assert told[3] == "reject"

    def outcome(numbers: Mapping[str, int]) -> Any:
        groups = [{"pos": name, "count": number} for name, number in numbers.items()]
        return weigh(rule, {"ballots": groups}, Asked()).outcome

    assert outcome(counts) == "fails"
    moved = {**counts, told[4]: counts[told[4]] - 1, told[3]: counts.get(told[3], 0) + 1}
    assert outcome(moved) == "passes"


def test_the_two_ballots_of_the_catalogue_show_it_too() -> None:
    """400 members: 44 for and 16 against fails, 44 for and 17 against passes."""
    rule = procedure("w3c-ac-appeal")
    assert rule is not None
    for against, outcome in ((16, "fails"), (17, "passes")):
        silent = 400 - 44 - against
        groups = [
            {"pos": "approve", "count": 44},
            {"pos": "reject", "count": against},
            {"pos": "silent", "count": silent},
        ]
        assert weigh(rule, {"ballots": groups}).outcome == outcome


def test_a_ladder_without_a_last_line_is_not_total() -> None:
    message = found(adopted(MORE))["not-total"]
    assert "no line applies to 1 abstain" in message


def test_a_line_that_no_ballot_reaches_is_named() -> None:
    never = {"cmp": [{"n": "yes"}, "<", 0]}
    message = found({"when": never, "is": "odd"}, adopted(MORE), REJECTED)["unreachable-line"]
    assert "outcome 1, 'odd'" in message


def test_lines_below_one_that_always_applies_are_never_reached() -> None:
    assert "outcome 1 always applies" in found(REJECTED, adopted(MORE))["unreachable-line"]


def test_a_plain_majority_is_neither() -> None:
    codes = set(found(adopted(MORE), REJECTED))
    assert not codes & {"not-total", "not-monotone", "unreachable-line"}


def test_a_quorum_of_those_present_can_be_made_up_by_votes_against() -> None:
    present = {"n": {"pos": ["yes", "no"]}}
    quorum = {"cmp": [present, "<", {"mul": ["1/2", {"n": "all"}]}]}
    message = found({"when": quorum, "is": "no quorum"}, adopted(MORE), REJECTED)["not-monotone"]
    assert "'no quorum'" in message


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("us-speaker", "endless-rounds"),
        ("un-ga-election", "endless-rounds"),
        ("conclave", "endless-rounds"),
        ("au-commission-chair", "undetermined-tie"),
        ("us-electoral-college", "undetermined-tie"),
        ("un-sc-1966", "from-memory"),
        ("us-house-contingent", "not-looked-through"),
    ],
)
def test_what_the_library_holds_is_told(rule: str, code: str) -> None:
    one = procedure(rule)
    assert one is not None
    assert code in {finding.code for finding in lint(one)}


@pytest.mark.parametrize("rule", ["fifa-host-2010", "ioc-host-2013", "eu-agency-seat-2017"])
def test_eliminations_come_to_an_end(rule: str) -> None:
    one = procedure(rule)
    assert one is not None
    assert "endless-rounds" not in {finding.code for finding in lint(one)}


@pytest.mark.parametrize("ident", procedure_ids())
def test_no_rule_of_the_library_lacks_a_line(ident: str) -> None:
    one = procedure(ident)
    assert one is not None
    codes = {finding.code for finding in lint(one)}
    assert not codes & {"not-total", "no-clause"}


def test_the_command_prints_findings_and_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "lint", "w3c-ac-appeal", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["rule"] == "w3c-ac-appeal"
    assert "not-monotone" in {finding["code"] for finding in printed["findings"]}
