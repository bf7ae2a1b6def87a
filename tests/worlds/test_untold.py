"""What nobody is told to have is unknown, and a roll of another size than the rule is for."""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from nemcon import library
from nemcon.entries import AnyEntry, Membership
from nemcon.worlds.verdict import Answer
from tests.worlds.build import ask, back, motion, when


def of_library(ident: str) -> Mapping[str, Any]:
    return tomllib.loads(library.procedure_text(ident))


def members(count: int, **told: Mapping[str, Any]) -> list[AnyEntry]:
    """Members m0, m1, …, with the attributes told of some."""
    return [
        Membership(member=f"m{n}", happened=when("2000"), attributes=told.get(f"m{n}", {}))
        for n in range(count)
    ]


def names(numbers: Iterable[int]) -> list[str]:
    return [f"m{n}" for n in numbers]


def decided(ident: str, count: int, against: int, **told: Mapping[str, Any]) -> Answer:
    """The answer where all but the last members support it, and the last do not."""
    first = count - against
    entries: list[AnyEntry] = [motion(), *members(count, **told), back(names(range(first)), 2)]
    if against:
        entries.append(back(names(range(first, count)), 2, stance="objection"))
    return ask(entries, 3, of_library(ident))


def codes(found: Answer) -> list[str]:
    return [finding.code for finding in found.findings]


FIVE: Mapping[str, Mapping[str, Any]] = {f"m{n}": {"permanent": True} for n in range(5)}


@pytest.mark.parametrize("ident", ["un-sc-1966", "un-sc-1946"])
def test_a_veto_of_members_of_whom_nobody_is_told_to_be_permanent(ident: str):
    size = of_library(ident)["roll"]["size"]
    found = decided(ident, size, 4)
    assert (found.verdict, codes(found)) == ("cannot tell", ["untold-attribute"])


def test_what_is_told_of_some_the_others_do_not_have():
    found = decided("un-sc-1966", 15, 4, **FIVE)
    assert (found.verdict, codes(found)) == ("met", [])
    assert decided("un-sc-1966", 15, 11, **FIVE).verdict == "not met"


def test_no_member_has_what_is_told_to_be_false():
    told = {"m0": {"permanent": False}}
    assert decided("un-sc-1966", 15, 4, **told).verdict == "met"


def test_an_attribute_that_changes_nothing_leaves_the_answer_as_it_is():
    assert (decided("un-sc-1966", 15, 0).verdict, codes(decided("un-sc-1966", 15, 0))) == (
        "met",
        [],
    )
    assert decided("un-sc-1966", 15, 7).verdict == "not met"


CHAIR: Mapping[str, Any] = {
    "id": "chair",
    "positions": ["yes", "no"],
    "roll": {"size": 3, "classes": {"chair": {"true": 1}}},
    "outcome": [
        {
            "when": {"some": {"and": ["yes", {"attr": ["chair", True]}]}},
            "is": "adopted",
            "favourable": True,
        }
    ],
}


@pytest.mark.parametrize(("yes", "verdict"), [(3, "met"), (2, "cannot tell"), (0, "not met")])
def test_the_seats_of_the_rule_say_how_many_have_it(yes: int, verdict: str):
    entries = [motion(), *members(3), back(names(range(yes)), 2)]
    entries.append(back(names(range(yes, 3)), 2, stance="no"))
    assert ask(entries, 3, CHAIR).verdict == verdict


@pytest.mark.parametrize(
    "ident", ["apache-release", "iso-dis", "osce-minus-one", "ca-b-forum", "w3c-council"]
)
def test_rules_of_the_library_that_read_what_nobody_is_told_to_have(ident: str):
    found = decided(ident, 12, 1)
    assert found.verdict == "cannot tell"
    assert ident in found.findings[0].message


# Seats


def test_a_roll_with_fewer_members_than_the_rule_has_seats():
    found = decided("un-sc-1966", 12, 0, **FIVE)
    assert (found.verdict, codes(found)) == ("cannot tell", ["roll-of-other-size"])
    assert found.findings[0].message == (
        "rule 'un-sc-1966' is for a roll of 15, and here it has 12; correct the memberships, or "
        "name another rule"
    )


def test_a_roll_of_another_size_where_it_makes_no_difference():
    found = decided("pep13-vote", 12, 1)
    assert (found.verdict, codes(found)) == ("met", ["roll-of-other-size"])
    assert decided("pep13-vote", 12, 6).verdict == "cannot tell"
    assert decided("pep13-vote", 3, 0).verdict == "met"
    assert decided("pep13-vote", 2, 0).verdict == "cannot tell"


def test_a_roll_of_the_size_of_the_rule():
    assert codes(decided("pep13-vote", 5, 1)) == []
