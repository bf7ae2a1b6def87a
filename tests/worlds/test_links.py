"""Dates that are tied to each other and cannot be."""

from nemcon.entries import Candidacy, Decision
from tests.worlds.build import ask, back, day, roll, selection


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
