"""The register on a date, where dates leave it open, and who holds what.

The docstring of a test is its record.
"""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from nemcon.state import at
from nemcon.text import read_toml
from nemcon.views.register import RegisterView, register
from nemcon.when import When

Ask = Callable[..., RegisterView]


@pytest.fixture
def ask(request: pytest.FixtureRequest) -> Ask:
    """The register that the test's docstring gives on a date."""
    record = read_toml(inspect.getdoc(request.function) or "", "record.toml")
    assert record.findings == ()

    def on(date: str, known: str | None = None) -> RegisterView:
        return register(at(record.entries, When.parse(date), When.parse(known) if known else None))

    return on


def roll(view: RegisterView) -> list[tuple[str, bool, str]]:
    return [(line.member, line.certain, str(line.since)) for line in view.members]


def test_only_members_on_the_date_are_on_the_roll(ask: Ask) -> None:
    """
    [[membership]]
    member = "a"
    happened = "2000-01-01"

    [[membership]]
    member = "a"
    change = "withdrawal"
    happened = "2010-06-30"

    [[membership]]
    member = "a"
    change = "accession"
    happened = "2020-01-01"

    [[membership]]
    member = "b"
    happened = "2005-01-01"
    attributes = { weight = 3 }
    """
    assert roll(ask("1999-12-31")) == []
    assert roll(ask("2000-01-01")) == [("a", True, "2000-01-01")]
    assert roll(ask("2010-06-29")) == [("a", True, "2000-01-01"), ("b", True, "2005-01-01")]
    assert roll(ask("2010-06-30")) == [("b", True, "2005-01-01")]
    assert roll(ask("2020-01-01")) == [("a", True, "2020-01-01"), ("b", True, "2005-01-01")]
    assert [dict(line.attributes) for line in ask("2006").members] == [{}, {"weight": 3}]


def test_a_member_that_may_have_joined_is_possible(ask: Ask) -> None:
    """
    [[membership]]
    member = "a"
    happened = "2000-01-01"

    [[membership]]
    member = "b"
    happened = "2024-06-10/2024-06-16"

    [[membership]]
    member = "c"
    happened = "2024-06-10"
    modality = "planned"
    """
    view = ask("2024-06-12")
    assert roll(view) == [("a", True, "2000-01-01"), ("b", False, "2024-06-10/2024-06-16")]
    assert view.to_json()["roll"] == {"least": 1, "most": 2}
    assert ask("2024-06-16").to_json()["roll"] == {"least": 2, "most": 2}


def test_members_are_in_the_order_of_their_names(ask: Ask) -> None:
    """
    [[party]]
    name = "z"
    title = "Albania"

    [[party]]
    name = "a"
    title = "Zambia"

    [[membership]]
    member = "a"
    happened = "2000"

    [[membership]]
    member = "z"
    happened = "2000"
    """
    assert [line.member for line in ask("2024").members] == ["z", "a"]


def holders(view: RegisterView) -> dict[str, Any]:
    (office,) = (line.to_json() for line in view.offices)
    return {
        "holders": [(term["holder"], term["acting"]) for term in office["holders"]],
        "planned": [(term["holder"], term["start"], term["end"]) for term in office["planned"]],
    }


def test_a_plan_is_no_fact_until_it_is_confirmed(ask: Ask) -> None:
    """
    [[office]]
    name = "chair"
    title = "Chair"

    [[term]]
    office = "chair"
    holder = "old"
    start = "2014-10-01"

    [[term]]
    office = "chair"
    holder = "old"
    end = "2024-10-01"
    modality = "planned"
    known = "2024-06-20"

    [[term]]
    office = "chair"
    holder = "new"
    start = "2024-10-01"
    modality = "planned"
    known = "2024-06-26"

    [[term]]
    office = "chair"
    holder = "new"
    start = "2024-10-01"
    succeeds = "old"

    [[term]]
    office = "chair"
    holder = "old"
    end = "2024-10-01"
    """
    plans = [("new", "2024-10-01", None), ("old", None, "2024-10-01")]
    assert holders(ask("2024-06-19", "2024-06-19")) == {"holders": [("old", False)], "planned": []}
    assert holders(ask("2024-07-01", "2024-06-26")) == {
        "holders": [("old", False)],
        "planned": plans,
    }
    assert holders(ask("2024-10-02", "2024-06-26")) == {
        "holders": [("old", False)],
        "planned": plans,
    }
    assert holders(ask("2024-10-02")) == {"holders": [("new", False)], "planned": []}


def test_somebody_may_act(ask: Ask) -> None:
    """
    [[office]]
    name = "chair"
    title = "Chair"

    [[term]]
    office = "chair"
    holder = "deputy"
    acting = true
    start = "2024-01-01"
    """
    assert holders(ask("2024-02-01"))["holders"] == [("deputy", True)]


def test_an_empty_record_has_an_empty_register(ask: Ask) -> None:
    """"""
    assert ask("2024-06-20").to_json() == {
        "body": None,
        "on": "2024-06-20",
        "known": None,
        "roll": {"least": 0, "most": 0},
        "members": [],
        "organs": [],
        "offices": [],
        "findings": [],
    }
