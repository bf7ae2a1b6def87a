"""Dates that are tied to each other, and the roll of a fixed day."""

from nemcon.entries import AnyEntry, Candidacy, Decision, Membership
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


def test_the_roll_of_a_fixed_day_is_never_taken_for_that_of_another() -> None:
    matter = motion(roll_on=day(3))
    record: list[AnyEntry] = [matter, *roll(1), back("m0", 1)]
    assert ask(record, 5).verdict == "met"
    late = Membership(member="m1", happened=day(4))
    found = ask([*record, late, back("m1", 4)], 5)
    assert found.verdict == "cannot tell"
    assert [finding.code for finding in found.findings] == ["roll-of-another-day"]
