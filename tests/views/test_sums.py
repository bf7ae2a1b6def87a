"""The sums of a rule that weighs members or asks for a share, against what it asks for."""

from collections.abc import Mapping
from typing import Any

from nemcon.entries import AnyEntry, Completeness, Membership
from nemcon.rules.procedure import read_procedure
from nemcon.state import at
from nemcon.views.status import status
from tests.worlds.build import ALL_SUPPORT, back, day, motion, when

ASSESSMENT: Mapping[str, Any] = {
    "id": "assessment",
    "title": "Assessment",
    "positions": ["yes", "no"],
    "attributes": {"lots": {"default": 1}},
    "outcome": [
        {
            "when": {
                "cmp": [
                    {"w": ["lots", {"pos": ["yes", "no"]}]},
                    "<",
                    {"mul": ["0.6", {"w": ["lots", "all"]}]},
                ]
            },
            "is": "no quorum",
        },
        {
            "when": {
                "cmp": [
                    {"w": ["lots", "yes"]},
                    ">=",
                    {"mul": ["2/3", {"w": ["lots", {"pos": ["yes", "no"]}]}]},
                ]
            },
            "is": "adopted",
            "favourable": True,
        },
        {"is": "rejected"},
    ],
}


def of_the_rule(*entries: AnyEntry, data: Mapping[str, Any] = ASSESSMENT) -> list[str]:
    """What `why` says below the rule."""
    big = Membership(member="m0", happened=when("2020"), attributes={"lots": 3})
    small = [Membership(member=f"m{n}", happened=when("2020")) for n in range(1, 7)]
    state = at([big, *small, *entries], day(9), None)
    view = status(state, lambda _: None, rule=read_procedure(data))
    (found,) = [reason for reason in view.reasons if reason.text.startswith("the rule")]
    return [each.text for each in found.below]


WHOLE = motion(completeness=(Completeness(what="position"),))
QUORUM = (
    "“no quorum”: the sum of lots over members with yes or no is less than 60 % of the sum of lots "
    "over all members: "
)
ADOPTED = (
    "“adopted”: the sum of lots over members with yes is at least 2/3 of the sum of lots over "
    "members with yes or no: "
)


def test_both_sides_of_each_comparison_exactly():
    told = of_the_rule(WHOLE, back(["m0", "m1"], 2), back(["m2", "m3"], 2, stance="no"))
    assert told[1:] == [
        "lots: 4 of 9 support",
        f"{QUORUM}6 < 27/5, which does not hold",
        f"{ADOPTED}4 ≥ 4, which holds",
    ]


def test_down_to_the_line_that_decides():
    told = of_the_rule(WHOLE, back(["m0", "m1"], 2))
    assert told[1:] == ["lots: 4 of 9 support", f"{QUORUM}4 < 27/5, which holds"]


def test_what_is_open_is_a_range():
    told = of_the_rule(motion(), back(["m0", "m1"], 2), back(["m2", "m3"], 2, stance="no"))
    assert told[2:] == [
        f"{QUORUM}from 6 to 9 < 27/5, which does not hold",
        f"{ADOPTED}from 4 to 7 ≥ from 4 to 6, which is open",
    ]


def test_nothing_of_a_rule_that_needs_everybody():
    assert of_the_rule(motion(), back(["m0"], 2), data=ALL_SUPPORT) == []
