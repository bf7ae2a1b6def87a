"""What the checks find by a rule of the library stands beside the answer as well."""

import json
from pathlib import Path

from tests.cli.conftest import Nemcon
from tests.cli.test_words import MEMBERS, says

HEAD = """
[body]
name = "coop"
title = "Coop"

[matter]
name = "bylaws"
title = "Bylaws"
rule = "nato-consensus"
known = "2024-05-01"
"""
DECISION = """
[[decision]]
happened = "2024-05-03"
known = "2024-05-03"
"""


def codes(desk: Path, nemcon: Nemcon, *entries: str) -> list[str]:
    (desk / "c.toml").write_text(HEAD + MEMBERS + "".join(entries))
    view = json.loads(nemcon("status", "c.toml", "--json").out)
    return [finding["code"] for finding in view["findings"]]


def test_a_stance_that_the_rule_does_not_know(desk: Path, nemcon: Nemcon) -> None:
    told = codes(desk, nemcon, says("abcdefg", "support"), says("h", "veto"))
    assert "unknown-stance" in told


def test_a_decision_that_the_rule_does_not_carry(desk: Path, nemcon: Nemcon) -> None:
    told = codes(desk, nemcon, says("abcdefg", "support"), says("h", "objection"), DECISION)
    assert "decision-not-carried" in told


def test_a_decision_that_is_not_shown_to_be_carried(desk: Path, nemcon: Nemcon) -> None:
    told = codes(desk, nemcon, says("abcdefg", "support"), DECISION)
    assert "decision-not-shown-to-be-carried" in told


def test_nothing_is_found_where_all_is_well(desk: Path, nemcon: Nemcon) -> None:
    assert codes(desk, nemcon, says("abcdefgh", "support"), DECISION) == []
