"""Dates that are tied to each other, and the roll of a fixed day."""

from typing import Any

import pytest

from nemcon.entries import AnyEntry, Candidacy, Decision, Membership
from nemcon.when import When
from nemcon.worlds.verdict import Bounds
from tests.worlds.build import ask, back, day, motion, roll, selection


def test_two_events_of_one_day_each_before_the_other_leave_no_world() -> None:
    withdrawal = Candidacy(
        matter="m", candidate="P", change="withdrawn", happened=day(2), before="decision"
    )
    decision = Decision(
        matter="m",
        result="appointed",
        candidate="Q",
        happened=day(2),
        before="candidacy/P/withdrawn",
    )
    found = ask([selection(), *roll(1), back("m0", 1, candidate="Q"), withdrawal, decision], 3)
    assert found.verdict == "cannot tell"
    assert [finding.code for finding in found.findings] == ["no-world"]


def test_the_roll_of_a_fixed_day_decides() -> None:
    record: list[AnyEntry] = [motion(roll_on=day(3)), *roll(1), back("m0", 1)]
    assert ask(record, 5).verdict == "met"
    late = Membership(member="m1", happened=day(4))
    found = ask([*record, late], 5)
    assert found.verdict == "met"
    assert found.reckonings[0].roll == Bounds(1, 1)
    assert ask([*record, Membership(member="m1", happened=day(2))], 5).verdict == "cannot tell"


def test_a_roll_of_a_doubtful_day_cannot_tell_if_somebody_came_in_between() -> None:
    matter = motion(roll_on=When.parse("2024-01-02/2024-01-03"))
    record: list[AnyEntry] = [matter, *roll(1), back("m0", 1)]
    assert ask(record, 5).verdict == "met"
    found = ask([*record, Membership(member="m1", happened=day(3))], 5)
    assert found.verdict == "cannot tell"
    assert [finding.code for finding in found.findings] == ["unknown-roll"]


@pytest.mark.parametrize(
    ("first", "left", "again"),
    [
        ("1949", "2003", "2003"),
        ("1949", "2003-06", "2003"),
        ("2023-12-01", "2024-01-02", "2024-01-02"),
        ("2023", "2024-01-02T06:00Z", "2024-01-02T18:00Z"),
    ],
)
def test_who_left_and_joined_again_by_a_day_is_on_the_roll(
    first: str, left: str, again: str
) -> None:
    moves = [
        Membership(member="m1", happened=When.parse(first)),
        Membership(member="m1", change="withdrawal", happened=When.parse(left)),
        Membership(member="m1", happened=When.parse(again)),
    ]
    found = ask([motion(), *roll(1), back("m0", 1), *moves], 25)
    assert found.verdict == "cannot tell"
    assert found.reckonings[0].roll == Bounds(2, 2)


def test_a_joining_told_twice_is_one_where_no_leaving_lies_between() -> None:
    moves = [
        Membership(member="m1", happened=day(3)),
        Membership(member="m1", happened=day(5), speaker="other"),
        Membership(member="m1", change="withdrawal", happened=day(7)),
    ]
    found = ask([motion(), *roll(1), back("m0", 1), *moves], 8)
    assert found.verdict == "met"
    assert found.reckonings[0].roll == Bounds(1, 1)


@pytest.mark.parametrize(
    "moves",
    [
        # The second report may be of the first joining, and the leaving after both.
        [("accession", "2024-01-03"), ("accession", "2024-01-05"), ("withdrawal", "2024-01")],
        [("accession", "1949"), ("accession", "2003-06-01"), ("withdrawal", "2003")],
        # The end may be that of a suspension of which two reports are at odds.
        [
            *[("accession", "1949"), ("suspension", "2024-01-01"), ("suspension", "2024-01-04")],
            ("resumption", "2024-01-02/2024-01-06"),
        ],
    ],
)
def test_what_may_be_one_move_told_twice_or_two_leaves_the_roll_open(
    moves: list[tuple[Any, str]],
) -> None:
    told = [
        Membership(member="m1", change=change, happened=When.parse(when), speaker=str(n))
        for n, (change, when) in enumerate(moves)
    ]
    found = ask([motion(), *roll(1), back("m0", 1), *told], 25)
    assert found.verdict == "cannot tell"
    assert found.reckonings[0].roll == Bounds(1, 2)


def test_instants_of_one_day_tell_who_is_on_the_roll() -> None:
    moves = [
        Membership(member="m1", happened=When.parse("1949")),
        Membership(member="m1", change="resumption", happened=When.parse("2024-01-04T06:00Z")),
        Membership(member="m1", change="suspension", happened=When.parse("2024-01-04T18:00Z")),
    ]
    record: list[AnyEntry] = [motion(), *roll(1), back("m0", 1), *moves]
    assert ask(record, 5).reckonings[0].roll == Bounds(1, 1)
    assert ask(record, 3).reckonings[0].roll == Bounds(2, 2)
