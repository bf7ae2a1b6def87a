"""A rule of the wrong shape is told as such, whatever stands where something else belongs."""

from typing import Any

import pytest

from nemcon.rules.procedure import RuleError, read_procedure

LINE = {"when": {"none": "objection"}, "is": "adopted"}


@pytest.mark.parametrize(
    "data",
    [
        {"id": "r", "outcome": [1]},
        {"id": "r", "outcome": [LINE], "normalise": 3},
        {"id": "r", "outcome": [LINE], "clause": [1]},
        {"id": "r", "outcome": [LINE], "shows": [{}]},
        {"id": "r", "outcome": [{"when": {"all": 3}, "is": "adopted"}]},
    ],
)
def test_a_malformed_rule_is_named(data: dict[str, Any]) -> None:
    with pytest.raises(RuleError, match="rule 'r'"):
        read_procedure(data)
